from __future__ import annotations

import pytest
from django.urls import reverse

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Conflict, Invalid, NotFound
from huiyin.ui import selectors, services
from huiyin.ui.models import SavedView
from huiyin.ui.tests import sample


def keep(actor, name="Mine", **more):
    return services.save_view(
        actor=actor, list_name="sample", name=name, query="tab=low&place=1", **more
    )


def seen_by(actor):
    return [view.name for view in selectors.views_for(actor, list_name="sample")]


def test_the_same_name_again_replaces(town):
    keep(town.actor("clerk"))
    services.save_view(
        actor=town.actor("clerk"), list_name="sample", name=" Mine ", query="tab=low"
    )
    assert [view.query for view in SavedView.objects.all()] == ["tab=low"]


def test_a_view_is_its_owners_alone_until_it_is_shared(town):
    keep(town.actor("clerk"))
    assert seen_by(town.actor("clerk")) == ["Mine"]
    assert seen_by(town.actor("second_clerk")) == []
    keep(town.actor("clerk"), name="Ours", shared=True)
    assert seen_by(town.actor("second_clerk")) == ["Ours"]
    assert seen_by(town.actor("lin")) == []


def test_sharing_stays_within_the_congress(town):
    town.neighbour()
    keep(town.actor("clerk"), shared=True)
    assert town.actor("neighbour_clerk").role == Role.CLERK
    assert seen_by(town.actor("neighbour_clerk")) == []


def test_only_the_owner_renames_and_deletes(town):
    view = keep(town.actor("clerk"), shared=True)
    with pytest.raises(NotFound):
        services.rename_view(actor=town.actor("second_clerk"), key=view.key, name="Theirs")
    with pytest.raises(NotFound):
        services.delete_view(actor=town.actor("second_clerk"), key=view.key)
    services.rename_view(actor=town.actor("clerk"), key=view.key, name="Renamed")
    assert seen_by(town.actor("clerk")) == ["Renamed"]
    services.delete_view(actor=town.actor("clerk"), key=view.key)
    assert seen_by(town.actor("clerk")) == []


def test_a_name_that_is_taken_is_refused(town):
    keep(town.actor("clerk"), name="A")
    other = keep(town.actor("clerk"), name="B")
    with pytest.raises(Conflict):
        services.rename_view(actor=town.actor("clerk"), key=other.key, name="A")


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\x00b"])
def test_a_name_has_to_be_one(town, name):
    with pytest.raises(Invalid):
        keep(town.actor("clerk"), name=name)


def test_twenty_views_are_enough(town):
    for number in range(services.MOST):
        keep(town.actor("clerk"), name=f"View {number}")
    with pytest.raises(Conflict):
        keep(town.actor("clerk"), name="One more")
    keep(town.actor("clerk"), name="View 3")


def test_keeping_leads_back_to_the_list_and_nowhere_else(town, client):
    town.signed_in(client, "clerk")
    form = {"list_name": "sample", "name": "Mine", "query": "tab=low", "next": "/sample/?q=x"}
    answer = client.post(reverse("ui:save_view"), form)
    view = SavedView.objects.get()
    assert answer["Location"] == f"/sample/?tab=low&view={view.key}"
    foreign = client.post(reverse("ui:save_view"), {**form, "next": "//evil.example/"})
    assert foreign["Location"].startswith("/?")


def test_another_persons_view_is_a_404(town, client):
    view = keep(town.actor("clerk"), shared=True)
    town.signed_in(client, "second_clerk")
    answer = client.post(reverse("ui:delete_view", args=[view.key]), {"next": "/"})
    assert answer.status_code == 404
    assert SavedView.objects.exists()


def test_the_page_marks_the_view_it_shows(town):
    view = keep(town.actor("clerk"))
    shown = sample.page(f"{view.query}&view={view.key}", actor=town.actor("clerk"))
    assert shown.active_view is not None
    assert shown.active_view.view == view
    changed = sample.page(f"tab=low&view={view.key}", actor=town.actor("clerk"))
    assert changed.active_view is None
