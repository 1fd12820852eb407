"""Reports of the town: written, issued, read; figures nobody counts and bases that are empty."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from huiyin.accounts.actor import Actor
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.documents.typesetting import to_word
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted
from huiyin.kernel.ids import new_key
from huiyin.ledger.models import Entry
from huiyin.organisations.models import Session
from huiyin.reporting.models import EarlierFigure, Report, ReportIssue, ReportKind, ReportText
from huiyin.reporting.reports import selectors, services, slots
from huiyin.reporting.reports.composed import Composed
from huiyin.reporting.reports.numbers import MAKERS
from huiyin.reporting.reports.outlines import OUTLINES
from huiyin.reporting.reports.papers import paper
from huiyin.reporting.reports.services import Entered, Occasion
from huiyin.reporting.reports.workbook import workbook
from huiyin.reporting.statistics.catalogue import ALL_RATES, STATISTICS
from huiyin.suggestions.tests.situations import SITUATIONS, Story

pytestmark = pytest.mark.django_db
OCCASION = Occasion(title="办理情况报告", addressee="主任会议", meeting="第66次主任会议")


@pytest.fixture
def town(settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def begun(town: Town, kind: str = "monthly", who: str = "clerk", **more: Any) -> Report:
    given = {"session": town.session, "as_of": TODAY, "occasion": OCCASION}
    return services.begin(actor=town.actor(who), at=NOW, kind=kind, **{**given, **more})


def said(town: Town, report: Report, who: str = "clerk") -> Composed:
    return selectors.as_read(report, town.actor(who))


def write(town: Town, report: Report, text: str, **more: Any) -> ReportText:
    given: dict[str, Any] = {"block": "opening", "seen": 0, "actor": town.actor("clerk")}
    return services.write(report=report, at=NOW, text=text, **{**given, **more})


def issue(town: Town, report: Report, who: str = "clerk") -> ReportIssue:
    return services.issue(report=report, actor=town.actor(who), at=NOW, number="岳常报〔2020〕3号")


def entered(**more: Any) -> Entered:
    given: dict[str, Any] = {
        "code": "R001",
        "year": 2019,
        "printed": "1398",
        "base": "会议期间收到的建议",
        "same_base": True,
        "source": "《关于2019年办理情况的报告》",
        "page": "第2页",
    }
    return Entered(**{**given, **more})


class Reader:
    """One person of the town at his browser."""

    def __init__(self, town: Town, who: str) -> None:
        self.client: Client = town.signed_in(Client(), who)

    def get(self, name: str, *args: str) -> Any:
        return self.client.get(reverse(f"reporting:reports:{name}", args=args))

    def post(self, name: str, *args: str, **given: Any) -> Any:
        url = reverse(f"reporting:reports:{name}", args=args)
        return self.client.post(url, {"once": new_key(), **given})


# --- Nothing to count


@pytest.mark.parametrize("kind", ReportKind.values)
def test_an_empty_session_gives_dashes_with_their_reason(town: Town, kind: str) -> None:
    who = "edu_liaison" if "liaison" in OUTLINES[kind].makers else "clerk"
    report = begun(town, kind, who, theme="养老")
    found = said(town, report, who)
    rates = [each for each in found.figures if each.text.endswith("%") or each.why]
    assert {each.text for each in rates} <= {"—"}
    assert all(each.why for each in rates)
    assert to_word(paper(found)).startswith(b"PK")
    assert workbook(found) == workbook(found)
    assert Composed.of(found.kept()) == found
    assert Reader(town, who).get("one", report.key).status_code == 200


@pytest.mark.parametrize("kind", ReportKind.values)
def test_no_number_means_two_things(town: Town, kind: str) -> None:
    """基数变，名称变: what the catalogue of statistics numbers is in no report something else."""
    catalogue: dict[str, Any] = {**STATISTICS, **ALL_RATES}
    # The same statistic, of one class or of one time of raising.
    assert set(MAKERS) & set(catalogue) == {"R013", "R020"}
    for situation in ("closed", "in handling, extended"):
        SITUATIONS[situation](Story(town, title=f"关于养老的建议：{situation}"))
    who = "edu_liaison" if "liaison" in OUTLINES[kind].makers else "clerk"
    figures = said(town, begun(town, kind, who, theme="养老"), who).figures
    with override("zh-hans"):
        for each in figures:
            base = each.code.split("·")[0]
            if base in catalogue and not each.code.startswith(("R013·", "R020·")):
                ours, theirs = (each.label, each.base), catalogue[base]
                assert ours[0] == str(theirs.label), each.code
                assert str(theirs.base) in ours[1], each.code


def test_what_is_counted_live_is_not_passed_off_as_a_past_day_s(town: Town) -> None:
    """Ideas are chosen by the titles that suggestions bear now."""
    Story(town, title="关于养老的建议").submitted().registered()
    report = begun(town, "ideas", as_of=date(2020, 3, 1), theme="养老")
    services.enter_earlier(actor=town.actor("clerk"), at=NOW, entered=entered(code="R701"))
    write(town, report, "选编{R701}件（上年{R701.上年}件）。")
    chosen, last = said(town, report).figures[:2]
    assert (chosen.text, chosen.why) == ("—", "此后又有办理，过去某日的这一数字不能补算")
    assert last.text == "1398"
    # The same on the day itself.
    today = begun(town, "ideas", theme="养老")
    write(town, today, "选编{R701}件。")
    assert said(town, today).figures[0].text == "1"


def test_an_earlier_line_of_the_record_is_another_report(town: Town) -> None:
    """What is known up to a line is counted and opened so."""
    Story(town).submitted().registered()
    line = said(town, begun(town)).known
    Story(town, title="关于加强校园安全的建议").submitted().registered()
    report = begun(town, "half_year")
    material = replace(selectors.material_of(report, town.actor("clerk")), known=line)
    found = selectors.drafted(report, material)
    assert (material.is_past, found.known) == (True, line)
    [received] = [each for each in found.figures if each.code == "R003"]
    assert (received.text, f"known={line}" in received.url) == ("1", True)
    assert next(e.text for e in said(town, report).figures if e.code == "R003") == "2"


# --- Writing


def test_figures_stand_in_the_text_and_cannot_be_written(town: Town) -> None:
    Story(town).submitted().registered().assigned()
    report = begun(town)
    write(town, report, "接收{R001}件[[，上年{R001.上年}件]]。")
    paragraph = next(iter(said(town, report).blocks)).paragraphs[0]
    assert paragraph.text == "接收1件。"
    services.enter_earlier(actor=town.actor("clerk"), at=NOW, entered=entered())
    paragraph = next(iter(said(town, report).blocks)).paragraphs[0]
    assert paragraph.text == "接收1件，上年1398件。"
    with pytest.raises(Invalid, match="R999"):
        write(town, report, "接收{R999}件，{随便}。", seen=1)


def test_what_was_typed_survives_every_refusal(town: Town) -> None:
    report, reader = begun(town), Reader(town, "clerk")
    answer = reader.post("write", report.key, "opening", seen="0", text="乱写{R999}件")
    assert answer.status_code == 422
    assert "乱写{R999}件" in answer.content.decode()
    assert reader.post("write", report.key, "opening", seen="0", text="甲").status_code == 302
    late = reader.post("write", report.key, "opening", seen="0", text="乙的文字")
    assert late.status_code == 409
    assert "乙的文字" in late.content.decode()
    # Having seen the other text he may save his own.
    assert reader.post("write", report.key, "opening", seen="1", text="乙").status_code == 302
    assert list(report.texts.values_list("number", "text")) == [(1, "甲"), (2, "乙")]
    assert Entry.objects.filter(action="report.write").count() == 2
    assert reader.post("write", report.key, "nothing", seen="0", text="甲").status_code == 404


def test_numbers_typed_by_hand_are_told_apart() -> None:
    text = "9月1日，60名代表评议7家单位，据湘常办发〔2020〕12号，占{R131}，约12.5%。"
    assert slots.typed_numbers(text) == ["60", "7", "12.5%"]
    assert slots.slot("R020·A1.上年") == slots.Slot("R020·A1.上年", "R020", "A1", "上年")
    assert slots.slot("R020·A1.明年") is None


def test_a_day_nothing_can_be_counted_on_is_refused(town: Town) -> None:
    given = {"kind": "yearly", "session": town.session.key, "title": "", "theme": ""}
    reader = Reader(town, "clerk")
    for day in ("2020-03-03", "2020-01-12"):
        answer = reader.post("new", as_of=day, meeting="第66次主任会议", **given)
        assert answer.status_code == 422
        assert "第66次主任会议" in answer.content.decode()
    assert reader.post("new", as_of=TODAY.isoformat(), **given).status_code == 302
    assert Report.objects.get().title == "关于2020年岳川省人大代表建议办理和督办工作情况的报告"


# --- Issuing


def test_an_issued_report_stays_what_it_was(town: Town) -> None:
    Story(town).submitted().registered()
    report = begun(town)
    issued = issue(town, report)
    before = said(town, report)
    Story(town, title="关于加强校园安全的建议").submitted().registered()
    assert said(town, begun(town)).figures[0].text == "2"
    after = said(town, report)
    assert after == before
    assert after.figures[0].text == "1"
    assert hashlib.sha256(to_word(paper(after))).hexdigest() == issued.word_sha256
    assert hashlib.sha256(workbook(after)).hexdigest() == issued.sheet_sha256
    for ending, digest in (("docx", issued.word_sha256), ("xlsx", issued.sheet_sha256)):
        file = b"".join(Reader(town, "leader").get("paper", report.key, ending).streaming_content)
        assert hashlib.sha256(file).hexdigest() == digest
    assert Entry.objects.get(action="report.issue").after == issued.word_sha256
    assert issued.known == Entry.objects.get(action="report.issue").seq - 1
    with pytest.raises(Conflict):
        write(town, report, "改一改")
    with pytest.raises(Conflict):
        issue(town, report)


def test_a_report_with_places_to_be_written_is_not_issued(town: Town) -> None:
    report, reader = begun(town, "half_year"), Reader(town, "clerk")
    answer = reader.post("issue", report.key, number="岳常报〔2020〕9号")
    assert answer.status_code == 409
    assert "岳常报〔2020〕9号" in answer.content.decode()
    write(town, report, "抓紧办理。", block="next")
    assert reader.post("issue", report.key, number="").status_code == 302


# --- Who may


def test_who_begins_writes_and_issues_which_report(town: Town) -> None:
    tries: dict[str, Callable[[str], object]] = {
        "yearly": lambda who: begun(town, "yearly", who),
        "organ": lambda who: begun(town, "organ", who),
        "write": lambda who: write(town, begun(town), "好", actor=town.actor(who)),
        "issue": lambda who: issue(town, begun(town), who),
    }
    done: dict[str, set[str]] = {name: set() for name in tries}
    for who in town.everyone():
        for name, do in tries.items():
            try:
                do(who)
                done[name].add(who)
            except NotPermitted:
                continue
    clerks = {"clerk", "second_clerk"}
    assert done == {
        "yearly": clerks,
        "organ": {"edu_liaison", "fin_liaison"},
        "write": clerks,
        "issue": clerks,
    }


def seen(actor: Actor, report: Report) -> bool:
    try:
        return bool(selectors.report_for(actor, report.key))
    except NotFound:
        return False


def test_who_reads_drafts_and_issued_ones(town: Town) -> None:
    draft, ready = begun(town), begun(town)
    issue(town, ready)
    own = begun(town, "lists", "edu_liaison")
    reads = {
        name: {who for who, actor in town.everyone().items() if seen(actor, report)}
        for name, report in (("draft", draft), ("issued", ready), ("own", own))
    }
    clerks, education = (
        {"clerk", "second_clerk"},
        {"edu_liaison", "edu_handler", "edu_checker", "edu_head"},
    )
    assert reads == {
        "draft": clerks,
        "issued": clerks | {"government_clerk", "committee", "leader"},
        "own": education,
    }
    with pytest.raises(NotPermitted):
        issue(town, own, "edu_liaison")
    issue(town, own, "edu_head")
    assert Reader(town, "clerk").get("one", own.key).status_code == 200
    assert Reader(town, "fin_head").get("one", own.key).status_code == 404
    for ending in ("docx", "xlsx"):
        answer = Reader(town, "leader").get("paper", ready.key, ending)
        assert b"".join(answer.streaming_content).startswith(b"PK")
    assert Reader(town, "leader").get("paper", ready.key, "exe").status_code == 404


# --- Earlier years


def test_an_earlier_figure_names_its_paper_and_is_corrected_by_another(town: Town) -> None:
    reader = Reader(town, "clerk")
    given = {"code": "R131", "year": "2019", "base": "占全部建议", "source": "《2019年报告》"}
    assert reader.post("earlier_new", printed="约68", **given).status_code == 422
    assert reader.post("earlier_new", printed="68.4%", **given).status_code == 302
    first = EarlierFigure.objects.get()
    assert (first.printed, first.same_base) == ("68.4", False)
    assert reader.post("earlier_new", printed="68.5", **given).status_code == 302
    later = EarlierFigure.objects.get(printed="68.5")
    page = reader.get("earlier_one", first.key).content.decode()
    assert "《2019年报告》" in page
    assert reverse("reporting:reports:earlier_one", args=[later.key]) in page
    # Nothing has been rated, so there is nothing to compare it with.
    report = begun(town)
    write(town, report, "{R131.上年}，{R131.增减}。")
    last, change = said(town, report).figures[:2]
    assert (last.text, last.url.split("/")[-2]) == ("68.5%", later.key)
    assert "口径与本年不同" in last.base
    assert (change.text, change.why) == ("—", "没有可作基数的件，不计算比例")


def test_last_year_s_report_issued_here_is_what_this_year_s_compares_with(town: Town) -> None:
    last = Session.objects.create(
        congress=town.congress,
        term=town.term,
        ordinal=2,
        name="岳川省第十三届人民代表大会第二次会议",
        opens_on=date(2019, 1, 26),
        closes_on=date(2019, 1, 31),
    )
    before = begun(town, "yearly", session=last, as_of=date(2019, 9, 10))
    for block, text in (("assigning", "甲"), ("contact", "乙"), ("supervision", "丙")):
        write(town, before, text, block=block)
    for block in ("evaluation", "next"):
        write(town, before, "", block=block)
    issue(town, before)
    Story(town).submitted().registered()
    report = begun(town)
    write(town, report, "{R001}，{R001.上年}，{R001.增减}。")
    now, then, change = said(town, report).figures[:3]
    assert (now.text, then.text, change.text) == ("1", "0", "增加1")
    assert then.url == reverse("reporting:reports:one", args=[before.key])
    # What is entered corrects what was printed.
    services.enter_earlier(actor=town.actor("clerk"), at=NOW, entered=entered(printed="3"))
    assert said(town, report).figures[2].text == "减少2"


@pytest.mark.parametrize("year", [TODAY.year, TODAY.year + 1])
def test_this_year_is_counted_not_entered(town: Town, year: int) -> None:
    with pytest.raises(Invalid):
        services.enter_earlier(actor=town.actor("clerk"), at=NOW, entered=entered(year=year))


def test_only_the_office_enters_earlier_figures(town: Town) -> None:
    allowed = set()
    for who, actor in town.everyone().items():
        try:
            services.enter_earlier(actor=actor, at=NOW, entered=entered())
            allowed.add(who)
        except DomainError:
            continue
    assert allowed == {"clerk", "second_clerk"}


def test_the_database_refuses_to_change_what_was_entered(town: Town) -> None:
    services.enter_earlier(actor=town.actor("clerk"), at=NOW, entered=entered())
    issue(town, begun(town))
    for table in ("earlierfigure", "report", "reportissue"):
        for statement in ("UPDATE reporting_{} SET post_id = post_id", "DELETE FROM reporting_{}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement.format(table))


def test_the_meeting_and_its_item_stand_over_the_title(town: Town) -> None:
    report = begun(town)
    made = paper(said(town, report))
    assert made.over == ("第66次主任会议",)
    assert made.under[1] == "2020年3月2日"
    assert said(town, report).on == date(2020, 3, 2)
