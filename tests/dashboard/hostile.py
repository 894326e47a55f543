"""Names that try to be more than names; each could stand in a cell of somebody's export."""

from __future__ import annotations

from typing import Final

#: Requests to this host would leave the machine; it does not exist.
STRANGER: Final = "evil.invalid"

HOSTILE_NAMES: Final = (
    f"![logo](https://{STRANGER}/pixel.png)",
    f"[click](https://{STRANGER}/)",
    f"<b>bold</b><img src=https://{STRANGER}/j.png>",
    f"<a href='https://{STRANGER}'>label</a>",
    "<a href='javascript:alert(1)'>run</a>",
    "<script>alert(1)</script>",
    "$latex^2$ and $$x$$",
    ":material/star: :smile: :streamlit:",
    ":red[red] :blue-badge[b] :shortcut[Ctrl]",
    f"https://{STRANGER}/auto www.{STRANGER} a@{STRANGER}",
    f"![a][b] [b]: https://{STRANGER}/k.png",
    "**b** _i_ ~~s~~ `c` ***x***",
    "# head",
    "1. list",
    "- list",
    "> quote",
    "| a | b |\n|--|--|\n| 1 | 2 |",
    "---",
    "    code",
    "&lt;b&gt; &copy; &#60;i&#62;",
    "a<br>b <extra>q</extra> %{x} %{customdata}",
    "[red]x[/red] [bold]y",
    "\x1b]0;owned\x07\x1b[31mred\x1b[2J \x9b31m",
    "safe\u202etxt.exe \u2066x\u2069",
    "ze\u200bro wi\u2060dth\ufeff",
    "\u0645\u0634\u0631\u0648\u0639 \u05e9\u05dc\u05d5\u05dd",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd\\x:y*z?",
    "trailing \\",
    "L" * 300,
    "a\nb\rc\td",
)
