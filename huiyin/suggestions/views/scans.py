"""Papers that came back: sent in as scans, brought to their suggestions, placed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.documents.scanned import codes_on
from huiyin.documents.views import serve
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotFound, Words
from huiyin.ledger.services import once
from huiyin.suggestions import scans as selectors
from huiyin.suggestions import services, steps
from huiyin.suggestions.forms.scans import AsideForm, PlaceForm
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import PlacedScan, ReceivedScan, ScanVerdict, Suggestion
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.selectors import current_session, visible_to
from huiyin.suggestions.services.receiving import file_of_scan, require_clerk
from huiyin.suggestions.services.scanning import Scan
from huiyin.suggestions.views.cases import scene_of
from huiyin.ui.parts import Crumb

# What a scanner's tray holds; more come in a second lot.
MOST, RECENT = 30, 50

_WHY: dict[str, Words] = {
    ScanVerdict.UNREADABLE: gettext_lazy(
        "No code can be read on it. It may be cut off, stained or too coarse; 200 points to the "
        "inch are enough."
    ),
    ScanVerdict.FOREIGN: gettext_lazy(
        "The code on it belongs to something else: no suggestion of this congress has it."
    ),
    ScanVerdict.SEVERAL: gettext_lazy(
        "Its pages bear the codes of several suggestions. Scan the papers of each on their own, "
        "or say which one this file belongs to."
    ),
    ScanVerdict.EXPIRED: gettext_lazy(
        "The code is that of an earlier round: the suggestion has been handled again since. "
        "Say whether the paper is still to be put to it."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A scan as the list shows it."""

    scan: ReceivedScan
    case: Suggestion | None
    why: Words = ""

    @property
    def placed(self) -> PlacedScan | None:
        return getattr(self.scan, "placed", None)


def _crumbs(received: ReceivedScan | None = None) -> list[Crumb]:
    here = Crumb(label=_("Scanned papers"), url=reverse("suggestions:scans") if received else "")
    return [here, Crumb(label=received.name)] if received else [here]


@require_http_methods(["GET", "HEAD", "POST"])
def scans(request: ActorRequest) -> HttpResponse:
    """Send scans in; below them those that wait to be placed, and the last ones that are."""
    require_clerk(request.actor)
    if request.method != "POST":
        return _list_page(request)
    sent = request.FILES.getlist("files")
    if not sent or len(sent) > MOST:
        said = _("Choose between 1 and %(most)d files.") % {"most": MOST}
        return _list_page(request, [said], status=HTTPStatus.UNPROCESSABLE_ENTITY)
    read = [
        (Scan(file=cast(Any, each), name=str(each.name)), codes_on(cast(Any, each)))
        for each in sent
    ]
    refused: list[str] = []
    kept: list[ReceivedScan] = []

    def receive() -> str:
        for scan, texts in read:
            try:
                kept.append(
                    services.receive_scan(
                        scan=scan, texts=texts, actor=request.actor, at=request.now
                    )
                )
            except DomainError as complaint:
                refused.append(f"{scan.name}：{complaint} {complaint.remedy}".strip())
        return ""

    once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action="scan.receive",
        at=request.now,
        do=receive,
    )
    if refused:
        return _list_page(request, refused, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _after(request, kept)


def _after(request: ActorRequest, kept: Sequence[ReceivedScan]) -> HttpResponse:
    """One form that came back leads straight to entering its rating, where that is open."""
    found = [each.suggestion for each in kept if each.verdict == ScanVerdict.FOUND]
    if kept:
        words = {"found": len(found), "left": len(kept) - len(found)}
        tell = messages.warning if words["left"] else messages.success
        said = _("%(found)d brought to their suggestions; %(left)d to be placed by hand.")
        tell(request, said % words)
    if len(kept) == 1 and found and found[0]:
        return redirect(_next_page(request, found[0], paper=kept[0].paper))
    return redirect("suggestions:scans")


def _next_page(request: ActorRequest, case: Suggestion, *, paper: str) -> str:
    if paper == "consultation":
        scene = scene_of(request, case.key)
        entering = steps.find("enter_rating", tables=(Table.SUGGESTION,))
        subject = scene.subject(entering.table)
        if entering.row.allowed(scene.actor, subject) and where.begins_at(entering.row, subject):
            return entering.url(scene)
    return reverse("suggestions:case", args=[case.key])


def _list_page(
    request: ActorRequest, refused: Sequence[str] = (), *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "refused": refused,
        "waiting": [_shown(each) for each in selectors.waiting(request.actor)[:RECENT]],
        "recent": [_shown(each) for each in selectors.settled(request.actor)[:RECENT]],
        "most": MOST,
        "crumbs": _crumbs(),
    }
    return render(request, "suggestions/scans.html", context, status=status)


def _shown(received: ReceivedScan) -> Shown:
    placed: PlacedScan | None = getattr(received, "placed", None)
    found = received.suggestion if received.verdict == ScanVerdict.FOUND else None
    case = placed.suggestion if placed else found
    return Shown(scan=received, case=case, why=_WHY.get(received.verdict, ""))


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: ActorRequest, key: str) -> HttpResponse:
    """Place one scan by hand; ``act=aside`` says that it belongs to no suggestion."""
    require_clerk(request.actor)
    received = selectors.find(request.actor, key)
    if request.method != "POST":
        return _scan_page(request, received)
    if request.POST.get("act") == "aside":
        return _set_aside(request, received)
    form = PlaceForm(request.POST, congress=request.actor.congress)
    if form.is_valid():
        try:
            case = _named(request, form)
            _once(
                request,
                "scan.place",
                lambda: services.place_scan(
                    received=received, case=case, actor=request.actor, at=request.now
                ),
            )
        except Invalid as refused:
            form.add_error("number", f"{refused} {refused.remedy}".strip())
        else:
            messages.success(request, _("The scan lies with its suggestion now."))
            return redirect("suggestions:case", case.key)
    return _scan_page(request, received, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _named(request: ActorRequest, form: PlaceForm) -> Suggestion:
    said = form.cleaned_data
    number = said["number"].strip().removeprefix("第").removesuffix("号")
    rows = visible_to(request.actor).filter(session__key=said["session"], number=number)
    found = rows.first()
    if found is None:
        raise Invalid(
            _("No suggestion of this session has the number %(number)s.") % {"number": number},
            remedy=_("Look at the number on the paper once more."),
        )
    return found


def _set_aside(request: ActorRequest, received: ReceivedScan) -> HttpResponse:
    form = AsideForm(request.POST)
    if not form.is_valid():
        return _scan_page(request, received, aside=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    _once(
        request,
        "scan.set_aside",
        lambda: services.set_scan_aside(
            received=received,
            actor=request.actor,
            at=request.now,
            why=form.cleaned_data["why_aside"],
        ),
    )
    messages.success(request, _("The scan is set aside; it stays to be looked at."))
    return redirect("suggestions:scans")


def _once(request: ActorRequest, action: str, do: Any) -> None:
    def take() -> str:
        return str(do().key)

    once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action=action,
        at=request.now,
        do=take,
    )


def _scan_page(
    request: ActorRequest,
    received: ReceivedScan,
    *,
    form: PlaceForm | None = None,
    aside: AsideForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    shown = _shown(received)
    if shown.case or shown.placed:
        if request.method == "POST":
            raise Conflict(_("This scan has its place already."))
        return (
            redirect("suggestions:case", shown.case.key)
            if shown.case
            else redirect("suggestions:scans")
        )
    leads = received.suggestion
    now = current_session(request.actor.congress, on=request.today)
    first = {"session": now.key if now else ""}
    if leads:
        first = {"session": leads.session.key, "number": leads.number or ""}
    context = {
        "shown": shown,
        "form": form or PlaceForm(congress=request.actor.congress, initial=first),
        "aside": aside or AsideForm(),
        "crumbs": _crumbs(received),
    }
    return render(request, "suggestions/scan.html", context, status=status)


@require_safe
def scan_file(request: ActorRequest, key: str) -> FileResponse:
    """The file of a scan that has been brought nowhere. ``NotFound`` for any other."""
    require_clerk(request.actor)
    received = selectors.find(request.actor, key)
    if received.verdict == ScanVerdict.FOUND:
        raise NotFound(key)
    return serve(file_of_scan(received))
