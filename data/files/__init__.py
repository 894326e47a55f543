"""Reads users' files (CSV in any encoding, Excel, OpenDocument, Parquet, folders and zips) into tables of text."""

from data.files.denied import is_denied
from data.files.layout import Layout
from data.files.listing import SourceFile, list_files
from data.files.problems import FileProblem, MalformedRow, OtherKindProblem, UnreadableFile, display_name
from data.files.reading import read_tables
from data.files.table import TextTable

__all__ = [
    "FileProblem",
    "Layout",
    "MalformedRow",
    "OtherKindProblem",
    "SourceFile",
    "TextTable",
    "UnreadableFile",
    "display_name",
    "is_denied",
    "list_files",
    "read_tables",
]
