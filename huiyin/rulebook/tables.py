"""A rulebook, or the difference of two, as plain text and as data for other programs."""

from collections.abc import Iterator
from typing import Any

from huiyin.rulebook.model import Citation, Rulebook
from huiyin.rulebook.parameters import PARAMETERS
from huiyin.rulebook.sources import Confidence
from huiyin.rulebook.values import written
from huiyin.rulebook.wording import label, said
from huiyin.rulebook.words import Words

_QUOTED = (Confidence.READ, Confidence.EXCERPT)
_SAME = Words(zh="两边的值都相同。", en="All values are the same.")


def shown(rules: Rulebook, *, title: Words, language: str) -> str:
    """Every value in force: its name and key, and below them value, source and origin."""
    on = rules.on.isoformat()
    head = Words(
        zh=f"{title.zh}　{on} 适用的规则（规则包 {rules.pack}）",
        en=f"{title.en}: rules in force on {on} (pack {rules.pack})",
    )
    lines = [head.said_in(language)]
    for each in rules.citations:
        lines += ["", f"{label(each.key).said_in(language)}  {each.key}"]
        lines += [f"    {line}" for line in _cited(each, language)]
    return "\n".join(lines)


def compared(one: Rulebook, other: Rulebook, *, titles: tuple[Words, Words], language: str) -> str:
    """The values in which two rulebooks differ, each with its source."""
    differing = differences(one, other)
    first, second = (title.said_in(language) for title in titles)
    on = one.on.isoformat()
    same = len(PARAMETERS) - len(differing)
    head = Words(
        zh=f"{first} 与 {second}　{on}：{len(differing)} 项不同，{same} 项相同",
        en=f"{first} and {second} on {on}: {len(differing)} differ, {same} are the same",
    )
    lines = [head.said_in(language)]
    for left, right in differing:
        lines += ["", f"{label(left.key).said_in(language)}  {left.key}"]
        for title, cited in ((first, left), (second, right)):
            value, *rest = _cited(cited, language)
            lines += [f"    {title}: {value}", *(f"        {line}" for line in rest)]
    return "\n".join(lines if differing else [*lines, "", _SAME.said_in(language)])


def differences(one: Rulebook, other: Rulebook) -> list[tuple[Citation, Citation]]:
    """The citations of the values that are not the same, in the order of the parameters."""
    pairs = zip(one.citations, other.citations, strict=True)
    return [(left, right) for left, right in pairs if left.value != right.value]


def as_data(cited: Citation) -> dict[str, Any]:
    """One value with all that is known of it, in types that JSON has."""
    source = cited.source
    return {
        "key": cited.key,
        "label": _both(label(cited.key)),
        "value": written(cited.value),
        "words": _both(said(cited.value)),
        "title": _both(source.title),
        "article": _both(source.article),
        "text": _both(source.text),
        "version": source.version,
        "confidence": source.confidence.value,
        "from": cited.origin,
        "since": cited.since.isoformat(),
        "until": cited.until.isoformat() if cited.until else None,
    }


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _cited(cited: Citation, language: str) -> Iterator[str]:
    """The value, then where it comes from and since when, then the words relied on."""
    source = cited.source
    yield said(cited.value).said_in(language)
    parts = [source.citation, *_standing(cited), _validity(cited)]
    yield " · ".join(part.said_in(language) for part in parts)
    text = source.text
    if source.confidence in _QUOTED:
        yield Words(zh=f"“{text.zh}”", en=f"“{text.en}”").said_in(language)
    else:
        yield Words(zh=f"理由：{text.zh}", en=f"Reason: {text.en}").said_in(language)


def _standing(cited: Citation) -> list[Words]:
    """Version, confidence and pack; a decision has a day, a default has its pack alone."""
    source = cited.source
    if source.confidence is Confidence.DECIDED:
        return [Words(zh=f"{source.version} 决定", en=f"decided {source.version}")]
    pack = Words(zh=f"规则包 {cited.origin}", en=f"pack {cited.origin}")
    if source.confidence is Confidence.DEFAULT:
        return [pack]
    version = Words(zh=f"{source.version} 版本", en=f"version {source.version}")
    return [version, said(source.confidence), pack]


def _validity(cited: Citation) -> Words:
    since, until = cited.since, cited.until
    if until is None:
        return Words(zh=f"自 {since} 起", en=f"since {since}")
    return Words(zh=f"自 {since} 起，{until} 前", en=f"since {since}, until before {until}")
