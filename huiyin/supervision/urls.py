"""Addresses of supervision. They carry keys, never row ids."""

from django.urls import URLPattern, path

import huiyin.suggestions.urls  # noqa: F401 - registers the converter case_key
from huiyin.supervision.kinds import KINDS
from huiyin.supervision.kinds.kind import Kind
from huiyin.supervision.views import cases, following, minute, papers

app_name = "supervision"


def _of(kind: Kind, prefix: str) -> list[URLPattern]:
    """The addresses every kind of case has."""
    given = {"kind": kind}
    return [
        path(f"{prefix}/", cases.rows, given, name=f"{kind.name}_list"),
        path(f"{prefix}/new/", cases.new, given, name=f"{kind.name}_new"),
        path(f"{prefix}/<case_key:key>/", cases.one, given, name=kind.name),
        path(
            f"{prefix}/<case_key:key>/step/<slug:name>/",
            cases.step,
            given,
            name=f"{kind.name}_step",
        ),
    ]


urlpatterns: list[URLPattern] = [
    *(pattern for kind, prefix in KINDS for pattern in _of(kind, prefix)),
    path(
        "key-topics/<case_key:key>/letter.<slug:ending>", papers.topic_letter, name="topic_letter"
    ),
    path(
        "supervision/problems/<case_key:key>/notice.<slug:ending>",
        papers.problem_notice,
        name="problem_notice",
    ),
    path(
        "supervision/circulars/<case_key:key>/paper.<slug:ending>",
        papers.circular_paper,
        name="circular_paper",
    ),
    path(
        "bulletins/<case_key:key>/paper.<slug:ending>",
        papers.bulletin_paper,
        name="bulletin_paper",
    ),
    path("minute/", minute.one_minute, name="minute"),
    path("minute/looked/", minute.looked, name="looked"),
    path("progress-board/", minute.board, name="board"),
    path("supervision/not-let-go/", following.not_let_go, name="not_let_go"),
    path("supervision/catalogue/", following.catalogue, name="catalogue"),
    path("supervision/counterparts/", following.counterparts, name="counterparts"),
]
