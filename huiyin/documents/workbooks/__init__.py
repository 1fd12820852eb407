"""Lists in and out: workbooks, CSV, lines of JSON, piles of documents."""

from huiyin.documents.workbooks.books import Sheet, book
from huiyin.documents.workbooks.failures import (
    Problem,
    failed_rows_file,
    failed_rows_workbook,
    is_reason,
)
from huiyin.documents.workbooks.limits import LIMITS, Limits
from huiyin.documents.workbooks.neutral import neutralise, restore
from huiyin.documents.workbooks.reading import read, read_shown
from huiyin.documents.workbooks.streaming import About, write_xlsx, xlsx_file
from huiyin.documents.workbooks.table import Cell, Column, Kind, Row, Table, Value
from huiyin.documents.workbooks.writing import (
    CSV_TYPE,
    XLSX_TYPE,
    Heading,
    csv_lines,
    write_csv,
)

__all__ = [
    "CSV_TYPE",
    "LIMITS",
    "XLSX_TYPE",
    "About",
    "Cell",
    "Column",
    "Heading",
    "Kind",
    "Limits",
    "Problem",
    "Row",
    "Sheet",
    "Table",
    "Value",
    "book",
    "csv_lines",
    "failed_rows_file",
    "failed_rows_workbook",
    "is_reason",
    "neutralise",
    "read",
    "read_shown",
    "restore",
    "write_csv",
    "write_xlsx",
    "xlsx_file",
]
