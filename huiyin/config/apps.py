from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from huiyin.config.checks import DATABASE, SETTINGS


class ConfigConfig(AppConfig):
    name = "huiyin.config"
    label = "config"
    verbose_name = _("configuration")

    def ready(self) -> None:
        for check in SETTINGS:
            checks.register(check, "huiyin")
        checks.register(DATABASE, "huiyin", checks.Tags.database)
