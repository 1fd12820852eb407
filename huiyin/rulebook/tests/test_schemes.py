"""Classes, grades and reasons: the exact words, and what they are counted as."""

from collections.abc import Callable

import pytest

from huiyin.rulebook import (
    CLASS_SCHEMES,
    DIMENSIONS,
    REASONS,
    SCALES,
    SOLVED_OR_PLANNED,
    Outcome,
    Words,
)

# The words of the Hunan report of 2020, group and neutral outcome beside them.
HUNAN = {
    "A1": ("A", Outcome.SOLVED, "所提问题已经解决或所提意见和建议已经采纳、部分采纳的"),
    "A2": ("A", Outcome.THIS_YEAR, "所提问题在本年度内能够基本解决的"),
    "A3": ("A", Outcome.REGULATED, "所提问题已有规定的"),
    "B1": (
        "B",
        Outcome.PLANNED,
        "所提问题已经列入近期工作计划,自交办之日起三年内能够基本解决的",
    ),
    "B2": ("B", Outcome.PLANNED, "所提问题已经列入工作规划的"),
    "C1": (
        "C",
        Outcome.REFERENCE,
        "所提问题暂时难以解决,但是对加强和改进工作具有参考价值,拟在工作中研究参考的",
    ),
    "C2": (
        "C",
        Outcome.IMPOSSIBLE,
        "所提问题因法律和政策的规定或者目前条件不具备确实无法解决的",
    ),
}
COUNTS = {"A1": 596, "A2": 143, "A3": 277, "B1": 112, "B2": 149, "C1": 126, "C2": 39}


def test_the_seven_classes_of_hunan() -> None:
    scheme = CLASS_SCHEMES["hunan-7"]
    assert {
        each.code: (each.group, each.outcome, each.definition.zh) for each in scheme.classes
    } == HUNAN
    assert scheme.groups == ("A", "B", "C")


def test_the_four_national_classes() -> None:
    scheme = CLASS_SCHEMES["national-4"]
    assert [(each.code, each.group, each.outcome) for each in scheme.classes] == [
        ("A", "A", Outcome.SOLVED),
        ("B", "B", Outcome.PLANNED),
        ("C", "C", Outcome.IMPOSSIBLE),
        ("D", "D", Outcome.REFERENCE),
    ]


def test_the_report_adds_up_by_letter_and_by_outcome() -> None:
    scheme = CLASS_SCHEMES["hunan-7"]
    by_letter = {
        letter: sum(COUNTS[each.code] for each in scheme.classes if each.group == letter)
        for letter in scheme.groups
    }
    assert by_letter == {"A": 1016, "B": 261, "C": 165}
    solved_or_planned = sum(
        COUNTS[each.code] for each in scheme.classes if each.outcome in SOLVED_OR_PLANNED
    )
    assert solved_or_planned == 1277


def test_the_same_letter_means_different_things() -> None:
    assert CLASS_SCHEMES["hunan-7"].find("C1").outcome is Outcome.REFERENCE
    assert CLASS_SCHEMES["national-4"].find("C").outcome is Outcome.IMPOSSIBLE


def test_grades_run_from_the_best_to_the_worst() -> None:
    assert SCALES["four-grades"].codes == ("VS", "S", "BS", "NS")
    assert SCALES["three-grades"].codes == ("S", "BS", "NS")
    assert [grade.label.zh for grade in SCALES["four-grades"].grades] == [
        "很满意", "满意", "基本满意", "不满意"
    ]  # fmt: skip


@pytest.mark.parametrize("code", SCALES)
def test_only_the_worst_grade_is_dissatisfied(code: str) -> None:
    *others, worst = SCALES[code].grades
    assert worst.code == "NS"
    assert worst.dissatisfied
    assert not any(grade.dissatisfied for grade in others)


def test_basically_satisfied_counts_only_where_the_rulebook_says_so() -> None:
    scale = SCALES["four-grades"]
    assert scale.counted_satisfied(includes_basic=False) == {"VS", "S"}
    assert scale.counted_satisfied(includes_basic=True) == {"VS", "S", "BS"}


@pytest.mark.parametrize("found", [CLASS_SCHEMES["hunan-7"].find, SCALES["four-grades"].find])
def test_an_unknown_code_is_an_error(found: Callable[[str], object]) -> None:
    with pytest.raises(KeyError):
        found("Z9")


def test_a_grade_is_found_by_its_code() -> None:
    assert SCALES["three-grades"].find("BS").label.en == "Basically satisfied"


def test_what_can_be_repaired_is_not_barred() -> None:
    repairable = {code for code, reason in REASONS.items() if not reason.barred}
    assert repairable == {"TOO_BROAD", "VAGUE", "NOT_FEASIBLE", "SEVERAL_MATTERS"}
    assert len(REASONS) == 16


def test_every_label_is_said_in_both_languages() -> None:
    labels = [scheme.title for scheme in CLASS_SCHEMES.values()]
    for scheme in CLASS_SCHEMES.values():
        labels += [text for each in scheme.classes for text in (each.label, each.definition)]
    labels += [scale.title for scale in SCALES.values()]
    labels += [grade.label for scale in SCALES.values() for grade in scale.grades]
    labels += [dimension.label for dimension in DIMENSIONS.values()]
    labels += [reason.label for reason in REASONS.values()]
    assert len(labels) > 40
    for label in labels:
        assert not label.zh.isascii()
        assert label.en.isascii()


def test_words_are_said_in_the_readers_language() -> None:
    words = Words(zh="交办", en="assigned")
    assert [words.said_in(code) for code in ("zh-hans", "zh", "en", "en-gb")] == [
        "交办", "交办", "assigned", "assigned"
    ]  # fmt: skip
    assert str(words) == "交办"


@pytest.mark.parametrize(
    ("scheme", "outcomes", "promises"),
    [
        # 上海 第十八条: adopted, in the year's plan, in a work plan, for reference
        ("shanghai-4", "solved this_year planned reference", "- planned planned -"),
        # 北京2025年报告: taken up, or studied and explained
        ("beijing-2", "planned reference", "planned -"),
        # 山东 第十八条: solved, planned, conditions lacking, against the rules
        ("shandong-4", "solved planned impossible impossible", "- planned - -"),
        # 青岛 第二十六条: within the limit, the year, over the year, cannot
        ("qingdao-4", "solved this_year planned impossible", "- this_year planned -"),
        # 河南 第十九条: solved, solved at once, planned, cannot, a higher organ's
        (
            "henan-5",
            "solved solved planned impossible impossible",
            "- - planned - -",
        ),
        # 重庆 第二十二条: solved, being solved, conditions lacking, a higher organ's
        ("chongqing-4", "solved planned impossible impossible", "- planned - -"),
        ("national-4", "solved planned impossible reference", "- planned - -"),
        (
            "hunan-7",
            "solved this_year regulated planned planned reference impossible",
            "- this_year - near_term planned - -",
        ),
    ],
)
def test_what_each_class_comes_to_and_promises(scheme: str, outcomes: str, promises: str) -> None:
    classes = CLASS_SCHEMES[scheme].classes
    assert " ".join(each.outcome for each in classes) == outcomes
    assert " ".join(each.promise or "-" for each in classes) == promises


def test_every_scheme_is_stated_above() -> None:
    assert len(CLASS_SCHEMES) == 8
    for scheme in CLASS_SCHEMES.values():
        assert len(set(scheme.codes)) == len(scheme.codes)
