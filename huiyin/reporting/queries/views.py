"""The page where a query is put together, and its answers: a list, a cross-table, their files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import Words
from huiyin.reporting.queries import crossing, drawing, editing, running, saving
from huiyin.reporting.queries.conditions import Asking
from huiyin.reporting.queries.crossing import crossable
from huiyin.reporting.queries.examples import EXAMPLES
from huiyin.reporting.queries.tree import LONGEST, Group, of_plain, read, written
from huiyin.reporting.queries.words import sentence
from huiyin.suggestions.facets import near_days, rules_in_force
from huiyin.suggestions.tables import list_for, rows_for
from huiyin.ui.lists import Context, Filter, ListSpec, respond
from huiyin.ui.lists.spec import Rows
from huiyin.ui.parts import Crumb

DOWN, ACROSS = "category", "stage"


def link(name: str, group: Group, **more: str) -> str:
    """The address of a query's page, list or table."""
    asked = {"tree": written(group)} if group.nodes else {}
    query = urlencode({**asked, **more})
    return f"{reverse(f'reporting:queries:{name}')}{'?' if query else ''}{query}"


@require_safe
def builder(request: ActorRequest) -> HttpResponse:
    """Put a query together. A button leads to the address of what it made."""
    if "do" in request.GET:
        return redirect(_pressed(request))
    group, asking = read(request.GET.get("tree", "")), _asking(request)
    shown = drawing.draw(group, asking)
    missing = [fault for each in group.conditions() if (fault := asking.fault(each))]
    context = {
        "group": shown,
        "offered": drawing.offered(),
        "tree": written(group),
        "sentence": sentence(group, asking),
        "missing": missing,
        "count": None if missing else _count(group, asking),
        "list_url": link("list", group),
        "crossable": crossable(),
        "down": DOWN,
        "across": ACROSS,
        "saved": [(each, each.owner_id == request.actor.person_id) for each in _saved(request)],
        "examples": [(each.label, link("builder", each.group)) for each in EXAMPLES],
        "crumbs": [Crumb(label=_("Queries"))],
    }
    return render(request, "reporting/queries.html", context)


@require_safe
def listed(request: ActorRequest) -> HttpResponseBase:
    """The suggestions that fit, as a list like any other; also its exports and print."""
    group, asking = read(request.GET.get("tree", "")), _asking(request)
    asking.check(group)
    extra = {
        "sentence": sentence(group, asking),
        "builder_url": link("builder", group),
        "crumbs": _crumbs(group, _("List")),
    }
    with running.bounded():
        return respond(
            request,
            _spec(request, asking),
            rows_for(request.actor),
            template="reporting/queries_list.html",
            extra=extra,
        )


@require_safe
def crossed(request: ActorRequest) -> HttpResponse:
    """Two fields against each other; every number opens its rows."""
    group, asking = read(request.GET.get("tree", "")), _asking(request)
    down, across = request.GET.get("down", DOWN), request.GET.get("across", ACROSS)
    with running.bounded():
        table = crossing.cross(
            group,
            down=down,
            across=across,
            asking=asking,
            link=lambda narrowed: link("list", narrowed),
        )
    context = {
        "table": table,
        "sentence": sentence(group, asking),
        "tree": written(group) if group.nodes else "",
        "crossable": crossable(),
        "down": down,
        "across": across,
        "builder_url": link("builder", group),
        "crumbs": _crumbs(group, _("Cross-table")),
    }
    return render(request, "reporting/queries_cross.html", context)


@require_safe
def opened(request: ActorRequest, key: str) -> HttpResponse:
    """A query under its name leads to the address that holds it."""
    kept = saving.query_for(request.actor, key)
    return redirect(link("builder", of_plain(kept.tree, version=kept.version)))


@require_POST
def save(request: ActorRequest) -> HttpResponse:
    group = read(request.POST.get("tree", ""))
    kept = saving.save(
        actor=request.actor,
        at=request.now,
        name=request.POST.get("name", ""),
        group=group,
        shared=request.POST.get("shared") == "1",
    )
    return redirect("reporting:queries:opened", kept.key)


@require_POST
def forget(request: ActorRequest, key: str) -> HttpResponse:
    saving.forget(actor=request.actor, key=key)
    return redirect("reporting:queries:builder")


def _pressed(request: ActorRequest) -> str:
    group = editing.edited(request.GET)
    act = request.GET["do"]
    if act == "cross":
        chosen = {name: request.GET[name] for name in ("down", "across") if name in request.GET}
        return link("cross", group, **chosen)
    return link("list" if act == "list" else "builder", group)


def _asking(request: ActorRequest) -> Asking:
    return Asking(Context(actor=request.actor, today=request.today, request=request))


def _count(group: Group, asking: Asking) -> int:
    with running.bounded():
        return running.suggestions(group, asking).order_by().count()


def _saved(request: ActorRequest) -> Any:
    return saving.queries_for(request.actor)


def _spec(request: ActorRequest, asking: Asking) -> ListSpec:
    """The list of suggestions with one question: the query."""
    actor, context = request.actor, asking.context
    spec = list_for(
        actor,
        asked={},
        today=request.today,
        threshold=near_days(actor, context),
        rules=rules_in_force(actor, context),
    )

    def narrow(rows: Rows, value: Any, _context: Context) -> Rows:
        return rows.filter(asking.q(read(value)))

    def words(value: str, _context: Context) -> Words:
        return sentence(read(value), asking)

    tree = Filter(
        key="tree",
        label=gettext_lazy("Query"),
        kind="text",
        apply=narrow,
        words=words,
        longest=LONGEST,
    )
    return replace(
        spec,
        name="query",
        title=gettext_lazy("Suggestions of the query"),
        facets=(),
        filters=(tree,),
        search=(),
        bulk=(),
        basis=None,
    )


def _crumbs(group: Group, here: str) -> list[Crumb]:
    return [Crumb(label=_("Queries"), url=link("builder", group)), Crumb(label=here)]
