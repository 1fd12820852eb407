"""Finding what has been changed in the record, and in the facts it vouches for.

Reads page by page, so that memory does not grow with the chain. What this cannot show: that
somebody wrote a false line in the first place, or rebuilt a chain of which no checkpoint is kept
elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.db import DatabaseError

from huiyin.ledger.checkpoints import Mark
from huiyin.ledger.findings import Fault, Finding
from huiyin.ledger.hashing import line_hash
from huiyin.ledger.models import GENESIS, Chain, Entry, Fact
from huiyin.ledger.services import CLOCK_SLACK
from huiyin.ledger.stored import Head, Row, Stored, head_of, lenient, number, pages, read

FACTS_AT_ONCE = 500
# What reading a damaged row back can raise; endless brackets in JSON end in a RecursionError.
DAMAGE = (ValueError, RecursionError)
UNREADABLE = (*DAMAGE, TypeError, ArithmeticError, DatabaseError)
DAMAGED = Head(seq=-1, hash="", at=None)


@dataclass(frozen=True, slots=True)
class _Named:
    """A fact that a line names, with the digest the line holds of it."""

    seq: int
    label: str
    key: str
    digest: str

    def fault(self, chain: str, fault: Fault) -> Finding:
        return Finding(chain, self.seq, fault, {"fact": f"{self.label} {self.key}"})


def verify_chain(chain: str, *, against: Iterable[Mark] | None = None) -> list[Finding]:
    """Return everything that is wrong with ``chain``; an empty list when it is whole.

    ``against`` are checkpoints kept elsewhere; those of other chains are passed over.
    """
    return list(findings(chain, against=against))


def findings(chain: str, *, against: Iterable[Mark] | None = None) -> Iterator[Finding]:
    """Yield what is wrong with ``chain``, from its first line on, at most one fault a line."""
    trail = _Trail(chain)
    for mark in against or ():
        if mark.chain == chain:
            trail.marks[mark.size].append(mark)
    with lenient():
        first = _head(chain)
        for page in pages(chain):
            yield from trail.follow(page)
            yield from _altered_facts(chain, trail.named)
            trail.named.clear()
        # Lines written meanwhile have taken the head along, so it is read again.
        last = first if first and first.seq >= trail.seq else _head(chain)
        yield from trail.end(last, moving=last is not first)


def chains() -> list[str]:
    """Return the key of every chain that has a head or a line."""
    keys = set(Chain.objects.values_list("key", flat=True))
    ordered = Entry.objects.order_by("chain_id").values_list("chain_id", flat=True)
    # From key to key: DISTINCT would read every line.
    key = ordered.first()
    while key is not None:
        keys.add(key)
        key = ordered.filter(chain_id__gt=key).first()
    return sorted(keys)


@dataclass(slots=True)
class _Trail:
    """How far a chain has been followed, and what its next line must continue from."""

    chain: str
    marks: defaultdict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    seq: int = 0
    # The hash on the last line and the one its content asks for. Where they differ that line has
    # been named, and the next may continue from either; none when the line is gone or unreadable.
    hashes: frozenset[str] = frozenset({GENESIS})
    latest: datetime | None = None
    sound: bool = True
    named: list[_Named] = field(default_factory=list)

    def follow(self, rows: Sequence[Row]) -> Iterator[Finding]:
        for row in rows:
            seq = number(row)
            if not isinstance(seq, int) or seq < 1:
                yield self._fault(Fault.MISNUMBERED, seq=seq)
                continue
            if seq > self.seq + 1:
                self.hashes = frozenset()
                yield self._fault(Fault.GAP, seq=seq, first=self.seq + 1, last=seq - 1)
            self.seq = seq
            if fault := self._step(row):
                yield fault
            elif mark := self._contradicted():
                yield self._fault(Fault.REBUILT, taken=_shown(mark))

    def end(self, head: Head | None, *, moving: bool) -> Iterator[Finding]:
        """Compare with the head. A ``moving`` head was read late and may be further on."""
        if head is None:
            agrees = self.seq == 0
        elif head.seq > self.seq and moving:
            agrees = True
        else:
            agrees = head.seq == self.seq and self._matches(head)
        if not agrees:
            yield self._fault(Fault.HEAD)
        for size in sorted(self.marks):
            if size > self.seq:
                taken = _shown(self.marks[size][0])
                yield self._fault(Fault.CUT, seq=self.seq + 1, taken=taken, size=size)

    def _step(self, row: Row) -> Finding | None:
        """Take the line in ``row`` as the last one; say what is wrong with it."""
        before, self.hashes = self.hashes, frozenset()
        try:
            line = read(row)
            asked_for = line_hash(line.alg, line.values)
        except KeyError:
            return self._fault(Fault.ALGORITHM, alg=line.alg)
        except DAMAGE:
            return self._fault(Fault.UNREADABLE)
        self.hashes = frozenset({line.hash, asked_for})
        if asked_for != line.hash:
            return self._fault(Fault.HASH)
        if before and line.prev not in before:
            return self._fault(Fault.PREV)
        if self._is_backwards(line):
            return self._fault(Fault.TIME)
        self.latest = max(line.at, self.latest or line.at)
        self.named += [_Named(self.seq, *fact) for fact in line.facts]
        return None

    def _is_backwards(self, line: Stored) -> bool:
        if line.back_dated or self.latest is None:
            return False
        return line.at < self.latest - CLOCK_SLACK

    def _contradicted(self) -> Mark | None:
        marks = self.marks.get(self.seq, ())
        return next((mark for mark in marks if mark.hash not in self.hashes), None)

    def _matches(self, head: Head) -> bool:
        # The time is that of the latest line, which is not known once a line has been changed.
        same_time = head.at == self.latest or not self.sound
        return same_time and (not self.hashes or head.hash in self.hashes)

    def _fault(self, fault: Fault, *, seq: object = None, **detail: object) -> Finding:
        self.sound = False
        return Finding(self.chain, self.seq if seq is None else seq, fault, detail)


def _head(chain: str) -> Head | None:
    try:
        return head_of(chain)
    except ValueError:
        return DAMAGED


def _shown(mark: Mark) -> str:
    return mark.taken.isoformat(sep=" ", timespec="minutes")


def _altered_facts(chain: str, named: Sequence[_Named]) -> Iterator[Finding]:
    by_kind: defaultdict[str, list[_Named]] = defaultdict(list)
    for one in named:
        by_kind[one.label].append(one)
    for label, facts in by_kind.items():
        kind = _kind(label)
        if kind is None:
            yield from (fact.fault(chain, Fault.FACT_UNKNOWN) for fact in facts)
            continue
        for start in range(0, len(facts), FACTS_AT_ONCE):
            yield from _compared(chain, kind, facts[start : start + FACTS_AT_ONCE])


def _kind(label: str) -> type[Fact] | None:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, Fact) else None


def _compared(chain: str, kind: type[Fact], facts: Sequence[_Named]) -> Iterator[Finding]:
    keys = {fact.key for fact in facts}
    try:
        digests = _digests(kind, keys)
    except UNREADABLE:
        digests = _digests_one_by_one(kind, keys)
    for fact in facts:
        found = digests.get(fact.key)
        if found is None:
            yield fact.fault(chain, Fault.FACT_MISSING)
        elif found != fact.digest:
            yield fact.fault(chain, Fault.FACT_ALTERED)


def _digests(kind: type[Fact], keys: Iterable[str]) -> dict[str, str]:
    rows = kind._base_manager.filter(key__in=keys)
    return {fact.key: fact.fact_digest() for fact in rows}


def _digests_one_by_one(kind: type[Fact], keys: Iterable[str]) -> dict[str, str]:
    """As ``_digests``, with an empty digest for a row that cannot be read."""
    digests: dict[str, str] = {}
    for key in keys:
        try:
            digests |= _digests(kind, [key])
        except UNREADABLE:
            digests[key] = ""
    return digests
