"""Sample sentences that templates of the gallery place."""

from __future__ import annotations

from huiyin.ui.styleguide.samples import say, title


def texts() -> dict[str, object]:
    return {
        "say": _sayings(),
        "case_title": title(),
        "greeting_note": say("本月还有 19 个工作日", "19 working days left this month"),
        "old": say(
            "三年内每个乡镇建成一所公办中心园。",
            "One public kindergarten in every township within three years.",
        ),
        "new": say(
            "三年内每个乡镇至少建成一所达标的公办中心园。",
            "At least one public kindergarten in every township within three years.",
        ),
        "heading": say("撤回这件建议", "Withdraw this suggestion"),
        "text": title(),
        "cannot_undo": say(
            "撤回后编号作废，不能恢复。", "Its number lapses and cannot be used again."
        ),
        "told": say(
            "省教育厅、省财政厅和 5 位联名代表会收到通知。",
            "Education, Finance and five co-signers are told.",
        ),
        "act_label": say("撤回", "Withdraw"),
        "back": "/styleguide/case/",
    }


def _sayings() -> dict[str, str]:
    return {
        "number": say("第0218号", "No. 0218"),
        "session": say("省十三届人大三次会议", "13th congress, 3rd session"),
        "people": say(
            "林晓岚 领衔，赵国梁、彭桂英、蒋志宏等 5 人联名",
            "Lin Xiaolan, with Zhao Guoliang, Peng Guiying, Jiang Zhihong and two others",
        ),
        "handled": say("省教育厅 主办，省财政厅 会办", "Education leads, Finance joins"),
        "story": say("办理过程", "The story"),
        "requests": say("具体建议和答复", "Requests and answers"),
        "clocks": say("期限", "Deadlines"),
        "facts": say("基本情况", "At a glance"),
        "write": say("撰写建议", "Write a suggestion"),
        "lead": say(
            "写清楚一件事：什么情况，请谁做什么。会自动保存。",
            "One matter: how things are, who should do what. It is saved as you write.",
        ),
        "overview": say("2020年建议办理概览", "Suggestions in 2020"),
        "as_of": say("截至2020年9月10日（周四）", "As of Thu 10 September 2020"),
        "submit": say("提交建议", "Submit"),
        "preview": say("预览", "Preview"),
        "saved": say("已自动保存 10:32", "Saved automatically at 10:32"),
        **_document(),
    }


def _document() -> dict[str, str]:
    return {
        "organ_head": say("岳川省教育厅", "Education Department"),
        "doc_no": say("川教建复〔2020〕18号", "Reply 2020/18"),
        "doc_title": say(
            "对省十三届人大三次会议第0218号建议的答复", "Reply to suggestion no. 0218"
        ),
        "doc_1": say("林晓岚等代表：", "To Deputy Lin Xiaolan and co-signers:"),
        "doc_2": say(
            "你们提出的《关于加快补齐农村普惠性学前教育短板、推进公办幼儿园建设的建议》收悉。"
            "感谢对学前教育工作的关心。经商省财政厅，现答复如下：",
            "Thank you for your suggestion. Having consulted the Finance Department, we answer "
            "as follows.",
        ),
        "doc_3": say(
            "一、已列入 2020 年省财政学前教育专项，安排 3.2 亿元，支持 86 个乡镇新建、"
            "改扩建公办中心园，年内新增学位 2.1 万个。",
            "1. The 2020 budget holds 320 million yuan for 86 townships; 21,000 places are added "
            "this year.",
        ),
        "doc_sign": say("2020年8月10日", "10 August 2020"),
    }
