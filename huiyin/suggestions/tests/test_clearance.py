"""Levels of clearance (三级、四级核稿): in order, one person one level, each bound to its text."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from huiyin.accounts.models import Role, Standing
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.documents import storage
from huiyin.documents.models import Attachment
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotPermitted, Stale
from huiyin.ledger import triggers
from huiyin.ledger.models import Entry
from huiyin.organisations.models import RuleChoice
from huiyin.outbox.models import Notice
from huiyin.suggestions import duties, services
from huiyin.suggestions.clearance import levels_of
from huiyin.suggestions.models import (
    ClassClaim,
    ClearanceLevel,
    ClearanceSetting,
    CoStatement,
    Reply,
    ReplyFile,
    ReplyPoint,
)
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services.attaching import attach_to_reply
from huiyin.suggestions.services.fixed_text import present_digest
from huiyin.suggestions.services.levels import NewLevel
from huiyin.suggestions.stages import ReplyStage
from huiyin.suggestions.tests.cases import Reader
from huiyin.suggestions.tests.situations import Story
from huiyin.suggestions.tests.test_pages_writing import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Any) -> Town:
    settings.HUIYIN_HOME = tmp_path
    settings.HUIYIN_TODAY = TODAY
    return Town()


def four_levels(town: Town) -> None:
    """处室、办公室、分管领导 each by name; the main head signs."""
    office = {"organ": town.education}
    town.hire("edu_division", name="周恒", role=Role.CHECKER, **office)
    town.hire("edu_deputy_head", name="吴蔚", role=Role.HEAD, **office)
    services.set_levels(
        actor=town.actor("edu_liaison"),
        at=NOW,
        valid_from=TODAY,
        levels=[
            NewLevel(name="处室负责人", role=Role.CHECKER, holder=town.post("edu_division")),
            NewLevel(name="办公室", role=Role.CHECKER, holder=town.post("edu_checker")),
            NewLevel(name="分管领导", role=Role.HEAD, holder=town.post("edu_deputy_head")),
            NewLevel(name="主要负责人", role=Role.HEAD, holder=town.post("edu_head")),
        ],
    )


def clearing_story(town: Town) -> Story:
    return Story(town).submitted().registered().assigned().acknowledged().sent_to_check()


def passes(story: Story, who: str) -> None:
    services.pass_check(assignment=story.part(), actor=story.town.actor(who), at=NOW)


def signs(story: Story, who: str) -> None:
    services.sign(assignment=story.part(), actor=story.town.actor(who), at=NOW)


def sends_back(story: Story, who: str) -> None:
    services.send_back(
        assignment=story.part(), actor=story.town.actor(who), at=NOW, why="请补充数据。"
    )


def file_of(story: Story) -> ReplyFile:
    return ReplyFile.objects.get(assignment=story.part())


FOUR = ("edu_division", "edu_checker", "edu_deputy_head", "edu_head")


# --- In order


def test_a_reply_goes_through_four_levels_in_order_and_nobody_jumps(town: Town) -> None:
    four_levels(town)
    story = clearing_story(town)
    for number, who in enumerate(FOUR[:3], start=1):
        own = file_of(story)
        assert (own.level, own.level_count) == (number, 4)
        assert own.waits_post == town.post(who).key
        for other in FOUR:
            if other != who:
                with pytest.raises(DomainError):
                    passes(story, other)
            with pytest.raises(DomainError):
                signs(story, other)
        passes(story, who)
        assert list(differences()) == []
    with pytest.raises(Conflict):
        signs(story, "edu_deputy_head")
    signs(story, "edu_head")
    assert file_of(story).stage == ReplyStage.SIGNED
    assert file_of(story).level == 0
    assert list(differences()) == []


def test_a_send_back_at_the_last_level_voids_every_level(town: Town) -> None:
    four_levels(town)
    story = clearing_story(town)
    for who in FOUR[:3]:
        passes(story, who)
    sends_back(story, "edu_head")
    assert (file_of(story).level, file_of(story).levels) == (0, [])
    story.sent_to_check()
    assert file_of(story).level == 1
    with pytest.raises(Conflict):
        passes(story, "edu_deputy_head")
    for who in FOUR[:3]:
        passes(story, who)
    signs(story, "edu_head")
    sends_back(story, "edu_head")
    with pytest.raises(DomainError):
        services.deliver(assignment=story.part(), actor=town.actor("edu_liaison"), at=NOW)
    assert list(differences()) == []


def test_each_level_is_told_and_only_then(town: Town) -> None:
    four_levels(town)
    story = clearing_story(town)

    def told(who: str) -> set[str]:
        rows = Notice.objects.filter(person=town.person(who))
        return set(rows.values_list("event", flat=True))

    assert "reply.send_to_check" in told("edu_division")
    assert told("edu_checker") & {"reply.send_to_check", "reply.pass_check"} == set()
    passes(story, "edu_division")
    assert "reply.pass_check" in told("edu_checker")
    assert told("edu_head") & {"reply.send_to_check", "reply.pass_check"} == set()


# --- One person, one level


def test_nobody_passes_two_levels_while_another_can(town: Town) -> None:
    services.set_levels(
        actor=town.actor("edu_head"),
        at=NOW,
        valid_from=TODAY,
        levels=[
            NewLevel(name="初核", role=Role.CHECKER),
            NewLevel(name="复核", role=Role.CHECKER),
            NewLevel(name="签发", role=Role.HEAD),
        ],
    )
    town.hire("edu_second", name="周恒", role=Role.CHECKER, organ=town.education)
    story = clearing_story(town)
    passes(story, "edu_checker")
    with pytest.raises(Conflict) as refused:
        passes(story, "edu_checker")
    assert "周恒" in str(refused.value)
    passes(story, "edu_second")
    signs(story, "edu_head")


def test_an_organ_with_one_person_only_lets_him_and_says_so(town: Town) -> None:
    services.set_levels(
        actor=town.actor("edu_head"),
        at=NOW,
        valid_from=TODAY,
        levels=[
            NewLevel(name="初核", role=Role.CHECKER),
            NewLevel(name="复核", role=Role.CHECKER),
            NewLevel(name="签发", role=Role.HEAD),
        ],
    )
    story = clearing_story(town)
    passes(story, "edu_checker")
    passes(story, "edu_checker")
    acts = [act.data["alone"] for act in story.case.acts.filter(move="pass_check")]
    assert acts == [False, True]
    page = Reader(town, "edu_head").get("reply", story.part().key).content.decode()
    assert "同一人核签了两级" in page


def test_whoever_alone_holds_a_later_level_leaves_this_one_to_another(town: Town) -> None:
    checker = town.post("edu_checker")
    town.hire("edu_second", name="周恒", role=Role.CHECKER, organ=town.education)
    services.set_levels(
        actor=town.actor("edu_head"),
        at=NOW,
        valid_from=TODAY,
        levels=[
            NewLevel(name="初核", role=Role.CHECKER),
            NewLevel(name="办公室", role=Role.CHECKER, holder=checker),
            NewLevel(name="签发", role=Role.HEAD),
        ],
    )
    story = clearing_story(town)
    with pytest.raises(Conflict) as refused:
        passes(story, "edu_checker")
    assert "办公室" in str(refused.value)
    passes(story, "edu_second")
    passes(story, "edu_checker")


def test_a_level_nobody_holds_is_passed_over_and_shown(town: Town) -> None:
    story = clearing_story(town)
    checker = town.post("edu_checker")
    checker.standing, checker.until = Standing.ENDED, TODAY
    checker.save()
    assert duties.rows_of(town.actor("edu_head"), "sign").get() == story.case
    signs(story, "edu_head")
    act = story.case.acts.get(move="sign")
    assert [each["role"] for each in act.data["passed_over"]] == [Role.CHECKER]
    page = Reader(town, "edu_liaison").get("reply", story.part().key).content.decode()
    assert "无人担任，跳过" in page


def test_the_main_head_signs_where_the_rules_ask_for_him(town: Town) -> None:
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=date(2020, 1, 1),
        overrides={"reply.signer": "main_head"},
        decided_by="主任会议",
        decided_on=date(2019, 12, 20),
        basis="岳常办发〔2020〕5号",
    )
    town.hire("edu_deputy_head", name="吴蔚", role=Role.HEAD, organ=town.education)
    services.set_levels(
        actor=town.actor("edu_head"),
        at=NOW,
        valid_from=TODAY,
        levels=[
            NewLevel(name="分管领导", role=Role.HEAD, holder=town.post("edu_deputy_head")),
            NewLevel(name="签发", role=Role.HEAD),
        ],
    )
    in_order = clearing_story(town)
    passes(in_order, "edu_deputy_head")
    signs(in_order, "edu_head")
    story = Story(town, title="关于扩建新区幼儿园的建议").submitted().registered().assigned()
    story.acknowledged().sent_to_check()
    # The main head is away: still nobody signs in his place who clears an earlier level.
    head = town.post("edu_head")
    passes(story, "edu_deputy_head")
    head.standing, head.until = Standing.ENDED, TODAY
    head.save()
    with pytest.raises(Conflict) as refused:
        signs(story, "edu_deputy_head")
    assert "主要负责人" in str(refused.value)
    page = html.unescape(
        Reader(town, "edu_liaison").get("reply", story.part().key).content.decode()
    )
    assert "由单位主要负责人签发" in page


# --- The levels an organ sets


def test_only_liaison_and_head_set_sound_levels_for_days_to_come(town: Town) -> None:
    two = [NewLevel(name="核稿", role=Role.CHECKER), NewLevel(name="签发", role=Role.HEAD)]
    liaison = town.actor("edu_liaison")

    def refused(levels: list[NewLevel], *, on: date = TODAY) -> None:
        with pytest.raises(Invalid):
            services.set_levels(actor=liaison, at=NOW, levels=levels, valid_from=on)

    with pytest.raises(NotPermitted):
        services.set_levels(actor=town.actor("edu_checker"), at=NOW, levels=two, valid_from=TODAY)
    refused(two[1:])
    refused([*two[:1] * 5, two[1]])
    refused(two, on=TODAY - timedelta(days=1))
    refused([two[0], NewLevel(name="签发", role=Role.CHECKER)])
    refused([NewLevel(name=" ", role=Role.CHECKER), two[1]])
    refused([NewLevel(name="联络员", role=Role.LIAISON), two[1]])
    stranger = NewLevel(name="外单位", role=Role.HEAD, holder=town.post("fin_head"))
    refused([stranger, two[1]])
    twice = NewLevel(name="负责人", role=Role.HEAD, holder=town.post("edu_head"))
    refused([twice, twice])
    assert not ClearanceSetting.objects.exists()
    services.set_levels(actor=liaison, at=NOW, levels=two, valid_from=TODAY + timedelta(days=1))
    refused(two, on=TODAY + timedelta(days=1))
    assert len(levels_of(town.education.pk, on=TODAY)) == 2
    assert levels_of(town.education.pk, on=TODAY)[0].name == ""
    assert levels_of(town.education.pk, on=TODAY + timedelta(days=1))[0].name == "核稿"
    assert Entry.objects.filter(action="clearance.set_levels").count() == 1


def test_a_text_keeps_the_levels_it_was_sent_under(town: Town) -> None:
    story = clearing_story(town)
    four_levels(town)
    assert file_of(story).level_count == 2
    story.checked().signed()


def test_the_rules_can_ask_for_more_levels_than_an_organ_has(town: Town) -> None:
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=date(2020, 1, 1),
        overrides={"clearance.levels": 3},
        decided_by="主任会议",
        decided_on=date(2019, 12, 20),
        basis="岳常办发〔2020〕5号",
    )
    story = Story(town).submitted().registered().assigned().acknowledged()
    with pytest.raises(Conflict) as refused:
        story.sent_to_check()
    assert "3级" in str(refused.value)
    four_levels(town)
    story.sent_to_check()


def test_the_database_holds_levels_to_two_roles_and_five_rows(town: Town) -> None:
    setting = ClearanceSetting(
        organ=town.education, valid_from=TODAY, post=town.post("edu_head"), at=NOW
    )
    setting.save()
    for wrong in ({"ordinal": 6}, {"name": ""}, {"role": Role.LIAISON}):
        said = {"ordinal": 1, "name": "核稿", "role": Role.CHECKER, **wrong}
        with pytest.raises(IntegrityError), transaction.atomic():
            ClearanceLevel(setting=setting, **said).save()


# --- Bound to the text


def _tries_to_save(story: Story) -> None:
    services.save_reply_draft(
        assignment=story.part(),
        actor=story.town.actor("edu_handler"),
        at=NOW,
        content={"opening": "另一份文稿"},
        revision=0,
    )


def _tries_to_attach(story: Story) -> None:
    attach_to_reply(
        assignment=story.part(),
        actor=story.town.actor("edu_handler"),
        at=NOW,
        file=BytesIO(PDF),
        name="附件.pdf",
    )


def _sends_another(story: Story) -> None:
    sends_back(story, "edu_checker")
    story.sent_to_check()


def _in_storage(model: Any, **changed: object) -> Callable[[Story], None]:
    """What only somebody with the database in his hands can do: past the triggers."""

    def change(story: Story) -> None:
        table = model._meta.db_table
        with connection.cursor() as cursor:
            for statement in triggers.dropping(table, vendor=connection.vendor):
                cursor.execute(statement)
        model.objects.update(**changed)

    return change


EDIT_ROUTES: dict[str, Callable[[Story], None]] = {
    "saving the draft": _tries_to_save,
    "attaching a file": _tries_to_attach,
    "sending another text": _sends_another,
    "altering the letter in storage": _in_storage(Reply, opening="改过的开头"),
    "altering an answer in storage": _in_storage(ReplyPoint, answer="改过的答复"),
    "altering the claim in storage": _in_storage(ClassClaim, evidence="改过的依据"),
    "altering what it says of an organ in storage": _in_storage(
        CoStatement, kind="absent", due_on=TODAY
    ),
}


def _is_cleared(story: Story) -> bool:
    """Whether the text that lies there now could be signed by clearances given before."""
    try:
        signs(story, "edu_head")
    except Conflict:
        return False
    return True


@pytest.mark.parametrize("route", EDIT_ROUTES)
def test_a_changed_text_leaves_no_valid_clearance(town: Town, route: str) -> None:
    story = clearing_story(town).checked()
    before = present_digest(file_of(story))
    try:
        EDIT_ROUTES[route](story)
    except (Conflict, Stale):
        # Refused: the text is what it was, and so is its clearance.
        assert present_digest(file_of(story)) == before
        assert _is_cleared(story)
    else:
        assert present_digest(file_of(story)) != before
        assert not _is_cleared(story)


def test_an_unchanged_text_keeps_its_clearance(town: Town) -> None:
    """The positive control of the property above."""
    assert _is_cleared(clearing_story(town).checked())


def _with_file(town: Town) -> Story:
    story = Story(town).submitted().registered().assigned().acknowledged()
    _tries_to_attach(story)
    return story.sent_to_check().checked()


def test_a_file_replaced_on_disk_is_noticed_before_signature_and_delivery(town: Town) -> None:
    """T062: the bytes of an attachment are part of what was cleared."""
    story = _with_file(town)
    path = storage.path_of(Attachment.objects.get().stored_as)
    kept = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(kept + b"%altered")
    with pytest.raises(Conflict):
        story.signed()
    page = Reader(town, "edu_head").get("reply", story.part().key).content.decode()
    assert "本稿与送核时不一致" in page
    path.write_bytes(kept)
    story.signed()
    path.unlink()
    with pytest.raises(Conflict):
        story.delivered()


def test_the_earlier_text_stays_retrievable(town: Town) -> None:
    story = clearing_story(town)
    _sends_another(story)
    assert [reply.ordinal for reply in Reply.objects.filter(file=file_of(story))] == [1, 2]
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.filter(file=file_of(story)).update(opening="改")


# --- Pages


def page(town: Town, who: str, name: str, *args: str) -> str:
    return html.unescape(Reader(town, who).get(name, *args).content.decode())


def test_case_list_duties_and_one_page_say_where_the_text_lies(town: Town) -> None:
    four_levels(town)
    story = clearing_story(town)
    passes(story, "edu_division")
    assert duties.rows_of(town.actor("edu_checker"), "check").get() == story.case
    assert not duties.rows_of(town.actor("edu_division"), "check").exists()
    assert not duties.rows_of(town.actor("edu_head"), "sign").exists()
    assert "第2级办公室（共4级），待李慎之" in page(town, "edu_liaison", "case", story.case.key)
    assert "第2级办公室" not in page(town, "clerk", "case", story.case.key)
    assert "答复核至第2级（共4级）" in page(town, "edu_head", "list")
    assert "答复核至第2级（共4级）" not in page(town, "clerk", "list")
    mine = page(town, "edu_checker", "to_clear")
    assert story.case.title in mine
    assert "第2级办公室（共4级）" in mine
    assert story.case.title not in page(town, "edu_head", "to_clear")
    assert Reader(town, "edu_handler").get("to_clear").status_code == 404
    assert Reader(town, "lin").get("to_clear").status_code == 404
    passes(story, "edu_checker")
    passes(story, "edu_deputy_head")
    assert duties.rows_of(town.actor("edu_head"), "sign").get() == story.case
    assert story.case.title in page(town, "edu_head", "to_clear")


def test_the_one_page_asks_no_more_for_more_rows(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    reader = Reader(town, "edu_checker")
    clearing_story(town)
    reader.get("to_clear")
    with django_assert_max_num_queries(60) as first:
        reader.get("to_clear")
    for number in range(3):
        story = Story(town, title=f"关于第{number}条公路的建议").submitted().registered()
        story.assigned().acknowledged().sent_to_check()
    with django_assert_max_num_queries(len(first)):
        reader.get("to_clear")


def test_two_texts_are_compared_in_words(town: Town) -> None:
    story = clearing_story(town)
    sends_back(story, "edu_checker")
    text = story.reply_text()
    answers = dict.fromkeys(text.answers, "已列入明年计划，三月动工。")
    services.send_to_check(
        assignment=story.part(),
        actor=town.actor("edu_handler"),
        at=NOW,
        text=type(text)(
            outcome_class=text.outcome_class,
            letter_on=text.letter_on,
            answers=answers,
            claim=text.claim,
        ),
    )
    shown = page(town, "edu_checker", "texts", story.part().key)
    assert "<ins>" in shown and "<del>" in shown
    assert "图例" in shown and "[增：" in shown
    assert "李慎之：请补充数据。" in shown
    first, second = Reply.objects.filter(file=file_of(story))
    turned = Reader(town, "edu_head").get("texts", story.part().key, old=second.key, new=first.key)
    assert turned.status_code == 200
    assert Reader(town, "edu_head").get("texts", story.part().key, old="x").status_code == 404
    for stranger in ("clerk", "lin", "fin_head"):
        assert Reader(town, stranger).get("texts", story.part().key).status_code in (403, 404)


def test_a_keeper_sets_the_levels_on_the_page(town: Town) -> None:
    liaison = Reader(town, "edu_liaison")
    assert "本单位尚未设置" in page(town, "edu_liaison", "levels")
    said = {
        "valid_from": TODAY.isoformat(),
        "name_1": "处室负责人",
        "holder_1": Role.CHECKER.value,
        "name_2": "厅主要负责人",
        "holder_2": town.post("edu_head").key,
    }
    wrong = liaison.post("levels", said={**said, "holder_2": Role.CHECKER.value})
    assert wrong.status_code == 422
    assert "厅主要负责人" in wrong.content.decode()
    assert liaison.post("levels", said=said).status_code == 302
    assert "厅主要负责人（郑育才）" in page(town, "edu_liaison", "levels")
    for stranger in ("edu_checker", "clerk", "lin"):
        assert Reader(town, stranger).get("levels").status_code == 404


def test_passing_from_the_page_of_the_text(town: Town) -> None:
    story = clearing_story(town)
    url = reverse("suggestions:reply", args=[story.part().key])
    shown = html.unescape(Reader(town, "edu_head").client.get(url).content.decode())
    assert "现在第1级核稿（共2级），待李慎之核签" in shown
    answer = Reader(town, "edu_checker").takes_on(story.part(), "pass_check")
    assert answer.status_code == 302
    assert Reader(town, "edu_head").takes_on(story.part(), "sign").status_code == 302
