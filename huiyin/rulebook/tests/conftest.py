"""The real laws and reports, for the tests marked ``realdata``."""

import os
from pathlib import Path

import pytest


@pytest.fixture
def real_data() -> Path:
    return Path(os.environ["HUIYIN_REAL_DATA"])
