import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import CheckMessage

from huiyin.config import checks

UNSAFE = [
    ("DEBUG", True, "huiyin.E001"),
    ("SECRET_KEY", "short", "huiyin.E002"),
    ("SECRET_KEY", "abc" * 30, "huiyin.E002"),
    ("ALLOWED_HOSTS", ["*"], "huiyin.E003"),
    ("HUIYIN_HTTPS", False, "huiyin.E005"),
    ("HUIYIN_DEMO", True, "huiyin.E006"),
]


def _found() -> list[CheckMessage]:
    return [finding for check in checks.SETTINGS for finding in check()]


@pytest.mark.parametrize(("setting", "value", "code"), UNSAFE)
def test_each_unsafe_setting_is_found(settings, setting, value, code):
    settings.ALLOWED_HOSTS = ["suggestions.example"]
    settings.HUIYIN_HTTPS = True
    assert _found() == []
    setattr(settings, setting, value)
    assert code in [finding.id for finding in _found()]


@pytest.mark.parametrize("setting", ["DEBUG", "HUIYIN_DEMO"])
def test_on_this_machine_alone_they_may_be_on(settings, setting):
    settings.ALLOWED_HOSTS = settings.LOOPBACK
    setattr(settings, setting, True)
    assert _found() == []


@pytest.mark.parametrize("length", [49, 50])
def test_a_key_of_fifty_characters_is_long_enough(settings, length):
    settings.SECRET_KEY = ("0123456789" * 5)[:length]
    assert bool(checks.key_is_strong()) is (length < 50)


# --- The start itself, in a process of its own: whatever is wrong, nothing is served.

START = "from huiyin.config.wsgi import application; print('served')"


def _start(home: Path, settings: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Load the application as a server does, with settings of an administrator's own if given."""
    (home / "own_settings.py").write_text(f"from huiyin.config.settings import *\n{settings}\n")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    environment = {
        **kept,
        "HUIYIN_HOME": str(home),
        "PYTHONPATH": str(home),
        "DJANGO_SETTINGS_MODULE": "own_settings",
        **variables,
    }
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", START],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_fresh_folder_is_served(tmp_path):
    started = _start(tmp_path)
    assert started.stdout == "served\n", started.stderr
    # What is printed at every start is soon read by nobody.
    assert started.stderr == ""
    assert (tmp_path / ".secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("variables", "settings", "code"),
    [
        ({"HUIYIN_DEBUG": "1", "HUIYIN_HOSTS": "suggestions.example"}, "", "huiyin.E001"),
        ({"HUIYIN_SECRET_KEY": "insecure"}, "", "huiyin.E002"),
        ({"HUIYIN_HOSTS": "*"}, "", "huiyin.E003"),
        ({"HUIYIN_HOSTS": "suggestions.example", "HUIYIN_HTTPS": "0"}, "", "huiyin.E005"),
        ({"HUIYIN_DEMO": "1", "HUIYIN_HOSTS": "suggestions.example"}, "", "huiyin.E006"),
        (
            {},
            "DATABASES['default']['OPTIONS']['init_command'] = 'PRAGMA synchronous=NORMAL;'",
            "huiyin.E004",
        ),
        (
            {},
            "DATABASES['default']['OPTIONS']['init_command'] = 'PRAGMA journal_mode=DELETE;'",
            "huiyin.E007",
        ),
    ],
)
def test_an_unsafe_instance_is_not_served(tmp_path, variables, settings, code):
    started = _start(tmp_path, settings, **variables)
    assert started.returncode != 0
    assert "served" not in started.stdout
    assert code in started.stderr
    assert "Traceback" not in started.stderr
