"""The minutes of one turn of a rhythm."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.supervision.forms.acts import MinutesForm
from huiyin.supervision.models import RhythmTask
from huiyin.supervision.rhythm import open_tasks
from huiyin.ui.days import plain_day


class TaskForm(MinutesForm):
    """Which turn, when it was held, who took part, what was dealt with."""

    turn = forms.ChoiceField(label=_("Which turn"))

    def prepare(self) -> None:
        super().prepare()
        self.turns = {each.key: each for each in open_tasks(self.case)}
        self.offer("turn", [(key, plain_day(each.due_on)) for key, each in self.turns.items()])

    @property
    def task(self) -> RhythmTask:
        return self.turns[self.cleaned_data["turn"]]
