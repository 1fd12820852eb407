"""Lists taken away as files: a short one at once, a long one written beside the requests.

Whoever asks for a long one sees how far it is, may leave, and fetches the file when it is there.
The file is his alone, in the post he asked in, and is gone a day later.
"""

from huiyin.ui.exports.asking import take

__all__ = ["take"]
