"""Classes as checked claims (M9, T070): proof with the class, no change of class once rated."""

from __future__ import annotations

import html
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Conflict, DomainError
from huiyin.organisations.models import RuleChoice
from huiyin.outbox.models import Notice
from huiyin.suggestions import selectors, services
from huiyin.suggestions.claims import Claim
from huiyin.suggestions.models import ClassClaim, Reply, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.services.replying import ReplyText
from huiyin.suggestions.tests.cases import Reader, town_of_pages
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db
# Assigned on 2 March 2020: three years end with 2 March 2023.
LAST_DAY = date(2023, 3, 2)


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Any) -> Town:
    settings.HUIYIN_HOME = tmp_path
    return town_of_pages(settings)


@pytest.fixture
def story(town: Town) -> Story:
    return Story(town).submitted().registered().assigned().acknowledged().heard()


def send(
    story: Story,
    code: str,
    claim: Claim,
    *,
    via: str = Via.PAGE,
    confirmed: tuple[str, ...] = (),
    **said: Any,
) -> None:
    whole = story.heard().reply_text()
    answers = said.pop("answers", whole.answers)
    services.send_to_check(
        assignment=story.part(),
        actor=story.town.actor("edu_handler"),
        at=NOW,
        via=via,
        text=ReplyText(
            outcome_class=code,
            letter_on=TODAY,
            answers=answers,
            claim=claim,
            confirmed=confirmed,
            **said,
        ),
    )


LACKING = {
    "A1 without anything": ("A1", Claim(), "办成了什么"),
    "A1 without a document": ("A1", Claim(evidence="已经开工。"), "佐证材料"),
    "A2 without a day": ("A2", Claim(), "本年度内的日期"),
    "A2 next year": ("A2", Claim(promised_on=date(2021, 1, 1)), "2020年12月31日"),
    "A2 in the past": ("A2", Claim(promised_on=date(2020, 3, 1)), "已过"),
    "A3 without the rule": ("A3", Claim(), "依据"),
    "B1 without a day": ("B1", Claim(), "办成日期"),
    "B1 beyond three years": ("B1", Claim(promised_on=date(2023, 3, 3)), "2023年3月2日"),
    "B2 without the plan": ("B2", Claim(promised_on=date(2025, 12, 31)), "规划或者计划的名称"),
    "B2 without a day": ("B2", Claim(plan="学前教育规划"), "完成日期"),
    "C1 without a ground": ("C1", Claim(ground="  "), "依据"),
    "C2 without a ground": ("C2", Claim(evidence="无关"), "依据"),
}
WHOLE = {
    "A1": Claim(evidence="两所幼儿园已经开园。", source="岳教发〔2020〕12号"),
    "A2": Claim(promised_on=date(2020, 12, 31)),
    "A3": Claim(ground="《幼儿园工作规程》第七条"),
    "B1": Claim(promised_on=LAST_DAY),
    "B2": Claim(plan="学前教育规划", promised_on=date(2030, 12, 31)),
    "C1": Claim(ground="待国家标准公布。"),
    "C2": Claim(ground="《土地管理法》第四十四条"),
}


@pytest.mark.parametrize("case", LACKING)
def test_a_class_without_its_proof_is_refused_with_its_rule(story: Story, case: str) -> None:
    code, claim, said = LACKING[case]
    with pytest.raises(Conflict) as refused:
        send(story, code, claim)
    assert said in str(refused.value)
    assert not Reply.objects.exists()


@pytest.mark.parametrize("code", WHOLE)
def test_a_class_with_its_proof_goes_on_and_is_kept(story: Story, code: str) -> None:
    send(story, code, WHOLE[code])
    kept = ClassClaim.objects.get()
    assert (kept.outcome_class, kept.ordinal) == (code, 1)
    assert kept.promised_on == WHOLE[code].promised_on


def test_a_refusal_of_a_day_names_where_the_rule_is_written(story: Story) -> None:
    with pytest.raises(Conflict) as refused:
        send(story, "B1", Claim(promised_on=date(2024, 1, 1)))
    assert "关于2020年省人大代表建议督办工作情况的汇报" in str(refused.value)


def test_only_what_the_class_asks_for_is_kept(story: Story) -> None:
    send(story, "C2", Claim(ground="《土地管理法》第四十四条", evidence="旧稿", plan="旧稿"))
    kept = ClassClaim.objects.get()
    assert (kept.evidence, kept.plan, kept.ground) == ("", "", "《土地管理法》第四十四条")


def test_three_years_run_from_the_first_assignment(town: Town) -> None:
    story = Story(town).replied().rated("NS")
    story.acknowledged()
    with pytest.raises(Conflict):
        send(story, "B1", Claim(promised_on=date(2023, 3, 3)))
    send(story, "B1", Claim(promised_on=LAST_DAY))


def test_four_classes_are_held_alike(settings: Any) -> None:
    settings.HUIYIN_TODAY = TODAY
    story = Story(Town()).submitted().registered().assigned().acknowledged()
    for code, claim in {"A": Claim(), "B": Claim(plan="规划"), "D": Claim()}.items():
        with pytest.raises(Conflict):
            send(story, code, claim)
    send(story, "B", WHOLE["B2"])


def test_a_congress_may_do_without_proof(town: Town) -> None:
    RuleChoice.objects.create(
        congress=town.congress,
        pack="hunan",
        valid_from=date(2020, 2, 1),
        overrides={"classes.proof": False},
        decided_by="主任会议",
        decided_on=date(2020, 1, 20),
        basis="岳常办发〔2020〕6号",
    )
    story = Story(town).submitted().registered().assigned().acknowledged()
    send(story, "A1", Claim())
    assert not ClassClaim.objects.exists()


def test_paper_knew_no_proofs_and_is_shown_as_lacking(town: Town, story: Story) -> None:
    send(story, "A1", Claim(), via=Via.PAPER)
    story.checked().signed().delivered()
    assert not ClassClaim.objects.exists()
    rows = Suggestion.objects.filter(selectors.POPULATIONS["class_unproven"])
    assert rows.get() == story.case
    page = html.unescape(Reader(town, "lin").get("case", story.case.key).content.decode())
    assert "该类别未附证明" in page
    listed = Reader(town, "clerk").get("list", set="class_unproven").content.decode()
    assert story.case.title in listed


def test_a_class_with_its_proof_is_not_lacking(town: Town, story: Story) -> None:
    send(story, "B1", WHOLE["B1"])
    story.checked().signed().delivered()
    assert not Suggestion.objects.filter(selectors.POPULATIONS["class_unproven"]).exists()
    page = html.unescape(Reader(town, "lin").get("case", story.case.key).content.decode())
    assert "2023年3月2日" in page


WRONG: dict[str, dict[str, Any]] = {
    "evidence alone": {"proof": "evidence", "evidence": "已办"},
    "evidence without words": {"proof": "evidence", "source": "文件"},
    "no day": {"proof": "near_term", "latest_on": LAST_DAY},
    "no bound": {"proof": "near_term", "promised_on": LAST_DAY},
    "beyond the bound": {
        "proof": "near_term",
        "promised_on": date(2023, 3, 3),
        "latest_on": LAST_DAY,
    },
    "a plan without a name": {"proof": "plan", "promised_on": LAST_DAY},
    "no ground": {"proof": "ground"},
    "an unknown proof": {"proof": "promise", "ground": "有"},
    "no class": {"proof": "ground", "ground": "有", "outcome_class": ""},
}


@pytest.mark.parametrize("case", WRONG)
def test_the_database_refuses_a_claim_that_proves_nothing(story: Story, case: str) -> None:
    send(story, "C1", WHOLE["C1"])
    said = {"outcome_class": "C1", "ordinal": 2, "at": NOW, **WRONG[case]}
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassClaim(reply=Reply.objects.get(), **said).save()


# --- Correcting a class


def correct(story: Story, code: str = "B1", *, who: str = "edu_head", why: str = "误标。") -> None:
    services.reclassify(
        assignment=story.part(),
        actor=story.town.actor(who),
        at=NOW,
        outcome_class=code,
        claim=WHOLE[code],
        why=why,
    )


def delivered(story: Story) -> Story:
    send(story, "A1", WHOLE["A1"])
    return story.checked().signed().delivered()


def test_before_the_rating_it_is_corrected_on_record_and_the_deputy_is_told(
    town: Town, story: Story
) -> None:
    delivered(story)
    correct(story)
    story.case.refresh_from_db()
    assert story.case.outcome_class == "B1"
    assert [each.outcome_class for each in ClassClaim.objects.order_by("ordinal")] == ["A1", "B1"]
    assert Notice.objects.filter(person=town.person("lin"), event="reply.reclassify").exists()
    assert list(differences()) == []
    page = html.unescape(Reader(town, "lin").get("case", story.case.key).content.decode())
    assert "省教育厅将答复类别由A1更正为B1" in page
    assert "更正前：A1类" in page and "误标。" in page
    correct(story, "C1")
    story.case.refresh_from_db()
    assert story.case.outcome_class == "C1"


def test_while_another_organ_still_answers_a_class_is_corrected(town: Town) -> None:
    story = Story(town).submitted().registered()
    services.assign(
        case=story.case,
        actor=town.actor("clerk"),
        at=NOW,
        organs=[
            Charge(organ=town.education, role="separate", part="办学"),
            Charge(organ=town.finance, role="separate", part="经费"),
        ],
    )
    delivered(story.acknowledged())
    correct(story)
    story.case.refresh_from_db()
    assert story.case.outcome_class == "B1"


def test_after_the_rating_no_class_is_changed(story: Story) -> None:
    delivered(story).rated("S")
    with pytest.raises(Conflict):
        correct(story)
    story.case.refresh_from_db()
    assert story.case.outcome_class == "A1"


def test_the_class_of_an_earlier_round_stays_as_rated(town: Town, story: Story) -> None:
    part = delivered(story).part()
    story.rated("NS")
    with pytest.raises(Conflict):
        services.reclassify(
            assignment=part,
            actor=town.actor("edu_head"),
            at=NOW,
            outcome_class="B1",
            claim=WHOLE["B1"],
            why="误标。",
        )


def test_a_correction_needs_its_proof_a_reason_another_class_and_the_head(story: Story) -> None:
    delivered(story)
    for code, claim, who, why in (
        ("B1", Claim(), "edu_head", "误标。"),
        ("B1", WHOLE["B1"], "edu_head", "  "),
        ("A1", WHOLE["A1"], "edu_head", "误标。"),
        ("Z9", WHOLE["A1"], "edu_head", "误标。"),
        ("B1", WHOLE["B1"], "edu_handler", "误标。"),
        ("B1", WHOLE["B1"], "clerk", "误标。"),
        ("B1", WHOLE["B1"], "lin", "误标。"),
    ):
        with pytest.raises(DomainError):
            services.reclassify(
                assignment=story.part(),
                actor=story.town.actor(who),
                at=NOW,
                outcome_class=code,
                claim=claim,
                why=why,
            )
    assert ClassClaim.objects.count() == 1


def test_before_delivery_another_class_needs_a_new_text(story: Story) -> None:
    send(story, "A1", WHOLE["A1"])
    with pytest.raises(Conflict):
        correct(story)


def test_it_is_corrected_from_its_page(town: Town, story: Story) -> None:
    delivered(story)
    head = Reader(town, "edu_head")
    said = {"outcome_class": "B1", "reason": "误标。", "promised_on": "2023-03-03"}
    wrong = head.takes_on(story.part(), "reclassify", **said)
    assert wrong.status_code == 422
    assert "2023年3月2日" in wrong.content.decode()
    right = head.takes_on(story.part(), "reclassify", **{**said, "promised_on": "2023-03-02"})
    assert right.status_code == 302
    story.case.refresh_from_db()
    assert story.case.outcome_class == "B1"


# --- The text looked through


def test_a_blank_or_another_deputy_s_name_is_not_sent(story: Story) -> None:
    for opening in ("周海平代表：您好", "您提出的第99号建议收悉", "关于投入××万元"):
        with pytest.raises(Conflict):
            send(story, "A1", WHOLE["A1"], opening=opening)
    send(story, "A1", WHOLE["A1"], opening="林晓岚代表：您好，第0001号建议收悉。")


def test_a_doubtful_place_is_confirmed_and_kept_with_the_text(story: Story) -> None:
    answers = dict.fromkeys(story.reply_text().answers, "我厅将认真研究。")
    with pytest.raises(Conflict) as refused:
        send(story, "A1", WHOLE["A1"], answers=answers)
    assert "将认真研究" in str(refused.value)
    send(story, "A1", WHOLE["A1"], answers=answers, confirmed=("empty_phrase:将认真研究",))
    act = story.case.acts.get(move="send_to_check")
    assert [each["text"] for each in act.data["confirmed"]] == ["将认真研究"]


def test_a_merged_number_is_no_fault(town: Town) -> None:
    story = Story(town).submitted().registered().merged().assigned().acknowledged()
    send(story, "A1", WHOLE["A1"], opening="第0001号、第0002号建议收悉。")


def test_a_congress_may_do_without_the_look_through(town: Town) -> None:
    RuleChoice.objects.create(
        congress=town.congress,
        pack="hunan",
        valid_from=date(2020, 2, 1),
        overrides={"clearance.text_checks": False},
        decided_by="主任会议",
        decided_on=date(2020, 1, 20),
        basis="岳常办发〔2020〕6号",
    )
    story = Story(town).submitted().registered().assigned().acknowledged()
    send(story, "A1", WHOLE["A1"], opening="投入××万元，将认真研究。")


# --- The drafting page


def typed(story: Story, *answers: str, **said: str) -> dict[str, str]:
    requests = story.case.versions.latest("ordinal").requests.all()
    texts = answers or ("已经开工。", "已经开通。")
    boxes = {f"answer_{item.key}": text for item, text in zip(requests, texts, strict=True)}
    around = {"outcome_class": "A1", "letter_on": "2020-03-02", "revision": "0", "act": "send"}
    return {**around, **boxes, **said}


def test_the_page_asks_for_every_proof_under_its_classes(town: Town, story: Story) -> None:
    page = html.unescape(
        Reader(town, "edu_handler").get("reply", story.part().key).content.decode()
    )
    for words in ("标注A1类的", "标注A2、B1、B2类的", "标注B2类的", "标注A3、C1、C2类的"):
        assert words in page
    assert page.count('data-proof="evidence"') == 1
    assert "最迟为2023年3月2日" in page


def test_what_the_class_lacks_stands_beside_its_field_and_nothing_is_lost(
    town: Town, story: Story
) -> None:
    said = typed(story, evidence="两所幼儿园已经开园。")
    answer = Reader(town, "edu_handler").post("reply", story.part().key, said=said)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert "附佐证材料或者列出文件、网址" in page
    assert "两所幼儿园已经开园。" in page
    assert not Reply.objects.exists()
    whole = typed(story, evidence="已经开园。", source="岳教发〔2020〕12号")
    assert (
        Reader(town, "edu_handler").post("reply", story.part().key, said=whole).status_code == 302
    )
    assert ClassClaim.objects.get().source == "岳教发〔2020〕12号"


def test_doubts_are_shown_while_writing_and_a_tick_confirms_these_alone(
    town: Town, story: Story
) -> None:
    handler, key = Reader(town, "edu_handler"), story.part().key
    proof = {"evidence": "已经开园。", "source": "岳教发〔2020〕12号"}
    first = typed(story, "我厅将认真研究。", "已经开通。", **proof)
    assert handler.post("reply", key, said={**first, "act": "save"}).status_code == 302
    shown = handler.get("reply", key).content.decode()
    assert "<mark>将认真研究</mark>" in shown
    first["revision"] = "1"
    asked = handler.post("reply", key, said=first)
    assert asked.status_code == 422
    page = asked.content.decode()
    mark = page.split('name="confirmed_of" value="')[1].split('"')[0]
    # The tick stood beside one place; another one was typed since.
    more = {**first, **typed(story, "我厅将认真研究。", "适时启动。", **proof), "revision": "1"}
    ticked = {"confirmed": "on", "confirmed_of": mark}
    assert handler.post("reply", key, said={**more, **ticked}).status_code == 422
    assert handler.post("reply", key, said={**first, **ticked}).status_code == 302
    page = html.unescape(Reader(town, "edu_checker").get("reply", key).content.decode())
    assert "送核人确认保留" in page
