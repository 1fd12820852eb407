"""What a letter is looked through for: a text with each fault, and texts that are in order."""

import pytest

from huiyin.rulebook.text_checks import (
    PHRASES,
    TEXT_RULES,
    Known,
    check_text,
    names_before_title,
)

KNOWN = Known(
    organ="省教育厅",
    session="岳川省第十三届人民代表大会第三次会议",
    numbers=frozenset({"0123"}),
    signers=frozenset({"林晓岚", "赵立新"}),
    others=frozenset({"周海平"}),
)


def found(text: str, where: str = "opening") -> list[tuple[str, str, bool]]:
    findings = check_text({where: text}, known=KNOWN)
    return [(each.rule.code, each.text, each.blocking) for each in findings]


@pytest.mark.parametrize(
    ("text", "code", "span"),
    [
        ("投入××万元", "leftover", "××"),
        ("由XX负责", "leftover", "XX"),
        ("教函〔20　〕5号", "leftover", "〔20　〕"),
        ("教函〔〕5号", "leftover", "〔〕"),
        ("联系人____", "leftover", "____"),
        ("（此处填写进展）", "leftover", "（此处填写进展）"),
        ("周海平代表：", "other_deputy", "周海平"),
        ("尊敬的王某某代表：您好", "other_deputy", "王某某"),
        ("刘一代表您好", "other_deputy", "刘一"),
        ("您提出的第0124号建议", "other_number", "第0124号"),
        (
            "您在十三届人大二次会议上",
            "other_session",
            "十三届人大二次会议",
        ),
    ],
)
def test_a_certain_fault_at_the_head_of_the_letter_stops_it(
    text: str, code: str, span: str
) -> None:
    assert found(text) == [(code, span, True)]


@pytest.mark.parametrize(
    "text",
    [
        "林晓岚代表：您提出的《关于增设幼儿园的建议》（第123号）收悉。",
        "林晓岚等代表：您好",
        "各位代表：感谢省人大代表的监督，人大代表提出的意见已经采纳。",
        "您在省第十三届人民代表大会第3次会议上提出的建议",
        "按照省十三届人大常委会第十九次会议的决定",
        "依据教函〔2020〕15号文和第12号令",
        "我厅已于三月开工，我省、本市均有安排。",
        "已拨付XXL型校车12辆",
        "林晓岚代表、赵立新代表",
    ],
)
def test_what_is_in_order_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("已与周海平代表一同调研", "other_deputy"),
        ("与第45号建议一并研究", "other_number"),
        ("十二届人大一次会议以来", "other_session"),
        ("我局已经办理", "other_organ"),
        ("目前正在积极研究", "empty_phrase"),
    ],
)
def test_in_an_answer_it_is_only_pointed_out(text: str, code: str) -> None:
    assert [(rule, blocking) for rule, _text, blocking in found(text, "answer")] == [(code, False)]


def test_without_a_number_or_a_known_session_nothing_is_compared() -> None:
    bare = Known(organ="省教育厅")
    text = "您提出的第5号建议，十三届人大二次会议"
    assert check_text({"opening": text}, known=bare) == []


def test_the_same_words_are_confirmed_once_and_places_are_exact() -> None:
    text = "先说将认真研究，再说将认真研究。"
    one, two = check_text({"answer": text}, known=KNOWN)
    assert one.key == two.key == "empty_phrase:将认真研究"
    assert text[one.start : one.end] == "将认真研究"
    assert one.start < two.start
    assert one.lacks is not None


def test_names_are_looked_for_before_the_title() -> None:
    assert {"海平", "周海平", "与周海平"} <= names_before_title("已与周海平代表当面沟通")
    assert names_before_title("代表") == set()


def test_every_rule_and_phrase_speaks_both_languages() -> None:
    for rule in TEXT_RULES.values():
        assert rule.said.zh and rule.said.en and rule.do.zh and rule.do.en
    assert all(lacks.zh and lacks.en for lacks in PHRASES.values())
