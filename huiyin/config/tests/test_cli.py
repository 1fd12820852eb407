import os
import sys

import pytest

from huiyin.config import cli


@pytest.fixture
def called(monkeypatch):
    """The command lines that would have run, and an environment that is put back afterwards."""
    calls: list[list[str]] = []
    monkeypatch.setattr(cli, "execute_from_command_line", calls.append)
    monkeypatch.setattr(os, "environ", {})
    return calls


def test_the_demo_lives_in_its_own_folder_and_year(monkeypatch, called):
    monkeypatch.setattr(sys, "argv", ["huiyin", "demo"])
    cli.main()
    assert called == [["huiyin", "demo"]]
    assert os.environ["HUIYIN_DEMO"] == "1"
    assert os.environ["HUIYIN_HOME"] == "demo-home"
    assert os.environ["HUIYIN_TODAY"] == "2020-09-10"


def test_what_was_said_before_holds(monkeypatch, called):
    os.environ["HUIYIN_HOME"] = "/srv/rehearsal"
    monkeypatch.setattr(sys, "argv", ["huiyin", "demo"])
    cli.main()
    assert os.environ["HUIYIN_HOME"] == "/srv/rehearsal"


def test_no_other_command_makes_a_demo(monkeypatch, called):
    monkeypatch.setattr(sys, "argv", ["huiyin", "serve", "demo"])
    cli.main()
    assert "HUIYIN_DEMO" not in os.environ
