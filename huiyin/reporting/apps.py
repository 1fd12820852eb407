from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "huiyin.reporting"
    label = "reporting"
    verbose_name = _("statistics")

    def ready(self) -> None:
        # Models and roles can be imported only once all apps are loaded.
        from huiyin.reporting.checking import entries as checking_entries
        from huiyin.reporting.reports import entries as reports_entries

        checking_entries.register()
        reports_entries.register()
