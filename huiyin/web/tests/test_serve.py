"""``huiyin serve`` as an office runs it: a process of its own behind a TLS proxy."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.urls import reverse

from huiyin.web.management.commands.serve import STOPS_WITHIN

HOST = "suggestions.example"
# A hundred migrations go before the first answer.
PATIENCE = 240


def _free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Ask a freshly started server; the proxy in front has spoken TLS with the reader."""
    home, port = tmp_path_factory.mktemp("home"), _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    ours = {"HUIYIN_HOME": str(home), "HUIYIN_HOSTS": HOST, "HUIYIN_TRUST_PROXY": "1"}
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"]
    log = home / "server.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(  # noqa: S603 - our own interpreter
            command,
            env={**kept, **ours, "DJANGO_SETTINGS_MODULE": "huiyin.config.settings"},
            stderr=errors,
        ) as process,
    ):

        def ask(path, **headers):
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
                connection.request("GET", path, headers={"Host": HOST, **headers})
                answer = connection.getresponse()
                return answer, answer.read().decode()

        try:
            _wait_until_open(port, process, log=log)
            yield lambda path: ask(path, **{"X-Forwarded-Proto": "https"}), ask, home
        finally:
            process.terminate()
            _wait_until_gone(process)


def _wait_until_open(port: int, process: subprocess.Popen[bytes], *, log: Path) -> None:
    given_up = time.monotonic() + PATIENCE
    while time.monotonic() < given_up:
        assert process.poll() is None, log.read_text()
        with closing(socket.socket()) as knocking:
            if knocking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"the server does not answer: {log.read_text()}")


def _wait_until_gone(process: subprocess.Popen[bytes]) -> None:
    """It ends by itself when told to, even while its worker is starting."""
    try:
        process.wait(timeout=2 * STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        raise


@pytest.mark.slow
def test_an_instance_is_served_safely(server):
    through_proxy, ask, home = server
    door = reverse("accounts:sign_in")
    plain, _body = ask(door)
    assert plain.status == 301
    assert plain.headers["Location"] == f"https://{HOST}{door}"

    page, body = through_proxy(door)
    assert page.status == 200
    assert 'lang="zh' in body

    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    for cookie in page.headers.get_all("Set-Cookie"):
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie
        assert "HttpOnly" in cookie

    # Static files carry a hash of their content in their names and may be kept for ever.
    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', body)
    assert style
    sheet, _body = through_proxy(style.group(1))
    assert sheet.status == 200
    assert "immutable" in sheet.headers["Cache-Control"]
    assert (home / "huiyin.sqlite3").exists()
    # On a fresh home it has had nothing to complain of: only what was asked of it stands there.
    log = (home / "server.log").read_text()
    assert "arning" not in log, log
