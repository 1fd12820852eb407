"""The list of suggestions: columns, tabs, questions. Every number elsewhere leads here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import Prefetch, Q, QuerySet
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.kernel.errors import Words
from huiyin.suggestions import facets, selectors
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Assignment, Signature, Suggestion
from huiyin.suggestions.models.ratings import Grade
from huiyin.suggestions.questions import ASKED_BY_LINKS, FILTERS
from huiyin.suggestions.stages import HandlingRole, Signing
from huiyin.ui.lists import BulkAct, Column, Context, ListSpec, Sort

Rows = QuerySet[Suggestion]

# --- What a row says


def holder(row: Suggestion) -> Words:
    """Who has it in his hands."""
    if where.is_with_deputies(row):
        return row.lead.person.name
    if where.is_replied(row) and not row.result:
        return row.lead.person.name
    if where.is_handled(row):
        return leading(row)
    if where.is_with_office(row) or where.is_replied(row):
        return format_html('<span class="nowrap">{}</span>', p_("holder", "Congress office"))
    return ""


def _charged(row: Suggestion, *roles: HandlingRole) -> list[str]:
    """Names of the organs of the running round. The rows are prefetched by ``rows_for``."""
    parts: list[Assignment] = getattr(row, "charged", [])
    return [part.organ.name for part in parts if part.round == row.round and part.role in roles]


def leading(row: Suggestion) -> str:
    """Who answers the deputy."""
    return "、".join(
        _charged(row, HandlingRole.LEAD, HandlingRole.SOLE, HandlingRole.SEPARATE)
        or _charged(row, HandlingRole.REFERENCE)
    )


def co_handling(row: Suggestion) -> str:
    return "、".join(_charged(row, HandlingRole.CO))


def cosigners(row: Suggestion) -> str:
    signed: list[Signature] = getattr(row, "cosigned", [])
    return "、".join(each.deputy.person.name for each in signed)


def stage(row: Suggestion) -> Words:
    return format_html('<span class="nowrap">{}</span>', row.get_stage_display())


def raised(row: Suggestion) -> Words:
    if not row.raised:
        return ""
    return format_html('<span class="nowrap">{}</span>', row.get_raised_display())


def rounds(row: Suggestion) -> Words:
    """How many rounds of handling it has had; nothing before the first."""
    return str(row.round or "")


def _grade(code: str) -> str:
    return str(dict(Grade.choices).get(code, ""))


def rows_for(actor: Actor) -> Rows:
    """The rows this reader may see, with what the columns show of each: three queries a page."""
    signed = Signature.objects.filter(standing=Signing.CONFIRMED).select_related("deputy__person")
    charged = Assignment.objects.select_related("organ").order_by("pk")
    return (
        selectors.visible_to(actor)
        .select_related("delegation")
        .prefetch_related(
            Prefetch("signatures", signed, to_attr="cosigned"),
            Prefetch("assignments", charged, to_attr="charged"),
        )
    )


COLUMNS = (
    Column(
        key="number",
        label=_("No."),
        cell="suggestions/cells/_number.html",
        kind="key",
        sort="number",
        export=lambda row: row.number or "",
        width=10,
    ),
    Column(
        key="title",
        label=_("Title"),
        cell="suggestions/cells/_title.html",
        kind="title",
        export=lambda row: row.title,
        width=60,
    ),
    Column(key="lead", label=_("Lead deputy"), only="export", cell="lead.person.name"),
    Column(key="cosigners", label=_("Co-signers"), only="export", export=cosigners, width=30),
    Column(
        key="delegation",
        label=_("Delegation"),
        only="export",
        export=lambda row: row.delegation.name if row.delegation else "",
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
    Column(
        key="due",
        label=_("Reply due"),
        cell="suggestions/cells/_due.html",
        kind="date",
        sort="due",
        export=lambda row: row.due_on,
        phone="wide",
    ),
    Column(
        key="stage",
        label=_("Stage"),
        cell=stage,
        export=lambda row: str(row.get_stage_display()),
        width=18,
    ),
    Column(
        key="class",
        label=_("Class"),
        cell="suggestions/cells/_class.html",
        kind="badge",
        export=lambda row: row.outcome_class,
        width=8,
    ),
    Column(
        key="kind", label=_("Kind"), only="export", export=lambda row: str(row.get_kind_display())
    ),
    Column(
        key="raised",
        label=_("Raised"),
        cell=raised,
        phone="desk",
        export=lambda row: str(row.get_raised_display()) if row.raised else "",
    ),
    Column(
        key="category",
        label=_("Category"),
        only="export",
        export=lambda row: str(row.get_category_display()) if row.category else "",
    ),
    Column(
        key="rounds",
        label=_("Rounds"),
        cell=rounds,
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
    Column(key="replied", label=_("Replied on"), only="export", export=lambda row: row.replied_on),
    Column(
        key="attitude", label=_("Attitude"), only="export", export=lambda row: _grade(row.attitude)
    ),
    Column(key="result", label=_("Result"), only="export", export=lambda row: _grade(row.result)),
)


def _searched(rows: Rows, words: str, _context: Context) -> Rows:
    """By number exactly, or by words of the title, or by the lead deputy's name."""
    # Posts are few: looked up first, not joined to every row that is searched.
    named = Post.objects.filter(role=Role.DEPUTY, person__name__icontains=words)
    return rows.filter(
        Q(number=words) | Q(title__icontains=words) | Q(lead__in=named.values("pk"))
    )


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
            roles=frozenset({Role.CLERK.value}),
            kind="primary",
        ),
    ),
)


def list_for(actor: Actor, *, asked: Mapping[str, str]) -> ListSpec:
    """The list as this role finds it.

    A tab that is asked for is shown though it be empty; a question that only links ask is shown
    when one has asked it, so that it can be taken back.
    """
    shown = facets.SHOWN.get(actor.role, (facets.ALL,))
    tab = asked.get("tab", "")
    named = [each for each in facets.FACETS if each.key == tab and each not in shown]
    filters = [each for each in FILTERS if each.key in asked or each.key not in ASKED_BY_LINKS]
    return replace(LIST, facets=(*shown, *named), filters=filters)
