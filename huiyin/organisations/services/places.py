"""Divisions come into the database when something stands in them."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from huiyin.kernel.errors import Invalid
from huiyin.organisations import divisions
from huiyin.organisations.models import Division

_CODE = re.compile(r"[0-9]{6}|[0-9]{9}")


def ensure_division(code: str, *, name: str = "") -> Division:
    """Return the division of that code, entering it and those above it when they are new.

    A code in the published table brings its own name; for any other ``name`` must be given.
    Raises ``Invalid`` for something that is no code, and for an unknown code without a name.
    """
    if not _CODE.fullmatch(code):
        raise Invalid(
            _("“%(code)s” is no division code.") % {"code": code},
            remedy=_("A code has six digits, for a township nine."),
            fields={"code": [_("Not a division code.")]},
        )
    present = Division.objects.filter(code=code).first()
    if present:
        return present
    known = divisions.published(code)
    if known is None and not name:
        raise Invalid(
            _("The division code %(code)s is not in the published table.") % {"code": code},
            remedy=_("Give the division's name as well."),
            fields={"name": [_("Needed for this code.")]},
        )
    above = divisions.parent_of(code)
    division, _made = Division.objects.get_or_create(
        code=code,
        defaults={
            "name": known.name if known else name,
            "level": divisions.level_of(code),
            "parent": _parent(above) if above else None,
        },
    )
    return division


def _parent(code: str) -> Division | None:
    """Those above, as far as the published table knows them."""
    if divisions.published(code) is None:
        return Division.objects.filter(code=code).first()
    return ensure_division(code)
