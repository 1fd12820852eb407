"""The console command ``huiyin``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

# What `huiyin demo` supposes unless told otherwise. It must be known before the settings are
# read, and its folder is its own: a rehearsal never touches an office's rows.
DEMO = {"HUIYIN_DEMO": "1", "HUIYIN_HOME": str(Path("demo-home")), "HUIYIN_TODAY": "2020-09-10"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    if sys.argv[1:2] == ["demo"]:
        for name, value in DEMO.items():
            os.environ.setdefault(name, value)
    execute_from_command_line(sys.argv)
