"""The breakdown of a suggestion: every request is somebody's and is answered by those charged."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.documents.typesetting.blocks import Paragraph
from huiyin.kernel.errors import Conflict, DomainError
from huiyin.ledger.models import Entry
from huiyin.suggestions import services
from huiyin.suggestions.breakdown import items_of
from huiyin.suggestions.letters.kinds import LetterKind
from huiyin.suggestions.lifecycle.breakdown import no_item_is_left
from huiyin.suggestions.models import Act, Assignment, ItemCharge, Reply, ReplyPoint, RequestItem
from huiyin.suggestions.presenters import documents
from huiyin.suggestions.presenters.file import read
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.services.replying import ReplyText
from huiyin.suggestions.stages import HandlingRole, Stage
from huiyin.suggestions.tests.cases import Reader
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db

THREE = ["在新区规划两所公办幼儿园", "今年秋季前开通接送专线", "安排园舍建设经费"]
LEAD, SOLE, CO, SEPARATE = (
    HandlingRole.LEAD,
    HandlingRole.SOLE,
    HandlingRole.CO,
    HandlingRole.SEPARATE,
)
Named = tuple[str, str, Sequence[int]]


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    for who, role in (("fin_checker", Role.CHECKER),):
        town.hire(who, name="蒋核", role=role, organ=town.finance)
    return town


def registered(town: Town, **text: object) -> Story:
    return Story(town, **{"requests": THREE, **text}).submitted().registered()


def asks(story: Story) -> list[RequestItem]:
    return list(story.case.versions.latest("ordinal").requests.all())


def assign(story: Story, *named: Named) -> Story:
    items = asks(story)
    charges = [
        Charge(
            organ=getattr(story.town, organ),
            role=role,
            items=tuple(item for item in items if item.ordinal in numbers),
        )
        for organ, role, numbers in named
    ]
    clerk = story.town.actor("clerk")
    services.assign(case=story.case, actor=clerk, at=NOW, organs=charges)
    return story


def numbers_of(story: Story, organ: str) -> list[int]:
    return [item.ordinal for item in items_of(story.part(organ), asks(story))]


def answer(story: Story, organ: str, *ordinals: int) -> None:
    """Send the organ's reply to be checked with answers to these requests alone."""
    prefix = {"education": "edu", "finance": "fin"}[organ]
    story.heard(organ)
    text = ReplyText(
        outcome_class=story.best_class(),
        claim=story.claim(story.best_class()),
        letter_on=TODAY,
        answers={item.key: "已列入计划。" for item in asks(story) if item.ordinal in ordinals},
    )
    services.send_to_check(
        assignment=story.part(organ),
        actor=story.town.actor(f"{prefix}_handler"),
        at=NOW,
        text=text,
    )


# --- Naming


def test_without_a_breakdown_every_organ_is_charged_with_all(town: Town) -> None:
    story = assign(registered(town), ("education", LEAD, ()), ("finance", CO, ()))
    assert ItemCharge.objects.count() == 0
    assert numbers_of(story, "education") == numbers_of(story, "finance") == [1, 2, 3]


def test_a_co_handling_organ_is_named_for_its_items_and_the_lead_answers_all(town: Town) -> None:
    story = assign(registered(town), ("education", LEAD, ()), ("finance", CO, (3,)))
    assert numbers_of(story, "education") == [1, 2, 3]
    assert numbers_of(story, "finance") == [3]
    assert list(differences()) == []


def test_the_line_of_record_names_what_each_organ_was_charged_with(town: Town) -> None:
    assign(registered(town), ("education", SEPARATE, (1, 2)), ("finance", SEPARATE, (3,)))
    line = Entry.objects.get(action="suggestion.assign")
    named = {label for label, _key, _digest in line.facts}
    assert named == {"suggestions.Act", "suggestions.ItemCharge"}
    assert len(line.facts) == 1 + 3
    assert Act.objects.get(move="assign").data["organs"][1]["items"] == [3]


def test_items_say_the_part_unless_words_are_given(town: Town) -> None:
    story = assign(registered(town), ("education", SEPARATE, (1, 2)), ("finance", SEPARATE, (3,)))
    assert story.part().part == "第1、2条"
    other, items = registered(town, title="关于园舍的建议"), None
    items = asks(other)
    charges = [
        Charge(organ=town.education, role=SEPARATE, part="办学", items=tuple(items[:2])),
        Charge(organ=town.finance, role=SEPARATE, part="经费", items=(items[2],)),
    ]
    services.assign(case=other.case, actor=town.actor("clerk"), at=NOW, organs=charges)
    assert [other.part().part, other.part("finance").part] == ["办学", "经费"]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ([("education", SEPARATE, (1,)), ("finance", SEPARATE, (3,))], "第 2 条没有承办单位"),
        (
            [("education", SEPARATE, (1, 2, 3)), ("finance", SEPARATE, ())],
            "写明每个单位办理哪一部分",
        ),
        ([("education", LEAD, (1,)), ("finance", CO, (2, 3))], "应当承办全部各条"),
        ([("education", SOLE, (1, 2))], "应当承办全部各条"),
    ],
)
def test_what_leaves_a_request_to_nobody_is_refused(
    town: Town, named: list[Named], said: str
) -> None:
    story = registered(town)
    with pytest.raises(Conflict, match=said):
        assign(story, *named)
    story.case.refresh_from_db()
    assert story.case.stage == Stage.REGISTERED
    assert Assignment.objects.count() == ItemCharge.objects.count() == 0


def test_some_with_words_and_some_with_items_leave_the_rest_unclear(town: Town) -> None:
    story = registered(town)
    charges = [
        Charge(organ=town.education, role=SEPARATE, items=tuple(asks(story))),
        Charge(organ=town.finance, role=SEPARATE, part="经费"),
    ]
    with pytest.raises(Conflict, match="承办哪几条"):
        services.assign(case=story.case, actor=town.actor("clerk"), at=NOW, organs=charges)


def test_another_suggestion_s_request_cannot_be_named(town: Town) -> None:
    strange = asks(registered(town, title="关于园舍的建议"))
    story = registered(town)
    charges = [
        Charge(organ=town.education, role=LEAD),
        Charge(organ=town.finance, role=CO, items=(strange[0],)),
    ]
    with pytest.raises(Conflict, match="不是本件建议提出的"):
        services.assign(case=story.case, actor=town.actor("clerk"), at=NOW, organs=charges)


def test_the_database_names_a_request_once(town: Town) -> None:
    story = assign(registered(town), ("education", LEAD, ()), ("finance", CO, (3,)))
    known = ItemCharge.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemCharge(assignment=story.part("finance"), request=known.request, at=NOW).save()


# --- Answering


def separately(town: Town) -> Story:
    story = assign(registered(town), ("education", SEPARATE, (1, 2)), ("finance", SEPARATE, (3,)))
    return story.acknowledged().co_acknowledged()


def test_an_organ_answers_its_own_items_and_no_others(town: Town) -> None:
    story = separately(town)
    with pytest.raises(Conflict, match="第 2 条还没有答复"):
        answer(story, "education", 1, 3)
    answer(story, "education", 1, 2, 3)
    answered = ReplyPoint.objects.filter(reply__file__assignment=story.part())
    assert sorted(answered.values_list("request__ordinal", flat=True)) == [1, 2]


def test_a_text_that_lacks_an_item_is_not_signed(town: Town) -> None:
    """However it came to lie before the head: it is not what was sent, and lacks an answer."""
    story = separately(town)
    answer(story, "education", 1, 2)
    file = story.part().reply_file
    short = Reply(file=file, ordinal=2, outcome_class=story.best_class(), letter_on=TODAY, at=NOW)
    short.save()
    ReplyPoint(reply=short, request=asks(story)[0], answer="已列入。").save()
    with pytest.raises(Conflict, match="与送核时不一致"):
        story.checked()
    said = no_item_is_left(file, {"unanswered": [asks(story)[1]]})
    assert "第 2 条还没有答复" in str(said)


def test_a_whole_life_of_two_organs_each_with_its_part(town: Town) -> None:
    story = separately(town)
    answer(story, "education", 1, 2)
    story.checked().signed().delivered()
    story.case.refresh_from_db()
    assert story.case.stage == Stage.IN_HANDLING
    answer(story, "finance", 3)
    part = story.part("finance")
    services.pass_check(assignment=part, actor=town.actor("fin_checker"), at=NOW)
    services.sign(assignment=part, actor=town.actor("fin_head"), at=NOW)
    services.deliver(assignment=part, actor=town.actor("fin_liaison"), at=NOW)
    story.case.refresh_from_db()
    assert story.case.stage == Stage.REPLIED

    story.rated("NS")
    services.order_rehandling(case=story.case, actor=town.actor("clerk"), at=NOW, why="再办。")
    assert (numbers_of(story, "education"), numbers_of(story, "finance")) == ([1, 2], [3])
    assert story.part().round == 2
    assert list(differences()) == []


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    shares=st.lists(
        st.sampled_from(["education", "finance", "both"]), min_size=1, max_size=6
    ).filter(lambda each: {"education", "finance"} <= {*each} or "both" in each)
)
def test_every_request_is_answered_by_exactly_those_charged(db: None, shares: list[str]) -> None:
    with transaction.atomic():
        town = Town()
        asked = [f"第{number}条要求" for number in range(1, len(shares) + 1)]
        story = registered(town, requests=asked)
        wanted = {
            organ: [n for n, share in enumerate(shares, start=1) if share in (organ, "both")]
            for organ in ("education", "finance")
        }
        assign(story, *((organ, SEPARATE, numbers) for organ, numbers in wanted.items()))
        story.acknowledged().co_acknowledged()
        for organ, numbers in wanted.items():
            for missing in numbers:
                with pytest.raises(DomainError):
                    answer(story, organ, *(n for n in range(1, len(shares) + 1) if n != missing))
            answer(story, organ, *range(1, len(shares) + 1))
            points = ReplyPoint.objects.filter(reply__file__assignment=story.part(organ))
            assert sorted(points.values_list("request__ordinal", flat=True)) == numbers
        transaction.set_rollback(True)


# --- Pages


def shown(reader: Reader, story: Story) -> str:
    return html.unescape(reader.get("case", story.case.key).content.decode())


def test_the_clerk_breaks_it_down_on_the_page_of_the_case(town: Town) -> None:
    story, clerk = registered(town), Reader(town, "clerk")
    page = shown(clerk, story)
    assert 'name="items_2" value="3"' in page
    assert '<details class="fold breakdown">' in page
    said = {
        "organ_1": "省教育厅",
        "role_1": "separate",
        "items_1": ["1", "2"],
        "organ_2": "省财政厅",
        "role_2": "separate",
        "items_2": ["2"],
    }
    answer = clerk.takes(story.case, "assign", **said)
    assert answer.status_code == 409
    again = html.unescape(answer.content.decode())
    assert "第 3 条没有承办单位" in again
    # What was ticked is still ticked.
    assert '<details class="fold breakdown" open>' in again
    assert 'name="items_1" value="2" checked' in again
    done = clerk.takes(story.case, "assign", **{**said, "items_2": ["3"]})
    assert done.status_code == 302
    page = shown(clerk, story)
    assert page.count('<p class="request-charged">') == 3
    assert "第1、2条" in page


def test_ticks_without_an_organ_and_strange_ticks(town: Town) -> None:
    story, clerk = registered(town), Reader(town, "clerk")
    said = {"organ_1": "省教育厅", "role_1": "sole", "items_3": ["1"]}
    answer = clerk.takes(story.case, "assign", **said)
    assert answer.status_code == 422
    assert "请填写单位名称" in html.unescape(answer.content.decode())
    said = {"organ_1": "省教育厅", "role_1": "sole", "items_1": ["99", "x", "9" * 5000]}
    assert clerk.takes(story.case, "assign", **said).status_code == 302
    assert numbers_of(story, "education") == [1, 2, 3]


def test_a_single_request_needs_no_breakdown(town: Town) -> None:
    story = registered(town, requests=["开通接送专线"])
    assert 'name="items_1"' not in shown(Reader(town, "clerk"), story)


def test_more_organs_keep_the_ticks(town: Town) -> None:
    story, clerk = registered(town), Reader(town, "clerk")
    answer = clerk.takes(
        story.case, "assign", act="more", organ_1="省教育厅", items_1=["2"], role_1="separate"
    )
    page = html.unescape(answer.content.decode())
    assert 'name="items_1" value="2" checked' in page
    assert 'name="items_6"' in page


def test_the_form_of_the_reply_asks_for_the_organ_s_own_items(town: Town) -> None:
    story = separately(town)
    page = Reader(town, "fin_handler").get("reply", story.part("finance").key).content.decode()
    keys = [item.key for item in asks(story)]
    assert f"answer_{keys[2]}" in page
    assert f"answer_{keys[0]}" not in page
    said = {"outcome_class": "A", "letter_on": "2020-03-02", "act": "send", "revision": "0"}
    reader = Reader(town, "fin_handler")
    refused = reader.post("reply", story.part("finance").key, said={**said, "opening": "您好"})
    assert refused.status_code == 422
    text = html.unescape(refused.content.decode())
    assert "第 3 条还没有答复" in text
    assert "您好" in text


def test_the_assignment_letter_lists_the_organ_s_items(town: Town) -> None:
    story = assign(registered(town), ("education", LEAD, ()), ("finance", CO, (3,)))
    story.case.refresh_from_db()
    file = read(Scene(actor=town.actor("clerk"), at=NOW, case=story.case))
    said = {}
    for part in file.parts:
        paper = documents.paper(LetterKind.ASSIGNMENT, file, part, link="")
        assert paper is not None
        said[part.organ.name] = [
            block.text for block in paper.blocks if isinstance(block, Paragraph)
        ]
    assert "3．安排园舍建设经费" in said["省财政厅"]
    assert not [line for line in said["省教育厅"] if "承办事项" in line]


def test_many_requests_ask_for_no_more_queries(town: Town) -> None:
    few = assign(registered(town), ("education", LEAD, ()), ("finance", CO, (3,)))
    many = registered(town, title="关于园舍的建议", requests=[f"要求{n}" for n in range(9)])
    assign(many, ("education", LEAD, ()), ("finance", CO, (1, 5, 9)))
    reader = Reader(town, "clerk")
    counted = []
    for story in (few, many):
        reader.get("case", story.case.key)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reader.client.get(reverse("suggestions:case", args=[story.case.key]))
        counted.append(len(queries))
    assert counted[0] == counted[1]
