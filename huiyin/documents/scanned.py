"""The codes on a scanned page: what a scan says of the case it belongs to.

Pictures and PDF from outside are drawn in a process of its own, with limits: a file made to break
the program that draws it breaks that process, and counts as one that cannot be read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import IO

_SECONDS = 30
_DRAWING = Path(__file__).with_name("drawing.py")
# The code stands on the first page; a few more are looked at, should a cover lie on it.
PAGES = 4


def codes_on(file: IO[bytes]) -> list[str]:
    """The texts of the QR codes on its first pages, each once; none where it cannot be read.

    ``file`` is a PDF document or a picture that the house accepts, and stays the caller's.
    """
    file.seek(0)
    content = file.read()
    file.seek(0)
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file goes in as bytes
            [sys.executable, "-P", str(_DRAWING), str(PAGES)],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return []
    return list(dict.fromkeys(map(str, found)))
