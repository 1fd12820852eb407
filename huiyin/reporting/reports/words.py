"""What the record calls the steps of reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words

RECORDED: dict[str, Words] = {
    "report.begin": _("Report begun"),
    "report.write": _("Text of a report written"),
    "report.issue": _("Report issued"),
    "earlier.enter": _("Figure of an earlier year entered"),
}
