"""The rules of a congress in words: each value, where it comes from, who changed it and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from huiyin.accounts.models import Post
from huiyin.kernel.errors import Words as Said
from huiyin.organisations.models import Congress, RuleChoice
from huiyin.organisations.selectors import Rulebooks
from huiyin.rulebook import (
    PARAMETERS,
    Citation,
    ClassScheme,
    Confidence,
    Rulebook,
    RulebookError,
    Words,
    load,
)
from huiyin.rulebook.load import PACKS, available
from huiyin.rulebook.pack import read_pack
from huiyin.rulebook.steps import STEPS
from huiyin.rulebook.values import Refused, parse, written
from huiyin.rulebook.wording import label
from huiyin.rulebook.wording import said as in_words
from huiyin.suggestions.models import Redated, RulesDecision
from huiyin.suggestions.new_rules import NewValue, Plan, new_values


def said(words: Words) -> str:
    """In the reader's language."""
    return words.said_in(get_language() or "")


def name_of(key: str) -> str:
    """What a parameter is called."""
    return said(label(key))


def pack_title(name: str) -> str:
    return said(read_pack(PACKS / f"{name}.toml").title)


# --- Which value holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One parameter: its value in words, and everything that speaks for it."""

    key: str
    label: str
    value: str
    items: Sequence[str]
    source: str
    text: str
    version: str
    pack: str
    confidence: str
    confidence_label: Said
    own: bool
    decided_on: date | None
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    title: str
    lines: Sequence[Line]


def steps(rules: Rulebook) -> list[Step]:
    """Every parameter, grouped by the steps of the work."""
    return [
        Step(title=said(step.title), lines=[line(rules.cite(key)) for key in step.keys])
        for step in STEPS
    ]


def line(citation: Citation) -> Line:
    source = citation.source
    own = source.confidence is Confidence.DECIDED
    return Line(
        key=citation.key,
        label=name_of(citation.key),
        value=said(in_words(citation.value)),
        items=_items(citation.value),
        source=said(source.citation),
        text=said(source.text),
        version=source.version,
        pack="" if own else pack_title(citation.origin),
        confidence=source.confidence.value,
        confidence_label=_CONFIDENCE[source.confidence](),
        own=own,
        decided_on=date.fromisoformat(source.version) if own else None,
        since=citation.since,
    )


def _items(value: object) -> list[str]:
    """What a scheme of classes consists of; other values say it themselves."""
    if not isinstance(value, ClassScheme):
        return []
    return [f"{each.code} {said(each.label)}" for each in value.classes]


_CONFIDENCE = {
    Confidence.READ: lambda: pgettext("source of a rule", "Full text read"),
    Confidence.EXCERPT: lambda: pgettext("source of a rule", "Excerpt read"),
    Confidence.DEFAULT: lambda: pgettext("source of a rule", "Default of this system"),
    Confidence.DECIDED: lambda: pgettext("source of a rule", "Decided by ourselves"),
}


def pack_choice(books: Rulebooks, choice: RuleChoice | None) -> RuleChoice | None:
    """The choice by which the pack of ``choice`` was chosen; later ones changed single values."""
    if choice is None:
        return None
    for earlier in books.before(choice):
        if earlier.pack != choice.pack:
            break
        choice = earlier
    return choice


# --- What a change starts from


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The choice a change follows: the last one made, also when it has not begun yet."""

    choice: RuleChoice | None
    rules: Rulebook
    pack: str
    overrides: Mapping[str, object]

    @property
    def key(self) -> str:
        return self.choice.key if self.choice else ""

    def pack_value(self, key: str) -> object:
        """What the pack itself says on that day."""
        return load(self.pack, on=self.rules.on).cite(key).value


def base_of(books: Rulebooks, *, on: date) -> Base:
    last = books.latest()
    rules = books.under(last, on=max(on, last.valid_from) if last else on)
    overrides = last.overrides if last else {}
    return Base(choice=last, rules=rules, pack=rules.pack, overrides=overrides)


# --- What differs


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    label: str
    was: str
    now: str


def spoken(values: Iterable[NewValue]) -> list[Difference]:
    return [
        Difference(
            label=name_of(each.key),
            was=said(in_words(each.was)),
            now=said(in_words(each.now)),
        )
        for each in values
    ]


# --- History


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One choice of rules, or one decision on open cases, as the history shows it."""

    at: datetime | None
    who: str
    post: str
    valid_from: date | None = None
    pack: str = ""
    is_pack: bool = False
    session: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    why: str
    changes: Sequence[Difference] = ()
    decision: str = ""
    cases: int = 0


def history(congress: Congress) -> list[Entry]:
    """Every choice and every decision on open cases, the latest first."""
    books = Rulebooks.of(congress)
    choices = sorted(books.choices, key=lambda each: each.pk, reverse=True)
    posts = _posts(choices)
    found = [_chosen(choice, books, posts) for choice in choices]
    found += [_applied(each) for each in decisions(congress)]
    # What was set up before it was kept who did so stands last.
    return sorted(found, key=lambda each: each.at.timestamp() if each.at else 0, reverse=True)


def decisions(congress: Congress) -> list[RulesDecision]:
    rows = RulesDecision.objects.filter(congress=congress).prefetch_related("cases")
    return list(rows.select_related(*POST))


POST = (
    "post__person",
    "post__organ",
    "post__congress",
    "post__delegation",
    "post__electing_unit",
)


def _posts(choices: Iterable[RuleChoice]) -> dict[str, Post]:
    keys = [choice.entered_by for choice in choices if choice.entered_by]
    rows = Post.objects.filter(key__in=keys)
    return {
        post.key: post
        for post in rows.select_related(*(name.removeprefix("post__") for name in POST))
    }


def _chosen(choice: RuleChoice, books: Rulebooks, posts: Mapping[str, Post]) -> Entry:
    post = posts.get(choice.entered_by or "")
    last = next(iter(books.before(choice)), None)
    return Entry(
        at=choice.at,
        who=post.person.name if post else "",
        post=post.title if post else _("When the congress was set up"),
        valid_from=choice.valid_from,
        pack=pack_title(choice.pack) if choice.pack in available() else choice.pack,
        is_pack=last is None or last.pack != choice.pack,
        session=choice.session.name if choice.session else "",
        decided_by=choice.decided_by,
        decided_on=choice.decided_on,
        why=choice.basis,
        changes=_changes(choice, last, books),
    )


def _changes(choice: RuleChoice, last: RuleChoice | None, books: Rulebooks) -> list[Difference]:
    """What it changed on its first day; nothing for the first choice of all, which set it up."""
    if last is None:
        return []
    try:
        before = books.under(last, on=choice.valid_from)
        after = books.under(choice, on=choice.valid_from)
    except RulebookError:
        # A pack that this version no longer ships: the choice stays, its values are not known.
        return []
    return spoken(new_values(before, after))


def _applied(decision: RulesDecision) -> Entry:
    return Entry(
        at=decision.at,
        who=decision.post.person.name,
        post=decision.post.title,
        why=decision.why,
        decision=decision.key,
        cases=len(decision.cases.all()),
    )


# --- Open cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A change of value with the number of cases it would reach."""

    change: Difference
    cases: int


def shared(plan: Plan) -> list[Shared]:
    """The changes of value over all cases of a plan, in the order of the model."""
    counted: dict[tuple[str, str, str], tuple[NewValue, int]] = {}
    for reached in plan.following:
        for value in reached.values:
            known = (value.key, str(written(value.was)), str(written(value.now)))
            counted[known] = (value, counted.get(known, (value, 0))[1] + 1)
    order = list(PARAMETERS)
    listed = sorted(counted.values(), key=lambda pair: order.index(pair[0].key))
    return [Shared(change=spoken([value])[0], cases=cases) for value, cases in listed]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedCase:
    """One case of a decision that was taken: which values and which dates it changed."""

    key: str
    number: str
    title: str
    changes: Sequence[Difference]
    dates: Sequence[Redated]


def applied_cases(decision: RulesDecision, *, visible: Iterable[int]) -> list[AppliedCase]:
    """The cases of a decision that this reader may know of."""
    rows = decision.cases.filter(suggestion__in=list(visible)).select_related("suggestion")
    dates: dict[int, list[Redated]] = {}
    redated = Redated.objects.filter(redating__cause_key=decision.key)
    for row in redated.select_related("assignment__organ"):
        dates.setdefault(row.suggestion_id, []).append(row)
    return [
        AppliedCase(
            key=row.suggestion.key,
            number=row.suggestion.number or "",
            title=row.suggestion.title,
            changes=spoken(_read(row.values)),
            dates=dates.get(row.suggestion_id, []),
        )
        for row in rows
    ]


def _read(values: Sequence[Sequence[object]]) -> list[NewValue]:
    return [
        NewValue(key=str(key), was=_parsed(key, was), now=_parsed(key, now))
        for key, was, now in values
        if key in PARAMETERS
    ]


def _parsed(key: object, raw: object) -> object:
    try:
        return parse(raw, PARAMETERS[str(key)])
    except Refused:
        # A value that this version no longer knows is shown as it was written.
        return raw
