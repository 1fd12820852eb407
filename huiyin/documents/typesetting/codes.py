"""The code on a document that brings a scan of it back to its case."""

from __future__ import annotations

import io

import segno

# A quarter of it may be lost under a stamp or a fold.
_CORRECTION = "q"
# Millimetres; a telephone still reads it from a copy.
WIDTH = 18.0
# From the left and upper edges of the page: above the type area, clear of the organ's name.
FROM_LEFT, FROM_TOP = 28.0, 9.0


def png(link: str) -> bytes:
    """The code as a picture for Word."""
    out = io.BytesIO()
    _made(link).save(out, kind="png", scale=8, border=0)
    return out.getvalue()


def svg(link: str) -> str:
    """The code as a drawing for PDF."""
    out = io.BytesIO()
    _made(link).save(out, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True)
    return out.getvalue().decode()


def _made(link: str) -> segno.QRCode:
    return segno.make(link, error=_CORRECTION, micro=False)
