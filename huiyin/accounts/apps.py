from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "huiyin.accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        # Importing them registers the checks, the start of sessions, and the words on record.
        from huiyin.accounts import checks, sessions, words  # noqa: F401
