"""What a query means, said once more in Python: rows read whole, each condition looked at by hand.

Nothing of ``queries.conditions`` is used here; that is the point.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.promises.models import Promise
from huiyin.promises.selectors import promises_for
from huiyin.reporting.queries.tree import Condition, Group
from huiyin.suggestions.contacts import contacts_for
from huiyin.suggestions.models import Contact, Suggestion

CHOICES: dict[str, list[str]] = {
    "stage": ["draft", "submitted", "in_handling", "replied", "closed", "withdrawn"],
    "kind": ["suggestion", "motion"],
    "raised": ["in_session", "between_sessions"],
    "category": ["education", "health", "transport"],
    "class": ["A", "A1", "B1", "B", "C"],
    "class_group": ["A", "B", "C"],
    "result": ["VS", "S", "NS"],
    "first_result": ["S", "NS"],
    "rated_via": ["page", "paper"],
    "system": ["government", "party"],
    "part_stage": ["issued", "handling", "done", "replied", "opinion_given"],
    "promise_stage": ["open", "claimed", "confirmed"],
    "contact_form": ["visit", "phone", "meeting"],
    "contact_phase": ["before", "during", "after"],
}
DAYS = ("registered_on", "assigned_on", "due_on", "first_replied_on", "closed_on")
RELATED_DAYS = ("part_due_on", "promise_due_on", "contact_on")
ALWAYS_SOMETHING = {"stage", "kind", "class_group"}


def facts(case: Suggestion, actor: Actor) -> dict[str, list[Any]]:
    """Every value of every field of one suggestion, as this reader may know it."""
    parts = [part for part in case.assignments.all() if part.stage != "reassigned"]
    of_role = {
        "lead_organ": [part for part in parts if part.role in ("lead", "sole")],
        "co_organ": [part for part in parts if part.role == "co"],
        "organ": parts,
    }
    promises: list[Promise] = list(promises_for(actor).filter(suggestion=case))
    contacts: list[Contact] = list(contacts_for(actor).filter(assignment__suggestion=case))
    signed = case.signatures.filter(standing__in=("lead", "confirmed"))
    lead = case.lead
    own: dict[str, Any] = {
        **{
            name: getattr(case, name)
            for name in (
                *("stage", "kind", "raised", "category", "result", "first_result", "rated_via"),
                *("registered_on", "due_on", "first_replied_on", "closed_on", "title", "round"),
            )
        },
        "class": case.outcome_class,
        "class_group": case.outcome_class[:1],
        "assigned_on": case.first_assigned_on,
        "lead": lead.person.name,
        "delegation": lead.delegation.key if lead.delegation else "",
        "session": case.session.key,
        "merged": case.merge_group is not None,
        "for_reference": case.wants_no_reply,
    }
    return {
        **{name: [value] for name, value in own.items()},
        **{name: [part.organ.key for part in rows] for name, rows in of_role.items()},
        "system": [part.organ.system for part in parts],
        "part_stage": [part.stage for part in parts],
        "part_due_on": [part.due_on for part in parts],
        "promise_stage": [promise.stage for promise in promises],
        "promise_due_on": [promise.due_on for promise in promises],
        "postponed": [promise.postponed for promise in promises],
        "contact_form": [contact.form for contact in contacts],
        "contact_phase": [contact.phase for contact in contacts],
        "contact_on": [contact.held_on for contact in contacts],
        "deputy": [each.deputy.person.name for each in signed],
    }


def fits(known: dict[str, list[Any]], node: Condition | Group) -> bool:
    if isinstance(node, Group):
        said = [
            fits(known, each)
            for each in node.nodes
            if isinstance(each, Condition) or list(each.conditions())
        ]
        return all(said) if node.join == "all" else any(said) or not said
    held = [value for value in known[node.field] if value not in (None, "")]
    op, first = node.op, node.values[0] if node.values else ""
    return {
        "is": lambda: any(str(value) in node.values for value in held),
        "not": lambda: not any(str(value) in node.values for value in held),
        "empty": lambda: not held,
        "filled": lambda: bool(held),
        "from": lambda: any(value >= date.fromisoformat(first) for value in held),
        "to": lambda: any(value <= date.fromisoformat(first) for value in held),
        "on": lambda: any(value == date.fromisoformat(first) for value in held),
        "ge": lambda: any(value >= int(first) for value in held),
        "le": lambda: any(value <= int(first) for value in held),
        "has": lambda: any(first in value for value in held),
        "hasnt": lambda: not any(first in value for value in held),
        "yes": lambda: held == [True],
        "no": lambda: held == [False],
    }[op]()


def may_know_of(actor: Actor, case: Suggestion) -> bool:
    """Who may see a case at all, by the words of the rules and not by a query."""
    if case.congress_id != actor.congress_id:
        return False
    registered = case.stage in ("registered", "in_handling", "replied", "closed")
    if actor.role == Role.DEPUTY:
        standing = ("lead", "invited", "confirmed")
        return any(
            each.deputy_id == actor.post_id and each.standing in standing
            for each in case.signatures.all()
        )
    if actor.role == Role.CLERK:
        return case.stage != "draft" or case.entered_by_id is not None
    if actor.role == Role.LEADER:
        return registered
    if actor.role == Role.ELECTING_LIAISON:
        unit = actor.post.electing_unit_id
        return registered and unit is not None and case.lead.electing_unit_id == unit
    raise AssertionError(actor.role)


def conditions(organs: list[str]) -> st.SearchStrategy[Condition]:
    days = st.dates(date(2020, 1, 10), date(2020, 7, 1)).map(date.isoformat)
    offers = CHOICES | {"organ": organs, "lead_organ": organs, "co_organ": organs}

    def choice(field: str) -> st.SearchStrategy[Condition]:
        values = st.lists(st.sampled_from(offers[field]), min_size=1, max_size=3, unique=True)
        asked = st.builds(
            lambda op, given: Condition(field, op, tuple(given)),
            st.sampled_from(["is", "not"]),
            values,
        )
        emptiness = st.sampled_from(["empty", "filled"]).map(lambda op: Condition(field, op))
        return asked if field in ALWAYS_SOMETHING else asked | emptiness

    by_day = st.builds(
        lambda field, op, day: Condition(field, op, (day,)),
        st.sampled_from([*DAYS, *RELATED_DAYS]),
        st.sampled_from(["from", "to", "on"]),
        days,
    )
    no_day = st.builds(
        Condition, st.sampled_from([*DAYS, *RELATED_DAYS]), st.sampled_from(["empty", "filled"])
    )
    numbers = st.builds(
        lambda field, op, number: Condition(field, op, (str(number),)),
        st.sampled_from(["round", "postponed"]),
        st.sampled_from(["ge", "le", "is"]),
        st.integers(0, 3),
    )
    texts = st.builds(
        lambda field, op, words: Condition(field, op, (words,)),
        st.sampled_from(["title", "lead", "deputy"]),
        st.sampled_from(["has", "hasnt"]),
        st.sampled_from(["公路", "第1", "林", "赵", "%", "_", "'", "条"]),
    )
    yes = st.builds(
        Condition, st.sampled_from(["merged", "for_reference"]), st.sampled_from(["yes", "no"])
    )
    return st.sampled_from(sorted(offers)).flatmap(choice) | by_day | no_day | numbers | texts | yes


def trees(organs: list[str]) -> st.SearchStrategy[Group]:
    joins = st.sampled_from(["all", "any"])
    one = conditions(organs)
    inner: st.SearchStrategy[Any] = st.builds(
        lambda join, nodes: Group(join, tuple(nodes)), joins, st.lists(one, max_size=3)
    )
    return st.builds(
        lambda join, nodes: Group(join, tuple(nodes)),
        joins,
        st.lists(one | inner, min_size=1, max_size=4),
    )
