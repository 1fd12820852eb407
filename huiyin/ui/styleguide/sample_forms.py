"""Forms in the gallery."""

from __future__ import annotations

from django import forms

from huiyin.ui import parts
from huiyin.ui.forms import AskedForm
from huiyin.ui.styleguide.samples import say
from huiyin.ui.styleguide.samples import say_later as later


class ContactForm(AskedForm):
    on = forms.DateField(
        label=later("哪一天", "On which day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    how = forms.ChoiceField(
        label=later("以什么方式", "How"),
        widget=forms.RadioSelect,
        choices=[
            ("visit", later("当面", "in person")),
            ("call", later("电话", "by telephone")),
            ("letter", later("书面", "in writing")),
        ],
    )
    note = forms.CharField(
        label=later("谈了什么", "What was said"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class WritingForm(AskedForm):
    title = forms.CharField(label=later("标题", "Title"), max_length=60)
    situation = forms.CharField(
        label=later("情况和问题", "Situation"),
        help_text=later("不超过 1500 字。", "At most 1500 characters."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    request = forms.CharField(
        label=later("第 1 条具体建议", "First request"), widget=forms.Textarea(attrs={"rows": 3})
    )
    formed = forms.MultipleChoiceField(
        label=later("建议是怎样形成的", "How it was formed"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("research", later("专题调研", "research")),
            ("visit", later("视察、走访", "inspection, visits")),
            ("talk", later("座谈", "talks")),
            ("station", later("代表联络站接待", "contact station")),
        ],
    )
    organ = forms.ChoiceField(
        label=later("希望由哪个单位办理", "Which organ should handle it"),
        required=False,
        choices=[
            ("", later("不指定", "no wish")),
            ("edu", later("省教育厅", "Education")),
            ("fin", later("省财政厅", "Finance")),
        ],
    )
    contact = forms.BooleanField(
        label=later("希望承办单位办理前与我联系", "Please contact me before it is handled"),
        required=False,
    )
    scan = forms.FileField(label=later("附件", "Attachment"), required=False)

    why = {
        "title": later(
            "一事一议：标题只说一件事，承办单位才好落实到人。",
            "One matter each: only then can it be given to one desk.",
        ),
        "request": later("承办单位将逐条答复。", "Each request is answered by itself."),
    }
    examples = {
        "title": later(
            "关于规范老旧小区加装电梯工作的建议", "On fitting lifts to old housing estates"
        )
    }


def refused() -> WritingForm:
    """Sent with two answers missing."""
    written = say("已经写好的情况。", "Text already written.")
    form = WritingForm({"title": "", "situation": written, "formed": ["research"]})
    form.is_valid()
    return form


def steps() -> list[parts.Step]:
    return [
        parts.Step(label=say("选文件", "Choose the file"), state="done"),
        parts.Step(label=say("核对", "Check"), state="now"),
        parts.Step(label=say("导入", "Import"), state="later"),
    ]
