"""What people do with their hands: each act of the office as clicks on its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Locator, Page

from huiyin.accounts.tests.town import TODAY, Town
from huiyin.suggestions.models import Suggestion
from tests.e2e.conftest import Desk

TITLE = "关于在县城新区增设公办幼儿园的建议"
SITUATION = "新区三年间入住一万二千人，只有一所公办幼儿园，每年有两百多名幼儿要到老城区入园。"
REQUESTS = ("在新区规划两所公办幼儿园", "今年秋季前开通接送专线")
ANSWER = "已列入今年教育项目计划，九月底前完成选址，十二月开工。"

SIZES = """all => all.map(each => each.getBoundingClientRect())
    .map(box => [Math.round(box.width), Math.round(box.height)])"""


class Office:
    """The people of the town, each at a desk, working on one suggestion after another."""

    def __init__(self, town: Town, seat: Callable[[str], Desk]) -> None:
        self.town, self._seat = town, seat
        self._desks: dict[str, Desk] = {}

    def desk(self, who: str) -> Desk:
        if who not in self._desks:
            self._desks[who] = self._seat(who)
        return self._desks[who]

    @property
    def case(self) -> Suggestion:
        return Suggestion.objects.latest("pk")

    # --- Opening pages. Each page is looked at as it is opened.

    def at_case(self, who: str) -> Page:
        return self._at(who, f"/suggestions/{self.case.key}/")

    def _at(self, who: str, path: str) -> Page:
        desk = self.desk(who)
        desk.open(path)
        desk.is_clean()
        desk.fits()
        return desk.page

    # --- Steps

    def take(self, who: str, step: str, /, **fields: str) -> None:
        """Take a step from the panel of the case page."""
        page = self.at_case(who)
        form = self._form(page, step)
        fill(form, **fields)
        press(page, form.locator("button:not([name=act])").last)
        assert page.locator(".summary-bad").count() == 0, page.url

    def _form(self, page: Page, step: str) -> Locator:
        form = page.locator(f"form[action$='/step/{step}/']").first
        if not form.count():
            # Some steps have a page of their own; those of a reply stand under its text.
            page.locator(
                f"a[href$='/step/{step}/'], .now-panel a[href$='/opinion/'], a[href$='/reply/']"
            ).first.click()
            form.wait_for(state="attached")
        unfold(form)
        return form

    # --- The office's work, act by act

    def write_and_submit(self) -> None:
        page = self._at("lin", "/suggestions/new/")
        page.locator("[name=title]").fill(TITLE)
        page.locator("main form .button-primary").first.click()
        page.locator("[name=situation]").fill(SITUATION)
        for number, request in enumerate(REQUESTS):
            page.locator("textarea[name^=request]").nth(number).fill(request)
        self.desk("lin").is_clean()
        self.desk("lin").fits()
        press(page, page.locator("[name=act][value=submit]"))
        # It leads to a page that shows what will be submitted.
        press(page, page.locator("form[action$='/step/submit/'] .button-primary"))

    def reply(self) -> None:
        """Prepare the reply and deliver it in writing."""
        self.prepare_reply()
        self.take("edu_liaison", "deliver")

    def prepare_reply(self) -> None:
        """Acknowledge, plan, speak with the deputy, write, check and sign."""
        self.take("edu_liaison", "acknowledge")
        self.take(
            "edu_handler",
            "plan",
            responsible_leader="周副厅长",
            division="基础教育处",
            handler="钱学文",
            requirement="逐条答复，答复前与代表当面沟通",
            feedback_on=(TODAY + timedelta(days=60)).isoformat(),
        )
        self.speaks()
        self.judge_opinions()
        self._write_reply()
        self.take("edu_checker", "pass_check")
        self.take("edu_head", "sign")

    def speaks(self) -> None:
        """The lead organ records its talk, and the deputy says that it was so."""
        self.take(
            "edu_handler",
            "contact",
            phase="during",
            form="visit",
            held_on=TODAY.isoformat(),
            rank="handler",
            own_people="钱学文",
            gist="听取了代表对选址的意见。",
        )
        self.says_it_was_so("lin")

    def says_it_was_so(self, who: str) -> None:
        """Two taps: the case is open, and one button says it."""
        page = self.at_case(who)
        press(page, page.locator("form[action$='/step/confirm_contact/'] button").first)

    def judge_opinions(self) -> None:
        """Say of each opinion that lies there that it is adopted."""
        parts = self.case.assignments.filter(round=self.case.round, stage="opinion_given")
        for part in parts.filter(opinion_mark=""):
            self.take_at(
                "edu_handler",
                f"/suggestions/part/{part.key}/opinion/",
                "mark_opinion",
                mark="adopted",
            )

    def take_at(self, who: str, path: str, step: str, /, **fields: str) -> None:
        """Take a step on the page that holds its form."""
        page = self._at(who, path)
        form = self._form(page, step)
        fill(form, **fields)
        press(page, form.locator("button:not([name=act])").last)
        assert page.locator(".error-summary").count() == 0, page.url

    def _write_reply(self) -> None:
        part = self.case.assignments.get(round=self.case.round, organ=self.town.education)
        page = self._at("edu_handler", f"/suggestions/part/{part.key}/reply/")
        page.locator("[name=outcome_class][value=A2]").check(force=True)
        page.locator("[name=promised_on]").fill(f"{TODAY.year}-12-31")
        for box in page.locator("textarea[name^=answer_]").all():
            box.fill(ANSWER)
        page.locator("[name=contact_person]").fill("钱学文")
        page.locator("[name=contact_phone]").fill("0730-0000000")
        press(page, page.locator("[name=act][value=send]"))

    def rate(self, *, attitude: str, result: str, comment: str = "") -> None:
        page = self._at("lin", f"/suggestions/{self.case.key}/step/rate/")
        # Nothing is chosen for him beforehand (T068).
        assert page.locator("input[type=radio]:checked").count() == 0
        # Best and worst are targets of one size, large enough for a thumb.
        if self.desk("lin").measurable:
            [(_width, height)] = set(map(tuple, page.locator(".grade-choice").evaluate_all(SIZES)))
            assert height >= 44
        page.locator(f"[name=attitude][value={attitude}]").check(force=True)
        page.locator(f"[name=result][value={result}]").check(force=True)
        page.locator("[name=comment]").fill(comment)
        press(page, page.locator("form[action$='/step/rate/'] .button-primary"))


def fill(form: Locator, /, **fields: str) -> None:
    """Fill a form by the names of its fields, whatever they look like."""
    for name, value in fields.items():
        if form.locator(f"input[type=radio][name={name}]").count():
            form.locator(f"[name={name}][value='{value}']").check(force=True)
        elif form.locator(f"select[name={name}]").count():
            form.locator(f"[name={name}]").select_option(value)
        else:
            form.locator(f"[name={name}]").fill(value)


def unfold(form: Locator) -> None:
    """Open what the form lies folded in, from the outside in, and never for ever."""
    folded = form.locator("xpath=ancestor::details[not(@open)]")
    for _ in range(folded.count()):
        folded.first.locator("summary").first.click()
    assert folded.count() == 0, form.page.url


def press(page: Page, button: Locator) -> None:
    """Press a button that does a thing, say yes if asked, and wait until the thing is done."""
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and "autosave" not in answer.url
    ):
        button.click()
        confirm(page)
    page.wait_for_load_state()


def confirm(page: Page) -> None:
    """Say yes to the question a weighty act asks, when it asks one."""
    asked = page.locator("dialog[open] .button-primary, dialog[open] .button-danger")
    if asked.count():
        asked.first.click()
