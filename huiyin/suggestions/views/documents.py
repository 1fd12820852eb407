"""The official documents of an organ's part, as files."""

from __future__ import annotations

from django.http import FileResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.documents.typesetting import PDF_TYPE, WORD_TYPE, to_pdf, to_word
from huiyin.documents.views import serve_made
from huiyin.kernel.errors import NotFound
from huiyin.suggestions import held
from huiyin.suggestions.letters.kinds import Ending
from huiyin.suggestions.presenters import documents
from huiyin.suggestions.presenters.file import read
from huiyin.suggestions.views.cases import part_scene_of

_MADE = {Ending.WORD: (to_word, WORD_TYPE), Ending.PDF: (to_pdf, PDF_TYPE)}


@require_safe
def document(request: ActorRequest, key: str, kind: str, ending: str) -> FileResponse:
    """One document as Word or PDF. ``NotFound`` for what is not open to the reader.

    Its code leads back to the case's own page, which asks again who is reading.
    """
    if ending not in Ending.values:
        raise NotFound(kind)
    scene = part_scene_of(request, key)
    file = read(scene)
    home = request.build_absolute_uri(reverse("suggestions:case", args=[scene.case.key]))
    part = file.by_part[scene.charge.pk]
    made = documents.paper(kind, file, part, link=home)
    if made is None:
        raise NotFound(kind)
    write, content_type = _MADE[Ending(ending)]
    name = f"{made.title}（{held.name_now(part)}）.{ending}"
    return serve_made(write(made), name=name, content_type=content_type)
