"""From the first word of a draft to the number it is registered under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from operator import itemgetter

from huiyin.accounts.models import Post
from huiyin.demo import material, wording
from huiyin.demo.chance import Chance
from huiyin.demo.fates import End, Fate
from huiyin.demo.places import filled
from huiyin.demo.telling import Book, Tale
from huiyin.demo.timetable import Times
from huiyin.ledger.models import Fact
from huiyin.suggestions.models import (
    Draft,
    MergeGroup,
    Raised,
    RequestItem,
    ReviewRequest,
    Suggestion,
    Verdict,
    Version,
    WordingProposal,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.review import Opinion, ReviewPart


def begin(book: Book, fate: Fate, times: Times, *, serial: int) -> Tale:
    """Open the draft and gather the signatures."""
    world, text = book.world, wording.written(fate)
    case = book.row(
        Suggestion,
        congress=world.congress,
        session=world.session,
        kind=str(fate.kind),
        lead=fate.lead,
        delegation=fate.lead.delegation if fate.whole_delegation else None,
        entered_by=book.clerk(serial) if fate.from_paper else None,
        created_at=times.created,
        changed_at=times.created,
        title=text.title,
    )
    told = book.history.begin(case, cosigners=[post for post, _asked, _a in times.invited])
    tale = Tale(book=book, fate=fate, times=times, text=text, told=told, serial=serial)
    _gather(tale)
    return tale


def _gather(tale: Tale) -> None:
    """Each co-signer is asked, and answers himself."""
    steps: list[tuple[datetime, str, Post]] = []
    for post, asked, answered in tale.times.invited:
        steps.append((asked, "invite", post))
        if answered is not None:
            declines = post in tale.fate.declining
            steps.append((answered, "decline" if declines else "confirm", post))
    chance = Chance("declined", tale.fate.name)
    for at, what, post in sorted(steps, key=itemgetter(0)):
        if what == "invite":
            tale.take("invite", by=tale.fate.lead, at=at, data={"deputy": post.key})
        elif what == "confirm":
            tale.take("confirm_signature", by=post, at=at)
        else:
            why = chance.pick(material.texts("writing")["declined"]["whys"])
            tale.take("decline_signature", by=post, at=at, why=why)


def keep_draft(tale: Tale, *, at: datetime) -> None:
    """Keep the text as it is typed: for a draft, and for one given back."""
    text = tale.text
    content = {
        "title": text.title,
        "situation": text.situation,
        "requests": [asked for asked, _done in text.asks],
        "formed_by": text.formed_by,
        "raised_before": text.raised_before,
        "publish_scope": text.publish_scope,
        "wants_contact": text.wants_contact,
        "wants_no_reply": False,
        "organ_hint": text.organ_hint,
    }
    tale.told.draft = Draft(suggestion=tale.told.case, content=content, saved_at=at, revision=1)


def submit(book: Book, tale: Tale, *, at: datetime) -> None:
    """Fix the text and hand it in; from paper the clerk does it for the deputy."""
    fate = tale.fate
    facts = version(book, tale, at=at)
    raised = Raised.IN_SESSION if fate.in_session else Raised.BETWEEN_SESSIONS
    tale.take(
        "submit",
        by=tale.told.case.entered_by or fate.lead,
        at=at,
        data={"raised": str(raised)},
        facts=facts,
        via=Via.PAPER if fate.from_paper else Via.PAGE,
        on_behalf_of=fate.lead if fate.from_paper else None,
    )


def version(book: Book, tale: Tale, *, at: datetime) -> list[Fact]:
    text = tale.text
    version = book.row(
        Version,
        suggestion=tale.told.case,
        ordinal=len(tale.versions) + 1,
        title=text.title,
        situation=text.situation,
        formed_by=text.formed_by,
        raised_before=text.raised_before,
        publish_scope=text.publish_scope,
        wants_contact=text.wants_contact,
        wants_no_reply=tale.fate.end is End.FOR_REFERENCE,
        organ_hint=text.organ_hint,
        at=at,
    )
    tale.versions.append(version)
    tale.requests = [
        book.row(RequestItem, version=version, ordinal=ordinal, text=asked)
        for ordinal, (asked, _done) in enumerate(text.asks, start=1)
    ]
    return [version, *tale.requests]


# --- The congress office's side


def review(book: Book, tale: Tale) -> None:
    """Everything between submission and the office's decision, in the order of its time."""
    times = tale.times
    clerk = book.clerk(tale.serial)
    for part, code, asked, _answered in times.reviews:
        organ = None if part == ReviewPart.GOVERNMENT_OFFICE else book.world.organs[code]
        request = book.row(
            ReviewRequest, suggestion=tale.told.case, part=part, organ=organ, at=asked
        )
        tale.take("ask_review", by=clerk, at=asked, facts=[request])
    for part, code, _asked, answered in times.reviews:
        if answered is not None:
            _verdict(book, tale, part=part, code=code, at=answered)
    if times.worded is not None:
        _propose(book, tale, times.worded)
    if times.returned is not None:
        give_back(tale, by=clerk, at=times.returned)
    if times.resubmitted is not None:
        tale.text = _improved(tale)
        submit(book, tale, at=times.resubmitted)


def _verdict(book: Book, tale: Tale, *, part: str, code: str, at: datetime) -> None:
    chance = Chance("verdict", tale.fate.name, code)
    government = part == ReviewPart.GOVERNMENT_OFFICE
    post = chance.pick(book.world.government_clerks) if government else book.world.committees[code]
    note = chance.pick(material.texts("writing")["verdict"]["REGISTER"])
    verdict = book.row(
        Verdict,
        suggestion=tale.told.case,
        version=tale.versions[-1],
        part=part,
        organ=None if government else book.world.organs[code],
        post=post,
        opinion=str(Opinion.REGISTER),
        note=note,
        at=at,
    )
    tale.take("give_verdict", by=post, at=at, why=note, facts=[verdict])


def _propose(book: Book, tale: Tale, when: tuple[datetime, datetime | None]) -> None:
    """The office offers better words; the deputy takes them or keeps his own."""
    proposed, answered = when
    chance = Chance("wording", tale.fate.name)
    table = material.texts("writing")["wording"]
    title, situation, requests = wording.reworded(tale.fate, tale.text)
    note = chance.pick(table["notes"])
    proposal = book.row(
        WordingProposal,
        suggestion=tale.told.case,
        version=tale.versions[-1],
        title=title,
        situation=situation,
        requests=requests,
        note=note,
        at=proposed,
    )
    clerk = book.clerk(tale.serial)
    tale.take("propose_wording", by=clerk, at=proposed, why=note, facts=[proposal])
    if answered is None:
        return
    if tale.fate.wording == "refused":
        why = chance.pick(table["refused"])
        tale.take("refuse_wording", by=tale.fate.lead, at=answered, why=why)
        return
    done = [done for _asked, done in tale.text.asks]
    tale.text = replace(tale.text, title=title, asks=tuple(zip(requests, done, strict=True)))
    facts = version(book, tale, at=answered)
    tale.take("accept_wording", by=tale.fate.lead, at=answered, facts=facts)


def give_back(tale: Tale, *, by: Post, at: datetime) -> None:
    """Return it for revision, with the reason."""
    reasons: dict[str, str] = material.texts("writing")["returned"]
    code = Chance("returned", tale.fate.name).pick(sorted(reasons))
    tale.take("return", by=by, at=at, reason_code=code, why=reasons[code])


def _improved(tale: Tale) -> wording.Written:
    """The text after it was given back: a fact more, the requests sharper."""
    chance = Chance("improved", tale.fate.name)
    fact = filled(chance.pick(material.texts("writing")["any"]["facts"]), tale.fate.slots, chance)
    return replace(tale.text, situation=f"{tale.text.situation}补充说明：{fact}。")


def register(book: Book, tale: Tale, *, order: int, label: str, at: datetime) -> None:
    """Accept it under its number."""
    tale.number = label
    tale.take(
        "register",
        by=book.clerk(tale.serial),
        at=at,
        data={"number": label, "order": order, "category": tale.fate.topic.category},
    )


def merge(book: Book, tales: Sequence[Tale], *, at: datetime) -> None:
    """Put them together: the first two at once, the others one by one."""
    group = book.row(MergeGroup, congress=book.world.congress, made_at=at)
    group.save()
    clerk = book.clerk(tales[0].serial)
    for tale in tales:
        tale.take("merge", by=clerk, at=at, merge_group=group)
