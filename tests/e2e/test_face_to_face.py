"""Answered face to face: the organ goes to the deputy and enters the record he signed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from huiyin.accounts.tests.town import TODAY, Town
from huiyin.documents.tests import files
from huiyin.suggestions.models import Receipt
from huiyin.suggestions.stages import Stage
from tests.e2e.conftest import Desk
from tests.e2e.office import Office, fill, press

pytestmark = [pytest.mark.browser]


def test_an_answer_in_person_with_its_signed_record(
    town: Town, seat: Callable[..., Desk], tmp_path: Path
) -> None:
    office = Office(town, seat)
    office.write_and_submit()
    office.take("clerk", "register", category="education")
    office.take("clerk", "assign", organ_1="省教育厅", role_1="sole")
    office.prepare_reply()

    page = office.at_case("edu_liaison")
    page.locator("a[href$='/step/deliver_in_person/']").click()
    form = page.locator("form[action$='/step/deliver_in_person/']")
    office.desk("edu_liaison").is_clean()
    office.desk("edu_liaison").fits()
    fill(
        form,
        held_on=TODAY.isoformat(),
        place="新区管委会三楼会议室",
        answered_by="周副厅长",
        rank="省教育厅副厅长",
        said="同意选址，请按期开工。",
    )
    form.locator("[name=present]").first.check(force=True)
    damaged = tmp_path / "记录.pdf"
    damaged.write_bytes(b"%PDF-1.7\n%%EOF\n")
    form.locator("[name=scan]").set_input_files(damaged)
    press(page, form.locator("button").last)
    # What was typed is still there; only the file has to be chosen again.
    assert "打不开" in page.locator(".summary-bad").inner_text()
    assert form.locator("[name=said]").input_value() == "同意选址，请按期开工。"
    whole = tmp_path / "记录.png"
    whole.write_bytes(files.png())
    form.locator("[name=scan]").set_input_files(whole)
    press(page, form.locator("button").last)

    assert office.case.stage == Stage.REPLIED
    assert Receipt.objects.get().how == "in_person"
    story = office.at_case("lin").locator("main").inner_text()
    for said in ("当面答复", "新区管委会三楼会议室", "同意选址，请按期开工。"):
        assert said in story
    office.rate(attitude="VS", result="VS")
    assert office.case.stage == Stage.CLOSED
