"""XML parts of office files: read as a stream, and refused when they define a document type.

No office program writes one. With it come entities that grow without end and addresses to be
fetched, so nothing is expanded and nothing is fetched: the part is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser
from django.utils.translation import gettext as _

from huiyin.documents.archives import Archive, Entry, damaged
from huiyin.kernel.errors import Invalid


class Attributes(Protocol):
    def get(self, name: str, /) -> str | None: ...

    def items(self) -> Iterable[tuple[str, str]]: ...


class Listener:
    """Who hears of elements; names come without their prefix. By itself it hears nothing."""

    def start(self, name: str, attributes: Attributes, /) -> None: ...

    def end(self, name: str, /) -> None: ...

    def text(self, text: str, /) -> None: ...


class Enough(Exception):
    """Raised by a listener that needs no more of the part."""


def parse(archive: Archive, entry: Entry, listener: Listener) -> None:
    """Tell ``listener`` what the part says. ``Invalid`` when it is malformed or forbidden."""
    try:
        _feed(archive.pieces(entry), listener)
    except Enough:
        return
    except DefusedXmlException as error:
        raise forbidden(archive.name) from error
    except (SAXParseException, LookupError, ValueError) as error:
        # LookupError: an encoding nobody knows. ValueError: a listener met no number.
        raise damaged(archive.name) from error


def forbidden(name: str) -> Invalid:
    return Invalid(
        _("“%(name)s” refers to definitions outside itself, which office files never do.")
        % {"name": name},
        remedy=_("Check where the file comes from, or copy its content into a new file."),
    )


def _feed(pieces: Iterable[bytes], listener: Listener) -> None:
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(_Relay(listener))
    for piece in pieces:
        parser.feed(piece)
    parser.close()


class _Relay(ContentHandler):
    def __init__(self, listener: Listener) -> None:
        super().__init__()
        self._start, self._end, self._text = listener.start, listener.end, listener.text

    def startElement(self, name: str, attrs: Attributes) -> None:  # noqa: N802 - named by xml.sax
        self._start(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:  # noqa: N802 - named by xml.sax
        self._end(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        self._text(content)
