"""Cases carried to each place a step could begin, through the services alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import NOW, Town
from huiyin.organisations.models import RuleChoice
from huiyin.rulebook import Proof, Rulebook
from huiyin.suggestions import services
from huiyin.suggestions.claims import Claim
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Assignment, Contact, Reply, Suggestion
from huiyin.suggestions.ruling import ruling_for
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.services.replying import ReplyText
from huiyin.suggestions.spoken import of_part
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


def follow_countersigning(town: Town) -> None:
    """Let the congress decide that co-handling organs countersign the final text."""
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=date(2020, 1, 1),
        overrides={"cohandle.countersign": True},
        decided_by="省人大常委会主任会议",
        decided_on=date(2019, 12, 20),
        basis="岳常办发〔2020〕5号",
    )


def follow_offices(town: Town) -> None:
    """Let the congress decide that the office of each system names the organs (分办)."""
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=date(2020, 1, 1),
        overrides={"assign.by": "by_system"},
        decided_by="省人大常委会主任会议",
        decided_on=date(2019, 12, 20),
        basis="岳常办发〔2020〕5号",
    )


def claim_for(outcome_class: str, *, rules: Rulebook, on: date) -> Claim:
    """What a class asks for, as an organ would bring it on a day."""
    proof = rules.classes.scheme.find(outcome_class).proof
    return {
        Proof.EVIDENCE: Claim(
            evidence="两所幼儿园已经开工，专线已经开通。", source="岳教发〔2020〕12号"
        ),
        Proof.THIS_YEAR: Claim(promised_on=date(on.year, 12, 31)),
        Proof.NEAR_TERM: Claim(promised_on=on + timedelta(days=365)),
        Proof.PLAN: Claim(plan="岳川省学前教育行动计划", promised_on=on + timedelta(days=700)),
        Proof.GROUND: Claim(ground="《幼儿园工作规程》第七条"),
    }[proof]


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

    def handed_over(self) -> Story:
        services.hand_over(
            case=self.case,
            actor=self.town.actor("clerk"),
            at=NOW,
            office=self.town.government_office,
        )
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

    def opinions_marked(self) -> Story:
        """The lead organ has said of each opinion that lies there that it is adopted."""
        lead = self.part()
        for part in self.case.assignments.filter(round=lead.round, role=HandlingRole.CO):
            if where.has_given_opinion(part) and not part.opinion_mark:
                services.mark_opinion(
                    assignment=part, actor=self.town.actor("edu_handler"), at=NOW, mark="adopted"
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

    def sharing(self) -> Story:
        """The education department has chosen to share out inside, and to fix five items."""
        services.set_system(
            organ=self.town.education,
            actor=self.town.actor("edu_liaison"),
            at=NOW,
            levels=[("deputy_leader", "分管领导直接抓"), ("handler", "承办处室具体办")],
            six_fixed=False,
            shares_out=True,
        )
        return self

    def shared_out(self) -> Story:
        """To a colleague of the handler in the same division."""
        if "edu_colleague" not in self.town.people:
            place = {"organ": self.town.education, "inner_division": self.town.basic_education}
            self.town.hire("edu_colleague", name="尤文", role=Role.HANDLER, **place)
        services.sub_assign(
            assignment=self.part(),
            actor=self.town.actor("edu_liaison"),
            at=NOW,
            handler=self.town.post("edu_colleague"),
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

    def return_asked(self, named: str = "finance") -> Story:
        """The lead organ holds another one right, and quotes its own duties."""
        services.ask_return(
            assignment=self.part(),
            actor=self.town.actor("edu_liaison"),
            at=NOW,
            named=getattr(self.town, named),
            why="建议的核心是经费安排，不在我厅职责范围内。",
            mandate="《省教育厅职能配置规定》第三条：“统筹管理基础教育。”",
        )
        return self

    def return_declined(self, who: str = "fin_liaison") -> Story:
        services.decline_it(
            assignment=self.part(), actor=self.town.actor(who), at=NOW, why="办园不是财政职责。"
        )
        return self

    def return_refused(self) -> Story:
        """By the office that the rules in force name."""
        part = self.part()
        by_office = {"congress_office": "clerk", "government_office": "government_clerk"}
        office = self.town.actor(by_office[part.arbiter])
        services.refuse_return(assignment=part, actor=office, at=NOW, why="学前教育归教育部门。")
        return self

    def best_class(self) -> str:
        """The first class of the scheme in force, whichever pack the congress follows."""
        return ruling_for(self.case, on=NOW.date()).rules.classes.scheme.codes[0]

    def other_class(self) -> str:
        """The last class of the scheme: another one than replies of the story bear."""
        return ruling_for(self.case, on=NOW.date()).rules.classes.scheme.codes[-1]

    def claim(self, outcome_class: str) -> Claim:
        """What this class asks for under the rules in force."""
        rules = ruling_for(self.case, on=NOW.date()).rules
        return claim_for(outcome_class, rules=rules, on=NOW.date())

    def reply_text(self) -> ReplyText:
        requests = self.case.versions.latest("ordinal").requests.all()
        return ReplyText(
            outcome_class=self.best_class(),
            letter_on=NOW.date(),
            answers={item.key: "已列入今年计划。" for item in requests},
            claim=self.claim(self.best_class()),
        )

    def contact_recorded(self, organ: str = "education", **said: Any) -> Contact:
        """A handler of the organ records a talk with 林; nobody has answered yet."""
        part = self.part(organ)
        handler = {"education": "edu_handler", "finance": "fin_handler"}.get(
            organ, f"{organ}_handler"
        )
        talk = {"phase": "during", "form": "visit", "held_on": NOW.date(), "gist": "听取意见。"}
        actor = self.town.actor(handler)
        services.record_contact(assignment=part, actor=actor, at=NOW, **{**talk, **said})
        return part.contacts.latest("pk")

    def spoken(self, organ: str = "education", **said: Any) -> Story:
        """The organ has spoken with 林, and he says that it was so."""
        contact = self.contact_recorded(organ, **said)
        services.answer_contact(
            contact=contact, actor=self.town.actor("lin"), at=NOW, confirmed=True
        )
        return self

    def heard(self, organ: str = "education") -> Story:
        """The organ has spoken with 林 where the rules want it and it has not."""
        ruling = ruling_for(self.case, on=NOW.date())
        if not of_part(self.part(organ), ruling=ruling, on=NOW.date()).confirmed:
            self.spoken(organ)
        return self

    def sent_to_check(self) -> Story:
        """What the gates before it ask for is done first, as the office would."""
        self.opinions_marked().heard()
        services.send_to_check(
            assignment=self.part(),
            actor=self.town.actor("edu_handler"),
            at=NOW,
            text=self.reply_text(),
        )
        return self

    def text_in_clearance(self) -> str:
        """The key of the last text of the reply; blank where there is none."""
        last = Reply.objects.filter(file__assignment=self.part()).order_by("ordinal").last()
        return last.key if last else ""

    def countersigned(self) -> Story:
        services.countersign(
            assignment=self.part("finance"),
            actor=self.town.actor("fin_head"),
            at=NOW,
            text=self.text_in_clearance(),
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
    story.submitted().registered().assigned().acknowledged().spoken()
    return story.extension_asked()


def _contact_waits(story: Story) -> Story:
    story.submitted().registered().assigned().acknowledged()
    story.contact_recorded(deputies=[story.town.post("lin"), story.town.post("zhao")])
    return story


def _contact_contested(story: Story) -> Story:
    contact = _contact_waits(story).part().contacts.get()
    lin = story.town.actor("lin")
    word = "那天我在外地开会，没有人找过我。"
    services.answer_contact(contact=contact, actor=lin, at=NOW, confirmed=False, word=word)
    return story


def _contact_exempted(story: Story) -> Story:
    _contact_contested(story)
    head = story.town.actor("edu_head")
    why = "代表长期在国外，多次联系未果。"
    services.exempt_contact(assignment=story.part(), actor=head, at=NOW, why=why)
    return story


def _to_countersign(story: Story) -> Story:
    follow_countersigning(story.town)
    story.submitted().registered().assigned().acknowledged()
    return story.co_acknowledged().opinion_given().sent_to_check()


def _handed_over(story: Story) -> Story:
    follow_offices(story.town)
    return story.submitted().registered().handed_over()


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
        s.submitted().registered().assigned().acknowledged().co_acknowledged().spoken()
    ),
    "in handling, opinion given": lambda s: (
        s.submitted().registered().assigned().co_acknowledged().opinion_given()
    ),
    "in handling, planned": lambda s: (
        s.submitted().registered().assigned().acknowledged().planned().spoken()
    ),
    "in handling, shared out to a colleague": lambda s: (
        s.submitted().registered().assigned().acknowledged().shared_out()
    ),
    "in handling, extended": lambda s: (
        s.submitted().registered().assigned().acknowledged().spoken().extension_asked()
    ),
    "in handling, a return asked": lambda s: s.submitted().registered().assigned().return_asked(),
    "in handling, refused twice": lambda s: (
        s.submitted()
        .registered()
        .assigned()
        .return_asked()
        .return_declined()
        .return_refused()
        # Between the systems the congress office decides.
        .return_asked("organisation_department")
        .return_refused()
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
    "in handling, a contact waits": _contact_waits,
    "in handling, a contact contested": _contact_contested,
    "in handling, exempted from contact": _contact_exempted,
}
# Where the congress has changed its rules first, for all its cases: one at a time.
UNDER_OTHER_RULES: dict[str, Callable[[Story], Story]] = {
    "in handling, an extension asked": _extension_asked,
    "reply in clearance, to be countersigned": _to_countersign,
    "reply in clearance, countersigned": lambda s: _to_countersign(s).countersigned(),
    "registered, handed to an office": _handed_over,
    "in handling, to be shared out": lambda s: (
        s.sharing().submitted().registered().assigned().acknowledged()
    ),
    "replied, the rating may be changed": _rating_open,
}
