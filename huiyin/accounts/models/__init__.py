"""People, the posts they hold, and what signing in leaves behind."""

from huiyin.accounts.models.feeds import CalendarFeed
from huiyin.accounts.models.people import Density, Language, Person, Theme
from huiyin.accounts.models.posts import Post, Role, Standing
from huiyin.accounts.models.signing_in import Activation, KnownDevice, SignInTrace, Tally

__all__ = [
    "Activation",
    "CalendarFeed",
    "Density",
    "KnownDevice",
    "Language",
    "Person",
    "Post",
    "Role",
    "SignInTrace",
    "Standing",
    "Tally",
    "Theme",
]
