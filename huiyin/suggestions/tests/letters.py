"""Each official document filled in by hand, as an office would."""

from __future__ import annotations

from datetime import date
from typing import Any

from huiyin.documents.typesetting import Paper
from huiyin.suggestions.letters.assigning import AssignmentLetter, Party
from huiyin.suggestions.letters.between_organs import (
    CoOpinionLetter,
    ExtensionApplication,
    ReturnApplication,
)
from huiyin.suggestions.letters.following_up import (
    EvaluationSheet,
    Problem,
    RectificationNotice,
    SupervisionLetter,
    UrgingSlip,
)
from huiyin.suggestions.letters.matter import Matter
from huiyin.suggestions.letters.receiving import HandlingSummary, ReceptionRecord, Tally
from huiyin.suggestions.letters.replying import (
    Answer,
    ConsultationForm,
    FaceToFaceRecord,
    ReplyLetter,
)

MATTER = Matter(
    session="岳川省第十三届人民代表大会第三次会议",
    number="12",
    title="关于在县城新区增设公办幼儿园的建议",
    deputies=("林晓岚", "赵立新"),
    link="https://huiyin.example/suggestions/AbCdEfGhIjKlMnOpQrStUv/",
)
OFFICE, EDUCATION, FINANCE = "岳川省人大常委会联络工作委员会", "岳川省教育厅", "岳川省财政厅"
DAY = date(2020, 3, 2)
ASK: dict[str, Any] = {"contact_person": "何晓", "contact_phone": "0700-1234567"}

ASSIGNMENT = AssignmentLetter(
    matter=MATTER,
    issuer=OFFICE,
    organ=EDUCATION,
    role="lead",
    parties=(Party(organ=EDUCATION, role="lead"), Party(organ=FINANCE, role="co")),
    assigned_on=DAY,
    due_on=date(2020, 6, 2),
    acknowledge_by=date(2020, 3, 9),
    number="岳人联〔2020〕7号",
    copies=("岳川省人民政府办公厅",),
    **ASK,
)
CO_OPINION = CoOpinionLetter(
    matter=MATTER,
    organ=FINANCE,
    lead_organ=EDUCATION,
    text="经费已列入年初预算。\n请主办单位按程序申请。",
    signed_by="方副厅长",
    on=DAY,
    number="岳财提函〔2020〕3号",
    copies=(OFFICE,),
    **ASK,
)
RETURN = ReturnApplication(
    matter=MATTER,
    organ=EDUCATION,
    issuer=OFFICE,
    received_on=DAY,
    ground="专线的审批不属于我单位职责。",
    mandate="《岳川省交通运输厅职能配置规定》第三条。",
    proposed_organ="岳川省交通运输厅",
    asked_first="已征求意见，同意承办。",
    on=date(2020, 3, 6),
    number="岳教提〔2020〕1号",
    **ASK,
)
EXTENSION = ExtensionApplication(
    matter=MATTER,
    organ=EDUCATION,
    issuer=OFFICE,
    due_on=date(2020, 6, 2),
    asked_until=date(2020, 9, 2),
    reason="用地规划尚在公示。",
    progress="已完成选址。",
    deputys_consent="代表同意延期。",
    on=date(2020, 5, 20),
    number="岳教提〔2020〕4号",
    **ASK,
)
REPLY = ReplyLetter(
    matter=MATTER,
    organ=EDUCATION,
    class_mark="A1",
    opening="您提出的《关于在县城新区增设公办幼儿园的建议》收悉。经商省财政厅，现答复如下：",
    answers=(
        Answer(ask="在新区规划两所公办幼儿园", answer="两所幼儿园已列入今年计划。\n九月开工。"),
        Answer(ask="今年秋季前开通接送专线", answer="专线已于二月开通。"),
    ),
    closing="感谢您对教育工作的关心和支持。",
    on=date(2020, 5, 25),
    number="岳教提〔2020〕5号",
    copies=(OFFICE, "岳川省人民政府办公厅", "岳北市人民代表大会"),
    **ASK,
)
CONSULTATION = ConsultationForm(
    matter=MATTER,
    organ=EDUCATION,
    co_organs=(FINANCE,),
    grades=("很满意", "满意", "基本满意", "不满意"),
    dimensions=("办理态度", "办理结果"),
    return_to=(OFFICE, EDUCATION),
    return_by=date(2020, 6, 25),
)
FACE_TO_FACE = FaceToFaceRecord(
    matter=MATTER,
    organ=EDUCATION,
    held_on=date(2020, 5, 25),
    place="新区管委会二楼会议室",
    from_the_organ="周副厅长、基础教育处何晓",
    deputies_present="林晓岚、赵立新",
    answer="两所幼儿园已列入今年计划。",
    deputys_opinion="同意，请按期开工。",
)
URGING = UrgingSlip(
    matter=MATTER,
    issuer=OFFICE,
    organ=EDUCATION,
    assigned_on=DAY,
    due_on=date(2020, 6, 2),
    times=2,
    demand="距办理期限不足十五日，尚未与代表见面沟通。",
    answer_by=date(2020, 5, 22),
    on=date(2020, 5, 19),
)
SUPERVISION = SupervisionLetter(
    matter=MATTER,
    issuer=OFFICE,
    organ=EDUCATION,
    findings="选址已定，开工日期两次推迟。",
    demands="明确开工日期和责任人。",
    report_by=date(2020, 10, 15),
    on=date(2020, 9, 15),
    number="岳人联函〔2020〕11号",
    **ASK,
)
RECTIFICATION = RectificationNotice(
    issuer=OFFICE,
    organ=EDUCATION,
    occasion="根据代表评议建议办理工作会议的评议情况",
    problems=(
        Problem(
            problem="两件建议未与代表见面。",
            demand="逐件补办并说明原因。",
            until=date(2020, 12, 15),
        ),
        Problem(problem="答复未逐条回应。", demand="重新答复。"),
    ),
    report_by=date(2020, 12, 31),
    on=date(2020, 11, 20),
    number="岳人联〔2020〕31号",
    **ASK,
)
EVALUATION = EvaluationSheet(
    issuer=OFFICE,
    meeting="省人大代表评议建议办理工作会议",
    organs=(EDUCATION, FINANCE),
    grades=("满意", "基本满意", "不满意"),
    on=date(2020, 11, 18),
)
RECEPTION = ReceptionRecord(
    station="新区街道代表联络站",
    received_on=date(2020, 4, 15),
    place="新区街道便民中心",
    deputies="林晓岚",
    visitor="王某",
    visitor_contact="见联络站登记簿",
    matter="小区到幼儿园没有公交车。",
    deputys_answer="向交通部门反映。",
    recorder="站务员",
)
SUMMARY = HandlingSummary(
    organ=EDUCATION,
    issuer=OFFICE,
    session=MATTER.session,
    tallies=(Tally(name="承办总数", count=36), Tally(name="主办件", count=21)),
    measures="主要领导领办五件。",
    problems="部分件办理进度偏慢。",
    plans="对承诺事项逐件跟踪落实。",
    on=date(2020, 11, 30),
    number="岳教〔2020〕88号",
    **ASK,
)

PAPERS: dict[str, Paper] = {
    "assignment": ASSIGNMENT.paper(),
    "co-opinion": CO_OPINION.paper(),
    "return": RETURN.paper(),
    "extension": EXTENSION.paper(),
    "reply": REPLY.paper(),
    "consultation": CONSULTATION.paper(),
    "face-to-face": FACE_TO_FACE.paper(),
    "urging": URGING.paper(),
    "supervision": SUPERVISION.paper(),
    "rectification": RECTIFICATION.paper(),
    "evaluation": EVALUATION.paper(),
    "reception": RECEPTION.paper(),
    "summary": SUMMARY.paper(),
}
