"""What can be wrong with the record, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Fault(StrEnum):
    UNREADABLE = "unreadable"
    MISNUMBERED = "misnumbered"
    GAP = "gap"
    ALGORITHM = "algorithm"
    HASH = "hash"
    PREV = "prev"
    TIME = "time"
    FACT_UNKNOWN = "fact_unknown"
    FACT_MISSING = "fact_missing"
    FACT_ALTERED = "fact_altered"
    HEAD = "head"
    CUT = "cut"
    REBUILT = "rebuilt"


WORDS: dict[Fault, Promise] = {
    Fault.UNREADABLE: gettext_lazy("it holds something that was never written like this"),
    Fault.MISNUMBERED: gettext_lazy("it does not bear a line number"),
    Fault.GAP: gettext_lazy("the lines from %(first)s to %(last)s before it are missing"),
    Fault.ALGORITHM: gettext_lazy("it is hashed by %(alg)s, which this version does not know"),
    Fault.HASH: gettext_lazy("its content and its hash do not belong together"),
    Fault.PREV: gettext_lazy("it does not continue from the line before it"),
    Fault.TIME: gettext_lazy("its time lies before that of an earlier line"),
    Fault.FACT_UNKNOWN: gettext_lazy("it names %(fact)s, a kind that this version does not know"),
    Fault.FACT_MISSING: gettext_lazy("%(fact)s, which it names, is missing"),
    Fault.FACT_ALTERED: gettext_lazy("%(fact)s, which it names, has been changed"),
    Fault.HEAD: gettext_lazy("the head of the chain and its last line do not agree"),
    Fault.CUT: gettext_lazy("the checkpoint of %(taken)s counts %(size)s lines; the rest is gone"),
    Fault.REBUILT: gettext_lazy("it is not the line that the checkpoint of %(taken)s vouches for"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong at one line. ``seq`` is what stands in its number's place."""

    chain: str
    seq: object
    fault: Fault
    detail: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return _("chain %(chain)s, line %(line)s: %(fault)s") % {
            "chain": self.chain,
            "line": self.seq,
            "fault": str(WORDS[self.fault]) % self.detail,
        }
