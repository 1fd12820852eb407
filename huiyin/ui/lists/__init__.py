"""The list engine: facets, filters, sorting, paging by key, saved views, bulk acts, export.

The address is the whole state of a list: it can be kept, sent and opened again. The engine knows
no case; a room describes its list once (``ListSpec``) and hands over a query that already holds
only what the reader may see.
"""

from huiyin.ui.lists.address import Address, BadAddress
from huiyin.ui.lists.answers import chosen, link, respond
from huiyin.ui.lists.page import ListPage
from huiyin.ui.lists.spec import BulkAct, Column, Context, Facet, Filter, ListSpec, Sort

__all__ = [
    "Address",
    "BadAddress",
    "BulkAct",
    "Column",
    "Context",
    "Facet",
    "Filter",
    "ListPage",
    "ListSpec",
    "Sort",
    "chosen",
    "link",
    "respond",
]
