"""The pack as slides with tables and a native chart that can be edited.

python-pptx knows no East Asian font: it is written into the theme, into every run and into the chart by hand, else
Chinese names fall back to whatever the reader's machine finds.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.packs.contents import Pack, Part

LATIN_FONT: Final = "Noto Sans"
ASIAN_FONT: Final = "Noto Sans CJK SC"
_NAMESPACE: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ROWS_A_SLIDE: Final = 11
_CELL_LENGTH: Final = 90
#: Slides show these tables with these many columns; the workbook has all.
_SHOWN: Final = {
    "agenda": (1, 2, 3, 4, 5),
    "projects": (1, 2, 3, 4, 6, 7, 9, 10),
    "decisions": (1, 2, 3, 4, 5, 6, 9),
    **dict.fromkeys(("account", "joint"), (0, 1, 2)),
    **dict.fromkeys(("but_for", "outcomes"), (0, 1, 2, 3)),
    **dict.fromkeys(("windows", "costs"), (0, 1, 2, 3, 4)),
    "signs": (0, 1, 2, 3, 4, 5),
    "comparables": (0, 1, 2, 3, 4, 5),
}


def slides_of(pack: Pack) -> bytes:
    """Return the presentation."""
    from pptx import Presentation  # noqa: PLC0415 - only when a pack is made
    from pptx.util import Inches  # noqa: PLC0415 - as above

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    _text_slide(deck, pack.title, pack.opening)
    for part in pack.parts:
        if part.name in _SHOWN and len(part.rows):
            _table_slides(deck, part)
    if pack.bars:
        _chart_slide(deck, pack)
    for point in pack.points:
        _text_slide(deck, point.heading, point.sentences)
    _set_theme_font(deck)
    content = io.BytesIO()
    deck.save(content)
    return content.getvalue()


def _blank(deck: Any, title: str) -> Any:
    from pptx.util import Inches, Pt  # noqa: PLC0415 - as above

    slide = deck.slides.add_slide(deck.slide_layouts[5])
    heading = slide.shapes.title
    heading.left, heading.top, heading.width, heading.height = Inches(0.5), Inches(0.3), Inches(12.3), Inches(0.8)
    heading.text_frame.text = title
    _set_fonts(heading.text_frame, Pt(26), is_bold=True)
    return slide


def _text_slide(deck: Any, title: str, sentences: tuple[str, ...]) -> None:
    from pptx.util import Inches, Pt  # noqa: PLC0415 - as above

    slide = _blank(deck, title)
    frame = slide.shapes.add_textbox(Inches(0.5), Inches(1.3), Inches(12.3), Inches(5.6)).text_frame
    frame.word_wrap = True
    for place, sentence in enumerate(sentences):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.text = sentence
        paragraph.space_after = Pt(10)
    _set_fonts(frame, Pt(18))


def _table_slides(deck: Any, part: Part) -> None:
    texts = part.texts
    shown = texts.iloc[:, [place for place in _SHOWN[part.name] if place < texts.shape[1]]]
    for start in range(0, len(shown), _ROWS_A_SLIDE):
        _table(_blank(deck, part.heading), shown.iloc[start : start + _ROWS_A_SLIDE])


def _table(slide: Any, rows: pd.DataFrame) -> None:
    from pptx.util import Inches, Pt  # noqa: PLC0415 - as above

    shape = slide.shapes.add_table(
        len(rows) + 1, rows.shape[1], Inches(0.5), Inches(1.2), Inches(12.3), Inches(0.4 * (len(rows) + 1))
    )
    lines = [
        [str(name) for name in rows.columns],
        *([str(cell) for cell in row] for row in rows.itertuples(index=False)),
    ]
    for line, cells in enumerate(lines):
        for place, text in enumerate(cells):
            cell = shape.table.cell(line, place)
            cell.text_frame.text = text if len(text) <= _CELL_LENGTH else f"{text[: _CELL_LENGTH - 1]}…"
            _set_fonts(cell.text_frame, Pt(11), is_bold=line == 0)


def _chart_slide(deck: Any, pack: Pack) -> None:
    from pptx.chart.data import CategoryChartData  # noqa: PLC0415 - as above
    from pptx.enum.chart import XL_CHART_TYPE  # noqa: PLC0415 - as above
    from pptx.util import Inches, Pt  # noqa: PLC0415 - as above

    slide = _blank(deck, pack.bars_heading)
    data: Any = CategoryChartData(number_format="0.0")  # type: ignore[no-untyped-call] # the library has no types
    data.categories = [name for name, _weeks in pack.bars]
    data.add_series(pack.bars_heading, [round(weeks, 1) for _name, weeks in pack.bars])
    place = (Inches(0.5), Inches(1.2), Inches(12.3), Inches(5.9))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data).chart
    chart.has_legend = False
    chart.category_axis.reverse_order = True
    chart.plots[0].has_data_labels = True
    chart.font.size, chart.font.name = Pt(12), LATIN_FONT
    for run in chart._chartSpace.iter(f"{{{_NAMESPACE}}}defRPr"):  # noqa: SLF001 - python-pptx has no other way in
        _add_asian(run)


def _set_fonts(frame: Any, size: Any, *, is_bold: bool = False) -> None:
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.name = size, is_bold, LATIN_FONT
            _add_asian(run._r.get_or_add_rPr())  # noqa: SLF001 - as above


def _add_asian(properties: Any) -> None:
    """Write the East Asian font after the Latin one: the order of these elements is fixed by the format."""
    from lxml import etree  # noqa: PLC0415 - as above

    for old in properties.findall(f"{{{_NAMESPACE}}}ea"):
        properties.remove(old)
    font = etree.Element(f"{{{_NAMESPACE}}}ea", typeface=ASIAN_FONT)
    latin = properties.find(f"{{{_NAMESPACE}}}latin")
    if latin is None:
        properties.append(font)
    else:
        latin.addnext(font)


def _set_theme_font(deck: Any) -> None:
    from lxml import etree  # noqa: PLC0415 - as above

    for relation in deck.slide_master.part.rels.values():
        if not relation.reltype.endswith("/theme"):
            continue
        theme = relation.target_part
        tree = etree.fromstring(theme.blob)
        for kind in ("majorFont", "minorFont"):
            for font in tree.iter(f"{{{_NAMESPACE}}}{kind}"):
                font.find(f"{{{_NAMESPACE}}}latin").set("typeface", LATIN_FONT)
                font.find(f"{{{_NAMESPACE}}}ea").set("typeface", ASIAN_FONT)
        theme._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001 - as above
