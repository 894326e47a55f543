"""One request to one address: encrypted, no redirects, a limit on time and on what is read."""

from __future__ import annotations

import base64
import http.client
import ipaddress
import json
import ssl
import urllib.request
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from dashboard.delivery.problems import DeliveryError
from dashboard.i18n import _

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_MOST_ANSWER_BYTES: Final = 65_536
_PROXY_PORT: Final = 8080
_PASSING: Final = frozenset({408, 425, 429})
_GONE_WRONG_FROM: Final = 500
_SUCCESS: Final = range(200, 300)


def post(url: str, body: dict[str, Any], timeout_seconds: float) -> bytes:
    """Send JSON and return the answer. An answer that sends us elsewhere is no success: a token is for one server.

    Raises
    ------
    DeliveryError
        The address is none that may be used, nobody answers in time, or the answer is no success.
    """
    parts = _checked(url)
    connection = _connection(parts, timeout_seconds)
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Golive"}
    try:
        connection.request("POST", parts._replace(scheme="", netloc="", fragment="").geturl() or "/", content, headers)
        with connection.getresponse() as answer:
            told, status = answer.read(_MOST_ANSWER_BYTES), answer.status
    except TimeoutError:
        raise DeliveryError(no_answer(timeout_seconds), is_passing=True) from None
    except (OSError, http.client.HTTPException, ValueError):
        # What these say may hold the address.
        raise DeliveryError(_("Not reached."), is_passing=True) from None
    finally:
        connection.close()
    if status not in _SUCCESS:
        is_passing = status in _PASSING or status >= _GONE_WRONG_FROM
        raise DeliveryError(_("Answered with HTTP {code}.").format(code=status), is_passing=is_passing)
    return told


def no_answer(seconds: float) -> str:
    """Say that nobody answered in time."""
    return _("No answer within {seconds} s.").format(seconds=f"{seconds:g}")


def is_this_machine(host: str) -> bool:
    """Tell whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host))):
        raise DeliveryError(_("The address must begin with https://."), is_passing=False)
    return parts


def _connection(parts: SplitResult, timeout_seconds: float) -> http.client.HTTPConnection:
    """Return a connection, through the proxy that the environment names where it names one."""
    host = str(parts.hostname)
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, parts.port, timeout=timeout_seconds)
    secure = ssl.create_default_context()
    named = (
        "" if is_this_machine(host) or urllib.request.proxy_bypass(host) else urllib.request.getproxies().get("https")
    )
    if not named:
        return http.client.HTTPSConnection(host, parts.port, timeout=timeout_seconds, context=secure)
    proxy = urlsplit(named if "://" in named else f"http://{named}")
    through = http.client.HTTPSConnection(
        str(proxy.hostname), proxy.port or _PROXY_PORT, timeout=timeout_seconds, context=secure
    )
    who = f"{unquote(proxy.username or '')}:{unquote(proxy.password or '')}"
    headers = {"Proxy-Authorization": f"Basic {base64.b64encode(who.encode()).decode()}"} if proxy.username else {}
    through.set_tunnel(host, parts.port, headers)
    return through
