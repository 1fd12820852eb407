"""Where a value comes from, and how sure it is."""

from dataclasses import dataclass
from enum import StrEnum

from huiyin.rulebook.words import Words


class Confidence(StrEnum):
    READ = "read"  # the full text was read
    EXCERPT = "excerpt"  # only part of the document could be read; the quoted words are exact
    DEFAULT = "default"  # no source says so: chosen by this project, with its reason
    DECIDED = "decided"  # a congress decided it for itself; never found in a pack


@dataclass(frozen=True, slots=True)
class Source:
    """Instrument, article, the words relied on, version and confidence of one value.

    ``text`` quotes the instrument; its English is an unofficial translation. Where nothing could
    be quoted (``DEFAULT``, ``DECIDED``) it is the reason for the choice and ``article`` is empty.
    """

    title: Words
    article: Words
    text: Words
    version: str
    confidence: Confidence

    @property
    def citation(self) -> Words:
        """The source in one line, as a page or a trace prints it."""
        if not self.article.zh:
            return self.title
        return Words(
            zh=f"《{self.title.zh}》{self.article.zh}", en=f"{self.title.en}, {self.article.en}"
        )
