"""A person has one account, however many posts he holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from huiyin.kernel.fields import KeyField


class Language(models.TextChoices):
    """A language's name is written in that language, so that its readers find it."""

    CHINESE = "zh-hans", "简体中文"
    ENGLISH = "en", pgettext_lazy("language", "English")


class Theme(models.TextChoices):
    AUTO = "auto", pgettext_lazy("theme", "As the device")
    LIGHT = "light", pgettext_lazy("theme", "Light")
    DARK = "dark", pgettext_lazy("theme", "Dark")


class Density(models.TextChoices):
    COMFORTABLE = "comfortable", pgettext_lazy("density", "Comfortable")
    COMPACT = "compact", pgettext_lazy("density", "Compact")


def normalise_login(login: str) -> str:
    """Return the one form under which a login is kept and looked up.

    Compatibility forms and case are folded, so that ``ＬＩＮ`` and ``lin`` are one account and no
    second one can be opened beside it. Folding once more after NFKC makes the form stable.
    """
    folded = unicodedata.normalize("NFKC", login.strip()).casefold()
    return unicodedata.normalize("NFKC", folded)


# Letters that look like others (ı, Cyrillic а) could open an account that passes for another.
_PLAIN_LOGIN = re.compile(r"[a-z0-9\u4e00-\u9fff][a-z0-9._@+\-\u4e00-\u9fff]{1,59}")
# A person entered from a list has such a login until he chooses his own.
PLACEHOLDER = "p-"


def is_plain_login(login: str) -> bool:
    """Whether a login, normalised, consists of letters that cannot be mistaken for others."""
    return _PLAIN_LOGIN.fullmatch(normalise_login(login)) is not None


class People(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(login=normalise_login(username or ""))


class Person(AbstractBaseUser):
    """Somebody who may sign in. What he may do follows from his posts, never from here."""

    key = KeyField()
    login = models.CharField(_("login name"), max_length=60, unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    name_sort = models.CharField(max_length=120, editable=False, db_index=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=Language, default=Language.CHINESE
    )
    large_type = models.BooleanField(_("large type"), default=False)
    theme = models.CharField(_("colours"), max_length=5, choices=Theme, default=Theme.AUTO)
    density = models.CharField(
        _("density of lists"), max_length=11, choices=Density, default=Density.COMFORTABLE
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    # Raised to end every session of this person at once; part of the session's own hash.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name_sort", "pk"]
        constraints = [
            models.CheckConstraint(name="person_login_given", condition=~models.Q(login="")),
            models.CheckConstraint(
                name="person_language_known", condition=models.Q(language__in=Language.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.login = normalise_login(self.login)
        self.name_sort = self.name_sort or self.name
        super().save(*args, **kwargs)

    @property
    def account_state(self) -> str:
        """Closed, waiting for its first password, or in use; in words."""
        if not self.is_active:
            return pgettext("account", "Closed")
        if not self.has_usable_password():
            return pgettext("account", "No password yet")
        return pgettext("account", "In use")

    @property
    def has_placeholder_login(self) -> bool:
        return self.login.startswith(PLACEHOLDER)

    @classmethod
    def normalize_username(cls, username: str) -> str:
        return normalise_login(username)

    def get_session_auth_hash(self) -> str:
        return self._session_hash()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret=secret)

    def _session_hash(self, *, secret: str | bytes | None = None) -> str:
        """A session lives as long as the password and the epoch it began under."""
        value = f"{self.session_epoch}:{self.password}"
        salt = "huiyin.accounts.Person.session"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()
