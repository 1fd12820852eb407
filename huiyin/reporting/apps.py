from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "huiyin.reporting"
    label = "reporting"
    verbose_name = _("statistics")

    def ready(self) -> None:
        # Models and roles can be imported only once all apps are loaded.
        from huiyin.reporting.boards import entries as boards
        from huiyin.reporting.checking import entries as checking
        from huiyin.reporting.queries import entries as queries
        from huiyin.reporting.reports import entries as reports
        from huiyin.reporting.statistics import entries as statistics

        for room in (boards, checking, queries, reports, statistics):
            room.register()
