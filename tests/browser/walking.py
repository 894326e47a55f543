"""A reader who presses everything: finds what can be pressed on a page, presses it, and says what broke.

It knows test ids and roles of Streamlit, and none of our words, so that a new button is pressed without a new
line here. What only another press brings forth is reached by that press.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Error as BrowserError

from tests.browser.scripts import INIT_JS, LIST_JS, SEEN_JS, STATE_JS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Page, Request, WebSocket

SHIFT_LIMIT: Final = 0.1
PATIENCE_SECONDS: Final = 180
_QUIET_SECONDS: Final = 0.25
_DEPTH: Final = 3
#: Of controls that differ by their number only, one is pressed; of long lists, the first ones.
_MOST_OF_A_KIND: Final = 12
_ON_EVERY_PAGE: Final = ("page", "day")
_BUTTONS: Final = ("stButton", "stFormSubmitButton", "stDownloadButton")

#: What no reader should see, in texts and in what a table draws.
BAD_TEXTS: Final = {
    "a gap as a machine writes it": r"^\s*(?:None|NaN|nan|NaT|<NA>)\s*$|00:00:00",
    "a code": r"^[a-z]+(?:_[a-z]+)+$",
    "a traceback": r"Traceback \(most recent|\b\w+Error: ",
}


@dataclass(frozen=True)
class Control:
    """What can be pressed: its kind and its words, numbers left out."""

    kind: str
    name: str

    @property
    def is_button(self) -> bool:
        return self.kind in _BUTTONS


@dataclass
class Walk:
    """Presses everything on one page of a served home, and keeps what broke.

    Parameters
    ----------
    upload
        What is brought where files can be brought.
    is_thorough
        Everything is pressed from a fresh load and after a reload; else only buttons are, and the rest in a row.
    """

    tab: Page
    address: str
    upload: Path
    is_thorough: bool = False
    faults: list[str] = field(default_factory=list)
    pressed: list[str] = field(default_factory=list)
    #: Stands on every page and is pressed once for all of them.
    everywhere: set[Control] = field(default_factory=set)
    _seen: set[Control] = field(default_factory=set)
    _promised: set[Control] = field(default_factory=set)
    _told: set[str] = field(default_factory=set)
    _where: str = ""
    _asked_at: float = 0.0
    _answered_at: float = 0.0

    def __post_init__(self) -> None:
        self.tab.add_init_script(INIT_JS)
        self.tab.on("console", self._on_console)
        self.tab.on("pageerror", lambda error: self._fault(f"page error: {error}"))
        self.tab.on("request", self._on_request)
        self.tab.on("websocket", self._on_websocket)

    def everything(self, path: str) -> None:
        """Walk from a fresh load of a page to whatever it brings forth."""
        self._seen |= self.everywhere
        queue: list[tuple[str, tuple[Control, ...]]] = [(f"{self.address}/{path}", ())]
        while queue:
            url, steps = queue.pop(0)
            # What a press has left behind stands on the fresh page, too: it is pressed there first, with fewer steps.
            for way in ((), steps) if steps else ((),):
                queue += self._all_here(url, way)

    def _all_here(self, url: str, steps: tuple[Control, ...]) -> list[tuple[str, tuple[Control, ...]]]:
        """Press what nobody has pressed yet where some steps lead; return where more was brought forth."""
        self._reach(url, steps)
        mine = [one for one in self._controls() if one not in self._seen]
        self._seen.update(mine)
        self.everywhere.update(one for one in mine if one.kind in _ON_EVERY_PAGE)
        from_everywhere = [one for one in mine if one.is_button or self.is_thorough]
        more: list[tuple[str, tuple[Control, ...]]] = []
        for one in [one for one in mine if one not in from_everywhere]:
            more += self._in_a_row(url, steps, one)
        for one in from_everywhere:
            more += self._from_everywhere(url, steps, one)
        return more

    def _in_a_row(self, url: str, steps: tuple[Control, ...], one: Control) -> list[tuple[str, tuple[Control, ...]]]:
        """Press what chooses or opens, twice, without loading the page in between; then go back."""
        if one not in self._controls():
            self._reach(url, steps)
        before = self.tab.url
        if not self._press(one):
            return []
        more = self._brought(url, steps, one)
        is_other_page = urlsplit(self.tab.url).path != urlsplit(before).path
        if not is_other_page:
            self._press(one)
        if self.tab.url != before:
            self.tab.go_back(wait_until="commit")
            self._settle("Back")
            self._judge()
        if urlsplit(self.tab.url).path != urlsplit(before).path:
            self._reach(url, steps)
        return more

    def _from_everywhere(
        self, url: str, steps: tuple[Control, ...], one: Control
    ) -> list[tuple[str, tuple[Control, ...]]]:
        """Press a button from a fresh load, once more, and after a reload."""
        more: list[tuple[str, tuple[Control, ...]]] = []
        self._reach(url, steps)
        if self._press(one):
            more = self._brought(url, steps, one)
            self._press(one)
        self.tab.reload(wait_until="commit")
        self._settle("reload")
        self._judge()
        for step in steps:
            self._press(step)
        self._press(one)
        return more

    def _brought(self, url: str, steps: tuple[Control, ...], one: Control) -> list[tuple[str, tuple[Control, ...]]]:
        """Return where to look for controls that a press brought forth."""
        new = {found for found in self._controls() if found not in self._seen and found not in self._promised}
        is_here = urlsplit(self.tab.url).path == urlsplit(url).path
        if not new or not is_here or len(steps) >= _DEPTH:
            return []
        self._promised |= new
        has_address = self.tab.url != url and not steps
        return [(self.tab.url, ()) if has_address else (url, (*steps, one))]

    def _reach(self, url: str, steps: tuple[Control, ...]) -> None:
        self._where = url.removeprefix(self.address)
        self.tab.goto(url, wait_until="commit")
        self._settle("load")
        self._judge(is_load=True)
        for step in steps:
            self._press(step)

    def _controls(self) -> dict[Control, int]:
        found: dict[Control, int] = {}
        for place, (kind, name) in enumerate(self.tab.evaluate(LIST_JS)):
            control = Control(kind, re.sub(r"\d+", "#", name))
            if sum(one.kind == kind for one in found) < _MOST_OF_A_KIND:
                found.setdefault(control, place)
        return found

    def _press(self, one: Control) -> bool:
        """Press a control that stands on the screen, wait and judge; tell whether it was there."""
        if one not in self._controls():
            return False
        if one.is_button:
            self._fill()
        # What was typed may have drawn the page anew, so the control is looked for after that.
        if not self._is_acted(one):
            return False
        self.pressed.append(f"{self._where}: {one.kind} “{one.name}”")
        self._settle(str(one))
        self._judge()
        return True

    def _is_acted(self, one: Control) -> bool:
        """Act on a control where it stands; one that the page drew anew meanwhile is looked for once more."""
        for is_last in (False, True):
            place = self._controls().get(one)
            if place is None:
                return False
            try:
                self._act(one, self.tab.locator(f'[data-walk="{place}"]'))
            except BrowserError as problem:
                is_gone = "not attached" in str(problem) or not self.tab.locator(f'[data-walk="{place}"]').count()
                if is_gone and not is_last:
                    continue
                if "intercepts pointer events" not in str(problem) and "detached" not in str(problem):
                    self._fault(f"{one} can't be pressed: {problem}")
                return False
            return True
        return False

    def _act(self, one: Control, spot: Any) -> None:
        if one.kind == "stDownloadButton":
            with self.tab.expect_download() as got:
                spot.click()
            if not got.value.path().stat().st_size:
                self._fault(f"{one} gives an empty file")
        elif one.kind == "upload":
            spot.locator("input[type=file]").set_input_files(self.upload)
            self.tab.wait_for_timeout(300)
        elif one.kind == "select":
            self._choose(spot)
        elif one.kind == "table":
            spot.scroll_into_view_if_needed()
            box = spot.locator("canvas").first.bounding_box()
            if box:
                self.tab.mouse.click(box["x"] + 18, box["y"] + 52)
        elif one.kind == "day":
            spot.locator("[role=spinbutton]").last.press("ArrowDown")
            self.tab.keyboard.press("Enter")
        else:
            spot.click()

    def _choose(self, spot: Any) -> None:
        spot.locator("button[aria-haspopup],[role=combobox]").last.click()
        options = self.tab.locator(
            "[role=option]:not([aria-selected=true]):not([aria-disabled=true]):not([data-key=__select_all__])"
        )
        self.tab.wait_for_timeout(150)
        if options.count():
            options.first.click()
        self.tab.keyboard.press("Escape")

    def _fill(self) -> None:
        """Write something into fields that are empty, so that a form says more than that they are.

        Who has opened a drawer over the page presses what is in it: a field elsewhere would scroll it out of sight.
        """
        if self.tab.locator("[data-testid=stPopoverBody]").count():
            return
        for field_ in self.tab.locator("[data-testid=stMain] [data-testid=stTextInput] input").all():
            if field_.is_visible() and field_.is_enabled() and not field_.input_value():
                field_.fill("Checked with the team")
                field_.press("Tab")
                self._settle("filling a field")

    def _settle(self, what: str) -> None:
        """Wait until the script rests and the text stands still."""
        self.tab.wait_for_timeout(60)
        end = time.monotonic() + PATIENCE_SECONDS
        since, last = time.monotonic(), None
        while time.monotonic() < end:
            try:
                is_ready, text = self.tab.evaluate(STATE_JS)
            except BrowserError:  # between two documents
                is_ready, text = False, None
            # What was asked of a busy server may not run yet: nothing is at rest before the first word of the answer.
            if not is_ready or text != last or self._answered_at < self._asked_at:
                since, last = time.monotonic(), text
            elif time.monotonic() - since > _QUIET_SECONDS:
                return
            self.tab.wait_for_timeout(50)
        self._fault(f"not settled {PATIENCE_SECONDS} s after {what}")

    def _judge(self, *, is_load: bool = False) -> None:
        seen = self.tab.evaluate(SEEN_JS)
        for text in (*seen["boxes"], *seen["lost"]):
            self._fault(f"box: {text}")
        for text in seen["alerts"]:
            if "errors.log" in text or "could not be noted" in text:
                self._fault(f"error: {text}")
        if is_load and seen["shift"] > SHIFT_LIMIT:
            self._fault(f"layout shift {seen['shift']:.2f}")
        for text in {one.strip() for one in seen["texts"]}:
            for kind, pattern in BAD_TEXTS.items():
                if re.search(pattern, text):
                    self._fault(f"{kind}: {text[:80]}")

    def _fault(self, words: str) -> None:
        last = self.pressed[-1:] or ["just opened"]
        if words not in self._told:
            self._told.add(words)
            self.faults.append(f"{self._where} ({last[0]}): {words}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # Streamlit looks for its server below the page's own path first; that 404 is part of its way of starting.
        is_probe = "/_stcore/" in str(message.location.get("url", "")) and "404" in message.text
        if message.type == "error" and not is_probe:
            self._fault(f"console: {message.text}")

    def _on_websocket(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda _frame: setattr(self, "_asked_at", time.monotonic()))
        socket.on("framereceived", lambda _frame: setattr(self, "_answered_at", time.monotonic()))

    def _on_request(self, request: Request) -> None:
        own = (self.address, self.address.replace("http", "ws", 1), "data:", "blob:")
        if not request.url.startswith(own):
            self._fault(f"request to another origin: {request.url}")
