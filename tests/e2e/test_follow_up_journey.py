"""What follows the reply: a promise until its deputy strikes it off, a key topic until its vote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from huiyin.accounts.tests.town import Town
from huiyin.documents.tests import files
from huiyin.ledger.verify import verify_chain
from huiyin.promises.tests.stories import EVIDENCE, promised
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.tests.situations import Story
from huiyin.supervision.models import KeyTopic
from huiyin.supervision.topics import topic_for
from tests.e2e.conftest import DESK, PHONE, Desk
from tests.e2e.office import Office, fill, press, unfold

pytestmark = [pytest.mark.browser]


def test_a_promise_from_its_claim_until_the_deputy_strikes_it_off(
    town: Town, seat: Callable[..., Desk]
) -> None:
    """The organ claims and checks at its desks; the deputy looks at the picture on a phone."""
    story = promised(town)
    phone = {"viewport": PHONE}
    office = Office(town, lambda who: seat(who, **(phone if who == "lin" else {})))
    path = f"/promises/{story.promise.key}/"

    page = office._at("edu_handler", path)
    form = office._form(page, "claim_done")
    # Said without anything to show it: told in words, and what was typed is still there.
    fill(form, evidence=EVIDENCE.evidence)
    press(page, form.locator("button").last)
    assert "请写明能够证明的文件、验收材料或网址，或者上传文件。" in page.content()
    again = office._form(page, "claim_done")
    assert again.locator("[name=evidence]").input_value() == EVIDENCE.evidence
    photo: Any = {"name": "竣工照片.png", "mimeType": "image/png", "buffer": files.png()}
    again.locator("[name=file]").set_input_files(photo)
    press(page, again.locator("button").last)
    assert story.promise.stage == "claimed"
    # The organ has no button that ends it, whoever of it looks.
    for who in ("edu_liaison", "edu_head", "edu_checker"):
        seen = office._at(who, path)
        assert seen.locator("form[action$='/step/confirm/']").count() == 0, who

    office.take_at("edu_checker", path, "pass_check")
    page = office._at("lin", path)
    with page.expect_download() as got:
        page.get_by_role("link", name="竣工照片.png").click()
    assert got.value.suggested_filename == "竣工照片.png"
    office.take_at("lin", path, "confirm")

    assert story.promise.stage == "confirmed"
    kept = office._at("clerk", "/promises/?tab=kept")
    assert "两所幼儿园将于2021年9月底前建成并投入使用。" in kept.content()
    assert "已销号" in office._at("edu_liaison", path).content()
    assert list(differences()) == []


def test_a_key_topic_fails_its_vote_goes_on_and_is_closed(
    town: Town, seat: Callable[..., Desk]
) -> None:
    """Proposed by a committee, pressed by letter, voted down, reported again, voted closed."""
    case = Story(town).submitted().registered().assigned().case
    case.refresh_from_db()
    office = Office(town, lambda who: seat(who, viewport=DESK))

    page = office._at("committee", "/key-topics/new/")
    form = page.locator("main form").first
    fill(form, title="提升校园安全水平", numbers=str(case.number), reasons="三个代表团都提出。")
    form.locator("[name=criteria][value=many]").check(force=True)
    press(page, form.locator(".button-primary"))
    topic = KeyTopic.objects.get()
    path = f"/key-topics/{topic.key}/"

    office.take_at("clerk", path, "decide", number="第66次主任会议纪要")
    named = {"leads": "周明 副省长", "supervises": "沈国栋 常委会副主任"}
    office.take_at("clerk", path, "name_leaders", **named)
    office.take_at("clerk", path, "send_letter", number="岳常联函〔2020〕7号")
    office.take_at("edu_liaison", path, "plan", text="六月底前完成排查，十月底前完成整改。")
    for in_favour, stage in ((20, "continued"), (45, "closed")):
        office.take_at("clerk", path, "report", text="已排查一千二百所学校。")
        page = office._at("clerk", path)
        form = office._form(page, "vote")
        unfold(form)
        fill(form, number="第18次会议纪要", members="61", present="50")
        fill(form, in_favour=str(in_favour), against="3", abstained="2")
        press(page, form.locator("button").last)
        assert topic_for(town.actor("clerk"), topic.key).stage == stage
    page = office._at("edu_liaison", path)
    assert "20" in page.content()
    assert "45" in page.content()
    assert page.locator("form[action$='/step/vote/']").count() == 0
    assert verify_chain(town.congress.key) == []
