"""What every step's form has: the state the page showed, and fields that read days as written."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import BadDate, parse_date
from huiyin.suggestions.scene import Scene
from huiyin.ui.forms import AskedForm

# As much as anybody writes in one box.
TEXT_LIMIT = 20_000


class DayField(forms.CharField):
    """A day of the calendar, in any of the ways offices write one."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**rest)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except BadDate as refused:
            raise ValidationError(refused.said_in(get_language() or "")) from refused


class NeededLater:
    """A field that may stay empty until the form is sent on; it is not called optional.

    Blanks alone are nothing either: what is missing is said once, when it is sent on.
    """

    empty_values: Any

    def validate(self, value: Any) -> None:
        said = value.strip() if isinstance(value, str) else value
        if said not in self.empty_values:
            super().validate(value)  # type: ignore[misc]


class WrittenField(forms.CharField):
    """Several lines of text, kept as typed."""

    def __init__(self, *, rows: int = 4, **rest: Any) -> None:
        rest.setdefault("strip", False)
        rest.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**rest)

    def validate(self, value: Any) -> None:
        super().validate(value.strip() if isinstance(value, str) else value)


def why_field(*, label: Words = "", required: bool = True) -> WrittenField:
    """Why a step is taken; it is kept with the step and told to those concerned."""
    return WrittenField(label=label or _("Reason"), required=required, max_length=2000)


class StepForm(AskedForm):
    """A step with nothing to fill in, and the base of those with questions.

    ``revision`` and ``seen`` say which state of the case the page showed: the one lets a late
    step be refused, the other lets the page tell what happened meanwhile.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, data: Any = None, *, scene: Scene, name: str, **rest: Any) -> None:
        initial = {"revision": scene.case.revision, **rest.pop("initial", {})}
        # Several forms stand on one page: ids, unlike names, must differ.
        super().__init__(data, initial=initial, auto_id=f"{name}_%s", **rest)
        self.scene = scene
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the case: choices and first values."""

    def choose(self, name: str, choices: list[tuple[str, Words]], *, empty: Words = "") -> None:
        """Give a choice field its choices, an empty one first when it is asked for."""
        first: list[tuple[str, Words]] = [("", empty)] if empty else []
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*first, *choices]

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in."""
        return bool(self.visible_fields())

    @property
    def grows(self) -> bool:
        """Whether the button pressed only asks for more boxes."""
        return False

    @property
    def then(self) -> str:
        """The name of the page to go on to; that of the case when it is empty."""
        return ""

    def without_complaints(self) -> None:
        """Show what was typed as it stands: it has not been sent yet."""
        self._errors = ErrorDict()

    def shown_again(self, *, seen: int) -> None:
        """Keep what was typed, and let the next try speak of the case as it is now."""
        posted: Any = self.data
        data = posted.copy()
        data["revision"] = str(self.scene.case.revision)
        data["seen"] = str(seen)
        self.data = data


def not_after(day: date, limit: date) -> None:
    """Raise when ``day`` lies after ``limit``."""
    if day > limit:
        raise ValidationError(_("This day has not come yet."))
