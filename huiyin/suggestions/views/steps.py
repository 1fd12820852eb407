"""Taking a step: once, on the state that was shown, with everything typed kept when refused."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotPermitted, Stale
from huiyin.ledger.services import once
from huiyin.suggestions import steps
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.presenters import papers, rounds, story, timeline
from huiyin.suggestions.presenters.file import read
from huiyin.suggestions.services.turn import Subject
from huiyin.suggestions.steps import Scene, Step
from huiyin.suggestions.views.answers import SUBMIT_STEP, stepper
from huiyin.suggestions.views.cases import crumbs, part_scene_of, read_shown, scene_of
from huiyin.ui.errors import typed_text
from huiyin.ui.parts import Entry
from huiyin.ui.sending import Unfit

RATE_PAGE = "suggestions/rate.html"
ON_A_PART = (Table.ASSIGNMENT, Table.REPLY)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ActorRequest, key: str, name: str) -> HttpResponse:
    """A step of the suggestion."""
    scene = scene_of(request, key)
    found = steps.find(name, tables=(Table.SUGGESTION,))
    return _answer(request, found, scene)


@require_http_methods(["GET", "HEAD", "POST"])
def part_step(request: ActorRequest, key: str, name: str) -> HttpResponse:
    """A step of one organ."""
    scene = part_scene_of(request, key)
    found = steps.find(name, tables=ON_A_PART)
    return _answer(request, found, scene)


def _answer(request: ActorRequest, found: Step, scene: Scene) -> HttpResponse:
    if request.method == "POST":
        return _post(request, found, scene)
    subject = _require_allowed(found, scene)
    if found.elsewhere:
        return redirect(found.page(scene))
    if not where.begins_at(found.row, subject):
        messages.warning(request, str(found.gone))
        return redirect("suggestions:case", scene.case.key)
    seen = read(scene).seen
    return _page(request, found, scene, form=found.blank(scene, seen=seen))


def _require_allowed(found: Step, scene: Scene) -> Subject:
    """What the step is taken on, once it is known that its questions are this reader's."""
    subject = scene.subject(found.table)
    if not found.row.allowed(scene.actor, subject):
        raise NotPermitted(_("You may not take this step."))
    return subject


def _post(request: ActorRequest, found: Step, scene: Scene) -> HttpResponse:
    """The form itself is asked first: sent twice, the step may no longer be his and yet is done."""
    form = found.sent(scene, request.POST, request.FILES)
    if form.grows:
        _require_allowed(found, scene)
        form.without_complaints()
        return _page(request, found, scene, form=form)
    try:
        fresh = take_once(request, found, scene, form)
    except Unfit:
        _require_allowed(found, scene)
        return _page(request, found, scene, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Invalid as refused:
        form.refuse(refused)
        return _page(request, found, scene, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Conflict as refused:
        return _late(request, found, refused)
    if fresh:
        messages.success(request, str(found.done))
    if found.elsewhere == "suggestions:together":
        return redirect(found.elsewhere, scene.case.key)
    return redirect(form.then) if form.then else redirect("suggestions:case", scene.case.key)


def take_once(request: ActorRequest, found: Step, scene: Scene, form: StepForm) -> bool:
    """Take the step unless this very form was sent before; return whether it was taken now.

    The form is looked at only when it is new: sent a second time it may no longer fit, and yet
    nothing has gone wrong. Raises ``Unfit`` or what the service raises.
    """

    def take() -> str:
        if not form.is_valid():
            raise Unfit
        hold(scene.case, shown=form.cleaned_data["revision"], minds=_minds(found))
        found.take(scene, form)
        return str(scene.case.key)

    _key, fresh = once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action=f"{found.table}.{found.name}",
        at=request.now,
        do=take,
    )
    return fresh


def _minds(found: Step) -> bool:
    """Organs work side by side: only the suggestion's own steps mind what others have done."""
    return found.table == Table.SUGGESTION and found.minds_others


def hold(case: Suggestion, *, shown: int, minds: bool) -> None:
    """Lock the case for this transaction; ``Stale`` when it is not as the page showed it."""
    locked = Suggestion.objects.select_for_update(of=("self",)).only("revision").get(pk=case.pk)
    if minds and locked.revision != shown:
        raise Stale(
            _("Somebody else has just changed this case; your step was not taken."),
            remedy=_("Look at what has changed, then take the step again if it still fits."),
        )


def _late(request: ActorRequest, found: Step, refused: DomainError) -> HttpResponse:
    """The case as it is now, what happened meanwhile, and what was typed."""
    scene = _again(request, found)
    file = read(scene)
    seen = request.POST.get("seen", "")
    since = timeline.since(file, seen=int(seen)) if seen.isascii() and seen.isdigit() else []
    subject = scene.subject(found.table)
    still_open = found.row.allowed(scene.actor, subject) and where.begins_at(found.row, subject)
    form = found.sent(scene, request.POST)
    form.shown_again(seen=file.seen)
    return _page(
        request,
        found,
        scene,
        form=form if still_open else None,
        status=HTTPStatus.CONFLICT,
        late=Late(refused=refused, since=since, kept=() if still_open else _typed(request)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Why a step was not taken, what happened meanwhile, what the reader had typed."""

    refused: DomainError
    since: list[Entry]
    kept: tuple[str, ...]


def _typed(request: ActorRequest) -> tuple[str, ...]:
    return tuple(typed_text(request))


def _again(request: ActorRequest, found: Step) -> Scene:
    """The same place, read afresh."""
    match = request.resolver_match
    key = match.kwargs["key"] if match else ""
    if found.table == Table.SUGGESTION:
        return scene_of(request, key)
    return part_scene_of(request, key)


def _page(
    request: ActorRequest,
    found: Step,
    scene: Scene,
    *,
    form: StepForm | None,
    status: int = HTTPStatus.OK,
    late: Late | None = None,
) -> HttpResponse:
    file = read_shown(request, scene)
    context = {
        "step": found,
        "case": scene.case,
        "part": scene.part,
        "form": form,
        "url": found.url(scene),
        "after": found.consequence(scene) if form is not None else "",
        "kind": "danger" if found.danger else "primary",
        "late": late,
        "text": story.text(file),
        "rounds": rounds.rounds(file) if found.template == RATE_PAGE else [],
        "paper": papers.suggestion(file) if found.name == "submit" else None,
        "steps": stepper(SUBMIT_STEP),
        "crumbs": crumbs(scene.case, here=str(found.row.label)),
    }
    return render(request, found.template, context, status=status)
