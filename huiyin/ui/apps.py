from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "huiyin.ui"
    label = "ui"
    verbose_name = _("interface")

    def ready(self) -> None:
        # Models can be imported only once all apps are loaded.
        from huiyin.ledger import words
        from huiyin.outbox import jobs
        from huiyin.ui.exports import making, shelf

        words.register({making.EXPORTED: _("List exported")})
        jobs.register("exports", lambda _at: shelf.forget_old())
