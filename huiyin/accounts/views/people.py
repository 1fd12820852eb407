"""Pages on which a clerk keeps the people of the congress: posts, accounts, activation codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts import selectors, services
from huiyin.accounts.forms import PersonForm, PostForm, ReasonForm
from huiyin.accounts.models import Person, Post, Role
from huiyin.accounts.rules import account_keeper
from huiyin.kernel.errors import DomainError, Invalid
from huiyin.ledger.services import once

PAGE = 50
# Codes are printed and handed over one by one; more than this at once is a mistake.
MOST_CODES = 500


@require_safe
def people(request: Any) -> HttpResponse:
    """The roll: who holds which post, and whether he has set his password yet."""
    _require_clerk(request)
    text, role = request.GET.get("q", "")[:60], request.GET.get("role", "")
    waiting = request.GET.get("waiting") == "1"
    number = _page_number(request)
    found = selectors.roll(request.actor, text=text, role=role, waiting=waiting)
    # One more than shown tells whether there is another page, without counting them all.
    rows = list(found[(number - 1) * PAGE : number * PAGE + 1])
    context = {
        "rows": rows[:PAGE],
        "more": number + 1 if len(rows) > PAGE else None,
        "before": number - 1 if number > 1 else None,
        "text": text,
        "role": role,
        "roles": Role.choices,
        "waiting": waiting,
    }
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: Any) -> HttpResponse:
    """Enter a person together with a first post, or neither."""
    _require_clerk(request)
    congress = request.actor.congress
    person_form = PersonForm(request.POST or None)
    post_form = PostForm(request.POST or None, congress=congress, on=request.today)
    if request.method == "POST" and person_form.is_valid() and post_form.is_valid():
        try:
            key, _fresh = once(
                key=request.POST.get("once", ""),
                actor=request.actor,
                action="person.enter",
                at=request.now,
                do=lambda: _entered(request, person_form, post_form),
            )
        except DomainError as refused:
            post_form.refuse(refused)
        else:
            return redirect("accounts:person", key=key)
    refused_now = person_form.errors or post_form.errors
    return render(
        request,
        "accounts/new_person.html",
        {"person_form": person_form, "post_form": post_form},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refused_now else HTTPStatus.OK,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: Any, key: str) -> HttpResponse:
    """One person: particulars to change, posts, and what can be done about the account."""
    shown = selectors.person_visible_to(request.actor, key)
    form = PersonForm(
        request.POST or None,
        initial={"name": shown.name, "phone": shown.phone, "email": shown.email},
    )
    if request.method == "POST" and form.is_valid():
        services.change_person(
            person=shown, actor=request.actor, at=request.now, **form.cleaned_data
        )
        messages.success(request, _("Kept."))
        return redirect("accounts:person", key=key)
    posts = selectors.posts_kept_by(request.actor).filter(person=shown)
    keeper = account_keeper(shown)
    context = {
        "shown": shown,
        "form": form,
        "held": posts,
        "reason": ReasonForm(),
        "post_form": PostForm(congress=request.actor.congress, on=request.today),
        "kept_elsewhere": keeper if keeper and keeper.pk != request.actor.congress_id else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "accounts/person.html", context, status=status)


@require_POST
def give_post(request: Any, key: str) -> HttpResponse:
    """Give a person one more post."""
    shown = selectors.person_visible_to(request.actor, key)
    form = PostForm(request.POST, congress=request.actor.congress, on=request.today)
    if form.is_valid():
        try:
            _give(request, shown, form)
        except DomainError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Post given"))
            return redirect("accounts:person", key=key)
    return render(
        request,
        "accounts/give_post.html",
        {"shown": shown, "form": form},
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )


@require_POST
def account_act(request: Any, key: str, act: str) -> HttpResponse:
    """End sessions, close or open an account."""
    shown = selectors.person_visible_to(request.actor, key)
    shared: dict[str, Any] = {"person": shown, "actor": request.actor, "at": request.now}
    if act == "end-sessions":
        services.end_sessions(**shared)
        messages.success(request, _("All sessions ended"))
        return redirect("accounts:person", key=key)
    do = _find(_ACCOUNT_ACTS, act)
    do(**shared, why=_reason(request))
    messages.success(request, _("Done, and put on record."))
    return redirect("accounts:person", key=key)


@require_POST
def post_act(request: Any, key: str, act: str) -> HttpResponse:
    """End, suspend or resume a post of the congress."""
    _require_clerk(request)
    held = selectors.post_kept_by(request.actor, key)
    _find(_POST_ACTS, act)(request, held, _reason(request))
    messages.success(request, _("Done, and put on record."))
    return redirect("accounts:person", key=held.person.key)


@require_POST
def codes(request: Any) -> HttpResponse:
    """Issue codes and show them once, as slips to be printed and handed over.

    All or none: a code nobody gets to see would only void the one before.
    """
    _require_clerk(request)
    wanted = list(dict.fromkeys(request.POST.getlist("person")))
    if not wanted or len(wanted) > MOST_CODES:
        raise Invalid(
            _("Choose the people who are to get a code."),
            remedy=_("At most %(count)d at once.") % {"count": MOST_CODES},
        )
    people = list(selectors.people_visible_to(request.actor).filter(key__in=wanted))
    if len(people) != len(wanted):
        raise Http404
    with transaction.atomic():
        issued = [
            services.issue_activation(person=person, actor=request.actor, at=request.now)
            for person in people
        ]
    return render(request, "accounts/codes.html", {"issued": issued})


# --- What the addresses name


def _end(request: Any, held: Post, why: str) -> None:
    services.end_post(post=held, on=request.today, actor=request.actor, at=request.now, why=why)


def _suspend(request: Any, held: Post, why: str) -> None:
    services.suspend_post(post=held, actor=request.actor, at=request.now, why=why)


def _resume(request: Any, held: Post, why: str) -> None:
    services.resume_post(post=held, actor=request.actor, at=request.now, why=why)


_POST_ACTS: Mapping[str, Callable[..., Any]] = {
    "end": _end,
    "suspend": _suspend,
    "resume": _resume,
}
_ACCOUNT_ACTS: Mapping[str, Callable[..., Any]] = {
    "close": services.disable_person,
    "open": services.enable_person,
}


def _find(acts: Mapping[str, Callable[..., Any]], act: str) -> Callable[..., Any]:
    if act not in acts:
        raise Http404
    return acts[act]


def _reason(request: Any) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("This step needs a reason."), remedy=_("Write it beside the button."))
    reason: str = form.cleaned_data["reason"]
    return reason


def _entered(request: Any, person_form: PersonForm, post_form: PostForm) -> str:
    person = services.enter_person(**person_form.cleaned_data, actor=request.actor, at=request.now)
    _give(request, person, post_form)
    return str(person.key)


def _give(request: Any, holder: Person, form: PostForm) -> None:
    services.give_post(
        person=holder,
        congress=request.actor.congress,
        actor=request.actor,
        at=request.now,
        **form.place(),
    )


def _require_clerk(request: Any) -> None:
    """To everybody else these pages do not exist."""
    if request.actor.role != Role.CLERK:
        raise Http404


def _page_number(request: Any) -> int:
    said = request.GET.get("page", "1")
    return int(said) if said.isdecimal() and said.isascii() and 0 < len(said) < 5 else 1
