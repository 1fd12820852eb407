"""How static files are named."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedOnceCollected(CompressedManifestStaticFilesStorage):
    """Names with a hash of the content, or plain ones while nothing has been collected.

    ``huiyin serve`` collects; tests and development need not.
    """

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name
