"""Collect every visible text into ``locale/golive.pot`` and bring each language up to date.

Run ``python -m dashboard.catalogue`` after texts have changed; a test fails when it was forgotten.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from dashboard.i18n import DOMAIN, LOCALE_FOLDER

SOURCE_FOLDER = Path(__file__).parent
_HEADER = "# Visible texts of Golive; written by `python -m dashboard.catalogue`."


def extracted() -> Catalog:
    """Return the texts that stand in the source now, with the files in which they stand."""
    found = Catalog(header_comment=_HEADER, project="Golive", version="0.1", charset="utf-8", fuzzy=False)
    rows = extract_from_dir(str(SOURCE_FOLDER), method_map=[("**.py", "python")])
    for file_name, _line, message, comments, context in sorted(rows, key=lambda row: (row[0], row[1])):
        # Line numbers would change the file with every edit; the file name is enough to find a text.
        found.add(message, None, [(f"dashboard/{file_name}", 0)], auto_comments=comments, context=context)
    return found


def template_file() -> Path:
    """Return where the collected texts stand."""
    return LOCALE_FOLDER / f"{DOMAIN}.pot"


def language_files() -> list[Path]:
    """Return the catalogue of each language."""
    return sorted(LOCALE_FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(file: Path) -> Catalog:
    """Return the catalogue that ``file`` holds."""
    with file.open("rb") as source:
        return read_po(source, locale=None if file.suffix == ".pot" else file.parents[1].name)


def _write(file: Path, catalogue: Catalog) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, catalogue, width=110, omit_header=False, ignore_obsolete=True, include_lineno=False)


def _fill_in_english(catalogue: Catalog) -> None:
    """English says what the source says: each text is its own translation."""
    for message in catalogue:
        if message.id:
            entry: Any = message
            entry.string = message.id
            entry.flags.discard("fuzzy")


def update() -> int:
    """Write the template and every language again; return how many texts there are."""
    template = extracted()
    earlier = read(template_file()) if template_file().exists() else template
    # The date alone is no change.
    template.creation_date = earlier.creation_date
    _write(template_file(), template)
    for file in [*language_files(), LOCALE_FOLDER / "en" / "LC_MESSAGES" / f"{DOMAIN}.po"]:
        code = file.parents[1].name
        catalogue = (
            read(file)
            if file.exists()
            else Catalog(
                locale=code, header_comment=_HEADER, project="Golive", version="0.1", charset="utf-8", fuzzy=False
            )
        )
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        if code == "en":
            _fill_in_english(catalogue)
        _write(file, catalogue)
        if code != "en":  # English texts are their own keys and need no compiled file
            with file.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, catalogue)
    return len(template)


if __name__ == "__main__":
    update()
