"""Names for things that travel in addresses: opaque, unguessable, never a count."""

from __future__ import annotations

import secrets


def new_key() -> str:
    """Return 128 random bits as 22 characters that are safe in an address."""
    return secrets.token_urlsafe(16)
