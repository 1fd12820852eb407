"""A whole house to attack: one case in every situation, and the same things of the province beside.

It is built once for all tests here. Each test works inside a savepoint of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.accounts.tests.town import NOW, TERM_BEGAN, Town
from huiyin.documents.models import Attachment
from huiyin.documents.tests import files
from huiyin.kernel.ids import new_key
from huiyin.organisations.models import (
    Congress,
    Delegation,
    ElectingUnit,
    Organ,
    OrganChange,
    OrganReform,
    Session,
    Term,
)
from huiyin.outbox.models import Notice
from huiyin.suggestions import services
from huiyin.suggestions.importing import runs
from huiyin.suggestions.models import (
    Assignment,
    AssignmentMeeting,
    Carried,
    ClockName,
    Grounds,
    ImportKind,
    ImportRun,
    LeaderAct,
    OrganLeader,
    ReceivedScan,
    Redated,
    Redating,
    RulesApplied,
    RulesDecision,
    Suggestion,
)
from huiyin.suggestions.services.attaching import TEXT, attach
from huiyin.suggestions.services.meeting import invite_organs, plan_meeting
from huiyin.suggestions.services.scanning import Scan
from huiyin.suggestions.tests.situations import SITUATIONS, Story
from huiyin.ui.models import SavedView
from huiyin.ui.services import save_view
from tests.security import above

STRANGER = "stranger"
# A program is refused in a line, which takes a third of the time of a page that says the same.
AS_A_PROGRAM = {"Accept": "application/json"}
FOR_STUDY = "registered, no reply wanted"
# Everybody who reads: each of the ten roles, those a case is none of the business of, and the
# clerk of the congress next door.
READERS = (
    *("lin", "zhao", "zhou", "clerk", "government_clerk", "committee", "leader"),
    *("electing_liaison", "edu_liaison", "edu_handler", "edu_checker", "edu_head"),
    *("fin_liaison", "fin_handler", "party_liaison", "neighbour_clerk", STRANGER),
)
# The situations the neighbour has too, so that his keys fit every address.
NEXT_DOOR = (
    "draft, a co-signer invited",
    "submitted, others asked to review",
    "in handling, both acknowledged",
    "replied",
)
# A day that no calendar has: the row comes back in a workbook, and no case is entered.
LIST = [
    ["建议编号", "标题", "领衔代表", "届次", "提出日期", "具体建议", "主办单位"],
    [91, "关于公园的建议", "林晓岚", "省十三届人大三次会议", "2020-02-31", "建", "省教育厅"],
]


class NextTown:
    """The province beside, with as much as a story needs; named like the town's own things."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.congress: Congress = town.neighbour()
        self.term = Term.objects.create(
            congress=self.congress, ordinal=13, starts_on=TERM_BEGAN, ends_on=date(2023, 1, 12)
        )
        self.session = Session.objects.create(
            congress=self.congress,
            term=self.term,
            ordinal=3,
            name="临海省第十三届人民代表大会第三次会议",
            opens_on=date(2020, 1, 13),
            closes_on=date(2020, 1, 17),
        )
        self.delegation = Delegation.objects.create(
            congress=self.congress, term=self.term, name="临南代表团"
        )
        self.electing_unit = ElectingUnit.objects.create(congress=self.congress, name="临南市人大")
        self.education = town.neighbour_organ
        self.finance = self._organ("临海省财政厅")
        self.education_committee = self._organ(
            "临海省人大教科文卫委", system="congress", is_committee=True
        )
        self._hire()

    def _organ(self, name: str, *, system: str = "government", **rest: Any) -> Organ:
        return Organ.objects.create(congress=self.congress, system=system, name=name, **rest)

    def _hire(self) -> None:
        seat = {"term": self.term, "delegation": self.delegation}
        places: dict[str, tuple[str, dict[str, Any]]] = {
            "lin": (Role.DEPUTY, seat),
            "zhao": (Role.DEPUTY, seat),
            "edu_liaison": (Role.LIAISON, {"organ": self.education}),
            "edu_handler": (Role.HANDLER, {"organ": self.education}),
            "edu_checker": (Role.CHECKER, {"organ": self.education}),
            "edu_head": (Role.HEAD, {"organ": self.education}),
            "fin_liaison": (Role.LIAISON, {"organ": self.finance}),
        }
        for who, (role, place) in places.items():
            name = f"邻{who[-4:]}"
            self.town.hire(f"next_{who}", name=name, role=role, congress=self.congress, **place)

    def actor(self, who: str) -> Actor:
        return self.town.actor("neighbour_clerk" if who == "clerk" else f"next_{who}")

    def post(self, who: str) -> Post:
        return self.actor(who).post


@dataclass(frozen=True, slots=True)
class Place:
    """One congress's things, by what an address asks for."""

    cases: dict[str, Suggestion]
    parts: dict[str, Assignment]
    attachment: Attachment
    deputy: Actor
    view: SavedView
    notice: Notice
    redating: Redating
    planned: ImportRun
    given_up: ImportRun
    applied: ImportRun
    decision: RulesDecision
    reform: OrganReform
    meeting: AssignmentMeeting
    leader: OrganLeader
    leader_act: LeaderAct
    scan: ReceivedScan
    # Of the rooms above, by the name of the page that shows it.
    above: dict[str, Any]


class House:
    """Our congress, the neighbour's, and a browser for each reader."""

    def __init__(self) -> None:
        self.town = Town()
        party: dict[str, Any] = {"role": Role.LIAISON, "organ": self.town.organisation_department}
        self.town.hire("party_liaison", name="秦守正", **party)
        self.next_town = NextTown(self.town)
        self.ours = _settled(self.town, tuple(SITUATIONS))
        for_study = Story(self.town, title="关于阅读的建议", wants_no_reply=True)
        self.ours.cases[FOR_STUDY] = for_study.submitted().registered().case
        self.theirs = _settled(self.next_town, NEXT_DOOR)
        self._cookies = {who: self._signed_in(who) for who in READERS if who != STRANGER}

    def _signed_in(self, who: str) -> dict[str, str]:
        client = self.town.signed_in(Client(), who)
        client.get("/account/")
        return {name: morsel.value for name, morsel in client.cookies.items()}

    def browser(self, who: str, **options: Any) -> Client:
        """A browser as this reader left it: what another test did to its cookies is not in it."""
        client = Client(**options)
        for name, value in self._cookies.get(who, {}).items():
            client.cookies[name] = value
        return client

    def own(self, situation: str) -> Suggestion:
        return Suggestion.objects.get(pk=self.ours.cases[situation].pk)

    def part(self, situation: str, organ: str = "education") -> Assignment:
        """An organ's part in the running round of our case."""
        case = self.own(situation)
        held = {"round": case.round, "organ": getattr(self.town, organ)}
        return case.assignments.select_related("suggestion").get(**held)


def _settled(town: Any, situations: tuple[str, ...]) -> Place:
    cases, parts = {}, {}
    for number, name in enumerate(situations):
        story = SITUATIONS[name](Story(town, title=f"关于{name}的第{number}条道路的建议"))
        cases[name] = Suggestion.objects.get(pk=story.case.pk)
        if cases[name].round:
            parts[name] = story.part()
    clerk, lin = town.actor("clerk"), town.actor("lin")
    liaison = town.actor("edu_liaison")
    leader = _set_up(town.education, liaison)
    planned, given_up, applied = (_imported(clerk) for _each in range(3))
    _carry_out(applied, clerk)
    return Place(
        cases=cases,
        parts=parts,
        attachment=_attached(town, cases["submitted, others asked to review"]),
        deputy=lin,
        view=save_view(actor=clerk, list_name="suggestions", name="本周", query="tab=review"),
        notice=Notice.objects.filter(person=lin.person).latest("pk"),
        redating=_moved(cases["in handling, both acknowledged"], clerk),
        planned=planned,
        given_up=given_up,
        applied=applied,
        decision=_decided(cases["in handling, both acknowledged"], clerk),
        reform=_reformed(town, parts.get("closed") or parts["replied"]),
        meeting=_met(town, clerk),
        leader=leader,
        leader_act=_led(leader, cases["in handling, both acknowledged"], liaison),
        scan=_scanned(clerk),
        above=above.build(town, parts["replied"]),
    )


def _scanned(clerk: Actor) -> ReceivedScan:
    """A paper came back, and nothing could be read on it."""
    file: Any = ContentFile(files.png())
    scan = Scan(file=file, name="来函.png")
    return services.receive_scan(scan=scan, texts=[], actor=clerk, at=NOW)


def _met(town: Any, clerk: Actor) -> AssignmentMeeting:
    """A meeting to which one organ was invited."""
    meeting = plan_meeting(
        actor=clerk, at=NOW, session=town.session, title="代表建议交办会", held_on=NOW.date()
    )
    invite_organs(meeting=meeting, actor=clerk, at=NOW, organs=[town.education])
    return meeting


def _moved(case: Suggestion, clerk: Actor) -> Redating:
    """A decision that moved one date of one case."""
    redating = Redating(
        grounds=Grounds.RULES,
        cause_key=new_key(),
        said="省人大常委会关于答复期限的决定",
        last_act=0,
        post=clerk.post,
        at=NOW,
    )
    redating.save()
    was, now = date(2020, 5, 31), date(2020, 6, 1)
    moved = {"redating": redating, "suggestion": case, "clock": ClockName.REPLY}
    Redated(**moved, was=was, now=now, told=clerk.post.key).save()
    return redating


def _decided(case: Suggestion, clerk: Actor) -> RulesDecision:
    """A decision that brought one case under the rules it was under already."""
    decision = RulesDecision.objects.create(
        congress=case.congress, on=NOW.date(), at=NOW, post=clerk.post, why="统一适用"
    )
    RulesApplied.objects.create(decision=decision, suggestion=case)
    return decision


def _reformed(town: Any, part: Assignment) -> OrganReform:
    """A reform that carried one part, which nobody has moved for it."""
    reform = OrganReform.objects.create(
        congress=town.congress,
        kind="merge",
        on=NOW.date(),
        document_no="编〔2020〕1号",
        decided_by="编委",
        at=NOW,
    )
    said = {"reform": reform, "organ": town.finance, "heir": town.education}
    OrganChange.objects.create(**said, was=town.finance.name, now=town.education.name)
    Carried.objects.create(
        reform=reform, assignment=part, seq=0, was=town.finance, now=town.education
    )
    return reform


def _set_up(organ: Organ, liaison: Actor) -> OrganLeader:
    """An organ with a system of responsibility and a leader on its list."""
    brought: dict[str, Any] = {"organ": organ, "actor": liaison, "at": NOW}
    services.set_system(
        **brought, levels=[("main_leader", "负总责")], six_fixed=False, shares_out=False
    )
    return services.add_leader(**brought, name="周立", title="副厅长")


def _led(leader: OrganLeader, case: Suggestion, liaison: Actor) -> LeaderAct:
    """The leader met the deputy about one case."""
    return services.record_leader_act(
        organ=leader.organ,
        actor=liaison,
        at=NOW,
        kind="met",
        held_on=NOW.date(),
        leader=leader,
        gist="当面听取意见。",
        cases=[case],
    )


def _attached(town: Any, case: Suggestion) -> Attachment:
    """An annex, put in where it would have been while the text was still being written."""
    draft = Story(town, title="关于附件的建议").case
    file: Any = ContentFile(files.pdf(b"annex"))
    kept = attach(
        case=draft, actor=town.actor("lin"), at=NOW, file=file, name="附件.pdf", part=TEXT
    )
    copy = {name: getattr(kept, name) for name in ("sha256", "size", "content_type", "stored_as")}
    return Attachment.objects.create(
        **copy,
        original_name="附件.pdf",
        owner_person_key=kept.owner_person_key,
        congress_key=kept.congress_key,
        case_type="suggestion",
        case_key=case.key,
        part=TEXT,
        at=NOW,
    )


def _imported(clerk: Actor) -> ImportRun:
    """A list that has been looked at and waits to be confirmed."""
    run = runs.upload(
        file=files.xlsx(LIST), name="清单.xlsx", kind=ImportKind.SUGGESTIONS, actor=clerk, at=NOW
    )
    table = runs.read_again(run)
    return runs.map_columns(run, table=table, mapped=runs.mapped_of(run))


def _carry_out(run: ImportRun, clerk: Actor) -> None:
    """Confirm it; a row that is refused leaves a workbook behind."""
    today: Any = settings.HUIYIN_TODAY
    plan = runs.shown(run, actor=clerk, today=today).plan
    table = runs.read_again(run)
    assert runs.claim(run)
    runs.carry_out(run, table=table, mark=plan.mark, actor=clerk, at=NOW, today=today)
