"""What every letter (函) on a suggestion has besides its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huiyin.documents.typesetting import Form, Imprint, Paper
from huiyin.documents.typesetting.blocks import Block, contact, signed
from huiyin.suggestions.letters.matter import NUMBER_TO_COME, Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """On which suggestion, of which day, under which number; whom to ask, who gets a copy."""

    matter: Matter
    on: date
    number: str = ""
    contact_person: str = ""
    contact_phone: str = ""
    copies: tuple[str, ...] = ()

    def _from(
        self, sender: str, *, title: str, blocks: Iterable[Block], class_mark: str = ""
    ) -> Paper:
        """The sheet: ``blocks`` between the title and the sender's signature."""
        return Paper(
            form=Form.LETTER,
            title=title,
            organ=sender,
            number=self.number or NUMBER_TO_COME,
            class_mark=class_mark,
            link=self.matter.link,
            blocks=(
                *blocks,
                *signed(sender, self.on),
                contact(self.contact_person, self.contact_phone),
            ),
            imprint=Imprint(copies=self.copies),
        )
