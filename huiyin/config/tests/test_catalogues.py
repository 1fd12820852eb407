import gettext
from pathlib import Path

import pytest

from huiyin.config import catalogues

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


class House:
    """A package of rooms that say a few things."""

    def __init__(self, package: Path) -> None:
        self.package = package

    def room(self, name: str, *, code: str = "", template: str = "", said: str = "") -> Path:
        folder = self.package / name
        words = folder / "locale" / "zh_Hans" / "LC_MESSAGES"
        (folder / "templates").mkdir(parents=True)
        words.mkdir(parents=True)
        (folder / "__init__.py").touch()
        (folder / "views.py").write_text(code)
        (folder / "templates" / "page.html").write_text(template)
        (words / "django.po").write_text(HEADER + said)
        return words

    def faults(self) -> list[str]:
        return list(catalogues.faults(self.package))


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def test_a_complete_catalogue_has_no_fault(house):
    house.room(
        "hall",
        code='_("Reply")\npgettext("verb", "Open")\nngettext("one day", "%(n)s days", 2)\n',
        template='{% load i18n %}\n  <p title="{% translate "Sign" %}">'
        "{% blocktranslate with n=1 %}Round {{ n }}{% endblocktranslate %}</p>",
        said='msgid "Reply"\nmsgstr "答复"\n\nmsgctxt "verb"\nmsgid "Open"\nmsgstr "打开"\n\n'
        'msgid "one day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s 天"\n\n'
        'msgid "Sign"\nmsgstr "签收"\n\nmsgid "Round %(n)s"\nmsgstr "第 %(n)s 轮"\n',
    )
    assert house.faults() == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("", "hall: in no catalogue: 'Reply %(n)s' (views.py:1)"),
        ('msgid "Reply %(n)s"\nmsgstr ""\n', "hall: untranslated: 'Reply %(n)s'"),
        ('#, fuzzy\nmsgid "Reply %(n)s"\nmsgstr "答复 %(n)s"\n', "hall: fuzzy: 'Reply %(n)s'"),
        ('msgid "Reply %(n)s"\nmsgstr "答复"\n', "hall: placeholders differ: 'Reply %(n)s'"),
    ],
)
def test_each_fault_is_named(house, said, fault):
    house.room("hall", code='_("Reply %(n)s")', said=said)
    assert house.faults() == [fault]


def test_a_text_of_a_template_is_named_with_its_line(house):
    house.room("hall", template='<p>\n{% load i18n %}\n{% translate "Sign" %}')
    assert house.faults() == ["hall: in no catalogue: 'Sign' (templates/page.html:3)"]


def test_rooms_must_agree_on_a_word(house):
    house.room("hall", code='_("Reply")', said='msgid "Reply"\nmsgstr "答复"\n')
    house.room("yard", code='_("Reply")', said='msgid "Reply"\nmsgstr "回复"\n')
    assert house.faults() == ["rooms differ on 'Reply': {'hall': '答复', 'yard': '回复'}"]


def test_a_context_makes_it_another_word(house):
    house.room("hall", code='_("Reply")', said='msgid "Reply"\nmsgstr "答复"\n')
    house.room(
        "yard",
        code='pgettext("verb", "Reply")',
        said='msgctxt "verb"\nmsgid "Reply"\nmsgstr "作出答复"\n',
    )
    assert house.faults() == []


def test_compiled_words_are_found_by_gettext(house):
    words = house.room("hall", said='msgid "Reply"\nmsgstr "答复"\n')
    catalogues.compile_all(house.package)
    with (words / "django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Reply") == "答复"


def test_the_check_fails_aloud(house, monkeypatch, capsys):
    house.room("hall", code='_("Reply")')
    monkeypatch.setattr(catalogues, "faults", lambda: iter(["hall: fuzzy: 'Reply'"]))
    assert catalogues.main(["--check"]) == 1
    assert capsys.readouterr().out == "hall: fuzzy: 'Reply'\n"
