"""An organ with forty live cases is reformed: every case seen first, none left behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from huiyin.accounts.models import Post, Standing
from huiyin.accounts.tests.town import TODAY, Town
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.reforms import orphans
from huiyin.suggestions.tests.cases import many
from tests.e2e.conftest import DESK, PHONE, Desk
from tests.e2e.office import Office, confirm, fill, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VIEWS = [
    pytest.param({"viewport": DESK, "language": "zh-hans"}, id="desk, Chinese"),
    pytest.param({"viewport": PHONE, "language": "en"}, id="phone, English"),
]
LIVE = 40


@pytest.mark.parametrize("view", VIEWS)
def test_forty_live_cases_go_on_with_the_organ_that_takes_over(
    town: Town, seat: Callable[..., Desk], view: dict[str, Any]
) -> None:
    cases = many(town, LIVE)
    dues = {case.pk: case.due_on for case in Suggestion.objects.all()}
    office = Office(town, lambda who: seat(who, **view))
    page = office._at("clerk", "/organs/")
    page.locator("a[href='/organs/reform/']").click()
    form = page.locator("main form").first
    fill(
        form,
        kind="merge",
        organs="省教育厅\n省委组织部",
        heirs="省教育体育厅",
        on=TODAY.isoformat(),
        document_no="岳编〔2020〕3号",
        decided_by="省委机构编制委员会",
    )
    form.locator("[name=act][value=preview]").click()
    office.desk("clerk").is_clean()
    office.desk("clerk").fits()
    assert page.locator(".reform-parts tbody tr").count() == LIVE
    page.locator("[name=act][value=do]").click()
    confirm(page)
    page.wait_for_url("**/organs/reform/*/")
    office.desk("clerk").is_clean()
    office.desk("clerk").fits()
    assert page.locator(".reform-cases tbody tr").count() == LIVE

    assert list(orphans()) == []
    assert {case.pk: case.due_on for case in Suggestion.objects.all()} == dues
    assert {str(case.lead_organ) for case in Suggestion.objects.all()} == {"省教育体育厅"}
    # The liaison goes on with them in his new post.
    post = Post.objects.get(person=town.person("edu_liaison"), standing=Standing.ACTIVE)
    assert str(post.organ) == "省教育体育厅"
    page = office._at("edu_liaison", f"/suggestions/{cases[0].key}/")
    press(page, page.locator("form[action$='/step/acknowledge/'] button").last)
    part = cases[0].assignments.get(role="lead")
    assert part.acknowledged_on == TODAY
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []
