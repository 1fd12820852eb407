import os
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from huiyin.config import env

NAME = "HUIYIN_EXAMPLE"


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("FALSE", False)]
)
def test_a_flag_is_read_as_people_write_it(monkeypatch, value, meant):
    monkeypatch.setenv(NAME, value)
    assert env.flag(NAME, default=not meant) is meant


def test_an_empty_variable_is_an_unset_one(monkeypatch):
    monkeypatch.setenv(NAME, " ")
    assert env.text(NAME, "otherwise") == "otherwise"
    assert env.flag(NAME, default=True) is True
    assert env.whole(NAME, 7) == 7
    assert env.day(NAME) is None
    assert env.folder(NAME) is None
    assert env.words(NAME) == []


def test_lists_are_separated_by_commas_or_spaces(monkeypatch):
    monkeypatch.setenv(NAME, "one.example, two.example  three.example")
    assert env.words(NAME) == ["one.example", "two.example", "three.example"]


def test_a_day_is_a_day(monkeypatch):
    monkeypatch.setenv(NAME, "2020-09-10")
    assert env.day(NAME) == date(2020, 9, 10)


def test_an_address_is_kept_without_its_last_stroke(monkeypatch):
    monkeypatch.setenv(NAME, "https://suggestions.example:8443/")
    assert env.site(NAME) == "https://suggestions.example:8443"
    monkeypatch.setenv(NAME, "")
    assert env.site(NAME) == ""


@pytest.mark.parametrize(
    ("reading", "value"),
    [
        (lambda: env.flag(NAME, default=False), "maybe"),
        (lambda: env.whole(NAME, 1), "ten"),
        (lambda: env.day(NAME), "2020-09-31"),
        (lambda: env.site(NAME), "suggestions.example"),
        (lambda: env.site(NAME), "ftp://suggestions.example"),
        (lambda: env.site(NAME), "https://suggestions.example/app"),
        (lambda: env.site(NAME), "https://somebody@suggestions.example"),
        (lambda: env.site(NAME), "https://"),
        (lambda: env.site(NAME), "https://[suggestions"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(monkeypatch, reading, value):
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=re.escape(f"{NAME}='{value}'")):
        reading()


def test_a_key_that_was_set_is_taken(monkeypatch, tmp_path):
    monkeypatch.setenv(NAME, "from the vault")
    assert env.secret_key(NAME, kept_in=tmp_path / "key") == "from the vault"
    assert not (tmp_path / "key").exists()


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path):
    kept_in = tmp_path / "home" / "key"
    first = env.secret_key(NAME, kept_in=kept_in)
    assert env.secret_key(NAME, kept_in=kept_in) == first
    assert len(first) >= 50
    assert kept_in.stat().st_mode & 0o777 == 0o600
    assert env.secret_key(NAME, kept_in=tmp_path / "elsewhere") != first


def test_processes_that_start_at_once_agree_on_the_key(tmp_path):
    kept_in = tmp_path / "key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _turn: env.secret_key(NAME, kept_in=kept_in), range(8)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_the_later_of_two_reads_the_key_of_the_first(tmp_path, monkeypatch):
    kept_in = tmp_path / "key"
    real_link = os.link

    def overtaken(source: Path, target: Path) -> None:
        kept_in.write_text("k" * 60)
        real_link(source, target)

    monkeypatch.setattr(os, "link", overtaken)
    assert env.secret_key(NAME, kept_in=kept_in) == "k" * 60


def test_an_empty_key_file_is_named(tmp_path):
    (tmp_path / "key").touch()
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        env.secret_key(NAME, kept_in=tmp_path / "key")
