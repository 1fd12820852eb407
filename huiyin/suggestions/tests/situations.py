"""Cases carried to each place a step could begin, through the services alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from huiyin.accounts.tests.town import NOW, Town
from huiyin.organisations.models import RuleChoice
from huiyin.suggestions import services
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.ruling import ruling_for
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.services.replying import ReplyText
from huiyin.suggestions.stages import HandlingRole

TEXT: dict[str, Any] = {
    "title": "关于在县城新区增设公办幼儿园的建议",
    "situation": "新区三年间入住一万二千人，只有一所公办幼儿园，每年有两百多名幼儿要到老城区入园。",
    "requests": ["在新区规划两所公办幼儿园", "今年秋季前开通接送专线"],
}


def follow_hunan(town: Town, *, overrides: Mapping[str, object] | None = None) -> None:
    """Put the congress under the Hunan pack: not satisfied opens the next round by itself."""
    RuleChoice.objects.create(
        congress=town.congress,
        pack="hunan",
        valid_from=date(2020, 1, 1),
        overrides=dict(overrides or {}),
        decided_by="省人大常委会主任会议",
        decided_on=date(2019, 12, 20),
        basis="湘常办发〔2020〕12号",
    )


def follow_national(town: Town, overrides: Mapping[str, object]) -> None:
    """Let the congress decide on values of its own."""
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=date(2020, 1, 1),
        overrides=dict(overrides),
        decided_by="省人大常委会主任会议",
        decided_on=date(2019, 12, 20),
        basis="岳常办发〔2020〕3号",
    )


def follow_consent(town: Town) -> None:
    """Let the congress decide that its own body has to agree to every extension."""
    follow_national(
        town, {"extension.needs_consent": True, "extension.granted_by": "deputies_body"}
    )


class Story:
    """One suggestion of 林 with 赵 as co-signer, and the steps that carry it on.

    The congress follows the national pack (classes A to D, handling again by order).
    """

    # Another suggestion of the session, where a test needs one to merge with.
    other: Suggestion

    def __init__(self, town: Town, **text: object) -> None:
        self.town = town
        self.case: Suggestion = services.start(
            session=town.session, actor=town.actor("lin"), at=NOW, content={**TEXT, **text}
        )

    def part(self, organ: str = "education") -> Assignment:
        """The organ's last part; only those that answer have one in a later round."""
        self.case.refresh_from_db()
        return self.case.assignments.filter(organ=getattr(self.town, organ)).latest("round")

    def invited(self) -> Story:
        services.invite(
            case=self.case,
            actor=self.town.actor("lin"),
            at=NOW,
            deputy=self.town.post("zhao"),
        )
        return self

    def submitted(self) -> Story:
        self.invited()
        services.confirm_signature(case=self.case, actor=self.town.actor("zhao"), at=NOW)
        services.submit(case=self.case, actor=self.town.actor("lin"), at=NOW)
        return self

    def agreed_to_withdraw(self) -> Story:
        services.agree_to_withdraw(case=self.case, actor=self.town.actor("zhao"), at=NOW)
        return self

    def asked(self) -> Story:
        clerk, committee = self.town.actor("clerk"), self.town.education_committee
        services.ask_review(case=self.case, actor=clerk, at=NOW, part="government_office")
        services.ask_review(case=self.case, actor=clerk, at=NOW, part="committee", organ=committee)
        return self

    def worded(self) -> Story:
        services.propose_wording(
            case=self.case, actor=self.town.actor("clerk"), at=NOW, **TEXT, note="缩短标题"
        )
        return self

    def returned(self) -> Story:
        services.return_for_revision(
            case=self.case,
            actor=self.town.actor("clerk"),
            at=NOW,
            reason_code="VAGUE",
            why="请写明数量。",
        )
        return self

    def registered(self) -> Story:
        services.register(
            case=self.case, actor=self.town.actor("clerk"), at=NOW, category="education"
        )
        return self

    def merged(self) -> Story:
        other = Story(self.town, title="关于扩建新区幼儿园的建议").submitted().registered()
        self.case.refresh_from_db()
        other.case.refresh_from_db()
        services.merge(case=self.case, other=other.case, actor=self.town.actor("clerk"), at=NOW)
        return self

    def assigned(self) -> Story:
        services.assign(
            case=self.case,
            actor=self.town.actor("clerk"),
            at=NOW,
            organs=[
                Charge(organ=self.town.education, role=HandlingRole.LEAD),
                Charge(organ=self.town.finance, role=HandlingRole.CO),
            ],
        )
        return self

    def acknowledged(self) -> Story:
        services.acknowledge(assignment=self.part(), actor=self.town.actor("edu_liaison"), at=NOW)
        return self

    def co_acknowledged(self) -> Story:
        services.acknowledge(
            assignment=self.part("finance"), actor=self.town.actor("fin_liaison"), at=NOW
        )
        return self

    def opinion_given(self) -> Story:
        services.give_opinion(
            assignment=self.part("finance"),
            actor=self.town.actor("fin_handler"),
            at=NOW,
            text="经费已列入年初预算。",
            signed_by="方副厅长",
        )
        return self

    def planned(self) -> Story:
        services.plan(
            assignment=self.part(),
            actor=self.town.actor("edu_handler"),
            at=NOW,
            responsible_leader="周副厅长",
            division="基础教育处",
            handler="何晓",
            requirement="逐条答复",
            feedback_on=NOW.date() + timedelta(days=60),
        )
        return self

    def extension_asked(self) -> Story:
        services.ask_extension(
            assignment=self.part(),
            actor=self.town.actor("edu_liaison"),
            at=NOW,
            until=date(2020, 8, 1),
            why="需要会同三个部门实地调研。",
        )
        return self

    def best_class(self) -> str:
        """The first class of the scheme in force, whichever pack the congress follows."""
        return ruling_for(self.case, on=NOW.date()).rules.classes.scheme.codes[0]

    def reply_text(self) -> ReplyText:
        requests = self.case.versions.latest("ordinal").requests.all()
        return ReplyText(
            outcome_class=self.best_class(),
            letter_on=NOW.date(),
            answers={item.key: "已列入今年计划。" for item in requests},
        )

    def sent_to_check(self) -> Story:
        services.send_to_check(
            assignment=self.part(),
            actor=self.town.actor("edu_handler"),
            at=NOW,
            text=self.reply_text(),
        )
        return self

    def checked(self) -> Story:
        services.pass_check(assignment=self.part(), actor=self.town.actor("edu_checker"), at=NOW)
        return self

    def signed(self) -> Story:
        services.sign(assignment=self.part(), actor=self.town.actor("edu_head"), at=NOW)
        return self

    def delivered(self) -> Story:
        services.deliver(assignment=self.part(), actor=self.town.actor("edu_liaison"), at=NOW)
        return self

    def replied(self) -> Story:
        self.submitted().registered().assigned().acknowledged().planned()
        return self.sent_to_check().checked().signed().delivered()

    def ordered_again(self) -> Story:
        """A second round replied to; where the rules do not open it, the office orders it."""
        self.case.refresh_from_db()
        if self.case.round == 1:
            services.order_rehandling(
                case=self.case, actor=self.town.actor("clerk"), at=NOW, why="请针对专线再次答复。"
            )
        return self.acknowledged().sent_to_check().checked().signed().delivered()

    def rated(self, result: str) -> Story:
        self.case.refresh_from_db()
        services.rate(
            case=self.case,
            actor=self.town.actor("lin"),
            at=NOW,
            attitude="S",
            result=result,
            comment="专线没有开通。" if result == "NS" else "",
        )
        return self


def _withdrawn(story: Story) -> Story:
    story.submitted().agreed_to_withdraw()
    services.withdraw(
        case=story.case, actor=story.town.actor("lin"), at=NOW, why="已与部门沟通解决。"
    )
    return story


def _refused(story: Story) -> Story:
    story.submitted()
    services.refuse(
        case=story.case,
        actor=story.town.actor("clerk"),
        at=NOW,
        reason_code="PERSONAL",
        why="属于个人事务。",
    )
    return story


def _for_reference(story: Story) -> Story:
    story.submitted()
    services.take_as_reference(
        case=story.case, actor=story.town.actor("clerk"), at=NOW, why="供有关部门研究。"
    )
    return story


def _clearing(story: Story) -> Story:
    story.submitted().registered().assigned().acknowledged()
    return story.sent_to_check()


def _extension_asked(story: Story) -> Story:
    follow_consent(story.town)
    return story.submitted().registered().assigned().acknowledged().extension_asked()


def _rating_open(story: Story) -> Story:
    follow_national(story.town, {"feedback.change_limit": "5 days"})
    return story.replied().rated("S")


SITUATIONS: dict[str, Callable[[Story], Story]] = {
    "draft, a co-signer invited": Story.invited,
    "submitted": Story.submitted,
    "submitted, co-signer agrees to withdrawal": lambda s: s.submitted().agreed_to_withdraw(),
    "submitted, others asked to review": lambda s: s.submitted().asked(),
    "submitted, a wording waits": lambda s: s.submitted().worded(),
    "returned": lambda s: s.submitted().returned(),
    "registered": lambda s: s.submitted().registered(),
    "registered and merged": lambda s: s.submitted().registered().merged(),
    "in handling, not acknowledged": lambda s: s.submitted().registered().assigned(),
    "in handling, both acknowledged": lambda s: (
        s.submitted().registered().assigned().acknowledged().co_acknowledged()
    ),
    "in handling, opinion given": lambda s: (
        s.submitted().registered().assigned().co_acknowledged().opinion_given()
    ),
    "in handling, planned": lambda s: (
        s.submitted().registered().assigned().acknowledged().planned()
    ),
    "in handling, extended": lambda s: (
        s.submitted().registered().assigned().acknowledged().extension_asked()
    ),
    "reply in clearance": _clearing,
    "reply checked": lambda s: _clearing(s).checked(),
    "reply signed": lambda s: _clearing(s).checked().signed(),
    "replied": Story.replied,
    "replied, not satisfied": lambda s: s.replied().rated("NS"),
    "replied, refused again": lambda s: s.replied().rated("NS").ordered_again().rated("NS"),
    "closed": lambda s: s.replied().rated("S"),
    "not accepted": _refused,
    "taken as reference": _for_reference,
    "withdrawn": _withdrawn,
}
# Where the congress has changed its rules first, for all its cases: one at a time.
UNDER_OTHER_RULES: dict[str, Callable[[Story], Story]] = {
    "in handling, an extension asked": _extension_asked,
    "replied, the rating may be changed": _rating_open,
}
