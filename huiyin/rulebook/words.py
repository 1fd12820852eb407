"""Text in both languages, side by side: this room has no gettext."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One piece of text in Chinese and in English. ``str()`` gives the Chinese."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh

    def said_in(self, language: str) -> str:
        """The text for a language code such as ``zh-hans`` or ``en``; Chinese unless English."""
        return self.en if language.startswith("en") else self.zh
