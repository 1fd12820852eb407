"""One list of variables, in the code, on the page and nowhere else."""

import re
import tomllib
from importlib import import_module

import pytest

from huiyin.config import settings
from tests.architecture import sources

PAGE = sources.ROOT / "docs" / "operations" / "configuration.md"
VARIABLE = re.compile(r"\bHUIYIN_[A-Z_]*[A-Z]\b")
# Read from the settings by these names, never from the environment.
READERS = ("huiyin/config/settings.py", "huiyin/config/cli.py", "conftest.py")


def test_every_variable_is_explained_and_every_explanation_has_one():
    read = set()
    for name in READERS:
        text = (sources.ROOT / name).read_text(encoding="utf-8")
        read |= set(re.findall(r'"(HUIYIN_[A-Z_]+)"', text))
    explained = set(re.findall(r"^\| `(HUIYIN_[A-Z_]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE))
    assert read == explained


def test_the_environment_is_read_in_one_place():
    readers = [
        str(path.relative_to(sources.ROOT))
        for path in sources.code_files()
        if re.search(r"os\.(environ|getenv)", path.read_text(encoding="utf-8"))
    ]
    assert [name for name in readers if not name.startswith("huiyin/config/")] == []


def test_every_reason_to_stop_is_explained():
    page = PAGE.read_text(encoding="utf-8")
    codes = set(
        re.findall(r"huiyin\.E\d+", (sources.PACKAGE / "config/checks.py").read_text("utf-8"))
    )
    assert codes == set(re.findall(r"`(huiyin\.E\d+)`", page))


def test_what_must_be_proven_is_one_list():
    tools = tomllib.loads((sources.ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    assert tools["coverage"]["run"]["include"] == tools["mutmut"]["only_mutate"]


def test_there_is_one_version():
    project = tomllib.loads((sources.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert import_module("huiyin").__version__ == project["version"]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_name_no_host_and_hash_everything(lock):
    text = (sources.ROOT / lock).read_text("utf-8")
    assert "://" not in text
    packages = re.findall(
        r"^[a-z0-9][^\n]*==(?:[^\n]*\\\n    --hash=sha256:[0-9a-f]{64})?", text, re.M
    )
    assert packages
    assert [one for one in packages if "--hash" not in one] == []


def test_django_s_admin_is_not_in_the_house():
    assert [app for app in settings.INSTALLED_APPS if "admin" in app] == []
    assert [
        place
        for path in sources.code_files()
        for place, line in sources.numbered(path)
        if "contrib.admin" in line or "contrib import admin" in line
    ] == []
