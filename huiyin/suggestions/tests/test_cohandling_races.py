"""A name given while the text is replaced: it never stands under the other text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from huiyin.accounts.tests.town import NOW, Town
from huiyin.kernel.errors import DomainError, Stale
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions import services
from huiyin.suggestions.models import CoOpinion, Countersignature, OpinionMarked, Reply, ReplyFile
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services import cohandling
from huiyin.suggestions.services.fixed_text import standing_names
from huiyin.suggestions.tests.situations import Story, follow_countersigning
from huiyin.suggestions.tests.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def in_clearance() -> Story:
    town = Town()
    follow_countersigning(town)
    story = Story(town).submitted().registered().assigned().acknowledged()
    return story.co_acknowledged().opinion_given().sent_to_check()


def sign(story: Story, text: str) -> Any:
    return services.countersign(
        assignment=story.part("finance"), actor=story.town.actor("fin_head"), at=NOW, text=text
    )


def rewrite(story: Story) -> Any:
    part = story.part()
    services.send_back(
        assignment=part, actor=story.town.actor("edu_checker"), at=NOW, why="补充数据。"
    )
    return services.send_to_check(
        assignment=part,
        actor=story.town.actor("edu_handler"),
        at=NOW,
        text=replace(story.reply_text(), opening="另一开头。"),
    )


def under_the_present_text() -> list[str]:
    return [each.reply.opening for each in standing_names(ReplyFile.objects.get())]


def test_signed_while_the_text_is_replaced() -> None:
    story = in_clearance()
    seen = story.text_in_clearance()

    results = at_once(lambda: sign(story, seen), lambda: rewrite(story))

    assert not isinstance(results[1], DomainError)
    assert Reply.objects.count() == 2
    # Whoever came first: the name was given to the first text, or to none.
    assert under_the_present_text() == []
    assert set(Countersignature.objects.values_list("reply__key", flat=True)) <= {seen}
    assert list(differences()) == []
    assert verify_chain(story.town.congress.key) == []


def test_control_without_the_key_of_the_text_an_unseen_one_is_signed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = in_clearance()
    seen = story.text_in_clearance()
    rewrite(story)
    with pytest.raises(Stale):
        sign(story, seen)
    monkeypatch.setattr(cohandling, "require_same_text", lambda _reply, _text: None)
    sign(story, seen)
    assert under_the_present_text() == ["另一开头。"]


def test_returned_by_two_colleagues_at_once() -> None:
    town = Town()
    story = Story(town).submitted().registered().assigned().acknowledged()
    part = story.co_acknowledged().opinion_given().part("finance")

    def give_back(who: str) -> Any:
        return services.return_opinion(
            assignment=part, actor=town.actor(who), at=NOW, why="没有金额。"
        )

    results = at_once(lambda: give_back("edu_handler"), lambda: give_back("edu_liaison"))

    assert len([each for each in results if isinstance(each, DomainError)]) == 1
    assert story.case.acts.filter(move="return_opinion").count() == 1
    assert list(differences()) == []


def test_marked_while_another_sends_the_reply() -> None:
    """The text states the mark that stood when it was fixed, and no later one is taken."""
    town = Town()
    story = Story(town).submitted().registered().assigned().acknowledged()
    story.co_acknowledged().opinion_given().opinions_marked().heard()
    part, lead = story.part("finance"), story.part()
    text = story.reply_text()

    at_once(
        lambda: services.mark_opinion(
            assignment=part,
            actor=town.actor("edu_liaison"),
            at=NOW,
            mark="partly",
            reason="采纳资金部分。",
        ),
        lambda: services.send_to_check(
            assignment=lead, actor=town.actor("edu_handler"), at=NOW, text=text
        ),
    )

    last = OpinionMarked.objects.filter(opinion=CoOpinion.objects.get()).latest("pk")
    assert Reply.objects.get().co_statements.get().marked == last
    assert list(differences()) == []
