"""What a file really is, by its first bytes, whatever its ending says."""

from __future__ import annotations

from typing import Final

TEXT_ENDINGS: Final = frozenset({".csv", ".tsv", ".txt", ".tab"})
SHEET_ENDINGS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
PARQUET_ENDINGS: Final = frozenset({".parquet", ".pq"})
ZIP_ENDINGS: Final = frozenset({".zip"})
JSON_ENDINGS: Final = frozenset({".json", ".jsonl", ".ndjson"})
READABLE_ENDINGS: Final = JSON_ENDINGS | TEXT_ENDINGS | SHEET_ENDINGS | PARQUET_ENDINGS
#: For messages.
READABLE_WORDS: Final = "CSV, TSV, TXT, XLSX, XLS, ODS, Parquet, JSON or a zip of them"

ZIP_START: Final = b"PK\x03\x04"
OLE_START: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARQUET_START: Final = b"PAR1"
#: How an encrypted XLSX names its content inside the OLE container.
ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")

_STARTS: Final = (
    (OLE_START, "an old Excel workbook (.xls) or another Office file"),
    (PARQUET_START, "a Parquet file"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"{\\rtf", "a Rich Text document"),
    (b"PK\x05\x06", "an empty zip archive"),
)
_MARKUP_STARTS: Final = (
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<?xml", "an XML file"),
)


def real_kind(start: bytes) -> str:
    """Name what a file that begins with ``start`` is, or return an empty text when it may be a text table."""
    if start.startswith(ZIP_START):
        return _zip_kind(start)
    for mark, name in _STARTS:
        if start.startswith(mark):
            return name
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    return next((name for mark, name in _MARKUP_STARTS if head.startswith(mark)), "")


def _zip_kind(start: bytes) -> str:
    if b"[Content_Types].xml" in start or b"xl/" in start or b"_rels/" in start:
        return "an Excel workbook (.xlsx)"
    if b"opendocument.spreadsheet" in start:
        return "an OpenDocument spreadsheet (.ods)"
    return "a zip archive"
