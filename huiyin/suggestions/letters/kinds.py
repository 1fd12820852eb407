"""The documents that the facts of a case fill by themselves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as p_


class LetterKind(models.TextChoices):
    """A document made from what is on record of an organ's part."""

    ASSIGNMENT = "assignment", p_("document", "Assignment letter")
    RETURN = "return", p_("document", "Return application")
    EXTENSION = "extension", p_("document", "Extension letter")
    CO_OPINION = "co-opinion", p_("document", "Co-handling opinion")
    REPLY = "reply", p_("document", "Reply letter")
    FACE_TO_FACE = "face-to-face", p_("document", "Record of the answer face to face")
    URGING = "urging", p_("document", "Urging slip")
    CONSULTATION = "consultation", p_("document", "Consultation form")


class Ending(models.TextChoices):
    """As which kind of file."""

    WORD = "docx", p_("file", "Word · docx")
    PDF = "pdf", p_("file", "PDF")
