"""Every address of the house is closed to strangers unless it stands in the list below."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters

from huiyin.accounts.access import Access, access_of

# Written by hand. Whoever opens another page adds it here and says why in the review.
PUBLIC = {
    "accounts:activate",
    "accounts:language",
    "accounts:sign_in",
    # A calendar program cannot sign in; the secret in the address opens one post's deadlines.
    "suggestions:feed",
}
# One of these fits every place in an address: a number, a word, a key.
SAMPLES = ("1", "x", "k" * 22, "2020-03-02")


def _views(
    patterns: list[URLPattern | URLResolver], *, prefix: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, URLPattern]]:
    """Every view with its full name and an address that reaches it."""
    for pattern in patterns:
        path = prefix + _filled(pattern)
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from _views(pattern.url_patterns, prefix=path, names=inner)
        else:
            yield ":".join([*names, pattern.name or "?"]), f"/{path}", pattern


def _filled(pattern: URLPattern | URLResolver) -> str:
    """The address with something in each of its places."""
    path = str(pattern.pattern)
    kinds = {type(converter): name for name, converter in get_converters().items()}
    for name, converter in pattern.pattern.converters.items():
        kind = kinds.get(type(converter), "str")
        sample = next(each for each in SAMPLES if re.fullmatch(converter.regex, each))
        path = path.replace(f"<{kind}:{name}>", sample).replace(f"<{name}>", sample)
    return path


EVERY = list(_views(get_resolver().url_patterns))


def test_the_walk_finds_the_house() -> None:
    """A walk that finds nothing would prove nothing."""
    assert {name for name, _path, _pattern in EVERY} >= PUBLIC | {"accounts:account"}


def test_what_is_open_is_what_is_listed() -> None:
    opened = {
        name for name, _path, pattern in EVERY if access_of(pattern.callback) is Access.PUBLIC
    }

    assert opened == PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, path, _pattern in EVERY if name not in PUBLIC]
)
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_a_stranger_is_sent_to_the_door(client, name, path, method) -> None:
    response = getattr(client, method)(path)

    if method in ("get", "head"):
        assert response.status_code == 302, name
        assert response["Location"].startswith("/sign-in/"), name
    else:
        assert response.status_code == 401, name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, path, _pattern in EVERY if name not in PUBLIC]
)
def test_a_strangers_script_is_told_so(client, name, path) -> None:
    response = client.get(path, headers={"Accept": "application/json"})

    assert (response.status_code, response.json()["code"]) == (401, "signed_out"), name
