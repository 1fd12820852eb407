"""The closed lists of this room."""

from __future__ import annotations

from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    NATIONAL = "national", pgettext_lazy("level", "National")
    PROVINCE = "province", pgettext_lazy("level", "Province")
    CITY = "city", pgettext_lazy("level", "City")
    COUNTY = "county", pgettext_lazy("level", "County")
    TOWNSHIP = "township", pgettext_lazy("level", "Township")


class Assembly(models.TextChoices):
    """Whose session it is. Only ``CONGRESS`` counts as deputies' business."""

    CONGRESS = "congress", pgettext_lazy("assembly", "People's congress")
    CPPCC = "cppcc", pgettext_lazy("assembly", "CPPCC")
    PARTY = "party", pgettext_lazy("assembly", "Party congress")


class System(models.TextChoices):
    """The one system an organ belongs to; they exclude each other."""

    GOVERNMENT = "government", pgettext_lazy("system", "Government")
    PARTY = "party", pgettext_lazy("system", "Party")
    CONGRESS = "congress", pgettext_lazy("system", "Congress")
    JUDICIAL = "judicial", pgettext_lazy("system", "Courts, procuratorates and supervision")
    CENTRAL = "central", pgettext_lazy("system", "Central bodies stationed here")
    ENTERPRISE = "enterprise", pgettext_lazy("system", "Enterprise")

    # 党群: how annual reports group the organs of the party and of the congress. A grouping for
    # counting, never a value an organ can have.
    PARTY_GROUP = nonmember(("party", "congress"))


class UnitKind(models.TextChoices):
    UNIT = "unit", pgettext_lazy("electing unit", "Electing unit")
    CONSTITUENCY = "constituency", pgettext_lazy("electing unit", "Constituency")
