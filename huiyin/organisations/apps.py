from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "huiyin.organisations"
    verbose_name = _("organisations")

    def ready(self) -> None:
        # Importing it registers the words of this room's lines on record.
        from huiyin.organisations import words  # noqa: F401
