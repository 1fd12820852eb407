"""Files added to a case: what is taken, how it is kept, and how it is handed out."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils.translation import override

from huiyin.accounts.tests.town import NOW, Town
from huiyin.documents import limits, selectors, services, storage
from huiyin.documents.content import TYPES, examined
from huiyin.documents.models import Attachment
from huiyin.documents.office import OLE_MAGIC
from huiyin.documents.tests.files import docx, exif, jpeg, pdf, png, repacked, xlsx, zipped
from huiyin.documents.views import saved_as, serve
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotFound, TooLarge

CASE = ("suggestion", "k" * 22)
OFD = zipped({"OFD.xml": "<ofd:OFD/>", "Doc_0/Document.xml": "<ofd:Document/>"}).getvalue()
GOOD = {
    "附件.pdf": (pdf(), TYPES[".pdf"]),
    "附件.docx": (docx().getvalue(), TYPES[".docx"]),
    "附件.xlsx": (xlsx().getvalue(), TYPES[".xlsx"]),
    "附件.ofd": (OFD, "application/ofd"),
    "附件.jpg": (jpeg(), "image/jpeg"),
    "附件.JPEG": (jpeg(), "image/jpeg"),
    "附件.png": (png(), "image/png"),
    "微信图片.jpg": (png(), "image/png"),
}


@pytest.fixture
def store(settings, tmp_path) -> Path:
    folder: Path = tmp_path / "files"
    settings.MEDIA_ROOT = folder
    return folder


@pytest.fixture
def lin(db, store):
    return Town().actor("lin")


def keep(actor, content=None, name="附件.pdf", *, case=CASE, part="text", at=NOW):
    file = SimpleUploadedFile("upload", pdf() if content is None else content)
    return services.keep(file=file, name=name, actor=actor, at=at, case=case, part=part)


def files_in(store):
    return [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", GOOD)
def test_what_offices_use_is_kept_as_it_came(lin, name):
    content, content_type = GOOD[name]
    attachment = keep(lin, content, name)

    assert attachment.content_type == content_type
    assert attachment.sha256 == hashlib.sha256(content).hexdigest()
    assert (attachment.size, attachment.original_name) == (len(content), name)
    assert (attachment.owner_person_key, attachment.congress_key) == (
        lin.person_key,
        lin.congress.key,
    )
    assert storage.path_of(attachment.stored_as).read_bytes() == content


def test_a_photograph_is_kept_without_where_it_was_taken(lin, store):
    attachment = keep(lin, jpeg(segments=[(0xE1, exif())]), "现场.jpg")
    (path,) = files_in(store)
    assert b"GPS" not in path.read_bytes()
    assert attachment.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert attachment.size == path.stat().st_size


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.svg", b"<svg/>", "“a.svg” is of a kind that cannot be attached."),
        ("a.html", b"<html/>", "“a.html” is of a kind that cannot be attached."),
        ("a.exe", b"MZ", "“a.exe” is of a kind that cannot be attached."),
        ("a.docm", b"PK\x03\x04", "“a.docm” is of a kind that cannot be attached."),
        ("a", pdf(), "“a” is of a kind that cannot be attached."),
        ("a.jpg", b"<html/>",
         "“a.jpg” is not a picture but a web page or a drawing that can carry a program."),
        ("a.png", b"\xef\xbb\xbf <svg onload='x'/>",
         "“a.png” is not a picture but a web page or a drawing that can carry a program."),
        ("a.pdf", b"MZ\x90\x00", "“a.pdf” is not a PDF document but a program."),
        ("a.pdf", b"\x7fELF", "“a.pdf” is not a PDF document but a program."),
        ("a.pdf", b"GIF89a" + pdf(), "“a.pdf” is not a PDF document."),
        ("a.docx", pdf(), "“a.docx” is not a .docx file but a PDF document."),
        ("a.docx", xlsx().getvalue(), "“a.docx” is not a .docx file but a packed file."),
        ("a.xlsx", zipped({"a.exe": "MZ"}).getvalue(),
         "“a.xlsx” is not a .xlsx file but a packed file."),
        ("a.docx", OLE_MAGIC, "“a.docx” is in an old Office or WPS format."),
        ("a.docx", OLE_MAGIC + "EncryptedPackage".encode("utf-16-le"),
         "“a.docx” is protected by a password."),
        ("a.docx", repacked(docx(), add={"word/vbaProject.bin": "x"}).getvalue(),
         "“a.docx” contains macros, that is, a program."),
        ("a.docx", repacked(docx(), add={"a.xml": "<!DOCTYPE a SYSTEM 'b'><a/>"}).getvalue(),
         "“a.docx” refers to definitions outside itself, which office files never do."),
        ("a.docx", docx().getvalue()[:-30], "“a.docx” is damaged or was cut off on its way."),
        ("a.jpg", jpeg()[:-2], "“a.jpg” is damaged or was cut off on its way."),
        ("a.png", png()[:-1], "“a.png” is damaged or was cut off on its way."),
        ("a.pdf", pdf()[:-10], "“a.pdf” is damaged or was cut off on its way."),
        ("a.pdf", pdf() + zipped({"a": "b"}).getvalue(),
         "“a.pdf” hides a second file behind the first."),
        ("a.pdf", b"", "“a.pdf” is empty."),
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_is_refused_with_the_reason(lin, store, name, content, reason):
    with override("en"), pytest.raises(Invalid) as caught:
        keep(lin, content, name)
    assert str(caught.value) == reason
    assert caught.value.remedy
    assert not Attachment.objects.exists()
    assert files_in(store) == []


def test_the_reason_is_in_the_readers_language(lin):
    with pytest.raises(Invalid, match=r"“现场\.jpg”的内容不是图片，而是网页或可携带程序的图形。"):
        keep(lin, b"<html/>", "现场.jpg")


@pytest.mark.parametrize(("width", "taken"), [(40_000, True), (40_001, False)])
def test_a_picture_of_more_than_forty_million_points_is_refused(lin, width, taken):
    for name, content in (("a.jpg", jpeg(width, 1000)), ("a.png", png(width, 1000))):
        if taken:
            assert keep(lin, content, name)
            continue
        with override("en"), pytest.raises(TooLarge) as caught:
            keep(lin, content, name)
        assert str(caught.value) == (f"“{name}” has 40001 × 1000 points; the most is 40 million.")


def test_more_than_twenty_megabytes_are_refused(lin, monkeypatch):
    big = pdf(b"%" * (limits.ATTACHMENT_BYTES - len(pdf())))
    assert keep(lin, big)
    with override("en"), pytest.raises(TooLarge, match="is larger than 20 MB"):
        keep(lin, big + b"\n")


def test_the_eleventh_attachment_of_a_part_is_refused(lin):
    for number in range(limits.ATTACHMENTS_PER_PART):
        keep(lin, name=f"{number}.pdf")
    with override("en"), pytest.raises(Conflict, match="already 10 attachments"):
        keep(lin)
    assert keep(lin, part="reply:1")
    assert keep(lin, case=("suggestion", "j" * 22))


def test_a_person_attaches_so_much_in_a_day_and_no_more(lin, monkeypatch):
    monkeypatch.setattr(services, "ATTACHED_BYTES_PER_DAY", 2 * len(pdf()))
    keep(lin)
    keep(lin, at=NOW + timedelta(hours=23))
    with pytest.raises(TooLarge):
        keep(lin, at=NOW + timedelta(hours=23, minutes=59))
    assert keep(lin, at=NOW + timedelta(hours=24))


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.pdf", "/etc/a.pdf", "..\\..\\a.pdf", "CON.pdf", "建" * 96 + ".pdf",
        ".pdf.pdf", "a\r\nX-Evil: 1.pdf", 'a"; filename="b.exe.pdf', "e\u0301.pdf",
        "\u202efdp.exe.pdf",
    ],
)  # fmt: skip
def test_a_name_is_a_text_and_never_a_place(lin, store, name):
    """It is kept as it came, stored under another, and told to the browser by the standard."""
    attachment = keep(lin, name=name)
    attachment.refresh_from_db()
    assert attachment.original_name == name
    (path,) = files_in(store)
    assert path.relative_to(store).as_posix() == attachment.stored_as
    assert not set(path.name) - set("0123456789abcdef")

    response = serve(attachment)
    response.close()
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename")
    assert not {"\r", "\n", "/", "\\", "\u202e"} & set(disposition)


def test_what_no_database_holds_is_taken_out_of_a_name(lin):
    assert keep(lin, name="a\x00b\ud800.pdf").original_name == "a\ufffdb?.pdf"
    long = keep(lin, name="长" * 400 + ".pdf").original_name
    assert (len(long), long[-5:]) == (limits.NAME_CHARACTERS, "….pdf")


def test_a_file_is_handed_out_for_saving_only(lin):
    attachment = keep(lin, jpeg(), "现场 照片.jpg")
    response = serve(attachment)
    assert response.getvalue() == jpeg()
    response.close()
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87.jpg"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cache-Control"] == "no-store, private"


def test_a_file_gone_from_the_disk_is_not_found(lin):
    attachment = keep(lin)
    storage.path_of(attachment.stored_as).unlink()
    with pytest.raises(NotFound):
        serve(attachment)


@pytest.mark.parametrize("name", ["../../etc/passwd", "ab/../../a", "", "ab/" + "c" * 31, "ab\\c"])
def test_only_a_stored_name_names_a_file(store, name):
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        storage.path_of(name)


def test_a_download_has_some_name():
    assert [saved_as(name) for name in ("", "...", "a/b:c?.pdf", "\u202e")] == [
        "_",
        "_",
        "a_b_c_.pdf",
        "_",
    ]


def test_an_attachment_belongs_to_its_case_alone(lin):
    first, second = keep(lin, name="1.pdf"), keep(lin, name="2.pdf")
    other = keep(lin, case=("assignment", CASE[1]))
    assert list(selectors.for_case(CASE)) == [first, second]
    assert selectors.find(CASE, first.key) == first
    for key in (other.key, "nothing", "%2e%2e%2f", "\x00", ""):
        with pytest.raises(NotFound):
            selectors.find(CASE, key)


def test_an_attachment_is_never_changed_or_deleted(lin):
    attachment = keep(lin)
    digest = attachment.fact_digest()
    with pytest.raises(Conflict):
        attachment.delete()
    for query in ("UPDATE documents_attachment SET size = 1", "DELETE FROM documents_attachment"):
        with pytest.raises(DatabaseError, match="never"), transaction.atomic():
            connection.cursor().execute(query)
    attachment.refresh_from_db()
    assert attachment.fact_digest() == digest


# --- The file and the row come and go together.


@pytest.mark.django_db(transaction=True)
def test_a_committed_file_stays(store):
    attachment = keep(Town().actor("lin"))
    assert storage.path_of(attachment.stored_as).stat().st_mode & 0o777 == 0o640


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_when_the_transaction_around_it_fails(store):
    lin = Town().actor("lin")
    with pytest.raises(LookupError), transaction.atomic():
        keep(lin)
        assert len(files_in(store)) == 1
        raise LookupError
    assert files_in(store) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_when_its_step_fails_and_the_rest_stays(store):
    lin = Town().actor("lin")
    with transaction.atomic():
        kept = keep(lin, name="1.pdf")
        with pytest.raises(LookupError), transaction.atomic():
            keep(lin, pdf(b"other"), "2.pdf")
            raise LookupError
    assert files_in(store) == [storage.path_of(kept.stored_as)]


@pytest.mark.django_db(transaction=True)
def test_no_half_of_a_file_stays_when_the_disk_is_full(store, monkeypatch):
    lin = Town().actor("lin")

    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep(lin)
    assert files_in(store) == []
    assert not Attachment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_lie_on_the_disk_once(store):
    lin = Town().actor("lin")
    first, second = keep(lin), keep(lin, name="again.pdf", case=("suggestion", "j" * 22))
    assert first.stored_as == second.stored_as
    storage.path_of(first.stored_as).unlink()
    third = keep(lin, case=("suggestion", "i" * 22))
    assert files_in(store) == [storage.path_of(third.stored_as)]


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_survive_the_failure_of_a_later_transaction(store):
    lin = Town().actor("lin")
    kept = keep(lin)
    with pytest.raises(LookupError), transaction.atomic():
        keep(lin, name="again.pdf")
        raise LookupError
    assert storage.path_of(kept.stored_as).is_file()


def test_no_altered_byte_of_an_office_file_is_more_than_refused(lin):
    content = bytearray(docx().getvalue())
    for at in range(0, len(content), 401):
        altered = bytearray(content)
        altered[at] ^= 0xFF
        try:
            examined(io.BytesIO(altered), name="a.docx")
        except DomainError as error:
            assert error.remedy
