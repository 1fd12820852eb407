"""The pages of organs and their reform: everything is seen before anything is done."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.accounts.models import Post, Standing
from huiyin.accounts.tests.town import TODAY, Town
from huiyin.organisations.models import Organ, OrganReform
from huiyin.suggestions.models import Carried
from huiyin.suggestions.reforms import END
from huiyin.suggestions.tests.cases import Reader, town_of_pages
from huiyin.suggestions.tests.situations import Story
from huiyin.suggestions.tests.test_reforming import decided as decision
from huiyin.suggestions.tests.test_reforming import in_work, is_sound, lead, merged, reform

pytestmark = pytest.mark.django_db

SAID = {
    "kind": "merge",
    "organs": "省教育厅\n财政厅",
    "heirs": "省教育和财政厅",
    "on": TODAY.isoformat(),
    "document_no": "岳编〔2020〕3号",
    "decided_by": "省委编委",
}


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def shown(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def send(reader: Reader, act: str, **said: str) -> Any:
    return reader.post("reform_organs", said={**SAID, "act": act, **said})


def done(reader: Reader, **said: str) -> Any:
    """Look, then do what was looked at."""
    page = shown(send(reader, "preview", **said))
    mark = re.search(r'name="mark" value="([^"]+)"', page)
    assert mark, page
    return send(reader, "do", mark=mark[1], **said)


def test_the_preview_lists_every_case_and_post_and_writes_nothing(town: Town) -> None:
    story, over = in_work(town), Story(town).replied().rated("S")
    answer = send(Reader(town, "clerk"), "preview")
    page = shown(answer)
    assert answer.status_code == 200
    assert story.case.title in page
    assert "划转省教育和财政厅" in page
    assert "终止：省教育和财政厅已承担本件其他任务" in page
    assert "1 件已办结的保留原单位名称" in page
    for who in ("孙敏", "钱学文", "郑育才", "冯计"):
        assert who in page
    over.case.refresh_from_db()
    assert not OrganReform.objects.exists()
    assert not Organ.objects.filter(name="省教育和财政厅").exists()


def test_the_reform_is_done_once_and_told_on_the_case(town: Town) -> None:
    story = in_work(town)
    clerk = Reader(town, "clerk")
    answer = done(clerk)
    assert answer.status_code == 302
    result = shown(clerk.client.get(answer.url))
    assert "划转在办建议 1 件" in result
    assert story.case.title in result
    page = shown(clerk.get("case", story.case.key))
    assert "由省教育厅划转（岳编〔2020〕3号）" in page
    assert "机构改革：由省教育厅划转省教育和财政厅继续办理" in page
    assert "省教育厅　签收" in page
    is_sound(town)


def test_a_list_that_has_changed_is_shown_anew(town: Town) -> None:
    in_work(town)
    clerk = Reader(town, "clerk")
    mark = re.search(r'name="mark" value="([^"]+)"', shown(send(clerk, "preview")))
    assert mark
    other = in_work(town)
    answer = send(clerk, "do", mark=mark[1])
    assert answer.status_code == 409
    page = shown(answer)
    assert "本次未作任何改动" in page
    assert other.case.title in page
    assert SAID["document_no"] in page
    assert not OrganReform.objects.exists()


def test_a_split_asks_for_each_case_and_takes_the_division(town: Town) -> None:
    story, other = in_work(town), Story(town).submitted().registered().assigned()
    clerk = Reader(town, "clerk")
    said = {"kind": "split", "organs": "省教育厅", "heirs": "省基教厅\n省高教厅"}
    page = shown(send(clerk, "preview", **said))
    assert "还有 2 件未确定承继单位" in page
    assert "实施改革" not in page
    said["division_基础教育处"] = "省基教厅"
    page = shown(send(clerk, "preview", **said))
    assert "还有 1 件未确定承继单位" in page
    assert "随处室：省基教厅" in page
    said[f"part_{other.part().key}"] = "省高教厅"
    said[f"post_{town.post('edu_checker').key}"] = END
    assert done(clerk, **said).status_code == 302
    assert [str(lead(each).organ) for each in (story, other)] == ["省基教厅", "省高教厅"]
    gone = Post.objects.get(pk=town.post("edu_checker").pk)
    assert gone.standing == Standing.ENDED
    is_sound(town)


WRONG = {
    "unknown organ": ({"organs": "省无此厅"}, "没有叫这个名称的承办单位"),
    "no day": ({"on": "2020-02-31"}, ""),
    "unknown successor": ({"kind": "abolish", "organs": "省教育厅", "heirs": "省无此厅"}, ""),
    "circle": ({"organs": "省教育厅", "heirs": "省教育厅"}, "单位不能并入自身"),
    "no document": ({"document_no": ""}, ""),
    "too long a name": ({"heirs": "厅" * 81}, "最多 80 个字"),
    "a day to come": ({"on": "2020-03-03"}, "自施行之日起"),
}


@pytest.mark.parametrize("case", WRONG)
def test_bad_input_is_said_beside_the_field_and_kept(town: Town, case: str) -> None:
    said, complaint = WRONG[case]
    answer = send(Reader(town, "clerk"), "do", **said)
    assert answer.status_code == 422
    page = shown(answer)
    assert "field-error" in page
    assert complaint in page
    assert "省委编委" in page


def test_who_may(town: Town) -> None:
    in_work(town)
    change = merged(town)
    organ = town.education
    for who, expected in {"clerk": 200, "leader": 403, "committee": 403, "lin": 404}.items():
        assert Reader(town, who).get("reform_organs").status_code == expected, who
    for who, expected in {"clerk": 200, "leader": 200, "lin": 404, "edu_head": 404}.items():
        reader = Reader(town, who)
        # The posts of the old organ are void: its people act in the new ones.
        assert reader.get("organs").status_code == expected, who
        assert reader.get("organ", organ.key).status_code == expected, who
    for who, expected in {"lin": 200, "edu_liaison": 200, "leader": 200, "zhou": 404}.items():
        assert Reader(town, who).get("reform", change.key).status_code == expected, who


def test_the_register_tells_what_became_of_an_organ(town: Town) -> None:
    reform(town, decision("merge", ["省财政厅"], town.education))
    page = shown(Reader(town, "clerk").get("organs"))
    assert "已撤销的单位" in page
    assert '省教育厅 <span aria-hidden="true">→</span> 省财政厅' in page
    history = shown(Reader(town, "leader").get("organ", town.education.key))
    assert "由省财政厅承继" in history
    assert "登记该单位的改革" not in history


def test_a_renamed_organ_keeps_its_old_name_on_what_is_over(town: Town) -> None:
    over = Story(town).replied().rated("S")
    reform(town, decision("rename", ["省教育体育厅"], town.education, on=TODAY))
    # It was closed on the first day of the new name; a day later it would bear the old one.
    assert not Carried.objects.exists()
    assert "省教育体育厅" in shown(Reader(town, "clerk").get("organ", town.education.key))
    assert Reader(town, "clerk").get("case", over.case.key).status_code == 200


def test_the_pages_cost_no_more_with_more_cases(town: Town) -> None:
    clerk = Reader(town, "clerk")

    def cost() -> int:
        send(clerk, "preview")
        with CaptureQueriesContext(connection) as caught:
            send(clerk, "preview")
        return len(caught.captured_queries)

    in_work(town)
    few = cost()
    for _each in range(3):
        in_work(town)
    assert cost() == few
