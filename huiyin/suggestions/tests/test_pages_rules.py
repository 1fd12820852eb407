"""The rules pages: what holds and from where, changing it, its history, open cases."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.ids import new_key
from huiyin.organisations.models import RuleChoice
from huiyin.organisations.selectors import rulebook_for
from huiyin.rulebook import PARAMETERS
from huiyin.rulebook.controls import Control, control
from huiyin.rulebook.wording import label
from huiyin.suggestions import services
from huiyin.suggestions.models import RulesApplied, RulesDecision, Suggestion
from huiyin.suggestions.new_rules import plan
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.tests.cases import HIDDEN, Reader, town_of_pages
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)
GROUNDS = {
    "valid_from": "2020年3月3日",
    "decided_by": "省人大常委会主任会议",
    "decided_on": "2020-03-01",
    "basis": "岳常办发〔2020〕9号",
}


@pytest.fixture
def town(settings: Any) -> Town:
    return town_of_pages(settings)


@pytest.fixture
def clerk(town: Town) -> Reader:
    return Reader(town, "clerk")


def page(answer: Any) -> str:
    return str(answer.content.decode())


def last() -> RuleChoice:
    choice = RuleChoice.objects.order_by("-pk").first()
    assert choice
    return choice


def send(clerk: Reader, key: str, act: str = "do", **said: Any) -> Any:
    """Fill in the form for one value as the page gives it."""
    return clerk.post(
        "rules_value", key, said={**GROUNDS, "follows": last().key, "act": act, **said}
    )


def value(town: Town, key: str, *, on: date = TOMORROW) -> Any:
    return rulebook_for(congress=town.congress, on=on).cite(key).value


def handled(town: Town, **text: object) -> Suggestion:
    case = Story(town, **text).submitted().registered().assigned().case
    return Suggestion.objects.get(pk=case.pk)


# --- What holds


def test_every_parameter_stands_there_in_words_with_its_source(clerk: Reader) -> None:
    shown = page(clerk.get("rules"))

    for key in PARAMETERS:
        assert label(key).zh in shown, key
        assert f">{key}<" not in shown
    for said in ("3个月（自交办之日起）", "《代表法》", "已读原文", "节录", "本系统默认"):
        assert said in shown
    # The quoted text can be opened.
    assert "湖南省七类" in shown
    assert "A1 已经解决或采纳" in shown


def test_the_page_speaks_english(town: Town, clerk: Reader) -> None:
    clerk.client.post("/language/", {"language": "en"})

    shown = page(clerk.get("rules"))

    assert "3 months from assignment" in shown
    assert "Full text read" in shown


def test_who_reads_is_not_offered_to_change(town: Town) -> None:
    for who in ("leader", "committee"):
        shown = page(Reader(town, who).get("rules"))
        assert "/settings/rules/value/" not in shown
        assert "/settings/rules/open-cases/" not in shown


def test_what_is_our_own_is_marked_with_who_decided_it(clerk: Reader) -> None:
    send(clerk, "reply.limit", count="2", unit="months")
    shown = page(clerk.get("rules"))
    # It begins tomorrow: today only its coming is told.
    assert "3个月（自交办之日起）" in shown
    assert "已决定自2020年3月3日起变更规则" in shown

    line = page(clerk.get("rules_history"))
    for said in ("3个月（自交办之日起）", "2个月（自交办之日起）", "陈思源", "岳常办发〔2020〕9号"):
        assert said in line


def test_the_own_value_is_shown_from_its_day_on(town: Town, clerk: Reader, settings: Any) -> None:
    send(clerk, "reply.limit", count="2", unit="months")
    settings.HUIYIN_TODAY = TOMORROW

    row = re.search(r'<tr role="row" class="rule-own">.*?</tr>', page(clerk.get("rules")), re.S)

    assert row
    for said in ("2个月（自交办之日起）", "本级自定", "省人大常委会主任会议", "2020年3月3日"):
        assert said in row[0]


# --- Changing one value


KINDS: dict[str, tuple[dict[str, Any], Any]] = {
    "reply.limit": ({"count": "45", "unit": "working_days"}, "45 working days"),
    "contact.limit": ({"count": "20", "unit": "days"}, "20 days"),
    "return.limit": ({"count": "", "unit": "none"}, "none"),
    "return.deputy_may_object": ({"value": "no"}, False),
    "lights.near_due_days": ({"value": "10"}, 10),
    "session.organ_report_by": ({"month": "8", "day": "31"}, "08-31"),
    "reply.signer": ({"value": "main_head"}, "main_head"),
    "classes.scheme": ({"value": "national-4"}, "national-4"),
    "rehandle.dimensions": ({"value": ["attitude", "result"]}, ["attitude", "result"]),
}


@pytest.mark.parametrize("key", KINDS)
def test_a_value_of_each_kind_is_changed(town: Town, clerk: Reader, key: str) -> None:
    said, written = KINDS[key]
    before = value(town, key, on=TODAY)

    preview = send(clerk, key, "preview", **said)
    assert preview.status_code == 200
    assert "变更内容" in page(preview)
    assert RuleChoice.objects.count() == 1

    done = send(clerk, key, **said)
    assert done.status_code == 302
    assert last().overrides == {key: written}
    assert value(town, key) != before
    assert value(town, key, on=TODAY) == before


def test_every_kind_of_value_was_tried() -> None:
    assert {control(PARAMETERS[key]) for key in KINDS} == set(Control)


@pytest.mark.parametrize("key", PARAMETERS)
def test_every_parameter_has_its_form(clerk: Reader, key: str) -> None:
    """What the form shows first is what holds: sent back as it is, nothing changes."""
    answer = clerk.get("rules_value", key)
    shown = page(answer)

    assert answer.status_code == 200
    assert label(key).zh in shown
    form = answer.context["form"]
    said = {
        name: first
        for name in form.fields
        if (first := form.get_initial_for_field(form.fields[name], name)) not in (None, "")
    }
    sent = clerk.post("rules_value", key, said={**GROUNDS, **_plain(said), "act": "preview"})
    assert sent.status_code == 200, sent.context["form"].errors
    assert sent.context["preview"] == []


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in said.items() if name not in GROUNDS}


def test_several_changes_may_begin_on_one_day_and_each_keeps_its_basis(
    town: Town, clerk: Reader
) -> None:
    send(clerk, "reply.limit", count="2", unit="months")
    send(clerk, "acknowledge.limit", count="3", unit="days", basis="岳常办发〔2020〕10号")

    rules = rulebook_for(congress=town.congress, on=TOMORROW)

    assert (rules.reply.limit.count, rules.acknowledge.limit.count) == (2, 3)
    assert rules.cite("reply.limit").source.text.zh == "岳常办发〔2020〕9号"
    assert rules.cite("acknowledge.limit").source.text.zh == "岳常办发〔2020〕10号"


def test_an_own_value_can_be_given_up(town: Town, clerk: Reader) -> None:
    send(clerk, "reply.limit", count="2", unit="months")
    assert "按规则包：3个月（自交办之日起）" in page(clerk.get("rules_value", "reply.limit"))

    send(clerk, "reply.limit", origin="pack", count="2", unit="months")

    assert last().overrides == {}
    assert value(town, "reply.limit").count == 3


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("reply.limit", {"count": "2", "unit": "months", "basis": ""}, "id_basis_error"),
    ("reply.limit", {"count": "2", "unit": "months", "decided_by": " "}, "id_decided_by_error"),
    ("reply.limit", {"count": "2", "unit": "months", "valid_from": ""}, "id_valid_from_error"),
    ("reply.limit", {"count": "2", "unit": "months", "valid_from": "2020-02-30"}, "2月"),
    ("reply.limit", {"count": "2", "unit": "months", "valid_from": "2019-12-31"}, "不得早于"),
    ("reply.limit", {"count": "2", "unit": "months", "decided_on": "2020-03-09"}, "还没有到"),
    ("reply.limit", {"count": "0", "unit": "months"}, "id_count_error"),
    ("reply.limit", {"count": "", "unit": "months"}, "id_count_error"),
    ("reply.limit", {"count": "61", "unit": "months"}, "最多60"),
    ("reply.limit", {"count": "2", "unit": "none"}, "id_unit_error"),
    ("reply.limit", {"count": "7", "unit": "months"}, "请核对两个期限"),
    ("return.counts_from", {"value": "delivery"}, "id_value_error"),
    ("session.organ_report_by", {"month": "2", "day": "30"}, "没有这一天"),
    ("lights.near_due_days", {"value": "91"}, "id_value_error"),
    ("rehandle.dimensions", {"value": []}, "id_value_error"),
]


@pytest.mark.parametrize("act", ["preview", "do"])
@pytest.mark.parametrize(("key", "said", "complaint"), WRONG)
def test_what_cannot_be_is_refused_beside_its_field(
    clerk: Reader, key: str, said: dict[str, Any], complaint: str, act: str
) -> None:
    answer = send(clerk, key, act, **said)

    assert answer.status_code == 422
    assert complaint in page(answer)
    assert RuleChoice.objects.count() == 1


def test_keys_of_parameters_never_reach_the_reader(clerk: Reader) -> None:
    answer = send(clerk, "reply.limit", count="7", unit="months")

    assert "“涉及面广、处理难度大的答复期限”短于“答复期限”。" in page(answer)


def test_a_form_sent_twice_acts_once(clerk: Reader) -> None:
    form = {"once": new_key(), "count": "2", "unit": "months", "follows": last().key}

    answers = [send(clerk, "reply.limit", **form) for _each in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert RuleChoice.objects.count() == 2


def test_a_page_that_is_out_of_date_changes_nothing(town: Town, clerk: Reader) -> None:
    before = last().key
    send(clerk, "acknowledge.limit", count="3", unit="days")

    late = Reader(town, "second_clerk")
    answer = send(late, "reply.limit", count="2", unit="months", follows=before)

    assert answer.status_code == 409
    assert "其他人刚刚变更了规则" in page(answer)
    assert "reply.limit" not in last().overrides


def test_no_such_parameter(clerk: Reader) -> None:
    assert clerk.get("rules_value", "reply.colour").status_code == 404


# --- Choosing a pack


def test_another_pack_is_looked_at_then_chosen(town: Town, clerk: Reader) -> None:
    send(clerk, "reply.limit", count="2", unit="months")
    said = {**GROUNDS, "follows": last().key, "pack": "national"}

    preview = page(clerk.post("rules_pack", said={**said, "keep": "on", "act": "preview"}))
    assert "答复分类" in preview
    assert "湖南省七类" in preview

    clerk.post("rules_pack", said={**said, "keep": "on", "act": "do"})
    assert (last().pack, last().overrides) == ("national", {"reply.limit": "2 months"})

    clerk.post("rules_pack", said={**said, "follows": last().key, "act": "do"})
    assert (last().pack, last().overrides) == ("national", {})


def test_a_pack_that_is_not_there_is_not_chosen(clerk: Reader) -> None:
    said = {**GROUNDS, "follows": last().key, "pack": "atlantis", "act": "do"}

    assert clerk.post("rules_pack", said=said).status_code == 422


# --- Open cases


def later(settings: Any) -> None:
    settings.HUIYIN_TODAY = TOMORROW


def listed(clerk: Reader) -> dict[str, str]:
    return dict(HIDDEN.findall(page(clerk.get("rules_open"))))


def test_open_cases_are_listed_with_both_dates_and_brought_along(
    town: Town, clerk: Reader, settings: Any
) -> None:
    case = handled(town)
    closed = Story(town, title="关于湖的建议").replied().rated("S").case
    send(clerk, "reply.limit", count="2", unit="months")
    later(settings)
    shown = page(clerk.get("rules_open"))

    assert case.title in shown
    assert "关于湖的建议" not in shown
    assert re.search(r"<del>2020年6月2日</del>.*<ins>2020年5月2日</ins>", shown)

    answer = clerk.post(
        "rules_open", said={"mark": listed(clerk)["mark"], "reason": "主任会议决定"}
    )

    decision = RulesDecision.objects.get()
    assert answer.status_code == 302
    assert answer.url.endswith(f"/settings/rules/decision/{decision.key}/")
    case.refresh_from_db()
    closed.refresh_from_db()
    assert (case.due_on, closed.first_due_on) == (date(2020, 5, 2), date(2020, 6, 2))
    assert list(differences()) == []
    after = page(clerk.client.get(answer.url))
    for said in (case.title, "2020年6月2日", "2020年5月2日", "主任会议决定", "陈思源"):
        assert said in after
    assert "1 件在办建议改按现行规则办理" in page(clerk.get("rules_history"))
    assert "改按现行规则办理" in page(clerk.get("case", case.key))
    assert "都已按现行规则办理" in page(clerk.get("rules_open"))


def test_a_decision_without_reason_and_one_on_an_old_list_change_nothing(
    town: Town, clerk: Reader, settings: Any
) -> None:
    handled(town)
    send(clerk, "reply.limit", count="2", unit="months")
    later(settings)
    mark = listed(clerk)["mark"]

    silent = clerk.post("rules_open", said={"mark": mark, "reason": " "})
    handled(town, title="关于桥的建议")
    stale = clerk.post("rules_open", said={"mark": mark, "reason": "决定"})

    assert (silent.status_code, stale.status_code) == (422, 409)
    assert "关于桥的建议" in page(stale)
    assert mark not in page(stale)
    assert not RulesApplied.objects.exists()


def test_a_decision_sent_twice_is_taken_once(town: Town, clerk: Reader, settings: Any) -> None:
    handled(town)
    send(clerk, "reply.limit", count="2", unit="months")
    later(settings)
    said = {"mark": listed(clerk)["mark"], "reason": "决定", "once": new_key()}

    answers = [clerk.post("rules_open", said=said) for _each in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert RulesDecision.objects.count() == 1


def test_holders_read_of_their_own_cases_alone(town: Town, clerk: Reader, settings: Any) -> None:
    case = handled(town)
    Story(town, title="关于桥的建议").submitted()
    send(clerk, "reply.limit", count="2", unit="months")
    later(settings)
    at = NOW + timedelta(days=1)
    mark = plan(town.congress, on=TOMORROW).mark
    decision, _changed = services.apply_rules(
        congress=town.congress, mark=mark, why="决定", actor=town.actor("clerk"), at=at
    )

    organ = page(Reader(town, "edu_liaison").get("rules_decision", decision.key))
    leader = page(Reader(town, "leader").get("rules_decision", decision.key))

    assert case.title in organ
    assert "关于桥的建议" not in organ
    assert "另有 1 件不在您的查看范围内" in leader
    assert Reader(town, "zhou").get("rules_decision", decision.key).status_code == 404
    assert Reader(town, "clerk").get("rules_decision", new_key()).status_code == 404
