"""The scans of what came on paper: one page of PDF each, typed out as on the deputies' form.

Written by hand, for a library would be carried along for the demo alone. The Chinese font is one
every reader of PDF has by that name, so nothing is embedded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import timedelta

from huiyin.accounts.actor import Actor
from huiyin.demo.telling import Book, Tale
from huiyin.documents import storage
from huiyin.documents.models import Attachment
from huiyin.ledger import services as ledger
from huiyin.suggestions.services.attaching import SCAN
from huiyin.suggestions.services.turn import CASE_TYPE

_WIDTH, _HEIGHT, _MARGIN = 595, 842, 85
_SIZE, _LEADING, _CHARACTERS = 15, 26, 28
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    "/DescendantFonts[5 0 R]>>"
)
_GLYPHS = (
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 6 0 R>>"
)
_METRICS = (
    "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
)


def keep(book: Book, tales: Sequence[Tale]) -> None:
    """Keep the scan of every paper the clerks typed in, with its line on record."""
    lines = []
    for tale in tales:
        if not tale.fate.from_paper:
            continue
        attachment = _attachment(book, tale, page_of(tale))
        attachment.save()
        clerk = tale.told.case.entered_by
        if clerk is None:
            raise ValueError("nobody has typed the paper in")
        lines.append(
            ledger.Line(
                at=attachment.at,
                actor=Actor.of(clerk),
                action="suggestion.attach",
                subject=(CASE_TYPE, tale.told.case.key),
                facts=[attachment],
                via="demo",
                back_dated=True,
            )
        )
    ledger.record_many(chain=book.world.congress.key, lines=lines)


def _attachment(book: Book, tale: Tale, page: bytes) -> Attachment:
    case = tale.told.case
    if case.entered_by is None or tale.times.submitted is None:
        raise ValueError("it did not come on paper")
    digest = hashlib.sha256(page).hexdigest()
    # Named by its content and not by chance, so that the record comes out the same every time.
    stored_as = f"{digest[:2]}/{digest[:32]}"
    path = storage.path_of(stored_as)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page)
    return book.row(
        Attachment,
        sha256=digest,
        size=len(page),
        content_type="application/pdf",
        original_name="代表建议专用纸（扫描件）.pdf",
        stored_as=stored_as,
        owner_person_key=case.entered_by.person.key,
        congress_key=book.world.congress.key,
        case_type=CASE_TYPE,
        case_key=case.key,
        part=SCAN,
        at=tale.times.submitted - timedelta(minutes=4),
    )


def page_of(tale: Tale) -> bytes:
    """Return the form as the deputy handed it in."""
    lead, text = tale.fate.lead, tale.text
    lines = ["岳川省人民代表大会代表建议、批评和意见专用纸", ""]
    lines += [f"代表姓名：{lead.person.name}　代表证号：{lead.card_no}"]
    seat = lead.delegation.name if lead.delegation else ""
    lines += [f"代表团：{seat}　电话：{lead.person.phone}"]
    lines += ["", *_wrapped(f"标题：{text.title}"), *_wrapped(f"　　{text.situation}"), ""]
    for at, (asked, _done) in enumerate(text.asks):
        lines += _wrapped(f"　　{'一二三四'[at]}、{asked}")
    day = tale.times.submitted.date() if tale.times.submitted else None
    lines += ["", f"　　　　　　　　代表签名：{lead.person.name}　{day}"]
    return _pdf(lines)


def _wrapped(text: str) -> Iterator[str]:
    for start in range(0, len(text), _CHARACTERS):
        yield text[start : start + _CHARACTERS]


def _pdf(lines: Sequence[str]) -> bytes:
    shown = "\n".join(f"<{line.encode('utf-16-be').hex().upper()}> Tj T*" for line in lines)
    top = _HEIGHT - _MARGIN
    drawn = f"BT /F1 {_SIZE} Tf {_LEADING} TL {_MARGIN} {top} Td\n{shown}\nET"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_WIDTH} {_HEIGHT}]"
        "/Resources<</Font<</F1 4 0 R>>>>/Contents 7 0 R>>",
        _FONT,
        _GLYPHS,
        _METRICS,
        f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream",
    ]
    written = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(bodies) + 1
    trailer = f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + f"xref\n0 {count}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")
