from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "huiyin.demo"
    label = "demo"
    verbose_name = _("demonstration")

    def ready(self) -> None:
        from huiyin.accounts.offering import offer_beside

        offer_beside(
            "ouyang",
            label=_("Deputy who signs with others"),
            shows=_("Confirm or decline a signature; read what was signed and its reply."),
        )
        offer_beside(
            "feng",
            label=_("Liaison of a co-handling organ"),
            shows=_("Help another organ: sign for the part, give the opinion it waits for."),
        )
