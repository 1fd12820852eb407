from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "huiyin.reporting"
    label = "reporting"
    verbose_name = _("statistics")

    def ready(self) -> None:
        # Models can be imported only once all apps are loaded.
        from huiyin.reporting.queries import entries

        entries.register()
