"""The cases that are multiplied: two decks of a hundred, each case told as it would have gone.

The deck ``settled`` is how a session looks years later; ``running`` is the present session with
something at every stage. Both are written by ``huiyin.suggestions.history``, so that the tables
of the lifecycles hold for every row of the benchmark.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db import transaction

from huiyin.accounts.models import Post, Role
from huiyin.kernel.clock import ZONE
from huiyin.organisations.models import Session
from huiyin.outbox.models import Channel, Notice, State
from huiyin.outbox.models import Delivery as NoticeDelivery
from huiyin.suggestions.history import History, Told
from huiyin.suggestions.models import (
    Assignment,
    Category,
    Contact,
    ContactAnswer,
    ContactDeputy,
    CoOpinion,
    Delivery,
    Draft,
    HandlingPlan,
    Rating,
    Reply,
    ReplyFile,
    ReplyPoint,
    RequestItem,
    ReviewRequest,
    Suggestion,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.review import ReviewPart
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.services.turn import CASE_TYPE, Subject
from huiyin.suggestions.stages import ANSWERING, OPEN_ASSIGNMENT, HandlingRole, Stage
from huiyin.suggestions.texts import SuggestionText
from tests.bench.ground import Ground

DECK = 100
# Stands in every title and is replaced by another place's name in every copy.
PLACE = "青山"
CLASSES = ("A1", "A2", "A3", "B1", "B2", "C1", "C2")
_MATTERS = (
    "在县城新区增设公办幼儿园",
    "提升国省干线公路养护水平",
    "加快农村危旧桥梁改造",
    "完善县域医共体药品配送",
    "支持油茶产业低产林改造",
    "推进湖区蓄洪垸安全建设",
    "加强矿山地质环境治理",
    "解决山区移动信号盲区",
    "扩大职业院校招生计划",
    "完善城乡居民养老保险待遇",
    "建设区域性中医康复中心",
    "加大革命老区财政转移支付",
    "打通省际断头路",
    "规范外卖骑手劳动保障",
    "推动工业园区污水集中处理",
    "保护传统村落和古树名木",
    "支持高标准农田建后管护",
    "提高乡村教师待遇",
    "加快既有住宅加装电梯",
    "建设跨境电商综合试验区",
)
_SITUATION = (
    "近年来当地人口和产业变化较快，原有规划已不能适应需要。调研走访了十二个乡镇、六十余户群众和"
    "三家企业，普遍反映经费没有固定来源、责任部门不清、建成以后缺人管护。"
)
_REQUESTS = (
    "把该事项列入省级年度计划，明确牵头部门和完成时限。",
    "由省级财政安排专项补助，市县按比例配套。",
    "出台统一的技术标准和管护办法，每年公布一次进展。",
)
_ANSWER = "已与有关部门会商，列入年度工作计划，资金由省级统筹安排，具体办法将于年底前印发。"


@dataclass(kw_only=True)
class Life:
    """One case while it is told. Days count from the opening of its session."""

    history: History
    ground: Ground
    session: Session
    number: int
    day: int
    told: Told = field(init=False)
    round_parts: list[Assignment] = field(default_factory=list)
    requests: list[RequestItem] = field(default_factory=list)

    def __post_init__(self) -> None:
        case = Suggestion(
            congress=self.ground.congress,
            session=self.session,
            lead=self._deputy(0),
            created_at=self.at,
            changed_at=self.at,
        )
        names = (0, 0, 1, 2, 4, 9)[self.number % 6]
        self.told = self.history.begin(
            case, cosigners=[self._deputy(place) for place in range(1, names + 1)]
        )

    # --- Who and when

    def _deputy(self, place: int) -> Post:
        deputies = self.ground.deputies
        return deputies[(self.number * 37 + place * 11) % len(deputies)]

    @property
    def lead(self) -> Post:
        return self._deputy(0)

    @property
    def at(self) -> datetime:
        """Nine in the morning, each step of a day a minute after the one before."""
        opens = self.session.opens_on
        assert opens is not None
        steps = len(self.told.acts) if hasattr(self, "told") else 0
        return datetime.combine(opens + timedelta(days=self.day), time(9), ZONE) + timedelta(
            minutes=steps
        )

    def later(self, days: int) -> Life:
        self.day += days
        return self

    def _take(self, name: str, *, by: Post, subject: Subject | None = None, **rest: object) -> None:
        self.told.take(
            name,
            post=by,
            at=self.at,
            subject=subject,
            via=Via.PAGE,
            **rest,  # type: ignore[arg-type]
        )

    @property
    def answering(self) -> list[Assignment]:
        return [part for part in self.round_parts if part.role in ANSWERING]

    def _staff(self, part: Assignment, role: str) -> Post:
        return self.ground.staff[part.organ_id][role]

    # --- What happens

    def text(self) -> SuggestionText:
        matter = _MATTERS[self.number % len(_MATTERS)]
        asked = 1 + self.number % len(_REQUESTS)
        return SuggestionText.of_draft(
            {
                "title": f"关于{PLACE}{matter}的建议",
                "situation": f"{PLACE}{matter}，群众期盼已久。" + _SITUATION * 5,
                "requests": [f"{each}（{matter}）" for each in _REQUESTS[:asked]],
                "formed_by": ["research", "talk"],
                "wants_contact": True,
            }
        )

    def drafted(self) -> Life:
        text = self.text()
        self.told.draft = Draft(
            suggestion=self.told.case, content=text.as_draft(), saved_at=self.at
        )
        self.told.case.title = text.title
        return self

    def submitted(self) -> Life:
        for each in self.told.signatures[1:]:
            self._take("confirm_signature", by=each.deputy)
        written = self.text().version(self.told.case, ordinal=1, at=self.at)
        self.requests = [item for item in written if isinstance(item, RequestItem)]
        raised = "in_session" if self.day < 5 else "between_sessions"
        self._take("submit", by=self.lead, data={"raised": raised}, facts=written)
        return self

    def asked(self) -> Life:
        asked = ReviewRequest(
            suggestion=self.told.case, part=ReviewPart.GOVERNMENT_OFFICE, at=self.at
        )
        self._take("ask_review", by=self.ground.clerk, facts=[asked])
        return self

    def registered(self) -> Life:
        category = Category.values[self.number % len(Category.values)]
        number = self.number + 1
        self._take(
            "register",
            by=self.ground.clerk,
            data={"number": str(number), "order": number, "category": category},
        )
        return self

    def assigned(self) -> Life:
        self.told.case.round = 1
        charges = self._charges()
        said = [{"organ": c.organ.key, "role": c.role, "part": ""} for c in charges]
        self._take("assign", by=self.ground.clerk, data={"wide": False, "organs": said})
        self.round_parts = self.history.issue(self.told, charges, on=self.at.date())
        return self

    def _charges(self) -> list[Charge]:
        organs = self.ground.organs
        others = (0, 0, 1, 2, 3)[self.number % 5]
        chosen = [
            organs[(self.number * 7 + place * 13) % len(organs)] for place in range(others + 1)
        ]
        first = HandlingRole.LEAD if others else HandlingRole.SOLE
        return [
            Charge(organ=organ, role=HandlingRole.CO if place else first)
            for place, organ in enumerate(chosen)
        ]

    def acknowledged(self) -> Life:
        for part in self.round_parts:
            self._take("acknowledge", by=self._staff(part, Role.LIAISON), subject=part)
        return self

    def worked_on(self) -> Life:
        for part in self.round_parts:
            by = self._staff(part, Role.HANDLER)
            if part.role == HandlingRole.CO:
                opinion = CoOpinion(
                    assignment=part, text=_ANSWER * 2, signed_by="方副局长", at=self.at
                )
                self._take("give_opinion", by=by, subject=part, facts=[opinion])
            else:
                self._take("plan", by=by, subject=part, facts=[self._plan(part)])
                self._speak(part, by=by)
        return self

    def _plan(self, part: Assignment) -> HandlingPlan:
        return HandlingPlan(
            assignment=part,
            responsible_leader="周副局长",
            division="综合处",
            handler="何晓",
            requirement="逐条答复，先沟通后答复。",
            feedback_on=self.at.date() + timedelta(days=40),
            at=self.at,
        )

    def _speak(self, part: Assignment, *, by: Post) -> None:
        """A talk with the lead deputy, who says that it was so."""
        held = Contact(
            assignment=part,
            phase="during",
            form="phone",
            held_on=self.at.date(),
            own_people="何晓",
            rank="handler",
            gist="就建议内容与代表电话沟通，代表希望明确完成时限。",
            at=self.at,
        )
        lead = self.told.case.lead
        named = ContactDeputy(contact=held, deputy=lead)
        self._take("contact", by=by, subject=part, facts=[held, named])
        answer = ContactAnswer(contact=held, deputy=lead, ordinal=1, confirmed=True, at=self.at)
        said = {"contact": held.key}
        self._take("confirm_contact", by=lead, subject=part, data=said, facts=[answer])

    def drafting(self) -> Life:
        for part in self.answering:
            self.history.open_file(self.told, part, at=self.at)
        return self

    def _file(self, part: Assignment) -> ReplyFile:
        return next(each for each in self.told.files if each.assignment is part)

    def in_clearance(self) -> Life:
        self.drafting()
        for part in self.answering:
            file = self._file(part)
            reply = self._reply(file)
            points = [
                ReplyPoint(reply=reply, request=item, answer=_ANSWER * 2) for item in self.requests
            ]
            by = self._staff(part, Role.HANDLER)
            self._take("send_to_check", by=by, subject=file, facts=[reply, *points])
        return self

    def _reply(self, file: ReplyFile) -> Reply:
        return Reply(
            file=file,
            ordinal=1,
            outcome_class=CLASSES[self.number % len(CLASSES)],
            document_no=f"岳函〔2020〕{self.number}号",
            letter_on=self.at.date(),
            opening="您提出的建议收悉，现答复如下。" * 3,
            closing="感谢您对我们工作的关心和支持。" * 2,
            contact_person="何晓",
            contact_phone="0731-80000000",
            at=self.at,
        )

    def checked(self) -> Life:
        for part in self.answering:
            by = self._staff(part, Role.CHECKER)
            self._take("pass_check", by=by, subject=self._file(part))
        return self

    def signed(self) -> Life:
        for part in self.answering:
            self._take("sign", by=self._staff(part, Role.HEAD), subject=self._file(part))
        return self

    def delivered(self) -> Life:
        for part in self.answering:
            by, file = self._staff(part, Role.LIAISON), self._file(part)
            reply = next(each for each in self.told.facts(Reply) if each.file is file)
            handed = [
                Delivery(reply=reply, deputy=each.deputy, at=self.at)
                for each in self.told.signatures
            ]
            self._take("deliver", by=by, subject=file, facts=handed)
            self._take("reply", by=by, subject=part)
        self._take("answer", by=self._staff(self.answering[0], Role.LIAISON))
        return self

    def rated(self, result: str) -> Life:
        rating = Rating(
            suggestion=self.told.case,
            round=self.told.case.round,
            deputy=self.lead,
            attitude="S" if result == "NS" else "VS",
            result=result,
            comment="专线没有开通。" if result == "NS" else "",
            at=self.at,
        )
        self._take("rate", by=self.lead, facts=[rating])
        if result == "NS":
            return self._again()
        self._take("close", by=self.lead)
        return self._parts_end()

    def _again(self) -> Life:
        self._take("rehandle", by=self.lead, data={"follows_round": self.told.case.round})
        self._parts_end()
        self.told.case.round += 1
        charges = [Charge(organ=part.organ, role=part.role) for part in self.answering]
        self.round_parts = self.history.issue(self.told, charges, on=self.at.date())
        return self

    def _parts_end(self) -> Life:
        for part in self.round_parts:
            move = "stop" if part.stage in OPEN_ASSIGNMENT else "finish"
            self._take(move, by=self.lead, subject=part)
        return self

    def closed_unrated(self) -> Life:
        self._take("close_without_feedback", by=self.ground.clerk)
        return self._parts_end()

    def withdrawn(self) -> Life:
        self._take("withdraw", by=self.lead, why="已与有关部门沟通解决。")
        return self

    def refused(self) -> Life:
        why = "属于个人事务。"
        self._take("refuse", by=self.ground.clerk, why=why, reason_code="PERSONAL")
        return self

    def for_reference(self) -> Life:
        self._take("take_as_reference", by=self.ground.clerk, why="供有关部门研究。")
        return self


# --- What becomes of them


def _registered(life: Life) -> Life:
    return life.submitted().later(4).registered()


def _assigned(life: Life, *, days: int = 30) -> Life:
    _registered(life)
    return life.later(max(days - life.day, 1)).assigned()


def _worked_on(life: Life) -> Life:
    return _assigned(life).later(2).acknowledged().later(8).worked_on()


def _delivered(life: Life) -> Life:
    spread = life.number % 40
    return _worked_on(life).later(20 + spread).in_clearance().checked().signed().delivered()


def _rated(life: Life) -> Life:
    grades = ("VS", "S", "VS", "S", "BS")
    return _delivered(life).later(3).rated(grades[life.number % len(grades)])


def _twice(life: Life) -> Life:
    _delivered(life).later(3).rated("NS").later(2).acknowledged().worked_on()
    return life.later(15).in_clearance().checked().signed().delivered().later(2).rated("S")


Fate = Callable[[Life], Life]

SETTLED: tuple[tuple[int, Fate], ...] = (
    (78, _rated),
    (6, _twice),
    (6, lambda life: _delivered(life).later(40).closed_unrated()),
    (3, lambda life: _registered(life).later(5).withdrawn()),
    (4, lambda life: life.submitted().later(3).refused()),
    (3, lambda life: life.submitted().later(3).for_reference()),
)
# Assigned on the thirtieth day like most, or in the last days before the benchmark's present.
RUNNING: tuple[tuple[int, Fate], ...] = (
    (3, lambda life: life.later(100).drafted()),
    (3, lambda life: life.later(115).submitted()),
    (2, lambda life: life.later(110).submitted().later(2).asked()),
    (6, lambda life: _registered(life.later(100))),
    (10, lambda life: _assigned(life, days=118 + life.number % 9)),
    (9, lambda life: _assigned(life, days=60 + life.number % 50).later(2).acknowledged()),
    (9, _worked_on),
    (4, lambda life: _worked_on(life).later(30).in_clearance()),
    (4, lambda life: _worked_on(life).later(35).in_clearance().checked()),
    (4, lambda life: _worked_on(life).later(40).in_clearance().checked().signed()),
    (14, _delivered),
    (3, lambda life: _delivered(life).later(3).rated("NS").later(1).acknowledged()),
    (22, _rated),
    (2, lambda life: _registered(life).later(5).withdrawn()),
    (3, lambda life: life.submitted().later(3).refused()),
    (2, lambda life: life.submitted().later(3).for_reference()),
)


# Who is told of a step, for the notices on a case's page and in the inboxes.
_TOLD = {
    "submit": ("clerk",),
    "register": ("lead",),
    "assign": ("lead", "organs"),
    "deliver": ("lead",),
    "rate": ("clerk", "organs"),
}


def _notices(life: Life) -> list[Notice]:
    """A notice for each of those whom the outbox would have told of the case's steps."""
    case = life.told.case
    liaisons = [life.ground.staff[part.organ_id][Role.LIAISON] for part in life.told.assignments]
    reached = {"clerk": [life.ground.clerk], "lead": [case.lead], "organs": liaisons}
    return [
        Notice(
            person=post.person,
            post=post,
            event=f"{act.table}.{act.move}",
            case_type=CASE_TYPE,
            case_key=case.key,
            title=case.title,
            params={"number": case.number or "", "organ": "", "why": "", "due": ""},
            created_at=act.at,
            read_at=None if case.stage == Stage.SUBMITTED else act.at + timedelta(hours=3),
        )
        for act, _facts in life.told.acts
        for who in _TOLD.get(act.move, ())
        for post in reached[who]
    ]


def _tell(lives: list[Life]) -> None:
    notices = Notice.objects.bulk_create(each for life in lives for each in _notices(life))
    NoticeDelivery.objects.bulk_create(
        NoticeDelivery(notice=notice, channel=channel, state=State.SENT, at=notice.created_at)
        for notice in notices
        for channel in Channel
    )


def deal(ground: Ground, session: Session, fates: tuple[tuple[int, Fate], ...]) -> list[Told]:
    """Write one deck as cases of ``session``."""
    with transaction.atomic():
        history = History(via=Via.PAGE)
        lives: list[Life] = []
        for count, fate in fates:
            for _ in range(count):
                number = len(lives)
                life = Life(
                    history=history, ground=ground, session=session, number=number, day=number % 5
                )
                lives.append(fate(life))
        assert len(lives) == DECK, len(lives)
        history.write()
        _tell(lives)
        keep_titles(history.told)
    return history.told


def keep_titles(cases: list[Told]) -> None:
    """Put the titles back on drafts: derived ones come from versions, which a draft has not."""
    for told in cases:
        if told.draft is not None:
            told.case.title = SuggestionText.of_draft(told.draft.content).title
            told.case.save(update_fields=["title"])
