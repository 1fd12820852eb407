"""One case's page: what each reader is shown of it, at what cost, and nothing of it comes alive."""

from __future__ import annotations

import html
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.accounts.tests.town import NOW, Town
from huiyin.outbox.models import Notice
from huiyin.suggestions import services
from huiyin.suggestions.services.replying import ReplyText
from huiyin.suggestions.tests.cases import HunanStory, Reader, town_of_pages
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db

OPINION = "经费已列入年初预算。"
ANSWER = "已列入今年计划。"
EVERYBODY = ("lin", "zhao", "clerk", "edu_head", "fin_liaison", "committee", "leader")


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def page(town: Town, who: str, story: Story) -> str:
    answer = Reader(town, who).get("case", story.case.key)
    assert answer.status_code == 200, who
    return html.unescape(answer.content.decode())


def in_clearance(town: Town) -> Story:
    story = HunanStory(town)
    story.submitted().registered().assigned().acknowledged().co_acknowledged().opinion_given()
    story.sent_to_check()
    return story


# --- What each is shown


def test_a_reply_that_has_not_left_its_organ_is_shown_to_nobody_else(town: Town) -> None:
    story = in_clearance(town).checked().signed()
    part = story.part()
    for who in ("lin", "clerk", "fin_liaison", "committee", "leader", "government_clerk"):
        shown = page(town, who, story)
        assert ANSWER not in shown, who
        assert "答复核稿通过" not in shown, who
        assert Reader(town, who).get("letter", part.key).status_code == 404, who
        assert Reader(town, who).get("reply", part.key).status_code == 403, who
    assert "答复核稿通过" in page(town, "edu_handler", story)
    assert ANSWER in Reader(town, "edu_handler").get("letter", part.key).content.decode()


def test_a_delivered_reply_stands_under_each_request_for_everybody(town: Town) -> None:
    story = HunanStory(town).replied()
    for who in (*EVERYBODY, "electing_liaison"):
        assert page(town, who, story).count(ANSWER) == 2, who


def test_co_handling_opinions_are_not_the_deputys_to_read(town: Town) -> None:
    story = in_clearance(town)
    for who in ("edu_handler", "fin_liaison", "clerk", "leader"):
        assert OPINION in page(town, who, story), who
    for who in ("lin", "zhao", "electing_liaison"):
        assert OPINION not in page(town, who, story), who


def test_contacts_and_plans_are_shown_to_the_deputy_and_not_to_his_electors(town: Town) -> None:
    story = HunanStory(town)
    story.submitted().registered().assigned().acknowledged().planned()
    services.record_contact(
        assignment=story.part(),
        actor=town.actor("edu_handler"),
        at=NOW,
        phase="during",
        form="visit",
        held_on=NOW.date(),
        gist="到新区当面沟通",
    )
    for who in ("lin", "clerk", "fin_liaison", "leader"):
        shown = page(town, who, story)
        assert "到新区当面沟通" in shown, who
        assert "周副厅长" in shown, who
    electors = page(town, "electing_liaison", story)
    assert "到新区当面沟通" not in electors
    assert "周副厅长" not in electors


def test_advice_of_reviewers_stays_among_those_who_review(town: Town) -> None:
    story = HunanStory(town).submitted().asked()
    services.give_verdict(
        case=story.case,
        actor=town.actor("committee"),
        at=NOW,
        opinion="return",
        note="数量不清楚",
    )
    for who in ("clerk", "committee", "government_clerk"):
        assert "数量不清楚" in page(town, who, story), who
    for who in ("lin", "zhao"):
        assert "数量不清楚" not in page(town, who, story), who


def test_a_wording_is_compared_where_the_deputy_answers_it(town: Town) -> None:
    story = HunanStory(town, title="关于幼儿园的建议").submitted().worded()
    shown = page(town, "lin", story)
    assert "接受修改文字" in shown
    assert "<ins>" in shown


def test_names_not_confirmed_are_seen_only_by_those_who_sign(town: Town) -> None:
    story = HunanStory(town).invited()
    services.submit(case=story.case, actor=town.actor("lin"), at=NOW)
    story.registered()
    assert "赵立新" in page(town, "lin", story)
    assert "赵立新" not in page(town, "leader", story)


def test_the_office_sees_whom_the_notices_reached(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned()
    assert "孙敏" in page(town, "clerk", story).split("通知")[-1]
    assert "通知 " not in page(town, "edu_liaison", story).split("办理过程")[-1]


def test_deadlines_open_their_sum(town: Town) -> None:
    shown = page(town, "edu_liaison", HunanStory(town).submitted().registered().assigned())
    assert "2020年6月2日" in shown
    assert "期限为3个月" in shown
    assert "期限为2个月" in shown


def test_the_panel_promises_days_before_the_step(town: Town) -> None:
    registered = HunanStory(town).submitted().registered()
    clerk = page(town, "clerk", registered)
    assert "承办单位须在3月9日前签收" in clerk
    assert "主办单位须在6月2日前答复代表" in clerk
    assigned = HunanStory(town).submitted().registered().assigned()
    assert "本单位须在6月2日前答复代表" in page(town, "edu_liaison", assigned)


def test_who_has_nothing_to_do_reads_whom_it_waits_for(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned()
    waited = "等待省教育厅（待签收，6月2日到期）、省财政厅（待签收，5月2日到期）"
    assert waited in page(town, "leader", story)
    assert "等待林晓岚代表评价" in page(town, "leader", HunanStory(town).replied())


@pytest.mark.parametrize("who", ["lin", "clerk", "edu_liaison", "edu_handler"])
def test_no_page_shows_two_primary_acts(town: Town, who: str) -> None:
    stories = [
        HunanStory(town).submitted().registered().assigned(),
        HunanStory(town).submitted().registered().assigned().acknowledged(),
        HunanStory(town).replied(),
    ]
    for story in stories:
        panel = page(town, who, story).split('id="panel"')[1].split("</section>")[0]
        assert panel.count("button-primary") <= 1


# --- Paper


def test_paper_entry_is_marked_wherever_the_case_is_shown(town: Town) -> None:
    case = services.start(
        session=town.session,
        actor=town.actor("clerk"),
        at=NOW,
        lead=town.post("zhou"),
        content={"title": "关于修路的建议", "situation": "路窄。", "requests": ["拓宽"]},
    )
    clerk = Reader(town, "clerk")
    assert "依据纸质件代录" in clerk.get("case", case.key).content.decode()
    assert "据纸质件录入" in clerk.get("list").content.decode()
    assert "依据纸质件代录" in clerk.get("paper", case.key).content.decode()


def test_the_letter_bears_its_class_at_the_top(town: Town) -> None:
    story = HunanStory(town).replied()
    letter = Reader(town, "lin").get("letter", story.part().key).content.decode()
    article = letter.split('class="paper"')[1]
    assert article.index("A1 类") < article.index("省教育厅")
    assert "一、关于“在新区规划两所公办幼儿园”" in letter
    assert "林晓岚等 2 位代表：" in letter


def test_opening_a_case_marks_its_notices_as_read_and_no_others(town: Town) -> None:
    case, other = (HunanStory(town).submitted().registered().case for _each in range(2))

    def unread() -> set[str]:
        found = Notice.objects.filter(person=town.person("lin"), read_at__isnull=True)
        return set(found.values_list("case_key", flat=True))

    assert unread() == {case.key, other.key}
    reader = Reader(town, "lin")
    reader.client.head(f"/suggestions/{case.key}/")
    assert unread() == {case.key, other.key}
    reader.get("case", case.key)
    assert unread() == {other.key}


# --- Cost


def cost(reader: Reader, story: Story) -> int:
    reader.get("case", story.case.key)
    with CaptureQueriesContext(connection) as caught:
        reader.get("case", story.case.key)
    return len(caught.captured_queries)


def test_a_longer_story_costs_no_more_queries(town: Town) -> None:
    short = HunanStory(town).submitted().registered().assigned().acknowledged()
    short.contact_recorded()
    long = HunanStory(town).submitted().registered().assigned().acknowledged()
    for story, number in ((short, 1), *((long, number) for number in range(6))):
        services.record_contact(
            assignment=story.part(),
            actor=town.actor("edu_handler"),
            at=NOW,
            phase="during",
            form="phone",
            held_on=NOW.date(),
            gist=f"第{number}次沟通",
        )
    for who in ("lin", "clerk", "edu_handler"):
        reader = Reader(town, who)
        assert cost(reader, short) == cost(reader, long) <= 40, who


def test_a_second_round_costs_no_more_queries_than_the_first(town: Town) -> None:
    once, twice = HunanStory(town).replied(), HunanStory(town).replied()
    twice.rated("NS").acknowledged()
    twice.sent_to_check().checked().signed().delivered()
    for who in ("lin", "clerk", "leader"):
        reader = Reader(town, who)
        assert cost(reader, once) == cost(reader, twice) <= 35, who


# --- Nothing comes alive

ALIVE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "</textarea><script>alert(1)</script>",
    "<math><mtext><style><img src=x onerror=alert(1)></style>",
]
LITERAL = ["{{ 7*7 }}", "{% debug %}", "%(title)s %s", "${7*7}", "{0.__class__}"]


def spoken(story: Story, text: str) -> None:
    """A contact in these words, contested and confirmed in them."""
    words = {"place": text, "own_people": text, "citizens": text, "gist": text}
    contact = story.contact_recorded(**words)
    lin = story.town.actor("lin")
    for confirmed in (False, True):
        services.answer_contact(contact=contact, actor=lin, at=NOW, confirmed=confirmed, word=text)


def carried(town: Town, text: str) -> Story:
    """A case in which every field that takes words holds this text."""
    story = HunanStory(town, title=f"建议{text}", situation=text, requests=[text], organ_hint=text)
    story.submitted().registered().assigned().acknowledged().co_acknowledged()
    part = story.part()
    handler = town.actor("edu_handler")
    services.plan(
        assignment=part,
        actor=handler,
        at=NOW,
        responsible_leader=text[:40],
        division=text[:60],
        handler=text[:40],
        requirement=text,
        feedback_on=NOW.date(),
    )
    spoken(story, text)
    _helped(story, text)
    request = story.case.versions.get().requests.get()
    reply = ReplyText(
        outcome_class="A1",
        letter_on=NOW.date(),
        answers={request.key: text},
        opening=text,
        closing=text,
        document_no=text[:60],
        claim=story.claim("A1"),
    )
    services.send_to_check(assignment=part, actor=handler, at=NOW, text=reply)
    story.checked().signed().delivered()
    services.rate(
        case=story.case, actor=town.actor("lin"), at=NOW, attitude="S", result="NS", comment=text
    )
    return story


def _helped(story: HunanStory, text: str) -> None:
    """The other organ gives its opinion, and the lead organ says what became of it."""
    town, part = story.town, story.part("finance")
    services.give_opinion(
        assignment=part,
        actor=town.actor("fin_handler"),
        at=NOW,
        text=text,
        will_do=text,
        advice=text,
        signed_by=text[:40],
    )
    services.mark_opinion(
        assignment=part, actor=town.actor("edu_handler"), at=NOW, mark="partly", reason=text
    )


class _Looker(HTMLParser):
    """Collects what a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.live: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "script" and not (said.get("src") or "").startswith("/static/"):
            self.live.append(tag)
        self.live += [name for name in said if name.startswith("on")]
        if (said.get("href") or "").startswith("javascript:"):
            self.live.append("href")


def _live(body: str) -> list[str]:
    looker = _Looker()
    looker.feed(body)
    return looker.live


@pytest.mark.parametrize("text", ALIVE)
def test_what_was_typed_is_shown_and_never_run(town: Town, text: str) -> None:
    story = carried(town, text)
    part = story.case.assignments.filter(round=1, organ=town.education).get()
    for who in ("clerk", "lin", "edu_handler"):
        reader = Reader(town, who)
        for answer in (
            reader.get("case", story.case.key),
            reader.get("paper", story.case.key),
            reader.get("letter", part.key),
            reader.get("list"),
        ):
            body = answer.content.decode()
            assert text not in body
            assert _live(body) == []
            assert text in html.unescape(body)


@pytest.mark.parametrize("text", LITERAL)
def test_signs_of_templates_stay_signs(town: Town, text: str) -> None:
    story = carried(town, text)
    body = Reader(town, "clerk").get("case", story.case.key).content.decode()
    assert html.unescape(body).count(text) > 10
    assert ">49<" not in body
