"""The closed door: who is asking, in which post, on which day, and whether he may come in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import logout
from django.utils import translation

from huiyin.accounts import doorway, selectors, sessions
from huiyin.accounts.access import Access, Preferences, access_of
from huiyin.accounts.actor import Actor
from huiyin.kernel import clock

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from huiyin.accounts.models import Person


class ActorMiddleware:
    """Set ``actor``, ``posts``, ``now``, ``today`` and ``preferences`` on every request.

    Person, posts and standing are read again each time: what has been taken away is gone at the
    next request. A view that does not say otherwise (``access``) is closed to strangers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.now = clock.now()
        request.today = request.now.date()
        request.actor = None
        request.posts = []
        request.person = None
        request.expired_person_key = ""
        request.preferences = Preferences(
            language=translation.get_language() or settings.LANGUAGE_CODE
        )
        self._drop_odd_session(request)
        # Without the cookie nobody is signed in; not looking keeps public pages free of sessions.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            self._recognise(request)
        response = self.get_response(request)
        return self._leave(request, response)

    def process_view(
        self, request: Any, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        access = access_of(view)
        if access is Access.PUBLIC:
            return None
        if request.person is None:
            return doorway.ask_to_sign_in(request)
        if access is Access.IN_POST and request.actor is None:
            return doorway.no_post(request)
        return None

    def _drop_odd_session(self, request: Any) -> None:
        """Forget a session id that none of ours can be: a quoted cookie can even hold a NUL."""
        said = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if said and not (said.isascii() and said.isalnum()):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
            request.session = type(request.session)()

    def _recognise(self, request: Any) -> None:
        if not request.user.is_authenticated:
            return
        person: Person = request.user
        if sessions.has_expired(request, at=sessions.wall_clock()):
            request.expired_person_key = person.key
            logout(request)
            return
        request.person = person
        request.preferences = Preferences.of(person)
        translation.activate(person.language)
        request.LANGUAGE_CODE = translation.get_language()
        request.posts = selectors.posts_of(person, on=request.today)
        request.actor = self._actor(request)

    def _actor(self, request: Any) -> Actor | None:
        """The post chosen in this session while it lasts, else the first that is usable."""
        chosen = request.session.get(sessions.POST_IN_USE)
        usable = {post.key: post for post in request.posts}
        post = usable.get(chosen) or next(iter(request.posts), None)
        return Actor(person=request.person, post=post) if post else None

    def _leave(self, request: Any, response: HttpResponse) -> HttpResponse:
        if request.session.accessed:
            # No cache, not even the reader's own, may keep what was shown to a session.
            response["Cache-Control"] = "no-store, private"
        if request.person and request.user.is_authenticated:
            sessions.mark_seen(
                request, response, person_key=request.person.key, at=sessions.wall_clock()
            )
        return response
