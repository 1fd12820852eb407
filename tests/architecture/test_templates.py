"""Templates stay readable, and pages hold nothing the content policy would refuse."""

import re

from tests.architecture import sources

INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\ssrc=)""",
    re.IGNORECASE,
)
FOREIGN = re.compile(
    r"""(src|href|action|srcset)\s*=\s*["']?(https?:)?//|url\(\s*["']?(https?:)?//|@import""",
    re.IGNORECASE,
)
# Inside these there is no address to load: names of XML dialects.
NAMESPACE = re.compile(r"""xmlns(:\w+)?\s*=\s*["'][^"']*["']""")
PAGE = re.compile(r"\{% extends |<!doctype html>", re.IGNORECASE)
PARTIAL = re.compile(r"\{# Context:|\{% comment %\}(?:(?!\{% endcomment).)*?\nContext:", re.DOTALL)


def _lines_matching(pattern, paths):
    return [
        f"{place}: {line.strip()}"
        for path in paths
        for place, line in sources.numbered(path)
        if pattern.search(NAMESPACE.sub("", line))
    ]


def test_no_style_and_no_script_is_inline():
    assert _lines_matching(INLINE, sources.templates()) == []


def test_nothing_comes_from_elsewhere():
    assert _lines_matching(FOREIGN, sources.templates() + sources.assets()) == []


def test_the_first_line_says_what_a_template_is():
    """A page extends or is the frame; whatever is included says what it is given."""
    silent = []
    for path in sources.templates():
        # Django's own names, replaced by ours: what they are given is Django's to say.
        if "django" in path.relative_to(sources.PACKAGE).parts:
            continue
        kind = PARTIAL if path.name.startswith("_") else PAGE
        if not kind.match(path.read_text(encoding="utf-8")):
            silent.append(str(path.relative_to(sources.ROOT)))
    assert silent == []


def test_every_form_that_writes_carries_its_token():
    """Without JavaScript there is no header to fall back on."""
    forgotten = []
    for path in sources.templates():
        text = path.read_text(encoding="utf-8")
        for form in re.findall(
            r"<form\b[^>]*method=.post.*?</form>", text, re.DOTALL | re.IGNORECASE
        ):
            if "{% csrf_token %}" not in form:
                forgotten.append(f"{path.relative_to(sources.ROOT)}: {form[:80]}")
    assert forgotten == []
