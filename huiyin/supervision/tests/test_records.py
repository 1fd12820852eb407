"""Outcomes, training and publicity, yearly papers, bulletins."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Invalid, NotPermitted
from huiyin.supervision import services
from huiyin.supervision.models import Bulletin, Outcome, YearlyPaper
from huiyin.supervision.services import Result
from huiyin.supervision.tests.room import Reader, assigned

pytestmark = pytest.mark.django_db
DAY = TODAY.isoformat()


@pytest.fixture
def town(settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def test_an_outcome_is_tied_to_its_suggestion_and_to_where_it_can_be_found(town: Town) -> None:
    case = assigned(town)
    given = {
        "number": str(case.number),
        "kind": "money",
        "title": "投入校园安全资金",
        "on": DAY,
        "source": "岳财教〔2020〕5号",
        "amount": "",
    }
    reader = Reader(town, "edu_liaison")
    answer = reader.post("outcome_new", given=given)
    assert answer.status_code == 422
    assert "投入校园安全资金" in answer.content.decode()
    assert reader.post("outcome_new", given={**given, "amount": "250000"}).status_code == 302
    outcome = Outcome.objects.get()
    assert outcome.organ == town.education
    assert Reader(town, "lin").get("outcome", outcome.key).status_code == 200
    assert Reader(town, "zhou").get("outcome", outcome.key).status_code == 404


def test_an_outcome_nobody_can_find_is_no_outcome(town: Town) -> None:
    result = Result(kind="document", title="校园安全条例", on=TODAY, source=" ")
    with pytest.raises(Invalid):
        services.record_outcome(
            actor=town.actor("clerk"), at=NOW, suggestion=assigned(town), result=result
        )


def test_a_paper_s_clauses_are_numbered(town: Town) -> None:
    given = {
        "kind": "opinion",
        "year": "2020",
        "title": "关于做好2020年度代表建议工作的意见",
        "number": "岳常办发〔2020〕12号",
        "issued_on": DAY,
        "clauses": "一周一电话督办\n一月一上门",
    }
    reader = Reader(town, "clerk")
    assert reader.post("paper_new", given=given).status_code == 302
    paper = YearlyPaper.objects.get()
    assert list(paper.clauses.values_list("position", flat=True)) == [1, 2]
    page = Reader(town, "edu_handler").get("paper", paper.key).content.decode()
    assert "一月一上门" in page
    # The same number again is another paper's; what was typed is not lost.
    again = reader.post("paper_new", given=given)
    assert again.status_code == 409
    assert "一月一上门" in again.content.decode()


def test_a_bulletin_is_numbered_by_year_and_all_together_and_typeset(town: Town) -> None:
    given: dict[str, Any] = {
        "actor": town.actor("clerk"),
        "at": NOW,
        "title": "联络动态",
        "editor": "吴佩珊",
        "approval_no": "岳党简准字〔2000〕第28号",
        "addressees": "各市人大常委会\n各承办单位",
        "articles": [("省教育厅办理校园安全建议", "逐校排查。")],
    }
    services.issue_bulletin(**given, issued_on=TODAY.replace(year=2019))
    last = services.issue_bulletin(**given, issued_on=TODAY)
    assert (last.issue, last.running) == (1, 2)
    reader = Reader(town, "clerk")
    for ending, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        paper = reader.get("bulletin_paper", last.key, ending)
        assert b"".join(paper.streaming_content).startswith(begins)
    assert reader.get("bulletin_paper", last.key, "exe").status_code == 404


def test_articles_are_taken_apart_by_their_titles(town: Town) -> None:
    given = {
        "title": "联络动态",
        "editor": "吴佩珊",
        "approval_no": "28号",
        "issued_on": DAY,
        "addressees": "各单位",
        "articles": "## 甲\n甲文。\n\n## 乙\n乙文。",
    }
    reader = Reader(town, "clerk")
    assert reader.post("bulletin_new", given=given).status_code == 302
    articles = Bulletin.objects.get().articles.values_list("title", "text")
    assert list(articles) == [("甲", "甲文。"), ("乙", "乙文。")]
    assert reader.post("bulletin_new", given={**given, "articles": "没有标题"}).status_code == 422


def test_who_keeps_these_records(town: Town) -> None:
    keepers = set()
    for who in town.everyone():
        try:
            services.record_publicity(
                actor=town.actor(who),
                at=NOW,
                kind="article",
                title="代表评议建议办理",
                medium="岳川日报",
                on=TODAY,
            )
            keepers.add(who)
        except NotPermitted:
            continue
    assert keepers == {"clerk", "second_clerk", "government_clerk"}


@pytest.mark.parametrize(
    "name", ["outcome_list", "publicity_list", "paper_list", "bulletin_list", "fund_list"]
)
def test_the_lists_open_and_export(town: Town, name: str) -> None:
    reader = Reader(town, "clerk")
    assert reader.get(name).status_code == 200
    assert reader.get(name, export="csv").status_code == 200
    assert reader.get(name, print="1").status_code == 200
