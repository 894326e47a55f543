"""A message by e-mail: plain text, over an encrypted connection."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import TYPE_CHECKING, Any, Final

from dashboard.delivery.posting import is_this_machine, no_answer
from dashboard.delivery.problems import DeliveryError
from dashboard.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.delivery.messages import Message

_PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
#: From these codes on a server says that it will never take the message.
_FINAL_FROM: Final = 500


def send_mail(section: Mapping[str, Any], message: Message, password: str, timeout_seconds: float) -> None:
    """Send a message to all recipients of a channel.

    Raises
    ------
    DeliveryError
        The section can't be used, the server is not reached, or refuses sender, password or a recipient.
    """
    security = str(section.get("security", "starttls"))
    host = str(section["server"])
    if security not in _PORTS or (security == "none" and not is_this_machine(host)):
        raise DeliveryError(
            _("security is starttls or tls; none is for a server on this machine only."), is_passing=False
        )
    try:
        refused = _sent(section, _mail(section, message), password, timeout_seconds, security)
    except TimeoutError:
        raise DeliveryError(no_answer(timeout_seconds), is_passing=True) from None
    except smtplib.SMTPResponseException as error:
        why = _("The mail server refused it with code {code}.").format(code=error.smtp_code)
        raise DeliveryError(why, is_passing=error.smtp_code < _FINAL_FROM) from None
    except smtplib.SMTPRecipientsRefused:
        raise DeliveryError(_("The mail server refused every recipient."), is_passing=False) from None
    except (ssl.SSLError, smtplib.SMTPNotSupportedError):
        raise DeliveryError(_("No encrypted connection to the mail server."), is_passing=False) from None
    except (OSError, smtplib.SMTPException):
        raise DeliveryError(_("The mail server was not reached."), is_passing=True) from None
    if refused:
        # The others have it: trying again would send it to them twice.
        count = len(refused)
        raise DeliveryError(
            ngettext("{count} recipient was refused.", "{count} recipients were refused.", count), is_passing=False
        )


def _mail(section: Mapping[str, Any], message: Message) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = message.title
    mail["From"] = str(section["sender"])
    recipients = section["recipients"]
    mail["To"] = ", ".join(recipients) if isinstance(recipients, list) else str(recipients)
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid(domain="golive.invalid")
    # Whatever the server takes: seven bits arrive everywhere.
    mail.set_content(message.text(), cte="base64")
    return mail


def _sent(
    section: Mapping[str, Any], mail: EmailMessage, password: str, timeout_seconds: float, security: str
) -> Mapping[str, Any]:
    host, port = str(section["server"]), int(section.get("port", _PORTS[security]))
    secure = ssl.create_default_context()
    connection = (
        smtplib.SMTP_SSL(host, port, timeout=timeout_seconds, context=secure)
        if security == "tls"
        else smtplib.SMTP(host, port, timeout=timeout_seconds)
    )
    with connection as server:
        if security == "starttls":
            server.starttls(context=secure)
        if section.get("user"):
            server.login(str(section["user"]), password)
        return server.send_message(mail)
