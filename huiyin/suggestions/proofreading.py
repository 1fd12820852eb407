"""A reply looked through against its own case: names, numbers, session, blanks, empty words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.accounts.models import Post, Role
from huiyin.rulebook.text_checks import Finding, Known, check_text, names_before_title
from huiyin.suggestions.models import Assignment, Signature, Suggestion
from huiyin.suggestions.stages import Signing

# The parts of a letter that are looked through, besides the answers.
AROUND = ("opening", "closing", "evidence", "plan", "ground")


def findings_in(parts: Mapping[str, str], *, part: Assignment) -> list[Finding]:
    """Return what is to be looked at in a letter of ``part``; ``parts`` are its texts by name."""
    said = {name: text for name, text in parts.items() if text.strip()}
    return check_text(said, known=_known(part, said.values())) if said else []


def keys_of(findings: Iterable[Finding]) -> list[str]:
    """What a sender confirms, each once."""
    return list(dict.fromkeys(each.key for each in findings if not each.blocking))


def kept(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The findings a sender has confirmed, as they are kept with the text he sent."""
    once = {each.key: each for each in findings if not each.blocking}
    return [
        {"rule": each.rule.code, "where": each.where, "text": each.text} for each in once.values()
    ]


def _known(part: Assignment, texts: Iterable[str]) -> Known:
    case = part.suggestion
    names = {name for text in texts for name in names_before_title(text)}
    signers = _signers(case)
    others = _deputies_called(names - signers, case) if names else frozenset()
    return Known(
        organ=part.organ.name,
        session=case.session.name,
        numbers=_numbers(case),
        signers=signers,
        others=others,
    )


def _signers(case: Suggestion) -> frozenset[str]:
    signed = Signature.objects.filter(
        suggestion=case, standing__in=(Signing.LEAD, Signing.CONFIRMED)
    )
    return frozenset(signed.values_list("deputy__person__name", flat=True))


def _deputies_called(names: set[str], case: Suggestion) -> frozenset[str]:
    """Those of the names that deputies of the congress bear."""
    deputies = Post.objects.filter(
        role=Role.DEPUTY, congress=case.congress_id, person__name__in=names
    )
    return frozenset(deputies.values_list("person__name", flat=True))


def _numbers(case: Suggestion) -> frozenset[str]:
    """Its own number and those it is merged with."""
    if not case.number:
        return frozenset()
    group = Suggestion.objects.filter(merge_group=case.merge_group_id, number__isnull=False)
    alike = group.values_list("number", flat=True) if case.merge_group_id else ()
    return frozenset({case.number, *(number for number in alike if number)})
