"""Tables of replies by class: in the scheme in force, and told in the classes of another scheme.

A letter means something only in its scheme, so that one scheme is told in another through what a
reply comes to (``Outcome``). Where the other scheme has several classes for one outcome, nobody can
say which of them a reply would be in: they stand in one line.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.reporting.counting import count
from huiyin.reporting.standpoint import Standpoint
from huiyin.reporting.statistics.dimensions import NO_CLASS_OF
from huiyin.reporting.statistics.tables import CountedTable, Grouped, Line
from huiyin.rulebook import CLASS_SCHEMES, Outcome, Rulebook
from huiyin.rulebook.schemes import ClassScheme
from huiyin.rulebook.words import Words as Said

CLASSED = "R020"
IN_FORCE = Grouped(
    code="T10",
    label=gettext_lazy("By class"),
    base=gettext_lazy("by the class of the latest delivered reply of any round"),
    by="class",
    columns=(CLASSED,),
)
MAPPED = Grouped(
    code="T11",
    label=gettext_lazy("By class of another scheme"),
    base=gettext_lazy("by what the latest delivered reply comes to; letters are never compared"),
    by="class",
    columns=(CLASSED,),
)
OUTCOMES: dict[Outcome, Words] = {
    Outcome.SOLVED: p_("outcome", "Solved"),
    Outcome.THIS_YEAR: p_("outcome", "To be solved within the year"),
    Outcome.REGULATED: p_("outcome", "Provided for already"),
    Outcome.PLANNED: p_("outcome", "Planned"),
    Outcome.REFERENCE: p_("outcome", "For reference"),
    Outcome.IMPOSSIBLE: p_("outcome", "Not possible"),
}
# What a line is called, and the codes of the scheme in force that it holds.
_Row = tuple[Words, tuple[str, ...]]


def in_force(here: Standpoint, *, rules: Rulebook) -> CountedTable:
    """Replies by the classes of the scheme the session is under."""
    scheme = rules.classes.scheme
    rows = [(f"{each.code} {said(each.label)}", (each.code,)) for each in scheme.classes]
    return _counted(IN_FORCE, here, rules, rows)


def mapped(here: Standpoint, *, rules: Rulebook, into: ClassScheme) -> CountedTable:
    """Replies by the classes of another scheme."""
    return _counted(MAPPED, here, rules, told_in(rules.classes.scheme, into))


def told_in(scheme: ClassScheme, into: ClassScheme) -> list[_Row]:
    """Return the lines of ``into``, each with the codes of ``scheme`` it holds.

    Every code of ``scheme`` is in one line; the last ones are those that ``into`` has no class for.
    """
    lines: dict[tuple[str, ...], list[str]] = {(each.code,): [] for each in into.classes}
    left: list[_Row] = []
    for outcome in Outcome:
        codes = [each.code for each in scheme.classes if each.outcome == outcome]
        those = tuple(each.code for each in into.classes if each.outcome == outcome)
        if those:
            lines.setdefault(those, []).extend(codes)
        elif codes:
            words = _("No class of its own there: %(outcome)s") % {"outcome": OUTCOMES[outcome]}
            left.append((words, tuple(codes)))
    named = [
        (" / ".join(f"{code} {said(into.find(code).label)}" for code in those), tuple(codes))
        for those, codes in lines.items()
        # Classes that share their outcome with others stand in the line of them all.
        if codes or len(those) > 1 or not _shares(into, those[0])
    ]
    return [*named, *left]


def _shares(scheme: ClassScheme, code: str) -> bool:
    own = scheme.find(code).outcome
    return sum(each.outcome == own for each in scheme.classes) > 1


def _counted(
    table: Grouped, here: Standpoint, rules: Rulebook, rows: Sequence[_Row]
) -> CountedTable:
    scheme = rules.classes.scheme
    codes = [f"class_{code}" for code in scheme.codes]
    total = count(
        actor=here.actor,
        session=here.session,
        as_of=here.as_of,
        known=here.asked,
        rules=rules,
        codes=[CLASSED, *codes],
    )

    def line(label: Words, group: str, number: int) -> Line:
        return Line(label=label, group=group, counted=total.of_group({CLASSED: number}))

    lines = [
        line(label, "+".join(held), sum(total.numbers[f"class_{code}"] for code in held))
        for label, held in rows
    ]
    strange = total.numbers[CLASSED] - sum(total.numbers[code] for code in codes)
    if strange:
        label = _("In no class of the scheme in force")
        lines.append(line(label, f"{NO_CLASS_OF}{scheme.code}", strange))
    return CountedTable(table=table, here=here, lines=lines, total=total)


def said(words: Said) -> str:
    """Words of the rulebook in the reader's language."""
    return words.said_in(get_language() or "")


def other_schemes(rules: Rulebook) -> list[ClassScheme]:
    """Those that the session's classes can be told in."""
    return [each for code, each in CLASS_SCHEMES.items() if code != rules.classes.scheme.code]
