from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def _unread(actor: Any) -> int:
    """Count what the reader has not read yet; asked once a page."""
    from huiyin.outbox.selectors import unread_count

    return unread_count(actor.person)


class WebConfig(AppConfig):
    name = "huiyin.web"
    label = "web"
    verbose_name = _("pages")

    def ready(self) -> None:
        # Roles are a model's choices and can be read only once all apps are loaded.
        from huiyin.accounts.models import Role
        from huiyin.ui import menu

        everyone = frozenset(Role.values)
        overseers = frozenset({Role.CLERK, Role.GOVERNMENT_CLERK, Role.COMMITTEE, Role.LEADER})
        menu.register(
            menu.MenuItem(
                url_name="web:home",
                label=pgettext_lazy("menu", "Workbench"),
                roles=everyone,
                order=10,
            )
        )
        menu.register(
            menu.MenuItem(
                url_name="web:overview",
                label=pgettext_lazy("menu", "Overview"),
                roles=overseers,
                order=40,
            )
        )
        menu.inbox_with("outbox:inbox", unread=_unread)
        menu.register(
            menu.MenuItem(
                url_name="accounts:people",
                label=pgettext_lazy("menu", "People"),
                roles=frozenset({Role.CLERK}),
                order=60,
            )
        )
