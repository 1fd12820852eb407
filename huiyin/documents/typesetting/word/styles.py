"""The standard's parts as styles of a Word document, under the standard's own names."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from huiyin.documents.typesetting.standard import (
    BLACK,
    RED,
    SETTINGS,
    Align,
    Face,
    Setting,
    Style,
)
from huiyin.documents.typesetting.word.flow import indents, spacing, style_id

# Twentieths of a point. Twenty-eight characters of size 3 are a little wider than the type area.
_CLOSER = -5
_FAMILIES = {Face.STRONG: "swiss", Face.SCRIPT: "script"}


def declare(document: Any) -> None:
    """Replace the styles a new document brings with those of the standard."""
    styles = document.styles.element
    for kept in styles.findall(qn("w:style")):
        if kept.get(qn("w:styleId")) not in ("Normal", "DefaultParagraphFont", "TableNormal"):
            styles.remove(kept)
    for usual in styles.findall(qn("w:latentStyles")):
        styles.remove(usual)
    defaults = styles.find(qn("w:docDefaults"))
    styles.replace(defaults, _defaults())
    for style, setting in SETTINGS.items():
        styles.append(_style(style, setting))


def font_table() -> bytes:
    """The faces with another name each is known by, and of which kind they are."""
    fonts = "".join(
        f'<w:font w:name="{face.value.name}"><w:altName w:val="{face.value.others[0]}"/>'
        f'<w:charset w:val="86"/><w:family w:val="{_FAMILIES.get(face, "roman")}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for face in Face
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def _defaults() -> Any:
    setting = SETTINGS[Style.TEXT]
    return parse_xml(
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{_fonts(setting.face)}"
        f'<w:sz w:val="{round(setting.size * 2)}"/><w:szCs w:val="{round(setting.size * 2)}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


def _style(style: Style, setting: Setting) -> Any:
    keep = "<w:keepNext/>" if setting.keeps_next else ""
    keep += "<w:pageBreakBefore/>" if setting.new_page else ""
    aligned = {Align.BOTH: "both", Align.LEFT: "left", Align.CENTER: "center"}
    jc = aligned.get(setting.align, "right")
    closer = f'<w:spacing w:val="{_CLOSER}"/>' if setting.align is Align.BOTH else ""
    size = round(setting.size * 2)
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" '
        f'w:styleId="{style_id(style)}"><w:name w:val="{style.value}"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{keep}<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/>'
        '<w:autoSpaceDE w:val="0"/>'
        f'<w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>{spacing(setting)}'
        f'{indents(setting)}<w:jc w:val="{jc}"/></w:pPr>'
        f'<w:rPr>{_fonts(setting.face)}<w:color w:val="{RED if setting.red else BLACK}"/>'
        f'{closer}<w:kern w:val="0"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        "</w:style>"
    )


def _fonts(face: Face) -> str:
    name = face.value.name
    return (
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" '
        'w:hint="eastAsia"/>'
    )
