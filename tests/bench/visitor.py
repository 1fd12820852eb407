"""A browser of the benchmark: keeps its cookies and its connection, and times each answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.bench.ground import PASSWORD

PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    seconds: float
    body: bytes


@dataclass(kw_only=True)
class Visitor:
    """One connection. Copies of a signed-in visitor share his session."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: HTTPConnection | None = None

    def sign_in(self, login: str) -> Visitor:
        self.get("/sign-in/")
        answer = self.post("/sign-in/", {"login": login, "password": PASSWORD})
        assert answer.status == 302, f"{login} was not let in: {answer.status}"
        return self

    def copy(self) -> Visitor:
        return Visitor(port=self.port, cookies=dict(self.cookies))

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str] | list[tuple[str, str]]) -> Answer:
        pairs = list(fields.items()) if isinstance(fields, dict) else fields
        # The cookie's own value is as good as the masked one a form carries.
        sent = [*pairs, ("csrfmiddlewaretoken", self.cookies["huiyin-csrf"])]
        return self._ask("POST", path, urlencode(sent))

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        connection = self._connection or HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self._connection = connection
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        read = response.read()
        seconds = time.perf_counter() - began
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Answer(response.status, seconds, read)


Visit = Callable[[Visitor], Answer | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long answers took, and over what time they came."""

    seconds: list[float]
    elapsed: float

    def percentile(self, part: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * part), len(ordered) - 1)]

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.elapsed


def alone(visitor: Visitor, visit: Visit, *, times: int) -> Times:
    """Ask one after the other."""
    began = time.perf_counter()
    seconds = []
    for _ in range(times):
        answer = visit(visitor)
        if answer is None:
            break
        seconds.append(_good(answer).seconds)
    return Times(seconds=seconds, elapsed=time.perf_counter() - began)


def together(visitor: Visitor, visit: Visit, *, clients: int, seconds: float) -> Times:
    """Ask from several connections at once until the time is over or nothing is left to ask."""
    until = time.perf_counter() + seconds
    taken: list[float] = []
    failed: list[BaseException] = []

    def work(own: Visitor) -> None:
        try:
            while time.perf_counter() < until:
                answer = visit(own)
                if answer is None:
                    return
                taken.append(_good(answer).seconds)
        except (AssertionError, OSError) as failure:
            failed.append(failure)

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(visitor.copy(),)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return Times(seconds=taken, elapsed=time.perf_counter() - began)


def _good(answer: Answer) -> Answer:
    assert answer.status in (200, 302), f"{answer.status}: {answer.body[:2000]!r}"
    return answer
