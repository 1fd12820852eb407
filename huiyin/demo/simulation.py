"""Carrying every open case to a reply and a rating, through the services and nothing else.

A rehearsal: who is missing is hired, what nobody has said is drawn. The same seed over the same
cases takes the same decisions on the same days. Each step is on record as taken by command, its
business day between the day before it and today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.demo import simulated_words as said
from huiyin.demo.chance import Chance
from huiyin.demo.claiming import claim_for
from huiyin.demo.simulated import Simulated
from huiyin.demo.simulated_people import Staff, plausible_organ
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import DomainError
from huiyin.organisations.models import Congress
from huiyin.rulebook import Rulebook
from huiyin.suggestions import cohandlers, services
from huiyin.suggestions.claims import Ground
from huiyin.suggestions.clearance import Clearing
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import (
    Assignment,
    OpinionMark,
    Reply,
    ReplyFile,
    RequestItem,
    Suggestion,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.handling import FACE_TO_FACE, ContactForm, ContactPhase
from huiyin.suggestions.models.measures import MeasureKind
from huiyin.suggestions.models.review import Opinion, ReviewPart
from huiyin.suggestions.proofreading import findings_in, keys_of
from huiyin.suggestions.ruling import ruling_for
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.services.clearing import clearing_now
from huiyin.suggestions.services.replying import ReplyText
from huiyin.suggestions.services.writing import waiting_wording
from huiyin.suggestions.stages import (
    ANSWERING,
    CHARGED,
    ENDED,
    HandlingRole,
    ReplyStage,
    Stage,
)

# No case goes round more often: the second reply satisfies.
MOST_STEPS = 12
_SHARES = {"VS": 38, "S": 40, "BS": 12, "NS": 10}


def simulate(
    *,
    seed: str,
    now: Callable[[], datetime],
    congresses: Iterable[Congress] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Simulated:
    """Carry on every case that is under way, each whole or not at all."""
    cases = Suggestion.objects.exclude(stage__in=(*ENDED, Stage.DRAFT))
    if congresses is not None:
        cases = cases.filter(congress__in=list(congresses))
    keys = list(cases.order_by("congress__name", "pk").values_list("pk", flat=True))
    done = Simulated()
    staff = Staff(seed)
    for place, pk in enumerate(keys, start=1):
        run = Run(pk=pk, seed=seed, now=now, staff=staff, done=done)
        try:
            with transaction.atomic():
                run.carry()
        except DomainError as refused:
            # Whoever was hired for it went with it.
            staff.forget()
            done.left.append((str(run.case), f"{refused} {refused.remedy}".strip()))
        if progress:
            progress(place, len(keys))
    done.hired = staff.hired
    return done


class Run:
    """One case on its way to the end."""

    def __init__(
        self, *, pk: int, seed: str, now: Callable[[], datetime], staff: Staff, done: Simulated
    ) -> None:
        self.now, self.staff, self.done = now, staff, done
        self.case = self._read(pk)
        known = self.case.source_ref or f"{self.case.session} {self.case.number} {self.case.title}"
        self.chance = Chance("simulate", known, seed=seed)
        last = self.case.acts.order_by("-on").values_list("on", flat=True).first()
        self.day: date = last or now().date()

    def _read(self, pk: int) -> Suggestion:
        cases = Suggestion.objects.select_related("congress", "session", "lead__person")
        return cases.select_related("lead__congress", "office__congress").get(pk=pk)

    # --- Who acts, when, and by which rules

    @property
    def rules(self) -> Rulebook:
        return ruling_for(self.case, on=self.day).rules

    @property
    def clerk(self) -> Actor:
        return self.staff.clerk(self.case.congress, at=self.now())

    @property
    def lead(self) -> Actor:
        return Actor.of(self.case.lead)

    def staff_of(self, part: Assignment, role: str) -> Actor:
        return self.staff.of_organ(part.organ, role, at=self.now())

    def handler_of(self, part: Assignment) -> Actor:
        """Who handles it there; where it was shared out, the liaison may always act."""
        role = Role.LIAISON if part.handler_id or part.division_id else Role.HANDLER
        return self.staff_of(part, role)

    def after(self, low: int, high: int) -> dict[str, Any]:
        """Let some days pass, never beyond today; what every step is told."""
        now = self.now()
        today = now.astimezone(ZONE).date()
        drawn = self.day + timedelta(days=self.chance.between(low, high))
        self.day = max(self.day, min(drawn, today))
        self.done.steps += 1
        return {"at": now, "via": Via.COMMAND, "on": self.day}

    # --- The steps

    def carry(self) -> None:
        """Take one step after another until the case has ended."""
        for _step in range(MOST_STEPS):
            self.case = self._read(self.case.pk)
            if where.is_ended(self.case):
                break
            _NEXT[Stage(self.case.stage)](self)
        if where.is_closed(self.case):
            self.done.closed += 1
            self.done.again += self.case.round > 1
            self.done.results[self.case.result] += 1
        elif where.is_for_reference(self.case):
            self.done.for_reference += 1

    def submit(self) -> None:
        services.submit(case=self.case, actor=self.lead, **self.after(0, 3))

    def review(self) -> None:
        """Answer what waits for an answer, then register."""
        if waiting_wording(self.case):
            services.accept_wording(case=self.case, actor=self.lead, at=self.now())
        version = self.case.versions.latest("ordinal")
        given = set(version.verdicts.values_list("part", "organ_id"))
        for request in self.case.review_requests.select_related("organ"):
            if (request.part, request.organ_id) not in given:
                asked = self._reviewer(request)
                opinion = Opinion.REGISTER
                services.give_verdict(case=self.case, actor=asked, at=self.now(), opinion=opinion)
        services.register(case=self.case, actor=self.clerk, **self.after(0, 5))

    def _reviewer(self, request: Any) -> Actor:
        if request.part == ReviewPart.GOVERNMENT_OFFICE:
            role = Role.GOVERNMENT_CLERK
            return self.staff.clerk(self.case.congress, at=self.now(), role=role)
        return self.staff.of_organ(request.organ, Role.COMMITTEE, at=self.now())

    def assign(self) -> None:
        organ = plausible_organ(self.case, chance=self.chance, clerk=self.clerk, at=self.now())
        actor, office = self.clerk, self.case.office
        if office is not None:
            role = Role.GOVERNMENT_CLERK if office.is_government_office else Role.LIAISON
            actor = self.staff.of_organ(office, role, at=self.now())
            # An office that finds nobody of its system to name handles the matter itself.
            organ = organ if organ.system == office.system else office
        if self.case.wants_no_reply:
            services.circulate(case=self.case, actor=actor, at=self.now(), organs=[organ])
            return
        charge = Charge(organ=organ, role=HandlingRole.SOLE)
        services.assign(case=self.case, actor=actor, organs=[charge], **self.after(1, 10))

    def handle(self) -> None:
        """Everybody who owes something in this round does his part; the answer comes last."""
        parts = list(
            self.case.assignments.filter(CHARGED, round=self.case.round).select_related(
                "organ__congress"
            )
        )
        for part in parts:
            if where.is_unreceived(part) and part.role != HandlingRole.REFERENCE:
                actor = self.staff_of(part, Role.LIAISON)
                services.acknowledge(assignment=part, actor=actor, **self.after(0, 3))
        for part in parts:
            if part.role == HandlingRole.CO:
                self.give_opinion(part)
        for part in parts:
            if part.role in ANSWERING:
                self.answer(part)

    def give_opinion(self, part: Assignment) -> None:
        part.refresh_from_db(fields=["stage"])
        if not where.is_in_work(part):
            return
        services.give_opinion(
            assignment=part,
            actor=self.staff_of(part, Role.LIAISON),
            text=self.chance.pick(said.OPINIONS),
            signed_by=self.staff_of(part, Role.HEAD).person.name,
            **self.after(3, 15),
        )

    def answer(self, part: Assignment) -> None:
        """Plan, speak with the deputy, write, sign and deliver, from wherever it stands."""
        part.refresh_from_db(fields=["stage"])
        if where.has_replied(part):
            return
        handler = self.handler_of(part)
        stage = self._reply_stage(part)
        if stage == ReplyStage.DRAFTING:
            self.prepare(part, handler)
            self.judge_opinions(part, handler)
            told = self.after(5, 25)
            services.send_to_check(assignment=part, actor=handler, text=self.reply(part), **told)
            stage = ReplyStage.IN_CLEARANCE
        if stage == ReplyStage.IN_CLEARANCE:
            self.sign(part)
        liaison = self.staff_of(part, Role.LIAISON)
        services.deliver(assignment=part, actor=liaison, **self.after(0, 3))

    def judge_opinions(self, part: Assignment, handler: Actor) -> None:
        """The lead organ says of each opinion that lies there whether it is adopted."""
        for beside in cohandlers.beside(part):
            if where.has_given_opinion(beside) and not beside.opinion_mark:
                mark = self.chance.pick((OpinionMark.ADOPTED, OpinionMark.PARTLY))
                why = "" if mark == OpinionMark.ADOPTED else self.chance.pick(said.WHY_PARTLY)
                services.mark_opinion(
                    assignment=beside, actor=handler, mark=mark, reason=why, **self.after(0, 2)
                )

    def countersign(self, part: Assignment) -> None:
        """Those who are asked put their names under the text, where the rules want them."""
        if not self.rules.cohandle.countersign:
            return
        text = Reply.objects.filter(file__assignment=part).latest("ordinal").key
        for beside in cohandlers.beside(part):
            if where.has_given_opinion(beside):
                head = self.staff_of(beside, Role.HEAD)
                services.countersign(assignment=beside, actor=head, text=text, **self.after(0, 2))

    def _reply_stage(self, part: Assignment) -> str:
        file = getattr(Assignment.objects.get(pk=part.pk), "reply_file", None)
        return str(file.stage) if file else ReplyStage.DRAFTING

    def prepare(self, part: Assignment, handler: Actor) -> None:
        """Speak with the deputy until the rules let a plan and a reply go on, then plan."""
        again = self.rules.contact.face_to_face or 1
        for _talk in range(again):
            self.speak(part, handler)
        head = self.staff_of(part, Role.HEAD)
        services.plan(
            assignment=part,
            actor=handler,
            responsible_leader=head.person.name,
            division="办公室",
            handler=handler.person.name,
            requirement=self.chance.pick(said.PLANS),
            feedback_on=self.day + timedelta(days=60),
            **self.after(0, 5),
        )

    def speak(self, part: Assignment, handler: Actor) -> None:
        """A talk, face to face where the rules ask for it, and the deputy's word that it was so."""
        forms = FACE_TO_FACE if self.rules.contact.face_to_face else tuple(ContactForm)
        told = self.after(3, 20)
        services.record_contact(
            assignment=part,
            actor=handler,
            phase=ContactPhase.BEFORE,
            form=self.chance.pick(forms).value,
            held_on=self.day,
            gist=self.chance.pick(said.GISTS),
            **told,
        )
        contact = part.contacts.latest("pk")
        services.answer_contact(
            contact=contact, actor=self.lead, confirmed=True, **self.after(0, 3)
        )

    def reply(self, part: Assignment) -> ReplyText:
        """A class the rules know with its proof, and an answer to each request."""
        asked = RequestItem.objects.filter(version=self.case.versions.latest("ordinal"))
        outcome = self.chance.pick(self.rules.classes.scheme.codes)
        ruling = ruling_for(self.case, on=self.day)
        ground = Ground.of(part, rules=ruling.rules, calendar=ruling.calendar, on=self.day)
        text = ReplyText(
            outcome_class=outcome,
            claim=claim_for(outcome, ground=ground, chance=self.chance),
            letter_on=self.day,
            document_no=f"模拟答复〔{self.day.year}〕{self.chance.between(1, 300)}号",
            opening=f"您提出的《{self.case.title}》收悉，现答复如下：",
            answers={item.key: self.chance.pick(said.ANSWERS) for item in asked},
            closing="感谢您对我们工作的关心和支持。",
        )
        found = findings_in(text.parts, part=part)
        return replace(text, confirmed=keys_of(found))

    def sign(self, part: Assignment) -> None:
        """Level after level, each by whom it waits for; the last one signs."""
        self.staff_of(part, Role.HEAD)
        file = ReplyFile.objects.select_related("assignment__organ").get(assignment=part)
        while True:
            file.refresh_from_db()
            now = clearing_now(file, at=self.now())
            actor = self._clears(now)
            if now.due == now.last:
                break
            services.pass_check(assignment=part, actor=actor, **self.after(0, 2))
        self.countersign(part)
        services.sign(assignment=part, actor=actor, **self.after(0, 3))

    def _clears(self, now: Clearing) -> Actor:
        """Somebody who holds the level it waits for, another than before where there is one."""
        fresh = [each for each in now.holding(now.due) if each.person not in now.passed.values()]
        chosen = (fresh or now.holding(now.due))[0]
        return Actor.of(Post.objects.select_related("person").get(key=chosen.post))

    def rate(self) -> None:
        """The lead deputy's judgement; one not satisfied leads to a second round."""
        rated = self.case.ratings.filter(round=self.case.round, counted=True).exists()
        if rated:
            self.order_again()
            return
        asked = {each.code for each in self.rules.feedback.dimensions}
        attitude = self._grade() if "attitude" in asked else ""
        result = self._grade() if "result" in asked else ""
        complaint = self.chance.pick(said.COMPLAINTS)
        services.rate(
            case=self.case,
            actor=self.lead,
            attitude=attitude,
            result=result,
            comment=complaint if "NS" in (attitude, result) else "",
            **self.after(1, 9),
        )

    def order_again(self) -> None:
        """Another round; after a second refusal the congress body first calls both sides."""
        if self.case.round > 1 and not self.case.measures.filter(round=self.case.round).exists():
            told = self.after(1, 7)
            services.take_measure(
                case=self.case,
                actor=self.clerk,
                kind=MeasureKind.MEETING,
                held_on=self.day,
                participants="领衔代表、承办单位负责人、代表联络处",
                minutes="听取双方意见，商定由承办单位补充研究后再次答复代表。",
                **told,
            )
            self.case.refresh_from_db()
        services.order_rehandling(
            case=self.case, actor=self.clerk, why="代表对办理结果不满意。", **self.after(1, 7)
        )

    def _grade(self) -> str:
        """A grade the rules know; in a second round the deputy is content."""
        known = [code for code in self.rules.feedback.scale.codes if self._may(code)]
        return self.chance.weighed(known, [_SHARES[code] for code in known])

    def _may(self, code: str) -> bool:
        return self.case.round == 1 or not self.rules.feedback.scale.find(code).dissatisfied


_NEXT: dict[Stage, Callable[[Run], None]] = {
    Stage.RETURNED: Run.submit,
    Stage.SUBMITTED: Run.review,
    Stage.REGISTERED: Run.assign,
    Stage.IN_HANDLING: Run.handle,
    Stage.REPLIED: Run.rate,
}
