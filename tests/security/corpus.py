"""Texts that have broken other programs, none longer than a short field takes."""

from __future__ import annotations

# What a browser would run, were it not shown as text.
ALIVE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "javascript:alert(1)//",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "<math><style><img src=x onerror=alert(1)",
    "<!--><img src=x onerror=alert(1)-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "＜script＞alert(1)＜/script＞",
    "<iframe srcdoc='<script>alert(1)'>",
    "<form action=//evil.example><button>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "<style>*{display:none}</style>",
)
# What a template would work out; the product must appear nowhere.
PRODUCT = "36863"
TEMPLATES = (
    "{{ 191*193 }}",
    "{{191|add:36672}}",
    "{% debug %}",
    "{% include 'ui/base.html' %}",
    "${191*193}",
    "#{191*193}",
    "%(title)s %s %d %",
    "{0.__class__}{title}",
    "<%= 191*193 %>",
)
# Letters that are rare, wide, invisible or turn the direction; all of them are letters.
STRANGE = (
    "𠮷𠀋𪜈𫝆",  # CJK extension B and beyond: four bytes each
    "👩‍👩‍👧‍👦🏳️‍🌈",  # several people in one letter
    "\u202e倒\u202c\u2066着\u2069",  # reads backwards
    "零\u200b宽\u200d\ufeff字\u2060符",  # nothing to be seen between them
    "ｆｕｌｌ　ｗｉｄｔｈ１２３",
    "e\u0301a\u030a\u1100\u1161\u11a8",  # composed of several
    "Z̷̢̛͚a̸̧̛l̵̡̛g̶̢̛ơ̵̡",
    "ﷺ﷽",  # one letter as wide as a line
    "\ue000\U0010fffd",  # nobody's letters
    "a\u00a0b\u3000c",
    "ß ﬁ İ ı ſ",  # change their length with their case
)
# Kept by no database of ours: refused in words, or replaced.
UNKEPT = "前\x00后"

WHOLE = {"alive": ALIVE, "templates": TEMPLATES, "strange": STRANGE}


def filling(texts: tuple[str, ...], limit: int, *, place: int = 0) -> str:
    """As many of the texts as fit, beginning with another one at each place."""
    turned = texts[place % len(texts) :] + texts[: place % len(texts)]
    said = ""
    for text in turned:
        joined = f"{said}·{text}" if said else text
        if len(joined) <= limit:
            said = joined
    return said


def combining(limit: int) -> str:
    """A title of nothing but marks upon one letter."""
    return "题" + "\u0301" * (limit - 1)
