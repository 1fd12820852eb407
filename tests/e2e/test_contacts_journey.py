"""A contact that never took place, on a deputy's telephone: two taps, and the gate stays shut."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiyin.accounts.tests.town import NOW, Town
from huiyin.suggestions.models import ContactAnswer
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.tests.situations import Story
from tests.e2e.conftest import PHONE, Desk
from tests.e2e.office import Office, press

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_contested_in_two_taps_then_exempted_by_name(
    town: Town,
    seat: Callable[..., Desk],
    scripts: bool,  # noqa: FBT001 - a case of the test
) -> None:
    office = Office(town, lambda who: seat(who, viewport=PHONE, scripts=scripts))
    story = Story(town).submitted().registered().assigned().acknowledged()
    story.contact_recorded(form="phone", gist="电话通报办理进展，代表表示满意。")

    # The first tap opens what waits on the workbench, the second says it.
    lin = office.desk("lin")
    lin.open("/")
    lin.page.locator("a[href='/contacts/to-check/']").first.click()
    lin.is_clean()
    lin.fits()
    button = lin.page.locator("form[action$='/step/contest_contact/'] button").first
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 56
    press(lin.page, button)
    assert ContactAnswer.objects.get().confirmed is False

    # The organ cannot send its reply; its head takes the exemption upon himself.
    handler = office.desk("edu_handler")
    handler.open(f"/suggestions/part/{story.part().key}/reply/")
    handler.is_clean()
    handler.fits()
    assert handler.page.get_by_text("先沟通后答复").count()
    office.take("edu_head", "exempt_contact", reason="代表病休，经本人家属转告暂不便联系。")
    assert story.part().acts.filter(move="exempt_contact").count() == 1

    # The office sees each state apart.
    clerk = office.desk("clerk")
    for path in ("/contacts/?tab=contested", "/contacts/by-organ/"):
        clerk.open(path)
        clerk.is_clean()
        clerk.fits()
        assert clerk.page.get_by_text("代表不认可").count()
    assert NOW.date() == story.part().contacts.get().held_on
    assert list(differences()) == []
