"""Official documents after GB/T 9704-2012: what one is made of, and its Word and PDF files.

A room says what a document contains (``blocks``); how that stands on the sheet is known here alone.
"""

from huiyin.documents.typesetting.blocks import Imprint, Paper
from huiyin.documents.typesetting.pdf import NoChineseFont, substitutes, to_pdf
from huiyin.documents.typesetting.standard import Form
from huiyin.documents.typesetting.word import to_word

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"

__all__ = [
    "PDF_TYPE",
    "WORD_TYPE",
    "Form",
    "Imprint",
    "NoChineseFont",
    "Paper",
    "substitutes",
    "to_pdf",
    "to_word",
]
