"""A paper that was made just now, handed out as a file."""

from __future__ import annotations

from django.http import FileResponse

from huiyin.documents.typesetting import PDF_TYPE, WORD_TYPE, Paper, to_pdf, to_word
from huiyin.documents.views import serve_made
from huiyin.kernel.errors import NotFound
from huiyin.suggestions.letters.kinds import Ending

_MADE = {Ending.WORD: (to_word, WORD_TYPE), Ending.PDF: (to_pdf, PDF_TYPE)}


def made(paper: Paper, ending: str, *, name: str = "") -> FileResponse:
    """The paper as a file, named by its title. ``NotFound`` for an ending nobody makes."""
    if ending not in Ending.values:
        raise NotFound(ending)
    write, content_type = _MADE[Ending(ending)]
    return serve_made(
        write(paper), name=f"{name or paper.title}.{ending}", content_type=content_type
    )
