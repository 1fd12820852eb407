"""Why a list is not taken, in words: what is wrong, where, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.documents.limits import MEGABYTE
from huiyin.documents.workbooks.limits import Limits
from huiyin.kernel.errors import Invalid, TooLarge


def unknown_kind(name: str) -> Invalid:
    return Invalid(
        _("Lists are read from .xlsx, .csv and .jsonl files, and from a .zip of .docx documents.")
        + " "
        + _("“%(name)s” is none of these.") % {"name": name},
        remedy=_("Open the list in Excel or WPS and save it as .xlsx."),
    )


def empty(name: str) -> Invalid:
    return Invalid(
        _("“%(name)s” is empty.") % {"name": name},
        remedy=_("Check that you have chosen the right file."),
    )


def no_rows(name: str) -> Invalid:
    return Invalid(
        _("“%(name)s” has headings but no rows below them.") % {"name": name},
        remedy=_("Check that you have chosen the right file and that it was saved."),
    )


def no_headings(name: str, limits: Limits) -> Invalid:
    return Invalid(
        _("No row of headings was found in the first %(rows)d rows of “%(name)s”.")
        % {"rows": limits.above_headings, "name": name},
        remedy=_("Give every column a short heading in one row above the list."),
    )


def no_such_header_row(name: str, row: int) -> Invalid:
    return Invalid(
        _("Row %(row)d of “%(name)s” is empty and cannot be the row of headings.")
        % {"row": row, "name": name},
        remedy=_("Choose the row in which the headings stand."),
    )


def no_such_sheet(name: str, sheet: str) -> Invalid:
    return Invalid(
        _("“%(name)s” has no worksheet called “%(sheet)s”.") % {"name": name, "sheet": sheet},
        remedy=_("Choose one of its worksheets."),
    )


def too_big(name: str, limits: Limits) -> TooLarge:
    return TooLarge(
        _("“%(name)s” is larger than %(limit)d MB.")
        % {"name": name, "limit": limits.size // MEGABYTE},
        remedy=_("Divide the list into several files. Pictures in it are not needed."),
    )


def too_many_rows(name: str, limits: Limits) -> TooLarge:
    return TooLarge(
        _("“%(name)s” has more than %(limit)d rows.") % {"name": name, "limit": limits.rows},
        remedy=_("Divide the list into several files."),
    )


def too_many_cells(name: str, limits: Limits) -> TooLarge:
    return TooLarge(
        _("“%(name)s” has more than %(limit)d filled cells.")
        % {"name": name, "limit": limits.cells},
        remedy=_("Divide the list into several files."),
    )


def too_many_columns(name: str, place: str, limits: Limits) -> TooLarge:
    return TooLarge(
        _("“%(name)s” has more than %(limit)d columns: there is something in %(place)s.")
        % {"name": name, "limit": limits.columns, "place": place},
        remedy=_("Delete the columns that do not belong to the list."),
    )


def cell_too_long(name: str, place: str, limits: Limits) -> TooLarge:
    return TooLarge(
        _("The text in %(place)s of “%(name)s” is longer than %(limit)d characters.")
        % {"place": place, "name": name, "limit": limits.cell},
        remedy=_("Shorten it, and attach the full text as a document."),
    )


def too_much_text(name: str) -> TooLarge:
    return TooLarge(
        _("All the texts in “%(name)s” together are too long.") % {"name": name},
        remedy=_("Divide the list into several files."),
    )


def unreadable_character(name: str, place: str) -> Invalid:
    return Invalid(
        _("%(place)s of “%(name)s” contains a character that is no text.")
        % {"place": place, "name": name},
        remedy=_("Type the text of that cell again and save the file."),
    )


def old_workbook(name: str) -> Invalid:
    return Invalid(
        _("“%(name)s” is a workbook of an older or another format.") % {"name": name},
        remedy=_("Open it in Excel or WPS and save it as .xlsx."),
    )


def other_content(name: str, ending: str) -> Invalid:
    return Invalid(
        _("What is inside “%(name)s” is not a %(ending)s file.") % {"name": name, "ending": ending},
        remedy=_(
            "Changing the name does not change the file. "
            "Open it in Excel or WPS and save it as .xlsx."
        ),
    )


def web_page(name: str) -> Invalid:
    return Invalid(
        _("“%(name)s” is a web page that was given the name of a workbook.") % {"name": name},
        remedy=_("Open it in Excel or WPS and save it as .xlsx."),
    )


def never_calculated(name: str, place: str) -> Invalid:
    return Invalid(
        _("The formula in %(place)s of “%(name)s” has never been calculated.")
        % {"place": place, "name": name},
        remedy=_("Open the file in Excel or WPS, save it, and send it again."),
    )


def mixed_encodings(name: str, line: int) -> Invalid:
    return Invalid(
        _("Line %(line)d of “%(name)s” is written in another encoding than the other lines.")
        % {"line": line, "name": name},
        remedy=_(
            "Texts of two origins were put together. Open the list in Excel or WPS, "
            "correct that line, and save it as .xlsx."
        ),
    )


def no_encoding(name: str, line: int) -> Invalid:
    return Invalid(
        _("Line %(line)d of “%(name)s” can be read neither as UTF-8 nor as GBK.")
        % {"line": line, "name": name},
        remedy=_("Open the list in Excel or WPS and save it as .xlsx."),
    )


def open_quote(name: str, row: int) -> Invalid:
    return Invalid(
        _("From row %(row)d on, the quotation marks in “%(name)s” do not match.")
        % {"row": row, "name": name},
        remedy=_("The file may have been cut off. Save the list as .xlsx and send that."),
    )


def bad_line(name: str, line: int) -> Invalid:
    return Invalid(
        _("Line %(line)d of “%(name)s” is not a complete JSON object.")
        % {"line": line, "name": name},
        remedy=_("Each line holds one record as a JSON object. Correct that line."),
    )


def repeated_key(name: str, line: int, key: str) -> Invalid:
    return Invalid(
        _("Line %(line)d of “%(name)s” gives “%(key)s” twice.")
        % {"line": line, "name": name, "key": key},
        remedy=_("Each line may give each value once. Correct that line."),
    )


def nested_value(name: str, line: int, key: str) -> Invalid:
    return Invalid(
        _("In line %(line)d of “%(name)s”, “%(key)s” holds another object.")
        % {"line": line, "name": name, "key": key},
        remedy=_("Give plain values, or a list of plain values."),
    )


def not_documents(name: str, others: list[str]) -> Invalid:
    return Invalid(
        _("“%(name)s” holds %(count)d files that are not .docx documents, first “%(first)s”.")
        % {"name": name, "count": len(others), "first": others[0]},
        remedy=_("Save old documents as .docx and leave other files out of the zip file."),
        fields={other: [_("Not a .docx document.")] for other in others},
    )


def too_many_documents(name: str, limits: Limits) -> TooLarge:
    return TooLarge(
        _("“%(name)s” holds more than %(limit)d files.")
        % {"name": name, "limit": limits.archive.entries},
        remedy=_("Divide the documents over several folders."),
    )


def document_too_long(name: str, limits: Limits) -> TooLarge:
    return TooLarge(
        _("The text of “%(name)s” is longer than %(limit)d characters.")
        % {"name": name, "limit": limits.cell},
        remedy=_("Shorten it, and attach the full text as a document."),
    )
