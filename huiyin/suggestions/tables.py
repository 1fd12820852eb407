"""The list of suggestions: columns, tabs, questions. Every number elsewhere leads here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Case, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.kernel.errors import Words
from huiyin.organisations.models import OrganName
from huiyin.rulebook import Assigner, Rulebook
from huiyin.suggestions import cells, exported, facets, selectors
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Assignment, Category, Kind, Raised, Signature, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.ratings import Grade
from huiyin.suggestions.presenters.sight import ORGAN
from huiyin.suggestions.questions import ASKED_BY_LINKS, FILTERS, MARKS_READ_BY
from huiyin.suggestions.rules import shares_out
from huiyin.suggestions.ruling import provisional_in
from huiyin.suggestions.stages import CHARGED, HandlingRole, Signing, Stage
from huiyin.ui.lists import BulkAct, Column, Context, ListSpec, Sort

Rows = QuerySet[Suggestion]

# How a rating came in: the deputy's own session is one way, everything else was brought in.
RATED_VIA: dict[str, Words] = {
    Via.PAGE: p_("rated", "by the deputy himself"),
    Via.PAPER: p_("rated", "entered from paper by the office"),
    Via.IMPORT: p_("rated", "imported"),
    Via.COMMAND: p_("rated", "by the deputy himself"),
}

# --- What a row says


def holder(row: Any) -> Words:
    """Who has it in his hands. ``row`` is one of ``rows_for``, which brings the names."""
    if where.is_with_deputies(row):
        return str(row.lead_name)
    if where.is_replied(row) and not row.is_rated:
        return str(row.lead_name)
    if where.is_handled(row):
        return leading(row)
    if row.office_id is not None and where.is_with_office(row):
        return str(row.office_name)
    if where.is_with_office(row) or where.is_replied(row):
        return format_html('<span class="nowrap">{}</span>', p_("holder", "Congress office"))
    return ""


def _charged(row: Suggestion, *roles: HandlingRole) -> list[str]:
    """Names of the organs of the running round. The rows are prefetched by ``rows_for``."""
    parts = getattr(row, "charged", [])
    return [part.organ_name for part in parts if part.round == row.round and part.role in roles]


def leading(row: Suggestion) -> str:
    """Who answers the deputy."""
    return "、".join(
        _charged(row, HandlingRole.LEAD, HandlingRole.SOLE, HandlingRole.SEPARATE)
        or _charged(row, HandlingRole.REFERENCE)
    )


def co_handling(row: Suggestion) -> str:
    return "、".join(_charged(row, HandlingRole.CO))


def cosigners(row: Suggestion) -> str:
    return "、".join(each.deputy_name for each in getattr(row, "cosigned", []))


def _grade(code: str) -> str:
    return str(Grade(code).label) if code else ""


def signed() -> QuerySet[Signature]:
    """The co-signers who have confirmed, by name alone: whole people would be hundreds a page."""
    return Signature.objects.filter(standing=Signing.CONFIRMED).annotate(
        deputy_name=F("deputy__person__name")
    )


def charged(actor: Actor) -> QuerySet[Assignment]:
    """The parts of the organs by name; at which level a text lies, its own organ alone is told."""
    # What is over keeps the name its organ bore then.
    former = OrganName.objects.filter(
        organ=OuterRef("organ"), until__gte=OuterRef("suggestion__closed_on")
    ).order_by("until")
    organ_name = Coalesce(Subquery(former.values("name")[:1]), F("organ__name"))
    parts = Assignment.objects.filter(CHARGED).annotate(organ_name=organ_name).order_by("pk")
    if actor.role in ORGAN:
        mine = When(organ=actor.organ_id, then=F("reply_file__level"))
        parts = parts.annotate(
            level=Case(mine, default=0), level_count=F("reply_file__level_count")
        )
    return parts


def rows_for(actor: Actor) -> Rows:
    """The rows this reader may see, with what the columns show of each: three queries a page."""
    return (
        selectors.visible_to(actor)
        .select_related(None)
        .annotate(
            lead_name=F("lead__person__name"),
            delegation_name=F("delegation__name"),
            office_name=F("office__name"),
        )
        .prefetch_related(
            Prefetch("signatures", signed(), to_attr="cosigned"),
            Prefetch("assignments", charged(actor), to_attr="charged"),
        )
    )


_DUE = Column(
    key="due",
    label=_("Reply due"),
    kind="date",
    sort="due",
    export=lambda row: row.due_on,
    phone="wide",
)
# Both are finished by ``list_for``, which knows the day and the calendar.
_CERTAINTY = Column(
    key="due_certainty", label=_("Certainty of the reply date"), only="export", width=14
)

COLUMNS = (
    Column(
        key="number",
        label=_("No."),
        cell=cells.number,
        kind="key",
        sort="number",
        export=lambda row: row.number or "",
        width=10,
    ),
    Column(
        key="title",
        label=_("Title"),
        cell=cells.title,
        kind="title",
        export=lambda row: row.title,
        width=60,
    ),
    Column(key="lead", label=_("Lead deputy"), only="export", cell="lead_name"),
    Column(key="cosigners", label=_("Co-signers"), only="export", export=cosigners, width=30),
    Column(
        key="delegation",
        label=_("Delegation"),
        only="export",
        export=lambda row: row.delegation_name or "",
    ),
    Column(
        key="holder",
        label=_("With"),
        cell=holder,
        width=30,
        export=lambda row: strip_tags(str(holder(row))),
        phone="labelled",
    ),
    Column(key="organ", label=_("Lead organ"), only="export", export=leading, width=30),
    Column(key="co", label=_("Co-handling organs"), only="export", export=co_handling, width=40),
    _DUE,
    _CERTAINTY,
    Column(
        key="stage",
        label=_("Stage"),
        cell=cells.stage,
        export=lambda row: str(Stage(row.stage).label),
        width=18,
    ),
    Column(
        key="class",
        label=_("Class"),
        cell=cells.outcome,
        kind="badge",
        export=lambda row: row.outcome_class,
        width=8,
    ),
    Column(
        key="kind", label=_("Kind"), only="export", export=lambda row: str(Kind(row.kind).label)
    ),
    Column(
        key="raised",
        label=_("Raised"),
        cell=cells.raised,
        phone="desk",
        export=lambda row: str(Raised(row.raised).label) if row.raised else "",
    ),
    Column(
        key="category",
        label=_("Category"),
        only="export",
        export=lambda row: str(Category(row.category).label) if row.category else "",
    ),
    Column(
        key="rounds",
        label=_("Rounds"),
        cell=cells.rounds,
        kind="num",
        export=lambda row: row.round,
        phone="desk",
        width=8,
    ),
    Column(
        key="registered",
        label=_("Registered on"),
        only="export",
        export=lambda row: row.registered_on,
    ),
    Column(
        key="assigned",
        label=_("Assigned on"),
        only="export",
        export=lambda row: row.first_assigned_on,
    ),
    Column(
        key="letter_on",
        label=_("Date of the reply letter"),
        only="export",
        export=lambda row: row.letter_on,
    ),
    Column(key="replied", label=_("Replied on"), only="export", export=lambda row: row.replied_on),
    Column(
        key="attitude", label=_("Attitude"), only="export", export=lambda row: _grade(row.attitude)
    ),
    Column(key="result", label=_("Result"), only="export", export=lambda row: _grade(row.result)),
    Column(
        key="rated_via",
        label=_("How the rating came in"),
        only="export",
        export=lambda row: str(RATED_VIA[row.rated_via]) if row.rated_via else "",
    ),
)


def _searched(rows: Rows, words: str, _context: Context) -> Rows:
    """By number exactly, or by words of the title, or by the lead deputy's name."""
    # Posts are few: looked up first, not joined to every row that is searched.
    named = Post.objects.filter(role=Role.DEPUTY, person__name__icontains=words)
    return rows.filter(Q(number=words) | Q(title__icontains=words) | Q(lead__in=named.values("pk")))


# The list's template asks whether there is a search; a template would call it to find out.
_searched.do_not_call_in_templates = True  # type: ignore[attr-defined]


def _basis(context: Context) -> str:
    """What the counts of the tabs rest on; also how soon a deadline counts as near."""
    if context.actor is None:
        return ""
    near = facets.near_days(context.actor, context)
    return f"{selectors.basis_of(context.actor.congress)} {near}"


LIST = ListSpec(
    name="suggestions",
    title=_("Suggestions"),
    columns=COLUMNS,
    sorts=(
        Sort(key="recent", label=_("Changed last"), field="changed_at"),
        Sort(key="number", label=_("Number"), field="number_order", nullable=True),
        Sort(key="due", label=_("Reply due"), field="due_on", nullable=True),
    ),
    default_sort="-recent",
    facets=facets.FACETS,
    filters=FILTERS,
    search=_searched,
    basis=_basis,
    bulk=(
        BulkAct(
            key="assign",
            label=_("Assign together"),
            url_name="suggestions:assign_many",
            roles=frozenset({Role.CLERK.value, Role.GOVERNMENT_CLERK.value}),
            kind="primary",
        ),
        BulkAct(
            key="merge",
            label=_("Handle together"),
            url_name="suggestions:merge_many",
            roles=frozenset({Role.CLERK.value}),
        ),
        BulkAct(
            key="hand_over",
            label=_("Hand to a system's office"),
            url_name="suggestions:hand_over_many",
            roles=frozenset({Role.CLERK.value}),
        ),
        BulkAct(
            key="hand_back",
            label=_("Send back to the congress office"),
            url_name="suggestions:hand_back_many",
            roles=frozenset({Role.GOVERNMENT_CLERK.value}),
        ),
        BulkAct(
            key="urge",
            label=_("Urge the organs"),
            url_name="suggestions:urge_many",
            roles=frozenset({Role.CLERK.value, Role.GOVERNMENT_CLERK.value}),
        ),
    ),
)


def _bulk(actor: Actor, *, rules: Rulebook) -> list[BulkAct]:
    """What this post can do with many; handing over only where the rules give it to offices."""
    offered = list(LIST.bulk)
    if rules.assign.by == Assigner.CONGRESS_OFFICE:
        offered = [each for each in offered if each.key != "hand_over"]
    if actor.role == Role.LIAISON and shares_out(actor):
        as_office = Role.GOVERNMENT_CLERK.value
        offered = [
            replace(each, roles=each.roles | {Role.LIAISON.value})
            for each in offered
            if as_office in each.roles
        ]
    return offered


def list_for(
    actor: Actor, *, asked: Mapping[str, str], today: date, threshold: int, rules: Rulebook
) -> ListSpec:
    """The list as this role finds it; ``threshold`` days before a deadline its light turns.

    A tab that is asked for is shown though it be empty; a question that only links ask is shown
    when one has asked it, so that it can be taken back.
    """
    shown = facets.SHOWN.get(actor.role, (facets.ALL,))
    tab = asked.get("tab", "")
    named = [each for each in facets.FACETS if each.key == tab and each not in shown]
    filters = [
        each
        for each in FILTERS
        if (each.key in asked or each.key not in ASKED_BY_LINKS)
        and (each.key != "mark" or actor.role in MARKS_READ_BY)
    ]
    is_provisional = provisional_in(actor.congress)
    due = partial(cells.due, today=today, threshold=threshold, is_provisional=is_provisional)
    certainty = partial(cells.certainty, is_provisional=is_provisional)
    own = {"due": replace(_DUE, cell=due), "due_certainty": replace(_CERTAINTY, export=certainty)}
    columns = [own.get(each.key, each) for each in COLUMNS]
    read = partial(exported.read, signed=signed(), charged=charged(actor))
    return replace(
        LIST,
        columns=columns,
        facets=(*shown, *named),
        filters=filters,
        bulk=_bulk(actor, rules=rules),
        exported=read,
    )
