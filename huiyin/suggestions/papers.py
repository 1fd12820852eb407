"""The lifecycle tables as pages of the documentation: diagram, steps, who may take them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import TextChoices
from django.utils.translation import override

from huiyin.kernel.workflow import Lifecycle, Move
from huiyin.suggestions.lifecycle import ASSIGNMENT, REPLY, SUGGESTION
from huiyin.suggestions.rules import follows_from_it

TITLES = {
    "suggestion": ("The suggestion", "建议"),
    "assignment": ("Each organ's assignment", "承办单位的交办件"),
    "reply": ("Each reply", "答复"),
}

_LIFECYCLES: list[Lifecycle] = [SUGGESTION, ASSIGNMENT, REPLY]


def register(lifecycle: Lifecycle, *, english: str, chinese: str) -> None:
    """Have the lifecycle of a room above stand on the pages too. Once, while the rooms start."""
    if lifecycle.name not in TITLES:
        TITLES[lifecycle.name] = (english, chinese)
        _LIFECYCLES.append(lifecycle)


def lifecycle_page() -> str:
    """Return the page of all lifecycles in Markdown, with a Mermaid diagram of each."""
    lines = [
        "# Lifecycles",
        "",
        "Generated from the tables in `lifecycle` of each room by `make docs`; a test compares.",
        "Stages and steps are the only ones there are: buttons, checks, records and this page read",
        "the same rows.",
    ]
    for lifecycle in _LIFECYCLES:
        lines += ["", *_section(lifecycle)]
    return "\n".join(lines) + "\n"


def permission_page() -> str:
    """Return who may take which step from where, with the sentence of each rule."""
    lines = [
        "# Who may take which step",
        "",
        "Generated from the lifecycle tables by `make docs`; a test compares. What a row adds to",
        "the rule (what must exist first) stands in the column *first*. The rooms' tests state",
        "every cell again by hand (`huiyin/suggestions/tests/test_matrix.py`).",
    ]
    for lifecycle in _LIFECYCLES:
        lines += ["", f"## {_title(lifecycle)}", ""]
        lines += ["| step | from | who | first | reason |", "| --- | --- | --- | --- | --- |"]
        lines += [_permission(row) for row in lifecycle.moves]
    return "\n".join(lines) + "\n"


def closed_lists_page() -> str:
    """Return every closed list of the house with the value kept, the English and the Chinese."""
    lines = [
        "# Closed lists · 代码表",
        "",
        "Generated from the enumerations in the code by `make docs`; a test compares. The words",
        "for concepts stand in [glossary.md](glossary.md).",
    ]
    for choices in sorted(_closed_lists(), key=lambda each: (each.__module__, each.__name__)):
        about = (choices.__doc__ or "").strip().splitlines()
        lines += ["", f"## {choices.__name__}", ""]
        # An enumeration without a docstring of its own shows the one of ``str``.
        if about and choices.__doc__ != TextChoices.__doc__:
            lines += [" ".join(line.strip() for line in about if line.strip()), ""]
        lines += ["| value | English | 中文 |", "| --- | --- | --- |"]
        lines += [
            f"| `{value}` | {_said(label, 'en')} | {_said(label, 'zh-hans')} |"
            for value, label in ((each.value, each._label_) for each in choices)
        ]
    return "\n".join(lines) + "\n"


def _closed_lists() -> Iterator[type[TextChoices]]:
    for choices in TextChoices.__subclasses__():
        if choices.__module__.startswith("huiyin.") and ".tests." not in choices.__module__:
            yield choices


def _section(lifecycle: Lifecycle) -> Iterator[str]:
    yield f"## {_title(lifecycle)}"
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for stage in lifecycle.stages.values:
        yield f"    {stage} : {_both(lifecycle.stages(stage).label)}"
    yield f"    [*] --> {lifecycle.initial}"
    for row in lifecycle.moves:
        if row.target:
            for source in sorted(row.sources):
                yield f"    {source} --> {row.target} : {row.name}"
    for stage in sorted(lifecycle.final):
        yield f"    {stage} --> [*]"
    yield "```"
    yield ""
    yield "| step | 环节 | from | to | clock | told | document | basis |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for row in lifecycle.moves:
        cells = (
            f"`{row.name}` {_said(row.label, 'en')}",
            _said(row.label, "zh-hans"),
            _stages(row),
            row.target or "stays",
            row.clock,
            row.notice.replace(",", ", "),
            row.document,
            row.basis,
        )
        yield "| " + " | ".join(cells) + " |"


def _permission(row: Move) -> str:
    first = ", ".join(guard.__name__.replace("_", " ") for guard in row.guards)
    who = (row.allowed.__doc__ or "").strip().splitlines()[0]
    why = "why" if row.must_say_why else ""
    if row.needs_reason_code:
        why = "code and why"
    if row.allowed is follows_from_it:
        who = f"*{who}*"
    return f"| `{row.name}` {_said(row.label, 'en')} | {_stages(row)} | {who} | {first} | {why} |"


def _stages(row: Move) -> str:
    return ", ".join(sorted(row.sources))


def _title(lifecycle: Lifecycle) -> str:
    english, chinese = TITLES[lifecycle.name]
    return f"{english} · {chinese}"


def _both(label: object) -> str:
    return f"{_said(label, 'zh-hans')} {_said(label, 'en')}"


def _said(label: object, language: str) -> str:
    with override(language):
        return str(label)
