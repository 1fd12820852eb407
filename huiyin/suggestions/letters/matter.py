"""What every document on a suggestion names: which suggestion, whose, of which session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.documents.typesetting.blocks import Paragraph, section, text

# Left blank on paper: the office's own register gives the number when the document goes out.
NUMBER_TO_COME = "〔　　　　〕　　号"

# Columns of a form of two fields a line, in millimetres: a name of five characters, then a day.
FIELDS = (29.0, 49.0, 29.0, 49.0)
# More names than these would leave no room for anything else in their field.
_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One suggestion. ``deputies`` are those who signed, the lead deputy first."""

    session: str
    number: str
    title: str
    deputies: tuple[str, ...]
    noun: str = "建议"
    link: str = ""

    @property
    def named(self) -> str:
        """As titles name it: by session and number."""
        return f"{self.session}第{self.number}号{self.noun}"

    @property
    def titled(self) -> str:
        """As the text names it: by its own title."""
        return f"《{self.title}》（第{self.number}号）"

    @property
    def names(self) -> str:
        """As the field of a form bears them."""
        if len(self.deputies) <= _NAMED:
            return joined(self.deputies)
        return f"{self.deputies[0]}等{len(self.deputies)}人"

    @property
    def raised_by(self) -> str:
        """Whom the reply is addressed to."""
        first = self.deputies[0] if self.deputies else ""
        if len(self.deputies) < 2:
            return f"{first}代表"
        return f"{first}等{len(self.deputies)}名代表"


def sections(*parts: tuple[str, str]) -> list[Paragraph]:
    """Numbered sections; one without a text is left out and its number given to the next."""
    said = [(title, words) for title, words in parts if words.strip()]
    return [
        paragraph
        for number, (title, words) in enumerate(said, start=1)
        for paragraph in (section(number, title), *text(words))
    ]


def ungreeted(said: str) -> tuple[str, str]:
    """Return the greeting an organ's words begin with, blank where there is none, and the rest."""
    first, _break, rest = said.strip().partition("\n")
    is_greeting = first.strip().endswith(("：", ":"))
    return (first.strip(), rest.strip()) if is_greeting else ("", said.strip())


def joined(names: Sequence[str]) -> str:
    return "、".join(names)


def boxes(*choices: str) -> str:
    """Choices to tick by hand."""
    return "　".join(f"□{choice}" for choice in choices)
