"""The entry of queries in the menu."""

from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Role
from huiyin.ui import menu

QUERIES = "reporting:queries:builder"


def register() -> None:
    """Called once, while the rooms start. Whoever sees suggestions can ask about them."""
    roles = frozenset(str(role) for role in Role)
    item = menu.MenuItem(url_name=QUERIES, label=p_("menu", "Queries"), roles=roles, order=62)
    menu.register(item)
