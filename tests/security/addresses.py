"""Every address of the house by its name, and the keys that go into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from huiyin.kernel.ids import new_key
from tests.security.house import Place

DRAFT = "draft, a co-signer invited"
REVIEWED = "submitted, others asked to review"
HANDLED = "in handling, both acknowledged"
REPLIED = "replied"


def _walk(
    patterns: Iterable[URLPattern | URLResolver], names: tuple[str, ...] = ()
) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield ":".join([*names, pattern.name or f"nameless {pattern.pattern}"])


EVERY = sorted(_walk(get_resolver().url_patterns))


@dataclass(frozen=True, slots=True)
class Keys:
    """Which thing of a place an address speaks of, and what else it says."""

    of: str = ""
    case: str = ""
    said: tuple[tuple[str, Any], ...] = ()
    with_file: bool = False

    def named(self, place: Place) -> dict[str, Any]:
        """The key of that thing in this place."""
        if not self.of:
            return dict(self.said)
        thing = {
            "case": lambda: place.cases[self.case].key,
            "part": lambda: place.parts[self.case].key,
            "co part": lambda: place.cases[self.case].assignments.get(role="co").key,
            "person": lambda: place.deputy.person.key,
            "post": lambda: place.deputy.post.key,
            "view": lambda: place.view.key,
            "redating": lambda: place.redating.key,
            "planned": lambda: place.planned.key,
            "given up": lambda: place.given_up.key,
            "applied": lambda: place.applied.key,
            "decision": lambda: place.decision.key,
            "organ": lambda: place.reform.changes.get().organ.key,
            "reform": lambda: place.reform.key,
            "meeting": lambda: place.meeting.key,
            "leader": lambda: place.leader.key,
            "leader act": lambda: place.leader_act.key,
            "scan": lambda: place.scan.key,
            "above": lambda: place.above[self.case].key,
            "session": lambda: place.meeting.session.key,
        }[self.of]()
        more = {"attachment_key": place.attachment.key} if self.with_file else {}
        return {"key": thing, **more, **dict(self.said)}

    def unknown(self) -> dict[str, Any]:
        """A key like any other that nothing has."""
        more = {"attachment_key": new_key()} if self.with_file else {}
        return {"key": new_key(), **more, **dict(self.said)}


def address(name: str, keys: dict[str, Any]) -> str:
    return reverse(name, kwargs=keys)


def _case(case: str, **said: str) -> Keys:
    return Keys("case", case, tuple(said.items()))


def _part(case: str = HANDLED, **said: str) -> Keys:
    return Keys("part", case, tuple(said.items()))


# Written by hand: what each address with a key in it is asked about.
KEYS: dict[str, Keys] = {
    "accounts:person": Keys("person"),
    "accounts:give_post": Keys("person"),
    "accounts:account_act": Keys("person", said=(("act", "close"),)),
    "accounts:post_act": Keys("post", said=(("act", "suspend"),)),
    "ui:rename_view": Keys("view"),
    "ui:delete_view": Keys("view"),
    # Nobody has taken a long list out of this house.
    "ui:export": Keys(said=(("key", "A" * 22),)),
    "ui:export_file": Keys(said=(("key", "A" * 22),)),
    "suggestions:case": _case(HANDLED),
    "suggestions:paper": _case(HANDLED),
    "suggestions:edit": _case(DRAFT),
    "suggestions:autosave": _case(DRAFT),
    "suggestions:together": _case(DRAFT),
    "suggestions:attach": _case(DRAFT),
    "suggestions:attachment": Keys("case", REVIEWED, with_file=True),
    "suggestions:step": _case(REVIEWED, name="return"),
    "suggestions:part_step": _part(name="plan"),
    "suggestions:reply": _part(),
    "suggestions:reply_autosave": _part(),
    "suggestions:reply_preview": _part(),
    "suggestions:texts": _part(),
    "suggestions:reply_files": _part(),
    "suggestions:co_part": Keys("co part", HANDLED),
    "suggestions:opinion_autosave": Keys("co part", HANDLED),
    "suggestions:letter": _part(REPLIED),
    "suggestions:talk": _case(HANDLED),
    "suggestions:feed": Keys(said=(("key", "A" * 22),)),
    "suggestions:deadline": _case(HANDLED, name="reply"),
    "suggestions:part_deadline": _part(name="due"),
    "suggestions:redating": Keys("redating"),
    "suggestions:document": _part(kind="assignment", ending="docx"),
    "suggestions:import": Keys("planned"),
    "suggestions:import_columns": Keys("planned"),
    # Its file goes with it, and no savepoint brings a file back.
    "suggestions:import_discard": Keys("given up"),
    "suggestions:import_failed": Keys("applied"),
    "suggestions:leader_left": Keys("leader"),
    "suggestions:strike_leader_act": Keys("leader act"),
    "suggestions:handling_summary": Keys(said=(("ending", "docx"),)),
    "suggestions:work_list": Keys(said=(("name", "assigned"),)),
    "suggestions:rules_decision": Keys("decision"),
    "suggestions:group_step": _part(name="plan"),
    "suggestions:group_reply": _part(),
    "suggestions:organ": Keys("organ"),
    "suggestions:reform": Keys("reform"),
    **{
        f"suggestions:{name}": Keys("meeting")
        for name in (
            *("meeting", "meeting_edit", "meeting_gather", "meeting_organs", "meeting_letters"),
            *("meeting_attendance", "meeting_speech", "meeting_attach", "meeting_conclude"),
            *("meeting_batch", "meeting_drop", "meeting_issue"),
        )
    },
    "suggestions:meeting_file": Keys("meeting", with_file=True),
    "suggestions:meeting_letter": Keys(
        "meeting", said=(("organ_key", "A" * 22), ("ending", "docx"))
    ),
    "suggestions:mandate": Keys("organ"),
    "suggestions:scan": Keys("scan"),
    "suggestions:scan_file": Keys("scan"),
    # Nobody has had this house's letters written.
    "suggestions:letters_batch": Keys("session", said=(("kind", "assignment"),)),
    "suggestions:letters_zip": Keys("session", said=(("kind", "assignment"),)),
    "suggestions:rules_value": Keys(said=(("parameter", "reply.limit"),)),
    "reporting:statistics:table": Keys(said=(("code", "T03"),)),
    "reporting:statistics:rows": Keys(said=(("code", "R001"),)),
}
# A key of nothing opens nothing.
NOBODYS = "A" * 22
# --- The rooms above: each thing by the name of its page, and what is done with it there.
_DOCX = (("ending", "docx"),)
_ABOVE: dict[str, tuple[tuple[str, Any], ...]] = {
    "promises:promise": (),
    "promises:step": (("name", "progress"),),
    "promises:look_back": (),
    "promises:item": (),
    "supervision:topic_letter": _DOCX,
    "supervision:problem_notice": _DOCX,
    "supervision:circular_paper": _DOCX,
    "supervision:bulletin_paper": _DOCX,
}
# Of each kind of case one step that its table or the kind itself knows.
STEPS = {
    "topic": "plan",
    "act": "record",
    "problem": "answer",
    "rhythm": "minutes",
    "circular": "issue",
    "fund": "add",
    "project": "approve",
    "outcome": "record",
    "publicity": "record",
    "paper": "record",
    "bulletin": "issue",
}
_ABOVE |= {f"supervision:{kind}": () for kind in STEPS}
_ABOVE |= {f"supervision:{kind}_step": (("name", step),) for kind, step in STEPS.items()}


def _thing(name: str) -> str:
    """The thing an address of the rooms above speaks of."""
    page = name.partition(":")[2]
    return "promise" if page == "step" else page if page in NAMES_ABOVE else page.split("_")[0]


NAMES_ABOVE = {"promise", "look_back", "item", *STEPS}
KEYS |= {name: Keys("above", _thing(name), said) for name, said in _ABOVE.items()}
KEYS["promises:file"] = Keys("above", "promise", (("attachment_key", NOBODYS),))
# The letter of a year goes to a deputy, by the key of his post.
KEYS["promises:slip"] = Keys("post", said=(("year", 2020),))
KEYS["promises:letter"] = Keys("post", said=(("year", 2020), *_DOCX))
_COUNTED = (("session", NOBODYS), ("day", "2020-09-10"), ("code", "R501"))
# This house has kept no query under a name.
KEYS |= {
    "reporting:queries:opened": Keys(said=(("key", NOBODYS),)),
    "reporting:queries:forget": Keys(said=(("key", NOBODYS),)),
    # Nor begun a report, nor entered a figure of an earlier year.
    "reporting:reports:one": Keys(said=(("key", NOBODYS),)),
    "reporting:reports:write": Keys(said=(("key", NOBODYS), ("block", "opening"))),
    "reporting:reports:issue": Keys(said=(("key", NOBODYS),)),
    "reporting:reports:paper": Keys(said=(("key", NOBODYS), *_DOCX)),
    "reporting:reports:earlier_one": Keys(said=(("key", NOBODYS),)),
    "reporting:reports:rows": Keys(said=_COUNTED),
    "reporting:reports:rows_known": Keys(said=(*_COUNTED, ("known", 1))),
}
# Those whose key names a thing of one house.
OF_A_HOUSE = {name: keys for name, keys in KEYS.items() if keys.of}
