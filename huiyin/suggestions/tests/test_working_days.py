"""The working calendar on pages and at the command line: looking, loading, and what it moved."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from huiyin.accounts.tests.town import NOW, Town
from huiyin.kernel.ids import new_key
from huiyin.organisations.models import CalendarNotice
from huiyin.outbox.models import Notice as Told
from huiyin.suggestions.models import Redated, Redating, Suggestion
from huiyin.suggestions.presenters import file
from huiyin.suggestions.presenters.clocks import part_clock
from huiyin.suggestions.steps import Scene
from huiyin.suggestions.tests.cases import Reader, town_of_pages
from huiyin.suggestions.tests.situations import Story, follow_hunan

pytestmark = pytest.mark.django_db

# An invented notice: three working days off in the week of the town's day.
NOTICE = """\
[[notice]]
number = "国办发明电〔2020〕2号"
title = "国务院办公厅关于2020年春季放假安排的通知"
issued = 2020-03-01
year = 2020
rest = [{ zh = "春假", en = "spring days", from = 2020-03-04, to = 2020-03-06 }]
work = []
"""


# As the table of every day has it.
WORKED_IN_2020 = 249


@pytest.fixture
def town(settings: Any) -> Town:
    limits = {"reply.limit": "20 working days", "reply.limit_wide": "40 working days"}
    return town_of_pages(settings, **limits)


@pytest.fixture
def case(town: Town) -> Suggestion:
    return Story(town).submitted().registered().assigned().case


def send(reader: Reader, text: str = NOTICE) -> Any:
    """Look at what the notice would do."""
    sent = SimpleUploadedFile("2020-spring.toml", text.encode())
    return reader.client.post(reverse("suggestions:working_days"), {"file": sent, "act": "preview"})


def confirm(reader: Reader, page: Any) -> Any:
    url = reverse("suggestions:working_days")
    said = reader.shown(url, page=page.content.decode())
    return reader.client.post(url, {**said, "text": NOTICE, "act": "do"}, follow=True)


def test_the_years_are_listed_with_their_notices(town: Town) -> None:
    page = Reader(town, "lin").get("working_days").content.decode()
    for number in ("国办发明电〔2025〕7号", "国发明电〔2015〕1号", "国办发明电〔2019〕3号"):
        assert number in page
    assert page.count("已公布") == 12 and page.count("暂定</span>") == 1
    # A deputy looks; he loads nothing.
    assert "load-title" not in page
    assert "load-title" in Reader(town, "clerk").get("working_days").content.decode()


def test_a_year_shows_every_turned_day_and_its_ground(town: Town) -> None:
    page = Reader(town, "edu_handler").get("working_days_year", year="2020").content.decode()
    assert page.count('class="cal-makeup"') == 6
    assert '<td class="cal-off"><time datetime="2020-02-01">1</time>' in page
    assert "国办发明电〔2020〕1号" in page and f"工作日{WORKED_IN_2020}天" in page
    provisional = Reader(town, "lin").get("working_days_year", year="2027").content.decode()
    assert "暂定" in provisional and "全国年节及纪念日放假办法第二条" in provisional
    assert 'class="cal-makeup"' not in provisional


@pytest.mark.parametrize("year", ["1999", "2101", "二〇二〇", "-1", "2020.5", ""])
def test_a_year_that_is_none_is_not_there(town: Town, year: str) -> None:
    assert Reader(town, "lin").get("working_days_year", year=year).status_code == 404


def test_a_notice_is_looked_at_then_loaded(town: Town, case: Suggestion) -> None:
    clerk = Reader(town, "clerk")
    preview = send(clerk)
    shown = preview.content.decode()
    assert "尚未写入任何内容" in shown and "2020年3月30日" in shown and "2020年4月2日" in shown
    assert not CalendarNotice.objects.exists()

    result = confirm(clerk, preview).content.decode()
    assert "到期日变更" in result and case.title in result and "孙敏" in result
    case.refresh_from_db()
    assert case.due_on == date(2020, 4, 2)
    assert CalendarNotice.objects.get().loaded_by == town.post("clerk").key


def test_sent_twice_it_is_loaded_once(town: Town, case: Suggestion) -> None:
    clerk = Reader(town, "clerk")
    preview = send(clerk)
    confirm(clerk, preview)
    confirm(clerk, preview)
    assert CalendarNotice.objects.count() == 1
    again = send(clerk)
    assert again.status_code == 422 and "已经载入" in again.content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NOTICE.replace("year = 2020", "yaer = 2020"), "2020-spring.toml:5"),
        (NOTICE.replace("2020-03-06", "2020-02-30"), "2020-spring.toml:6"),
        (NOTICE + NOTICE.replace("2号", "3号").replace("03-06", "03-05"), "一次只载入一个"),
        ("", "没有 [[notice]]"),
        ("#" * 20_001, "文件过长"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_changes(town: Town, text: str, said: str) -> None:
    answer = send(Reader(town, "clerk"), text)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not CalendarNotice.objects.exists()


def test_a_text_changed_on_the_way_is_read_again(town: Town) -> None:
    clerk = Reader(town, "clerk")
    said = {"once": new_key(), "name": "x.toml", "text": "year = 1", "act": "do"}
    answer = clerk.client.post(reverse("suggestions:working_days"), said)
    assert answer.status_code == 422 and "x.toml" in answer.content.decode()
    nothing = clerk.client.post(reverse("suggestions:working_days"), {"act": "do"})
    assert nothing.status_code == 422
    assert not CalendarNotice.objects.exists()


def test_nobody_else_loads_one(town: Town) -> None:
    for who in ("lin", "edu_liaison", "leader"):
        assert send(Reader(town, who)).status_code == 403


def test_a_notice_that_moves_nothing_says_so(town: Town) -> None:
    clerk = Reader(town, "clerk")
    assert "没有到期日变动" in confirm(clerk, send(clerk)).content.decode()
    assert CalendarNotice.objects.count() == 1 and not Redated.objects.exists()


def test_the_list_of_changes_shows_only_what_the_reader_may_see(
    town: Town, case: Suggestion
) -> None:
    clerk = Reader(town, "clerk")
    confirm(clerk, send(clerk))
    key = Redating.objects.get().key
    assert case.title in Reader(town, "edu_liaison").get("redating", key).content.decode()
    assert Reader(town, "zhou").get("redating", key).status_code == 404
    assert Reader(town, "clerk").get("redating", new_key()).status_code == 404
    # The notice in the inbox leads there.
    told = Told.objects.filter(event="redating.calendar", post=town.post("edu_liaison")).get()
    assert told.case == ("redating", key)


def test_a_provisional_date_is_called_so_wherever_it_is_shown(town: Town, case: Suggestion) -> None:
    clerk = Reader(town, "clerk")
    assert "暂定" not in clerk.get("list").content.decode()
    # Moved to the end of the last announced year, its deadline reaches into the next.
    part = case.assignments.get(organ=town.education)
    type(part).objects.filter(pk=part.pk).update(
        assigned_on=date(2026, 12, 20), due_on=date(2027, 1, 19)
    )
    Suggestion.objects.filter(pk=case.pk).update(
        due_on=date(2027, 1, 19), first_assigned_on=date(2026, 12, 20)
    )
    assert '<span class="tag">暂定</span>' in clerk.get("list").content.decode()
    assert "暂定" in clerk.get("case", case.key).content.decode()
    answer = clerk.get("list", export="csv")
    exported = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "答复期限是否暂定" in exported and "暂定" in exported.splitlines()[1]
    # Counted in months it leans on no calendar.
    follow_hunan(town)
    assert "暂定" not in clerk.get("list").content.decode()


def test_the_sum_of_a_deadline_tells_the_date_it_had(town: Town, case: Suggestion) -> None:
    clerk = Reader(town, "clerk")
    said = "到期日由2020年3月30日改为2020年4月2日"
    assert said not in clerk.get("case", case.key).content.decode()
    confirm(clerk, send(clerk))
    page = clerk.get("case", case.key).content.decode()
    assert said in page and "国务院办公厅关于2020年春季放假安排的通知" in page


def test_a_reply_given_before_the_notice_keeps_its_sum(town: Town) -> None:
    story = Story(town).replied()
    clerk = Reader(town, "clerk")
    confirm(clerk, send(clerk))
    story.case.refresh_from_db()
    scene = Scene(actor=town.actor("clerk"), at=NOW, case=story.case)
    found = part_clock(file.read(scene), story.part())
    assert found is not None and found.stopped and found.on == date(2020, 3, 30)


# --- The command line


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("calendar", *words, stdout=out)
    return out.getvalue()


def test_the_command_shows_a_year() -> None:
    shown = run("show", "2020")
    assert "国办发明电〔2019〕16号" in shown and "2020-04-26" in shown
    assert "暂定" in run("show", "2027")
    with pytest.raises(CommandError, match="2001"):
        run("show", "1900")


def test_the_command_foretells_and_with_yes_does_it(case: Suggestion, tmp_path: Path) -> None:
    path = tmp_path / "spring.toml"
    path.write_text(NOTICE, "utf-8")
    foretold = run("load", str(path))
    assert "2020-03-30 → 2020-04-02" in foretold and "--yes" in foretold
    assert not CalendarNotice.objects.exists()

    done = run("load", str(path), "--yes")
    assert "2020-03-30 → 2020-04-02" in done and "孙敏" in done
    case.refresh_from_db()
    assert case.due_on == date(2020, 4, 2)
    with pytest.raises(CommandError, match=r"spring\.toml:2"):
        run("load", str(path), "--yes")


def test_the_command_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run("load", str(tmp_path / "nothing.toml"))
    bad = tmp_path / "bad.toml"
    bad.write_text(NOTICE.replace("issued", "isued"), "utf-8")
    with pytest.raises(CommandError, match=r"bad\.toml:4"):
        run("load", str(bad), "--yes")
