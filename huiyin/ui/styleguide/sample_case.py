"""A case in the gallery."""

from __future__ import annotations

from datetime import date

from huiyin.ui import parts
from huiyin.ui.styleguide.sample_forms import ContactForm
from huiyin.ui.styleguide.samples import at, say


def stages() -> list[parts.Stage]:
    return [
        parts.Stage(label=say("提交", "Submitted"), state="done", on=date(2020, 1, 14)),
        parts.Stage(label=say("受理登记", "Registered"), state="done", on=date(2020, 1, 18)),
        parts.Stage(label=say("交办", "Assigned"), state="done", on=date(2020, 2, 12)),
        parts.Stage(label=say("办理中", "In handling"), state="now", on=date(2020, 2, 14)),
        parts.Stage(label=say("答复", "Replied"), state="later"),
        parts.Stage(label=say("代表评价", "Rated"), state="later"),
        parts.Stage(label=say("办结", "Closed"), state="later"),
    ]


def entries() -> list[parts.Entry]:
    edu = say("省教育厅", "Education Department")
    return [
        parts.Entry(
            at=at(5, 28, 15, 20),
            what=say("与代表面商一次", "Met the deputy"),
            who=say("沈一鸣", "Shen Yiming"),
            post=say("省教育厅 联络员", "Education Department, liaison"),
            said=say(
                "在岳北县与林代表面商，实地看了两所村小附设园。代表要求在答复中写明 2021 "
                "年新增学位数。",
                "Met Deputy Lin in Yuebei and saw two village kindergartens. She asks that the "
                "reply name the places to be added in 2021.",
            ),
            files=[parts.File(name=say("面商记录.pdf", "minutes.pdf"), url="#", size="182 KB")],
        ),
        parts.Entry(
            at=at(2, 14, 9, 5),
            what=say(f"{edu}签收", f"{edu} acknowledged receipt"),
            who=say("沈一鸣", "Shen Yiming"),
            post=say("省教育厅 联络员", "Education Department, liaison"),
        ),
        parts.Entry(
            at=at(2, 12, 16, 0),
            what=say(
                "交办：省教育厅主办，省财政厅会办", "Assigned: Education leads, Finance joins"
            ),
            who=say("何静", "He Jing"),
            post=say("省人大常委会联工委", "Deputies' liaison office"),
            weighty=True,
        ),
        parts.Entry(
            at=at(1, 14, 11, 48),
            what=say("提出建议", "Suggestion submitted"),
            who=say("林晓岚", "Lin Xiaolan"),
            post=say("岳北代表团", "Yuebei delegation"),
            words=True,
            weighty=True,
            said=say(
                "近年来，我省学前教育普及普惠水平不断提高，但农村地区公办园学位仍然不足，"
                "部分乡镇中心幼儿园班额超标，"
                "村一级附设园教师编制缺口较大。调研的 12 个乡镇中，有 7 "
                "个乡镇的公办园在园幼儿占比不到三成。",
                "Pre-school education has become more widely available, yet places in public "
                "kindergartens are still short in the countryside. In seven of the twelve "
                "townships visited, fewer than three children in ten attend one.",
            ),
        ),
    ]


def clock() -> parts.Clock:
    law = say("《办理办法》第十二条", "Handling Measures, art. 12")
    return parts.Clock(
        title=say("答复期限", "Reply due"),
        on=date(2020, 8, 12),
        working_days=49,
        trace=[
            parts.ClockLine(
                words=say("交办之日起算", "Counted from the day of assignment"),
                day=date(2020, 2, 12),
                source=law,
            ),
            parts.ClockLine(words=say("三个月", "Three months"), day=date(2020, 5, 12), source=law),
            parts.ClockLine(
                words=say("经同意延长至六个月", "Extended to six months with consent"),
                day=date(2020, 8, 12),
                source=say("2020年5月8日批准", "granted 8 May 2020"),
            ),
        ],
    )


def acts() -> list[parts.Act]:
    return [
        parts.Act(
            label=say("提交答复", "Deliver the reply"),
            url="#",
            kind="primary",
            after=say(
                "提交后送达 6 位代表，并请领衔代表在 30 日内评价。",
                "It goes to six deputies; the lead deputy is asked to rate it within 30 days.",
            ),
        ),
        parts.Act(
            label=say("登记一次沟通", "Record a contact"),
            url="#",
            form=ContactForm(),
            after=say(
                "会出现在办理过程里，代表看得到。", "It joins the story; the deputy can see it."
            ),
        ),
        parts.Act(
            label=say("申请延期", "Ask for an extension"),
            url="#",
            after="",
            why_not=say(
                "已延长过一次，最长六个月。", "Already extended once; six months is the limit."
            ),
        ),
        parts.Act(
            label=say("申请退回", "Ask to return it"),
            url="#",
            kind="danger",
            after=say(
                "退回须在签收前提出；联工委 5 个工作日内答复。",
                "The liaison office answers within five working days.",
            ),
            confirm=say(
                "申请退回后，办理暂停，直到联工委决定。现在申请吗？",
                "Handling stops until the liaison office decides. Ask now?",
            ),
        ),
    ]


def asks() -> list[parts.Ask]:
    return [
        parts.Ask(
            text=say(
                "将农村公办园建设纳入省级财政专项，三年内每个乡镇至少建成一所达标公办中心园。",
                "Fund public kindergartens from the province: within three years at least one in "
                "every township.",
            ),
            answer=say(
                "已列入 2020 年省财政学前教育专项，安排 3.2 亿元，支持 86 个乡镇新建、"
                "改扩建公办中心园。",
                "In the 2020 budget: 320 million yuan for 86 townships.",
            ),
            answered_by=say("省教育厅", "Education Department"),
            outcome="A1",
            outcome_label=say("已解决", "solved"),
        ),
        parts.Ask(
            text=say(
                "建立农村幼儿教师编制动态调整机制。",
                "Adjust the number of kindergarten teachers' posts to need.",
            )
        ),
    ]


def facts() -> list[parts.Fact]:
    return [
        parts.Fact(
            label=say("领衔代表", "Lead deputy"),
            value=say("林晓岚（岳北代表团）", "Lin Xiaolan (Yuebei)"),
        ),
        parts.Fact(
            label=say("联名代表", "Co-signers"),
            value=say("赵国梁等 5 人", "Zhao Guoliang and four others"),
            url="#",
        ),
        parts.Fact(
            label=say("主办单位", "Lead organ"), value=say("省教育厅", "Education Department")
        ),
        parts.Fact(label=say("会办单位", "Joining"), value=say("省财政厅", "Finance Department")),
        parts.Fact(label=say("公开意愿", "Publication"), value=say("同意全文公开", "in full")),
    ]


def crumbs() -> list[parts.Crumb]:
    return [
        parts.Crumb(label=say("建议", "Suggestions"), url="/styleguide/list/"),
        parts.Crumb(label=say("第0218号", "No. 0218")),
    ]
