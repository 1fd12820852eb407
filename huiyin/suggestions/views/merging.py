"""Handling together: likely same ones, merging in bulk, and an organ's work once for a group."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from huiyin.ledger.services import once
from huiyin.suggestions import likeness, selectors, services
from huiyin.suggestions.breakdown import items_of
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.presenters import merging as present
from huiyin.suggestions.steps import STEPS, Step
from huiyin.suggestions.together import STEPS_TOGETHER, Member, members_of, ready
from huiyin.suggestions.views.cases import crumbs, part_scene_of
from huiyin.suggestions.views.replying import form_of
from huiyin.ui.lists import chosen
from huiyin.ui.sending import Unfit

DO = "do"
MOST_CLUSTERS = 40


def _require_clerk(request: ActorRequest) -> None:
    if request.actor.role != Role.CLERK:
        raise NotPermitted(_("You may not take this step."))


# --- The congress office


@require_safe
def alike(request: ActorRequest) -> HttpResponse:
    """Open suggestions of the session that are likely on the same matter, with the reason why."""
    _require_clerk(request)
    session = selectors.current_session(request.actor.congress, on=request.today)
    cases = likeness.open_ones(session) if session else []
    found = likeness.clusters(likeness.likenesses(cases, likeness.asked_in(cases)))
    context = {
        "session": session,
        "clusters": found[:MOST_CLUSTERS],
        "more": max(len(found) - MOST_CLUSTERS, 0),
        "read": len(cases),
        "crumbs": crumbs(here=_("Likely the same matter")),
    }
    return render(request, "suggestions/alike.html", context)


@require_POST
def merge_many(request: ActorRequest) -> HttpResponse:
    """The chosen ones with what will be done, then the deed (``act=do``)."""
    _require_clerk(request)
    cases = _cases(request)
    if request.POST.get("act") != DO:
        return _merge_page(request, cases)
    try:
        _key, fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action="suggestion.merge_many",
            at=request.now,
            do=lambda: _merged(request, cases),
        )
    except Conflict as refused:
        return _merge_page(request, cases, refused=str(refused), status=refused.status)
    if fresh:
        words = ngettext(
            "%(n)s suggestion is handled together with the others.",
            "%(n)s suggestions are now handled together.",
            len(cases),
        )
        messages.success(request, words % {"n": len(cases)})
    return redirect("suggestions:case", cases[0].key)


def _merged(request: ActorRequest, cases: list[Suggestion]) -> str:
    services.merge_many(cases=cases, actor=request.actor, at=request.now)
    return str(cases[0].key)


def _cases(request: ActorRequest) -> list[Suggestion]:
    keys = chosen(request)
    rows = selectors.visible_to(request.actor).filter(key__in=keys)
    found = {row.key: row for row in rows.select_related("congress", "session")}
    if len(found) != len(keys):
        raise NotFound(", ".join(key for key in keys if key not in found))
    return [found[key] for key in keys]


def _merge_page(
    request: ActorRequest, cases: list[Suggestion], *, refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "cases": cases,
        "refused": refused,
        "crumbs": crumbs(here=_("Handle together")),
    }
    return render(request, "suggestions/merge_many.html", context, status=status)


# --- An organ, once for the whole group


@require_http_methods(["GET", "HEAD", "POST"])
def group_step(request: ActorRequest, key: str, name: str) -> HttpResponse:
    """One step on the organ's part in each suggestion of the group that is chosen."""
    step = _step_together(name)
    scene = part_scene_of(request, key)
    members = ready(members_of(scene), step)
    if scene.charge.pk not in {member.part.pk for member in members}:
        _require_organ(request, scene.charge.organ_id)
        messages.warning(request, _("The case has moved on; this step is not open now."))
        return redirect("suggestions:case", scene.case.key)
    form = step.blank(members[0].scene, seen=0)
    if request.method != "POST":
        return _group_page(request, step, members, form=form)
    wanted = [each for each in members if each.part.key in request.POST.getlist("member")]
    form = step.sent(members[0].scene, _data(request, members[0]))
    if not wanted:
        form.add_error(None, _("Choose at least one suggestion."))
        return _group_page(request, step, members, form=form, status=422)
    try:
        _key, fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action=f"group.{step.table}.{step.name}",
            at=request.now,
            do=lambda: _taken(request, step, wanted),
        )
    except Unfit:
        return _group_page(request, step, members, form=form, status=422)
    except (Invalid, Conflict) as refused:
        form.add_error(None, f"{refused} {refused.remedy}".strip())
        return _group_page(request, step, members, form=form, status=refused.status)
    if fresh:
        words = ngettext("Done for %(n)s suggestion.", "Done for %(n)s suggestions.", len(wanted))
        messages.success(request, f"{step.done} {words % {'n': len(wanted)}}")
    return redirect("suggestions:case", scene.case.key)


def _step_together(name: str) -> Step:
    found = next((STEPS[each] for each in STEPS_TOGETHER if each[1] == name), None)
    if found is None:
        raise NotFound(name)
    return found


def _require_organ(request: ActorRequest, organ_id: int) -> None:
    if request.actor.organ_id != organ_id:
        raise NotPermitted(_("You may not take this step."))


def _data(request: ActorRequest, member: Member) -> QueryDict:
    """The form as it was sent, as the form of this member alone."""
    data = request.POST.copy()
    data["revision"] = str(member.scene.case.revision)
    data["text"] = request.POST.get(f"text_{member.part.key}", "")
    return data


def _taken(request: ActorRequest, step: Step, wanted: list[Member]) -> str:
    by_part = {member.part.pk: member for member in wanted}

    def take(part: Any) -> None:
        member = by_part[part.pk]
        form = step.sent(member.scene, _data(request, member))
        if not form.is_valid():
            raise Unfit
        step.take(member.scene, form)

    services.for_each([member.part for member in wanted], take)
    return str(wanted[0].scene.case.key)


def _group_page(
    request: ActorRequest, step: Step, members: list[Member], *, form: StepForm, status: int = 200
) -> HttpResponse:
    sent = request.POST.getlist("member") if request.method == "POST" else None
    context = {
        "step": step,
        "form": form,
        "case": members[0].scene.case,
        "part": members[0].part,
        "members": [(each, sent is None or each.part.key in sent) for each in members],
        "crumbs": crumbs(members[0].scene.case, here=str(step.row.label)),
    }
    return render(request, "suggestions/group_step.html", context, status=status)


# --- One reply text


@require_http_methods(["GET", "HEAD", "POST"])
def group_reply(request: ActorRequest, key: str) -> HttpResponse:
    """Put the text of one reply into those of the others, or send them all to be checked."""
    scene = part_scene_of(request, key)
    _require_organ(request, scene.charge.organ_id)
    members = [each for each in members_of(scene) if present.can_write(each)]
    if not members or members[0].part.pk != scene.charge.pk:
        messages.warning(request, _("The case has moved on; this step is not open now."))
        return redirect("suggestions:case", scene.case.key)
    source, others = members[0], members[1:]
    if request.method != "POST":
        return _reply_page(request, source, others)
    wanted = [each for each in others if each.part.key in request.POST.getlist("member")]
    sends = request.POST.get("act") == "send"
    try:
        _key, fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action="group.reply",
            at=request.now,
            do=lambda: (
                _send(request, [source, *wanted]) if sends else _spread(request, source, wanted)
            ),
        )
    except (Invalid, Conflict) as refused:
        return _reply_page(request, source, others, refused=refused)
    if fresh:
        said = _("Sent to be checked.") if sends else _("The text stands in the chosen replies.")
        messages.success(request, said)
    if sends:
        return redirect("suggestions:case", scene.case.key)
    return redirect("suggestions:group_reply", key)


def _spread(request: ActorRequest, source: Member, wanted: list[Member]) -> str:
    if not wanted:
        raise Invalid(_("Choose at least one suggestion."))
    drafts = {
        each.part: (present.spread(source, each).content, _revision(request, each))
        for each in wanted
    }
    services.spread_reply(drafts=drafts, actor=request.actor, at=request.now)
    return str(source.scene.case.key)


def _revision(request: ActorRequest, member: Member) -> int:
    said = request.POST.get(f"revision_{member.part.key}", "")
    if not (said.isascii() and said.isdigit()):
        raise Invalid(_("This form has lost the mark of the draft it was made from."))
    return int(said)


def _send(request: ActorRequest, wanted: list[Member]) -> str:
    by_part = {member.part.pk: member for member in wanted}

    def send(part: Any) -> None:
        scene = by_part[part.pk].scene
        version = scene.case.versions.order_by("ordinal").last()
        draft = scene.file.draft
        asked = items_of(scene.charge, version.requests.all()) if version else []
        form = form_of(scene, asked, {**draft, "revision": "0"}, content=draft)
        if not (form.is_valid() and form.require_whole()):
            said = next((words for found in form.errors.values() for words in found), "")
            raise Conflict(str(said))
        services.send_to_check(assignment=part, actor=request.actor, at=request.now, text=form.text)

    services.for_each([member.part for member in wanted], send)
    return str(wanted[0].scene.case.key)


def _reply_page(
    request: ActorRequest,
    source: Member,
    others: list[Member],
    *,
    refused: Invalid | Conflict | None = None,
) -> HttpResponse:
    context = {
        "case": source.scene.case,
        "part": source.part,
        "written": bool(source.scene.file.pk and source.scene.file.draft),
        "spreads": [present.spread(source, each) for each in others],
        "refused": f"{refused} {refused.remedy}".strip() if refused else "",
        "crumbs": crumbs(source.scene.case, here=_("One reply text for all")),
    }
    status = refused.status if refused else HTTPStatus.OK
    return render(request, "suggestions/group_reply.html", context, status=status)
