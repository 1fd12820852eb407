"""Papers made of this room's records, as Word and PDF."""

from __future__ import annotations

from django.http import FileResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.suggestions.views.made import made
from huiyin.supervision import letters, records, rhythm, supervising, topics


def _link(request: ActorRequest, name: str, key: str) -> str:
    return request.build_absolute_uri(reverse(f"supervision:{name}", args=[key]))


@require_safe
def topic_letter(request: ActorRequest, key: str, ending: str) -> FileResponse:
    """The special letter by which a topic is handed to the organs."""
    topic = topics.topic_for(request.actor, key)
    return made(letters.topic_letter(topic, link=_link(request, "topic", key)), ending)


@require_safe
def problem_notice(request: ActorRequest, key: str, ending: str) -> FileResponse:
    """The rectification notice."""
    problem = supervising.problem_for(request.actor, key)
    return made(letters.rectification_notice(problem, link=_link(request, "problem", key)), ending)


@require_safe
def circular_paper(request: ActorRequest, key: str, ending: str) -> FileResponse:
    """The monthly circular."""
    circular = rhythm.circular_for(request.actor, key)
    return made(letters.circular(circular, link=_link(request, "circular", key)), ending)


@require_safe
def bulletin_paper(request: ActorRequest, key: str, ending: str) -> FileResponse:
    """An issue of the bulletin."""
    bulletin = records.found(records.bulletins_for(request.actor), key)
    paper = letters.bulletin(bulletin, link=_link(request, "bulletin", key))
    name = f"{bulletin.title}（{bulletin.year}年第{bulletin.issue}期）"
    return made(paper, ending, name=name)
