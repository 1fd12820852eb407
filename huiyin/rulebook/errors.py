"""What is refused, said in both languages with a remedy."""

from datetime import date

from huiyin.rulebook.words import Words


def _sentences(first: Words, second: Words) -> Words:
    return Words(zh=f"{first.zh}{second.zh}", en=f"{first.en} {second.en}")


class RulebookError(Exception):
    """A pack or a notice that cannot be loaded. Nothing of it is in use then.

    ``line`` is 0 when the fault has no line (a missing file, a congress's own decision).
    """

    def __init__(self, file: str, line: int, message: Words, remedy: Words) -> None:
        self.file, self.line, self.message, self.remedy = file, line, message, remedy
        super().__init__(file, line, message, remedy)

    def said_in(self, language: str) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {_sentences(self.message, self.remedy).said_in(language)}"

    def __str__(self) -> str:
        return self.said_in("en")


class BadDate(ValueError):
    """Text that is not a day of the calendar."""

    def __init__(self, value: str, message: Words, remedy: Words) -> None:
        self.value, self.message, self.remedy = value, message, remedy
        super().__init__(value, message, remedy)

    def said_in(self, language: str) -> str:
        return _sentences(self.message, self.remedy).said_in(language)

    def __str__(self) -> str:
        return self.said_in("en")


class ImpossibleEvent(ValueError):
    """Something that cannot have happened to a clock where it stands. ``on``: its day."""

    def __init__(self, on: date, message: Words, remedy: Words) -> None:
        self.on, self.message, self.remedy = on, message, remedy
        super().__init__(on, message, remedy)

    def said_in(self, language: str) -> str:
        return f"{self.on}: {_sentences(self.message, self.remedy).said_in(language)}"

    def __str__(self) -> str:
        return self.said_in("en")
