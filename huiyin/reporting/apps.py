from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportingConfig(AppConfig):
    name = "huiyin.reporting"
    label = "reporting"
    verbose_name = _("statistics")

    def ready(self) -> None:
        # Roles are a model's choices and can be read only once all apps are loaded.
        from huiyin.accounts.models import Role
        from huiyin.ui import menu

        overseers = frozenset({Role.CLERK, Role.GOVERNMENT_CLERK, Role.COMMITTEE, Role.LEADER})
        menu.register(
            menu.MenuItem(
                url_name="reporting:boards:charts",
                label=pgettext_lazy("menu", "Charts"),
                roles=overseers,
                order=78,
            )
        )
        menu.register(
            menu.MenuItem(
                url_name="reporting:boards:wall",
                label=pgettext_lazy("menu", "Board for the wall"),
                roles=overseers,
                order=79,
            )
        )
        menu.register(
            menu.MenuItem(
                url_name="reporting:checking:page",
                label=pgettext_lazy("menu", "Check a table"),
                roles=overseers,
                order=80,
            )
        )
