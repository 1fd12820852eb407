"""What would become of the open cases under the rules in force on a day. Nothing is written here.

A case keeps the rules it was submitted under. Only ``services.apply_rules`` brings open ones under
others, and it does what is planned here and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin.kernel.canonical import digest
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Congress, RuleChoice
from huiyin.rulebook import PARAMETERS, Rulebook
from huiyin.rulebook.values import written
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Assignment, Rating, Reply, Suggestion
from huiyin.suggestions.ruling import Rulings
from huiyin.suggestions.running import BATCH, Changed, Open, differences, read, under
from huiyin.suggestions.stages import ENDED, ReplyStage


@dataclass(frozen=True, slots=True, kw_only=True)
class NewValue:
    """A parameter that would have another value for a case."""

    key: str
    was: object
    now: object

    @property
    def written(self) -> list[object]:
        """The same as a fact keeps it."""
        return [self.key, written(self.was), written(self.now)]


def new_values(before: Rulebook, after: Rulebook) -> list[NewValue]:
    """The parameters in which two rulebooks differ, in the order of the model."""
    pairs = ((key, before.cite(key).value, after.cite(key).value) for key in PARAMETERS)
    return [NewValue(key=key, was=was, now=now) for key, was, now in pairs if was != now]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One open case that is under other rules than those of the day.

    ``because`` says why it cannot follow them; it then stays as it is.
    """

    case: Suggestion
    parts: Sequence[Assignment]
    choice: RuleChoice | None
    values: Sequence[NewValue]
    clocks: Sequence[Changed]
    because: Words = ""

    @property
    def owed(self) -> list[Assignment]:
        """The organs' parts that are not done yet."""
        return [part for part in self.parts if where.is_owed(part)]

    @property
    def settled(self) -> list[str]:
        """The keys of those that are."""
        return settled(self.parts)

    @property
    def extended(self) -> dict[str, int]:
        """How many extensions the parts have been given, by their keys."""
        return extended(self.parts)


def settled(parts: Sequence[Assignment]) -> list[str]:
    return [part.key for part in parts if not where.is_owed(part)]


def extended(parts: Sequence[Assignment]) -> dict[str, int]:
    return {part.key: len(part.extensions) for part in parts if part.extensions}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Every open case that is not under the rules of ``on``."""

    on: date
    reached: Sequence[Reached]

    @property
    def following(self) -> list[Reached]:
        return [each for each in self.reached if not each.because]

    @property
    def staying(self) -> list[Reached]:
        return [each for each in self.reached if each.because]

    @property
    def mark(self) -> str:
        """What a confirmation names: it changes with any case, date or value of the plan."""
        said = [
            [
                each.case.key,
                each.case.revision,
                bool(each.because),
                [value.written for value in each.values],
                [
                    [moved.clock, moved.part.key if moved.part else "", moved.was, moved.now]
                    for moved in each.clocks
                ],
            ]
            for each in self.reached
        ]
        return digest("suggestions.new_rules", self.on, said)


def begun_cases(congress: Congress) -> QuerySet[Suggestion]:
    """The cases whose rules are fixed: those that have ever been submitted."""
    return Suggestion.objects.filter(congress=congress, submitted_on__isnull=False)


def open_cases(congress: Congress) -> QuerySet[Suggestion]:
    """The cases a decision can bring under other rules."""
    return begun_cases(congress).exclude(stage__in=ENDED)


def first_free_day(congress: Congress, *, on: date) -> date | None:
    """The first day on which no case has begun yet; None for a congress without cases.

    It is never today: somebody may be submitting a case this very moment.
    """
    days = begun_cases(congress).order_by("-submitted_on").values_list("submitted_on", flat=True)
    last = days.first()
    return max(last, on) + date.resolution if last else None


def plan(congress: Congress, *, on: date) -> Plan:
    """Return what would change if the open cases followed the rules in force on ``on``."""
    rulings = Rulings.now()
    chosen = list(open_cases(congress).order_by("pk").values_list("pk", flat=True))
    reached: list[Reached] = []
    for first in range(0, len(chosen), BATCH):
        batch = chosen[first : first + BATCH]
        classes, grades = _classes(batch), _grades(batch)
        for each in read(batch):
            reached += _reached(each, rulings, on=on, classes=classes, grades=grades)
    return Plan(on=on, reached=reached)


def _reached(
    each: Open,
    rulings: Rulings,
    *,
    on: date,
    classes: dict[int, set[str]],
    grades: dict[int, set[str]],
) -> Iterator[Reached]:
    case = each.case
    now = under(rulings)(case)
    choice = rulings.choice_for(case, on=on)
    then = rulings.brought(
        case,
        now,
        under=choice,
        on=on,
        settled=settled(each.parts),
        extended=extended(each.parts),
    )
    values = new_values(now.rules, then.rules)
    if not values:
        return
    yield Reached(
        case=case,
        parts=each.parts,
        choice=choice,
        values=values,
        clocks=list(differences(each, before=lambda _case: now, after=lambda _case: then)),
        because=_in_the_way(
            then.rules, classes=classes.get(case.pk, set()), grades=grades.get(case.pk, set())
        ),
    )


def _in_the_way(rules: Rulebook, *, classes: set[str], grades: set[str]) -> Words:
    """Why a case cannot follow the rules: what it holds already would mean nothing there."""
    if foreign := sorted(classes - set(rules.classes.scheme.codes)):
        listed = ", ".join(foreign)
        return _("A reply bears class %(class)s, which those rules do not know.") % {
            "class": listed
        }
    if grades - set(rules.feedback.scale.codes):
        return _("It has been rated with grades that those rules do not know.")
    return ""


def _classes(batch: Sequence[int]) -> dict[int, set[str]]:
    """The classes of the delivered replies of each case."""
    rows = Reply.objects.filter(
        file__assignment__suggestion__in=batch, file__stage=ReplyStage.DELIVERED
    ).exclude(outcome_class="")
    found: dict[int, set[str]] = {}
    for case, code in rows.values_list("file__assignment__suggestion", "outcome_class"):
        found.setdefault(case, set()).add(code)
    return found


def _grades(batch: Sequence[int]) -> dict[int, set[str]]:
    rows = Rating.objects.filter(suggestion__in=batch)
    found: dict[int, set[str]] = {}
    for case, attitude, result in rows.values_list("suggestion", "attitude", "result"):
        found.setdefault(case, set()).update({attitude, result} - {""})
    return found
