"""Collect every visible text into a template, from which a language is made or brought up to date.

``python -m dashboard.catalogue FILE.pot`` writes the template; it is made when somebody needs it and kept nowhere,
since the texts stand in the source. English needs no catalogue: every text translates itself.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

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


def write_template(file: Path) -> int:
    """Write the template; return how many texts there are."""
    template = extracted()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, template, width=110, include_lineno=False)
    return len(template)


def main() -> None:
    """Write the template where the command line says."""
    parser = argparse.ArgumentParser(prog="python -m dashboard.catalogue", description=__doc__)
    parser.add_argument("file", metavar="FILE.pot", type=Path, nargs="?", default=Path("build/golive.pot"))
    write_template(parser.parse_args().file)


if __name__ == "__main__":
    main()
