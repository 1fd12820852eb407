"""Handled together: worked on as one, answered and rated singly; taken out, as it was (T071)."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role, Standing
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Conflict, DomainError, NotPermitted
from huiyin.kernel.ids import new_key
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import Organ
from huiyin.suggestions import duties, likeness, services
from huiyin.suggestions.models import Contact, Delivery, Suggestion
from huiyin.suggestions.presenters.file import read
from huiyin.suggestions.presenters.page import CasePage
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.reforms import orphans
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.selectors import POPULATIONS, visible_to
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.stages import Stage
from huiyin.suggestions.standing import COLUMNS, PART_COLUMNS
from huiyin.suggestions.tests.attempts import ATTEMPTS, CONTACT
from huiyin.suggestions.tests.cases import Reader, town_of_pages
from huiyin.suggestions.tests.situations import TEXT, Story
from huiyin.suggestions.tests.test_reforming import decided, reform

pytestmark = pytest.mark.django_db

TITLES = (
    "关于在县城新区增设公办幼儿园的建议",
    "关于扩建县城新区公办幼儿园的建议",
    "关于解决新区幼儿园学位不足的建议",
)


class OfDeputy(Story):
    """A suggestion of one deputy alone."""

    def __init__(self, town: Town, who: str, **text: object) -> None:
        self.town, self.who = town, who
        self.case = services.start(
            session=town.session, actor=town.actor(who), at=NOW, content={**TEXT, **text}
        )

    def submitted(self) -> OfDeputy:
        services.submit(case=self.case, actor=self.town.actor(self.who), at=NOW)
        return self

    def spoken(self, organ: str = "education", **said: Any) -> OfDeputy:
        confirmed(self.town, self, self.contact_recorded(organ, **said))
        return self


def confirmed(town: Town, story: OfDeputy, contact: Contact) -> None:
    """The deputy says that the talk was as it is recorded."""
    actor = town.actor(story.who)
    services.answer_contact(contact=contact, actor=actor, at=NOW, confirmed=True)


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def three(town: Town) -> list[OfDeputy]:
    people = zip(("lin", "zhao", "zhou"), TITLES, strict=True)
    return [OfDeputy(town, who, title=title).submitted() for who, title in people]


def registered(town: Town) -> list[OfDeputy]:
    stories = three(town)
    for story in stories:
        story.registered()
        story.case.refresh_from_db()
    return stories


def together(town: Town, stories: Sequence[Story]) -> None:
    cases = [story.case for story in stories]
    services.merge_many(cases=cases, actor=town.actor("clerk"), at=NOW)


def apart(town: Town, story: Story) -> None:
    services.unmerge(case=story.case, actor=town.actor("clerk"), at=NOW, why="事项不同。")


def groups(stories: Sequence[Story]) -> list[int | None]:
    for story in stories:
        story.case.refresh_from_db()
    return [story.case.merge_group_id for story in stories]


# --- Who is with whom


def test_the_one_left_over_is_by_itself_again(town: Town) -> None:
    stories = registered(town)
    together(town, stories)
    assert len(set(groups(stories))) == 1
    apart(town, stories[0])
    first, second, third = groups(stories)
    assert (first, second) == (None, third)
    assert third is not None
    apart(town, stories[1])
    assert groups(stories) == [None, None, None]
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


def test_whoever_is_in_a_group_is_joined_and_two_groups_are_not_mixed(town: Town) -> None:
    stories = [*registered(town), *registered(town)]
    together(town, stories[:2])
    services.merge(case=stories[0].case, other=stories[2].case, actor=town.actor("clerk"), at=NOW)
    one, two, three_, *_rest = groups(stories)
    assert one == two == three_ is not None
    together(town, stories[3:5])
    with pytest.raises(Conflict):
        together(town, [stories[0], stories[3]])
    with pytest.raises(Conflict):
        together(town, [stories[0], stories[3], stories[5]])
    with pytest.raises(Conflict):
        together(town, stories[:2])
    with pytest.raises(Conflict):
        together(town, stories[5:])
    assert groups(stories)[5] is None


def test_one_that_cannot_holds_up_all(town: Town) -> None:
    stories = registered(town)
    closed = Story(town).replied().rated("S")
    with pytest.raises(Conflict):
        together(town, [*stories, closed])
    assert groups(stories) == [None, None, None]


def test_only_the_office_merges(town: Town) -> None:
    cases = [story.case for story in registered(town)]
    for who in ("lin", "edu_liaison", "leader", "government_clerk"):
        with pytest.raises(NotPermitted):
            services.merge_many(cases=cases, actor=town.actor(who), at=NOW)


# --- Taken out again, everything is as if it had never been merged (Hypothesis)

DEEDS = (
    ("register", "clerk"),
    ("assign", "clerk"),
    ("assignment.acknowledge", "edu_liaison"),
    ("assignment.plan", "edu_handler"),
    ("assignment.contact", "edu_handler"),
    ("assignment.ask_extension", "edu_liaison"),
    ("spoken", "lin"),
    ("reply.send_to_check", "edu_handler"),
    ("reply.pass_check", "edu_checker"),
    ("reply.sign", "edu_head"),
    ("reply.deliver", "edu_liaison"),
)
deeds = st.lists(st.tuples(st.integers(0, 2), st.integers(0, len(DEEDS) - 1)), max_size=14)
READERS = ("lin", "zhou", "clerk", "edu_liaison", "edu_head", "leader")


# What the gate before a reply asks for takes two: the organ and the deputy.
CALLS = ATTEMPTS | {"spoken": lambda story, _actor: story.spoken()}


def do(town: Town, stories: Sequence[Story], chosen: Sequence[tuple[int, int]]) -> None:
    for place, deed in sorted(chosen, key=lambda pair: pair[1]):
        step, who = DEEDS[deed]
        story = stories[place]
        story.case.refresh_from_db()
        story.case.forget_cached()
        try:
            with transaction.atomic():
                CALLS[step](story, town.actor(who))
        except (DomainError, ObjectDoesNotExist):
            continue


def picture(town: Town, stories: Sequence[Story]) -> list[object]:
    """Every derived column, assignment, clock, step a reader sees, and count."""
    seen: list[object] = []
    for story in stories:
        case = Suggestion.objects.select_related("session", "congress").get(pk=story.case.pk)
        seen.append([getattr(case, name) for name in COLUMNS if name != "changed_at"])
        for part in case.assignments.order_by("pk"):
            seen.append([part.role, part.wide, *(getattr(part, name) for name in PART_COLUMNS)])
        seen += [(act.table, act.move) for act in case.acts.all() if "merge" not in act.move]
        for who in READERS:
            actor = town.actor(who)
            if visible_to(actor).filter(pk=case.pk).exists():
                fresh = Suggestion.objects.select_related("session", "congress").get(pk=case.pk)
                page = CasePage(file=read(Scene(actor=actor, at=NOW, case=fresh)))
                seen.append((who, [str(act.label) for act in page.acts], page.group))
                seen.append([(str(clock.title), clock.on) for clock in page.clocks])
    seen += [Suggestion.objects.filter(rows).count() for rows in POPULATIONS.values()]
    for who in READERS:
        seen.append([(each.duty.name, each.count) for each in duties.waiting_for(town.actor(who))])
    return seen


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=deeds, after=deeds, members=st.sets(st.integers(0, 2), min_size=2))
def test_un_merging_restores_exactly(
    town: Town, before: Sequence[Any], after: Sequence[Any], members: set[int]
) -> None:
    def lived(*, merged: bool) -> list[object]:
        with transaction.atomic():
            stories = three(town)
            do(town, stories, before)
            mine = [stories[place] for place in sorted(members)]
            if merged:
                try:
                    together(town, [_fresh(story) for story in mine])
                except Conflict:
                    # One of them has been answered already: nothing was merged.
                    assert groups(mine) == [None] * len(mine)
            do(town, stories, after)
            for story in mine:
                if groups([story])[0] is not None:
                    apart(town, story)
            seen = picture(town, stories)
            assert list(differences()) == []
            transaction.set_rollback(True)
        return seen

    assert lived(merged=True) == lived(merged=False)


def _fresh(story: Story) -> Story:
    story.case.refresh_from_db()
    return story


# --- Merged, un-merged, transferred: every deputy is answered, the sums stay (T071)


def in_post(town: Town, organ: Organ, role: str) -> Actor:
    post = Post.objects.filter(organ=organ, role=role, standing=Standing.ACTIVE).first()
    if post is None:
        who = f"{organ.pk}_{role}"
        return town.hire(who, name="接任者", role=role, organ=organ)
    return Actor.of(post)


def answered(town: Town, story: OfDeputy) -> None:
    """Carry the case from wherever it stands to its reply, by those who hold it now."""
    part = story.case.assignments.get(round=1, role__in=("lead", "sole"))
    liaison, handler = (in_post(town, part.organ, role) for role in (Role.LIAISON, Role.HANDLER))
    # The levels of clearance are those that are filled when the text is sent.
    checker, head = (in_post(town, part.organ, role) for role in (Role.CHECKER, Role.HEAD))
    services.acknowledge(assignment=part, actor=liaison, at=NOW)
    services.record_contact(assignment=part, actor=handler, at=NOW, **CONTACT)
    confirmed(town, story, part.contacts.get())
    services.send_to_check(assignment=part, actor=handler, at=NOW, text=story.reply_text())
    services.pass_check(assignment=part, actor=checker, at=NOW)
    services.sign(assignment=part, actor=head, at=NOW)
    services.deliver(assignment=part, actor=liaison, at=NOW)


def _assigned(town: Town, stories: Sequence[Story]) -> None:
    for place, story in enumerate(stories):
        organ = town.finance if place == 1 else town.education
        charge = Charge(organ=organ, role="sole")
        services.assign(case=story.case, actor=town.actor("clerk"), at=NOW, organs=[charge])


MOVES: dict[str, Callable[[Town, Sequence[Story]], object]] = {
    "merge": lambda town, stories: together(town, [_fresh(story) for story in stories]),
    "merge two": lambda town, stories: together(town, [_fresh(story) for story in stories[1:]]),
    "take out": lambda town, stories: apart(town, stories[1]),
    "join organs": lambda town, _stories: reform(
        town, decided("merge", ["省教育和财政厅"], town.education, town.finance)
    ),
    "move work": lambda town, _stories: reform(
        town, decided("merge", ["省财政厅"], town.education)
    ),
    "rename": lambda town, _stories: reform(
        town, decided("rename", [f"省财政局{new_key()[:4]}"], Organ.objects.get(pk=town.finance.pk))
    ),
}


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(names=st.lists(st.sampled_from(sorted(MOVES)), max_size=6))
def test_every_deputy_gets_a_reply_and_the_sums_stay(town: Town, names: Sequence[str]) -> None:
    with transaction.atomic():
        stories = registered(town)
        _assigned(town, stories)
        for name in names:
            try:
                with transaction.atomic():
                    MOVES[name](town, stories)
            except DomainError:
                continue
        assert list(orphans()) == []
        for story, who in zip(stories, ("lin", "zhao", "zhou"), strict=True):
            answered(town, story)
            handed = Delivery.objects.get(reply__file__assignment__suggestion=story.case)
            assert handed.deputy == town.post(who)
            services.rate(
                case=_fresh(story).case, actor=town.actor(who), at=NOW, attitude="S", result="S"
            )
        for name in ("received", "answered", "fed_back", "ended"):
            assert Suggestion.objects.filter(POPULATIONS[name]).count() == len(stories), name
        assert list(differences()) == []
        transaction.set_rollback(True)


# --- Likely the same matter


def test_likely_same_ones_are_found_with_the_words_they_share(town: Town) -> None:
    stories = [*registered(town), OfDeputy(town, "lin", title="关于整治城东河道的建议").submitted()]
    found = likeness.likenesses(likeness.open_ones(town.session))
    pairs = {frozenset((each.one.pk, each.other.pk)) for each in found}
    assert frozenset((stories[0].case.pk, stories[1].case.pk)) in pairs
    assert not any(stories[3].case.pk in pair for pair in pairs)
    assert "公办幼儿园" in found[0].shared
    together(town, stories[:2])
    left = likeness.likenesses(likeness.open_ones(town.session))
    assert frozenset((stories[0].case.pk, stories[1].case.pk)) not in {
        frozenset((each.one.pk, each.other.pk)) for each in left
    }


def test_same_requests_under_other_titles_are_found_in_one_query_more(
    town: Town, django_assert_num_queries: Any
) -> None:
    asked = ["将城北老旧小区加装电梯纳入财政补助范围", "补助标准每台不低于二十万元"]
    same = [
        OfDeputy(town, who, title=title, requests=asked).submitted().case
        for who, title in (("lin", "关于方便老人出行的建议"), ("zhao", "关于改善居住条件的建议"))
    ]
    other = OfDeputy(town, "zhou", title="关于整治城东河道的建议").submitted().case
    cases = likeness.open_ones(town.session)
    assert likeness.likenesses(cases) == []
    with django_assert_num_queries(1):
        read = likeness.asked_in(cases)
    [found] = likeness.likenesses(cases, read)
    assert {found.one, found.other} == set(same)
    assert "将城北老旧小区加装电梯纳入财政补助范围" in "".join(found.shared)
    assert other.pk in read


def test_titles_without_matter_are_like_nothing() -> None:
    assert likeness.pairs_of("关于的建议") == frozenset()
    bare = [Suggestion(pk=pk, title="建议") for pk in (1, 2)]
    assert [each.score for each in likeness.likenesses(bare)] == [1.0]
    assert likeness.likenesses([Suggestion(pk=pk, title="") for pk in (1, 2)]) == []


# --- The pages


def shown(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_from_the_list_of_likely_ones_to_one_assignment_for_all(town: Town) -> None:
    stories = registered(town)
    clerk = Reader(town, "clerk")
    page = shown(clerk.get("alike"))
    assert "“公办幼儿园”" in page
    keys = [story.case.key for story in stories]
    assert "合并办理这 3 件" in shown(clerk.post("merge_many", said={"chosen": keys}))
    answer = clerk.post("merge_many", said={"chosen": keys, "act": "do"})
    assert answer.status_code == 302
    case_page = shown(clerk.client.get(answer.url))
    assert "3 件一并交办" in case_page
    said = {"chosen": keys, "act": "do", "organ_1": "省教育厅", "role_1": "sole"}
    assert clerk.post("assign_many", said=said).status_code == 200
    for story in stories:
        assert _fresh(story).case.stage == Stage.IN_HANDLING
        assert story.part().organ == town.education


def handled(town: Town) -> list[OfDeputy]:
    stories = registered(town)
    together(town, stories)
    cases = [_fresh(story).case for story in stories]
    charge = Charge(organ=town.education, role="sole")
    services.assign_many(cases=cases, actor=town.actor("clerk"), at=NOW, organs=[charge])
    return stories


def take(town: Town, who: str, stories: Sequence[Story], name: str, **said: Any) -> Any:
    """Take one step for the whole group from its page."""
    reader, key = Reader(town, who), stories[0].part().key
    page = shown(reader.get("group_step", key, name))
    texts = dict(re.findall(r'name="(text_[^"]+)" value="([^"]*)"', page))
    members = [story.part().key for story in stories]
    return reader.client.post(
        f"/suggestions/part/{key}/group/{name}/",
        {"once": new_key(), "member": members, **texts, **said},
    )


PLAN = {
    "responsible_leader": "周副厅长",
    "division": "基础教育处",
    "handler": "何晓",
    "requirement": "逐条答复",
    "feedback_on": (TODAY + timedelta(days=30)).isoformat(),
}


def test_one_receipt_one_plan_one_signature_and_a_reply_for_each(town: Town) -> None:
    stories = handled(town)
    assert take(town, "edu_liaison", stories, "acknowledge").status_code == 302
    assert take(town, "edu_handler", stories, "plan", **PLAN).status_code == 302
    for story in stories:
        assert story.part().plans.get().handler == "何晓"
        story.spoken()
        services.send_to_check(
            assignment=story.part(),
            actor=town.actor("edu_handler"),
            at=NOW,
            text=story.reply_text(),
        )
    clearing = (("edu_checker", "pass_check"), ("edu_head", "sign"), ("edu_liaison", "deliver"))
    for who, name in clearing:
        assert take(town, who, stories, name).status_code == 302, name
    services.rate(
        case=_fresh(stories[0]).case, actor=town.actor("lin"), at=NOW, attitude="S", result="S"
    )
    stages = [_fresh(story).case.stage for story in stories]
    assert stages == [Stage.CLOSED, Stage.REPLIED, Stage.REPLIED]
    assert Delivery.objects.count() == 3
    with pytest.raises(NotPermitted):
        services.rate(
            case=stories[1].case, actor=town.actor("lin"), at=NOW, attitude="S", result="S"
        )
    assert list(differences()) == []


def test_for_all_or_for_none(town: Town) -> None:
    stories = handled(town)
    key = stories[0].part().key
    reader = Reader(town, "edu_liaison")
    assert "对同组中勾选的建议一次填写" in shown(reader.get("group_step", key, "acknowledge"))
    members = [story.part().key for story in stories]
    services.withdraw(case=stories[2].case, actor=town.actor("zhou"), at=NOW, why="已解决。")
    said = {"once": new_key(), "member": members}
    answer = reader.client.post(f"/suggestions/part/{key}/group/acknowledge/", said)
    # The withdrawn one is no longer among those it can be taken for.
    assert answer.status_code == 302
    assert [story.part().acknowledged_on for story in stories] == [TODAY, TODAY, None]
    answer = take(town, "edu_handler", stories[:2], "plan", **{**PLAN, "feedback_on": "2020-02-31"})
    assert answer.status_code == 422
    assert "何晓" in shown(answer)
    none = {**PLAN, "member": []}
    assert take(town, "edu_handler", stories[:2], "plan", **none).status_code == 422
    assert not stories[0].part().plans.exists()


def test_a_step_of_the_group_is_the_organ_s_alone(town: Town) -> None:
    stories = handled(town)
    key = stories[0].part().key
    for who, status in {"clerk": 403, "lin": 403, "fin_liaison": 404, "edu_head": 302}.items():
        assert Reader(town, who).get("group_step", key, "acknowledge").status_code == status, who
    assert Reader(town, "edu_liaison").get("group_step", key, "rate").status_code == 404
    # What the reader may not see is counted and not named.
    page = shown(Reader(town, "lin").get("case", stories[0].case.key))
    assert "另有 2 件您无权查看" in page
    assert TITLES[1] not in page


def written(town: Town) -> list[OfDeputy]:
    stories = handled(town)
    take(town, "edu_liaison", stories, "acknowledge")
    for story in stories:
        story.spoken()
    mine = stories[0].case.versions.get().requests.all()
    content = {
        "outcome_class": "A2",
        "promised_on": f"{TODAY.year}-12-31",
        "letter_on": TODAY.isoformat(),
        "opening": f"林晓岚代表：您提出的第{stories[0].case.number}号《{TITLES[0]}》收悉。",
        **{f"answer_{item.key}": f"第{item.ordinal}项已列入计划。" for item in mine},
    }
    services.save_reply_draft(
        assignment=stories[0].part(),
        actor=town.actor("edu_handler"),
        at=NOW,
        content=content,
        revision=0,
    )
    return stories


def spread(town: Town, stories: Sequence[Story], act: str = "spread", **said: Any) -> Any:
    key = stories[0].part().key
    reader = Reader(town, "edu_handler")
    page = shown(reader.get("group_reply", key))
    marks = dict(re.findall(r'name="(revision_[^"]+)" value="([^"]*)"', page))
    members = [story.part().key for story in stories[1:]]
    return reader.client.post(
        f"/suggestions/part/{key}/reply/group/",
        {"once": new_key(), "member": members, "act": act, **marks, **said},
    )


def test_one_text_stands_in_every_reply_under_its_own_name_and_number(town: Town) -> None:
    stories = written(town)
    assert spread(town, stories).status_code == 302
    draft = stories[1].part().reply_file.draft
    number = stories[1].case.number
    assert draft["opening"] == f"赵立新代表：您提出的第{number}号《{TITLES[1]}》收悉。"
    theirs = stories[1].case.versions.get().requests.all()
    assert [draft[f"answer_{item.key}"] for item in theirs] == [
        "第1项已列入计划。",
        "第2项已列入计划。",
    ]
    assert spread(town, stories, "send").status_code == 302
    assert {story.part().reply_file.stage for story in stories} == {"in_clearance"}
    assert stories[2].part().reply_file.replies.get().opening.startswith("周海平代表")


def test_a_colleague_s_text_is_not_overwritten_and_nothing_half_done(town: Town) -> None:
    stories = written(town)
    part = stories[1].part()
    reader = Reader(town, "edu_handler")
    key = stories[0].part().key
    page = shown(reader.get("group_reply", key))
    marks = dict(re.findall(r'name="(revision_[^"]+)" value="([^"]*)"', page))
    services.save_reply_draft(
        assignment=part,
        actor=town.actor("edu_liaison"),
        at=NOW,
        content={"opening": "同事已经写好。"},
        revision=0,
    )
    members = [story.part().key for story in stories[1:]]
    answer = reader.client.post(
        f"/suggestions/part/{key}/reply/group/",
        {"once": new_key(), "member": members, "act": "spread", **marks},
    )
    assert answer.status_code == 409
    assert stories[1].part().reply_file.draft == {"opening": "同事已经写好。"}
    assert not hasattr(stories[2].part(), "reply_file")


def test_a_request_without_an_answer_is_not_sent(town: Town) -> None:
    stories = written(town)
    answer = spread(town, stories, "send")
    assert answer.status_code == 409
    assert "本次未作任何改动" in shown(answer)
    assert stories[0].part().reply_file.stage == "drafting"
