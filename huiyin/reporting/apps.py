from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "huiyin.reporting"
    label = "reporting"
    verbose_name = _("statistics")

    def ready(self) -> None:
        # Roles are a model's choices and can be read only once all apps are loaded.
        from huiyin.reporting.statistics import entries

        entries.register()
