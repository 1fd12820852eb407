"""The levels of clearance an organ sets: up to five rows, a name and who clears it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import Post, Role
from huiyin.suggestions.clearance import Level
from huiyin.suggestions.forms.step import DayField
from huiyin.suggestions.models.clearance import CLEARING, MOST_LEVELS
from huiyin.suggestions.services.levels import NewLevel
from huiyin.ui.forms import AskedForm


class LevelsForm(AskedForm):
    """Rows left empty are no levels; the last one filled in signs."""

    valid_from = DayField(label=_("Holds from"))
    examples = {"name_1": _("Head of the division"), "name_2": _("Office")}

    def __init__(
        self, data: Any = None, *, organ_id: int, now: tuple[Level, ...], today: date
    ) -> None:
        posts = Post.objects.filter(organ=organ_id, role__in=CLEARING).select_related("person")
        usable = [post for post in posts.order_by("pk") if post.is_usable(on=today)]
        self.posts = {str(post.key): post for post in usable}
        super().__init__(data, initial={"valid_from": today, **_first(now)})
        for number in range(1, MOST_LEVELS + 1):
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Level %(number)s") % {"number": number}, max_length=40, required=False
            )
            self.fields[f"holder_{number}"] = forms.ChoiceField(
                label=_("Cleared by"), choices=self._holders(), required=False
            )

    def _holders(self) -> list[tuple[str, Any]]:
        anyone = [
            ("", _("nobody: this level is not used")),
            (Role.CHECKER.value, _("any checker of the organ")),
            (Role.HEAD.value, _("any head of the organ")),
        ]
        named = [
            (key, f"{post.person.name}（{Role(post.role).label}）")
            for key, post in self.posts.items()
        ]
        return [*anyone, *named]

    @property
    def rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        numbers = range(1, MOST_LEVELS + 1)
        return [(each, self[f"name_{each}"], self[f"holder_{each}"]) for each in numbers]

    @property
    def levels(self) -> list[NewLevel]:
        """The rows that name somebody who clears."""
        found = []
        for number in range(1, MOST_LEVELS + 1):
            chosen = self.cleaned_data.get(f"holder_{number}", "")
            if not chosen:
                continue
            post = self.posts.get(chosen)
            found.append(
                NewLevel(
                    name=self.cleaned_data.get(f"name_{number}", ""),
                    role=post.role if post else chosen,
                    holder=post,
                )
            )
        return found


def _first(now: tuple[Level, ...]) -> dict[str, str]:
    """The levels in force, as they stand in the form."""
    said: dict[str, str] = {}
    for number, level in enumerate(now, start=1):
        said[f"name_{number}"] = str(level.label)
        said[f"holder_{number}"] = level.post or level.role
    return said
