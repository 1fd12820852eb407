"""How the congress pressed this year's suggestions, with the figures of source 004.

Seven key topics of twenty suggestions, thirty acts of supervision, eighty media reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from huiyin.accounts.models import Post
from huiyin.demo import following, funding
from huiyin.demo.chance import Chance
from huiyin.demo.days import at as moment_of
from huiyin.demo.days import on_or_before
from huiyin.demo.recording import line, saved
from huiyin.demo.telling import Book, Tale
from huiyin.ledger import services as ledger
from huiyin.organisations.models import Organ
from huiyin.supervision.models import (
    Counterpart,
    KeyTopic,
    PaperClause,
    Publicity,
    SupervisedCase,
    SupervisedOrgan,
    SupervisionAct,
    TopicCase,
    TopicLeader,
    TopicStep,
    YearlyPaper,
)
from huiyin.supervision.stages import (
    LeaderPart,
    PaperKind,
    PublicityKind,
    SupervisionForm,
    TiedTo,
)

# Topic, the categories its suggestions come from, how many, the committee that proposes it, blank
# for the congress office: seven topics, twenty suggestions.
TOPICS = (
    ("进一步加强律师队伍建设", ("justice", "governance"), 2, "jsw"),
    ("优化服务举措，落实减税降费政策", ("finance", "economy"), 3, ""),
    ("提升重大传染病防治能力", ("health",), 3, "jkw"),
    ("巩固脱贫攻坚成果，坚决打赢脱贫攻坚战", ("agriculture",), 3, "nyw"),
    ("加强农村建房管理，切实保护耕地", ("land", "construction"), 3, "hzw"),
    ("加大产业工人队伍建设", ("employment", "industry"), 3, ""),
    ("促进产业发展", ("industry", "commerce", "economy"), 3, ""),
)
_LETTER = "岳常联函〔2020〕{}号"
_REQUEST = "请于四月中旬前制定单独办理方案。"
_PROPOSED, _DECIDED = date(2020, 2, 24), date(2020, 3, 25)
_SENT, _PLANNED = date(2020, 3, 27), date(2020, 4, 16)
_FIRST_ACT, _FIRST_REPORT = date(2020, 5, 11), date(2020, 1, 13)
_GOVERNORS = ("周砚秋", "梁素行", "韩书远", "罗望山", "方既明", "唐若川", "秦仲平")
_VICE_CHAIRS = ("袁敬之", "史明远")
# How many of the topics the leader of the cast supervises.
_LED = 3
_PAPER = ("关于做好2020年度省人大代表建议工作的意见", "岳常办发〔2020〕12号", date(2020, 2, 28))
_CLAUSES = (
    "代表建议交办后，承办单位应当在规定期限内签收并制定办理方案。",
    "对承办大户一周一电话督办、一月一上门协调。",
    "对往年承诺解决的事项建立台账，与本年度建议同安排、同推进、同落实。",
    "重点处理建议由常委会主任会议成员牵头督办，省人民政府领导领办。",
)
# Form, what it was called, how often: thirty together.
_ACTS = (
    (SupervisionForm.ON_SITE, "上门督办", 10),
    (SupervisionForm.PHONE, "电话督办", 8),
    (SupervisionForm.VIDEO, "视频连线督办", 3),
    (SupervisionForm.INSPECTION, "组织代表视察建议办理工作", 4),
    (SupervisionForm.MEETING, "建议办理情况调度会", 1),
    (SupervisionForm.GROUP_MESSAGE, "工作群督促党群系统承办单位", 2),
    (SupervisionForm.LETTER, "发函督办", 2),
)
_GISTS = (
    "查看办理台账，逐件了解进展，要求与代表当面沟通后再答复。",
    "了解承诺事项落实情况，要求列入台账、按月更新、办成销号。",
    "听取代表和承办单位意见，商定下一步措施和完成时限。",
)
# The medium and how many reports: 29 and 20 of 80.
MEDIA = (("岳川日报、新岳川", 29), ("岳网", 20), ("岳川人大网", 18), ("岳川卫视", 13))
_FIELDS = (("jkw", "jyt"), ("nyw", "nyt"), ("hzw", "zrt"), ("jsw", "czt"))


def hold(book: Book, tales: Sequence[Tale]) -> None:
    """Write it all, each act with its line."""
    lines: list[ledger.Line] = []
    cases = [tale for tale in tales if tale.told.case.session_id == book.world.session.pk]
    answered = [tale for tale in cases if tale.fate.in_session and tale.told.assignments]
    topics = _topics(book, answered, lines)
    _acts(book, answered, topics, lines)
    _publicity(book, lines)
    _papers(book, lines)
    _counterparts(book, lines)
    lines += funding.spend(book, answered)
    lines += following.follow(book, answered)
    lines.sort(key=lambda line: line.at)
    ledger.record_many(chain=book.world.congress.key, lines=lines)


# --- Key topics


def _topics(
    book: Book, tales: Sequence[Tale], lines: list[ledger.Line]
) -> list[tuple[KeyTopic, Sequence[Tale]]]:
    by_category: dict[str, list[Tale]] = defaultdict(list)
    for tale in tales:
        by_category[tale.told.case.category].append(tale)
    found: list[tuple[KeyTopic, Sequence[Tale]]] = []
    for number, (title, categories, count, committee) in enumerate(TOPICS):
        offered = [tale for name in categories for tale in by_category[name]]
        chosen = offered[:count]
        if len(chosen) < count:
            raise ValueError(f"too few suggestions for {title}")
        for tale in chosen:
            by_category[tale.told.case.category].remove(tale)
        found.append((_topic(book, number, (title, committee), chosen, lines), chosen))
    return found


def _topic(
    book: Book,
    number: int,
    named: tuple[str, str],
    tales: Sequence[Tale],
    lines: list[ledger.Line],
) -> KeyTopic:
    world, clerk = book.world, book.clerk(number)
    title, committee = named
    proposer = world.committees[committee] if committee else clerk
    when = moment_of(_PROPOSED, 10) + timedelta(minutes=7 * number)
    topic = book.row(
        KeyTopic,
        congress=world.congress,
        session=world.session,
        year=2020,
        title=title,
        criteria=["many", "priority"],
        reasons="代表集中反映，与年度重点工作密切相关。",
        proposed_by=proposer.organ if committee else None,
        post=proposer,
        at=when,
    )
    topic.save()
    held = [book.row(TopicCase, topic=topic, suggestion=tale.told.case) for tale in tales]
    facts = [topic, *saved(*held)]
    lines.append(line("key_topic", "topic.propose", topic, by=proposer, at=when, facts=facts))
    for step in _steps(book, number, topic, tales):
        facts = saved(step)
        if step.name == "name_leaders":
            facts += saved(*_leaders(book, number, step))
        action = f"topic.{step.name}"
        lines.append(line("key_topic", action, topic, by=step.post, at=step.at, facts=facts))
    return topic


def _steps(book: Book, number: int, topic: KeyTopic, tales: Sequence[Tale]) -> Iterator[TopicStep]:
    """Decided, led, handed over by letter, planned by the organ that leads the first of them."""
    clerk, lead = book.clerk(number), tales[0].told.assignments[0].organ
    liaisons = (staff.liaison for staff in book.world.staff.values())
    liaison = next((post for post in liaisons if post.organ_id == lead.pk), clerk)
    told: tuple[tuple[str, date, str, str, Post], ...] = (
        ("decide", _DECIDED, "常委会第60次主任会议纪要", "", clerk),
        ("name_leaders", _DECIDED, "", "", clerk),
        ("send_letter", _SENT, _LETTER.format(number + 11), _REQUEST, clerk),
        ("plan", _PLANNED, "", "明确牵头处室和完成时限，十一月底前报告办理情况。", liaison),
    )
    for name, on, paper, said, by in told:
        yield book.row(
            TopicStep,
            topic=topic,
            name=name,
            on=on,
            number=paper,
            text=said,
            post=by,
            at=moment_of(on, 15) + timedelta(minutes=7 * number),
        )


def _leaders(book: Book, number: int, step: TopicStep) -> list[TopicLeader]:
    leader = book.world.cast["shen"] if number < _LED else None
    supervisor = leader.person.name if leader else _VICE_CHAIRS[number % len(_VICE_CHAIRS)]
    named = (
        (LeaderPart.INSTRUCTS, "高承泽", "省长", None),
        (LeaderPart.LEADS, _GOVERNORS[number], "副省长", None),
        (LeaderPart.SUPERVISES, supervisor, "省人大常委会副主任", leader),
    )
    return [
        book.row(TopicLeader, step=step, part=part, name=name, title=title, holder=holder)
        for part, name, title, holder in named
    ]


# --- Acts of supervision


def _acts(
    book: Book,
    tales: Sequence[Tale],
    topics: Sequence[tuple[KeyTopic, Sequence[Tale]]],
    lines: list[ledger.Line],
) -> None:
    told = [(form, title) for form, title, times in _ACTS for _each in range(times)]
    chance = Chance("supervision")
    for number, (form, title) in enumerate(told):
        tale = chance.pick(tales)
        topic = None
        if number < len(topics):
            topic, (tale, *_others) = topics[number]
        on = on_or_before(_FIRST_ACT + timedelta(days=4 * number))
        act = _act(book, form, title, on=on, tale=tale, topic=topic, number=number)
        lines.append(act)


def _act(
    book: Book,
    form: SupervisionForm,
    title: str,
    *,
    on: date,
    tale: Tale,
    topic: KeyTopic | None,
    number: int,
) -> ledger.Line:
    """One act, and the line that speaks of it."""
    clerk, at = book.clerk(number), moment_of(on, 16) + timedelta(minutes=number)
    organs = _supervised(form, tale, book)
    act = book.row(
        SupervisionAct,
        congress=book.world.congress,
        form=form,
        tied_to=TiedTo.RESEARCH if form == SupervisionForm.ON_SITE and number % 3 == 0 else "",
        topic=topic,
        held_on=on,
        title=f"{title}（{'、'.join(each.short_name or each.name for each in organs[:2])}）",
        led_by="省人大常委会联络工作委员会负责同志",
        gist=_GISTS[number % len(_GISTS)],
        post=clerk,
        at=at,
    )
    facts = saved(act)
    facts += saved(*(book.row(SupervisedOrgan, act=act, organ=organ) for organ in organs))
    if form != SupervisionForm.MEETING:
        facts += saved(book.row(SupervisedCase, act=act, suggestion=tale.told.case))
    return line("supervision_act", "supervision.record", act, by=clerk, at=at, facts=facts)


def _supervised(form: SupervisionForm, tale: Tale, book: Book) -> list[Organ]:
    """The dispatch meeting brings together the ten organs with most to handle."""
    if form != SupervisionForm.MEETING:
        return [tale.told.assignments[0].organ]
    counts: dict[int, int] = defaultdict(int)
    organs = {}
    for told in book.history.told:
        for part in told.assignments:
            counts[part.organ_id] += 1
            organs[part.organ_id] = part.organ
    most = sorted(counts, key=lambda pk: (-counts[pk], pk))[:10]
    return [organs[pk] for pk in most]


# --- What was said of it


def _publicity(book: Book, lines: list[ledger.Line]) -> None:
    clerk, number = book.clerk(0), 0
    for medium, count in MEDIA:
        for _each in range(count):
            on = on_or_before(_FIRST_REPORT + timedelta(days=3 * number))
            lines.append(_report(book, medium, on=on, number=number, clerk=clerk))
            number += 1
    training = book.row(
        Publicity,
        congress=book.world.congress,
        kind=PublicityKind.TRAINING,
        title="政府系统代表建议承办单位具体经办人员业务培训会议",
        medium="省人民政府办公厅",
        on=date(2020, 5, 21),
        attended=186,
        post=clerk,
        at=moment_of(date(2020, 5, 22), 17),
    )
    facts = saved(training)
    lines.append(
        line("publicity", "publicity.record", training, by=clerk, at=training.at, facts=facts)
    )


_SUBJECTS = (
    "代表建议交办会召开",
    "一件建议带来的变化",
    "承办单位上门听取代表意见",
    "重点处理建议督办见实效",
    "代表视察建议办理工作",
)


def _report(book: Book, medium: str, *, on: date, number: int, clerk: Post) -> ledger.Line:
    row = book.row(
        Publicity,
        congress=book.world.congress,
        kind=PublicityKind.ARTICLE,
        title=f"{_SUBJECTS[number % len(_SUBJECTS)]}（之{number // len(_SUBJECTS) + 1}）",
        medium=medium,
        on=on,
        post=clerk,
        at=moment_of(on, 17, 30) + timedelta(seconds=number),
    )
    facts = saved(row)
    return line("publicity", "publicity.record", row, by=clerk, at=row.at, facts=facts)


def _papers(book: Book, lines: list[ledger.Line]) -> None:
    title, number, on = _PAPER
    clerk, at = book.clerk(0), moment_of(on, 16)
    paper = book.row(
        YearlyPaper,
        congress=book.world.congress,
        kind=PaperKind.OPINION,
        year=2020,
        title=title,
        number=number,
        issued_on=on,
        post=clerk,
        at=at,
    )
    facts = saved(paper)
    facts += saved(
        *(
            book.row(PaperClause, paper=paper, position=place, text=text)
            for place, text in enumerate(_CLAUSES, start=1)
        )
    )
    lines.append(line("paper", "paper.record", paper, by=clerk, at=at, facts=facts))


def _counterparts(book: Book, lines: list[ledger.Line]) -> None:
    """Each committee follows the organs of its field."""
    clerk, at = book.clerk(1), moment_of(_PROPOSED, 9)
    world = book.world
    facts = saved(
        *(
            book.row(
                Counterpart,
                congress=world.congress,
                organ=world.organs[organ],
                committee=world.organs[committee],
                post=clerk,
                at=at,
            )
            for committee, organ in _FIELDS
            if organ in world.organs and committee in world.organs
        )
    )
    lines.append(line("congress", "counterpart.set", world.congress, by=clerk, at=at, facts=facts))
