"""What does not fit in a reply or an opinion: told in these very words, and nothing typed is lost.

Each row is one mistake on one page, the words of both languages written out by hand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import translation

from huiyin.accounts.tests.town import Town
from huiyin.suggestions.models import CoOpinion, Reply
from huiyin.suggestions.tests.cases import Reader, town_of_pages
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db

# Words that stand nowhere else: whoever finds them on the page has lost nothing.
TYPED = {
    "opening": "开头原话：来信收悉。",
    "closing": "结尾原话：感谢支持。",
    "document_no": "岳教函〔2020〕77号",
    "contact_person": "钱学文",
}
PROVEN = {"outcome_class": "A1", "evidence": "佐证原话：已开园。", "source": "岳教发〔2020〕12号"}
ANSWERS = ("第一条原话：已经开工。", "第二条原话：已经开通。")
OPINION = {
    "text": "意见原话：已安排资金。",
    "will_do": "打算原话：九月底前。",
    "advice": "建议原话：写明金额。",
    "signed_by": "方副厅长",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """What is typed in place of what would do, and the words of the refusal."""

    zh: str
    en: str
    said: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[str, str] = ANSWERS


# Where the classes of the province are written, as each refusal cites it.
CITED = "（《关于2020年省人大代表建议督办工作情况的汇报》第三部分第（三）项）"
CITED_EN = " (Report on the supervision of deputies' suggestions in Hunan, 2020, part 3 (3))"

REPLIES = {
    "a request without an answer": Bad(
        answers=(ANSWERS[0], " \n"),
        zh="第 2 条还没有答复。",
        en="Request 2 has no answer yet.",
    ),
    "no class": Bad(
        said={"outcome_class": ""},
        zh="请选择答复类别。",
        en="Choose the outcome class of the reply.",
    ),
    "a class without its proof": Bad(
        said={"evidence": ""},
        zh="标注“已经解决或者采纳”的，须写明办成了什么，并附佐证材料或者列出文件、网址。",
        en="A class that says solved or adopted needs what was done, with a file attached or a "
        "document or address named.",
    ),
    "a plan without its name": Bad(
        said={"outcome_class": "B2", "promised_on": "2025-12-31"},
        zh="标注“列入规划、计划”的，须写明规划或者计划的名称和完成日期。" + CITED,
        en="A class that says planned needs the plan by its name, and its day." + CITED_EN,
    ),
    "a day beyond three years": Bad(
        said={"outcome_class": "B1", "promised_on": "2023-03-03"},
        zh="日期最迟为2023年3月2日。标注“列入近期工作计划”的，须写明办成日期，且不得超过规定年限。"
        + CITED,
        en="The day can be no later than 2 March 2023. A class that says near-term plan needs a "
        "day no later than the rules allow from assignment." + CITED_EN,
    ),
    "a day that is past": Bad(
        said={"outcome_class": "A2", "promised_on": "2020-03-01"},
        zh="该日期已过。已经办成的，请标注相应的“已经解决”类别。",
        en="This day is past. What has been done is claimed by a class that says so.",
    ),
    "a day no calendar has": Bad(
        said={"outcome_class": "A2", "promised_on": "2020-02-31"},
        zh="“2020-02-31”不存在：2020年2月只有29天，没有31日。请对照原件改正。",
        en="“2020-02-31” does not exist: 2020-02 has 29 days, no day 31. Correct it against the "
        "original.",
    ),
    "another deputy's name": Bad(
        said={"opening": "周海平代表：您好。"},
        zh="“周海平”：文稿中的代表姓名不是本件的提出人。"
        "请核对姓名；如确需提到其他代表，请在正文中说明。",
        en="“周海平”: The text names a deputy who did not sign this suggestion. Check the name; "
        "another deputy may be mentioned in an answer, not addressed.",
    ),
    "another suggestion's number": Bad(
        said={"opening": "您提出的第99号建议收悉。"},
        zh="“第99号”：文稿中的建议编号与本件不符。请改为本件编号；引用其他建议的，请核对后确认。",
        en="“第99号”: The number in the text is not that of this suggestion. Put this suggestion's "
        "number; where another is meant, check it and confirm.",
    ),
    "a blank left open": Bad(
        said={"closing": "共投入××万元。"},
        zh="“××”：文稿中留有未填写的空白或者占位符。请填写实际内容，或者删去。",
        en="“××”: A blank or a placeholder has been left in the text. Fill it in or take it out.",
    ),
}
OPINIONS = {
    "an empty opinion": Bad(
        said={"text": " \n　"},
        zh="本单位已做工作：请填写。",
        en="What your organ has done: Please fill this in.",
    ),
    "an opinion nobody signed": Bad(
        said={"signed_by": ""}, zh="签发人：请填写。", en="Signed by: Please fill this in."
    ),
}
SAFE = {
    "zh-hans": "还没有提交，您填写的内容都在。",
    "en": "Nothing has been sent yet; what you typed is still here.",
}


@pytest.fixture(autouse=True)
def _one_language_after_the_other() -> Iterator[None]:
    """What the last page spoke is not what the next test speaks."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


@pytest.fixture
def story(town: Town) -> Story:
    return Story(town).submitted().registered().assigned().acknowledged().heard().co_acknowledged()


def sitting(town: Town, who: str, language: str) -> Reader:
    reader = Reader(town, who)
    reader.client.post("/language/", {"language": language})
    return reader


def words_of(page: str) -> str:
    """What a reader reads of a page: no marks, and no more blanks than he sees."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


def told(bad: Bad, language: str) -> str:
    return bad.zh if language == "zh-hans" else bad.en


@pytest.mark.parametrize("case", REPLIES)
def test_a_reply_that_does_not_fit_is_told_and_kept(town: Town, story: Story, case: str) -> None:
    story.opinion_given().opinions_marked()
    bad, key = REPLIES[case], story.part().key
    asked = story.case.versions.latest("ordinal").requests.all()
    boxes = {f"answer_{item.key}": text for item, text in zip(asked, bad.answers, strict=True)}
    typed = {"letter_on": "2020-03-02", **TYPED, **PROVEN, **boxes, **bad.said}
    for language in SAFE:
        form = {**typed, "revision": "0", "act": "send"}
        answer = sitting(town, "edu_handler", language).post("reply", key, said=form)
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 422
        assert told(bad, language) in words_of(page)
        assert SAFE[language] in page
        for name, text in typed.items():
            assert name == "outcome_class" or text.strip() in page, name
    assert not Reply.objects.exists()


def test_control_the_same_reply_without_a_mistake_is_sent(town: Town, story: Story) -> None:
    story.opinion_given().opinions_marked()
    asked = story.case.versions.latest("ordinal").requests.all()
    boxes = {f"answer_{item.key}": text for item, text in zip(asked, ANSWERS, strict=True)}
    form = {"letter_on": "2020-03-02", **TYPED, **PROVEN, **boxes, "revision": "0", "act": "send"}
    answer = sitting(town, "edu_handler", "zh-hans").post("reply", story.part().key, said=form)
    assert answer.status_code == 302
    assert Reply.objects.exists()


@pytest.mark.parametrize("case", OPINIONS)
def test_an_opinion_that_does_not_fit_is_told_and_kept(town: Town, story: Story, case: str) -> None:
    bad, part = OPINIONS[case], story.part("finance")
    typed = {**OPINION, **bad.said}
    for language in SAFE:
        reader = sitting(town, "fin_handler", language)
        answer = reader.takes_on(part, "give_opinion", **typed)
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 422
        assert told(bad, language) in words_of(page)
        assert SAFE[language] in page
        for text in typed.values():
            assert text.strip() in page
    assert not CoOpinion.objects.exists()
