"""Exports: every row of the list in its order, in bounded memory, for whom it was made."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.accounts.tests.town import NOW, Town
from huiyin.documents import workbooks
from huiyin.documents.workbooks import streaming
from huiyin.kernel.errors import Conflict, Invalid, TooLarge
from huiyin.ledger.models import Entry
from huiyin.ui import lists
from huiyin.ui.exports import asking, shelf
from huiyin.ui.exports.making import EXPORTED, Taking
from huiyin.ui.models import SavedView
from huiyin.ui.tests import sample

ROWS = int(os.environ.get("HUIYIN_EXPORT_ROWS", "5000"))


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any) -> None:
    settings.HUIYIN_HOME = tmp_path


@pytest.fixture
def now_not_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is else written beside the request is written before it is answered."""
    monkeypatch.setattr(asking, "_beside", asking.carry_out)


def asked(query: str, actor: Any) -> Any:
    rows = SavedView.objects.select_related("congress")
    return lists.respond(sample.request(query, actor=actor), sample.SPEC, rows)


def sheets(raw: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(raw), read_only=True)


def names_in(raw: bytes) -> list[str]:
    if raw.startswith(b"PK"):
        rows = list(sheets(raw).worksheets[0].iter_rows(values_only=True))
    else:
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    return [str(row[0]) for row in rows[1:]]


def export_of(answer: Any, actor: Any) -> shelf.Export:
    assert answer.status_code == 302
    found = shelf.own(actor, answer["Location"].split("/")[2])
    assert found is not None
    return found


# --- All of it, in its order


QUERIES = st.builds(
    lambda tab, sort, place, words, kind: "&".join(
        filter(None, (tab, sort, place, words, f"export={kind}"))
    ),
    st.sampled_from(["", "tab=low"]),
    st.sampled_from(["", "sort=name", "sort=-name", "sort=place", "sort=-maybe", "sort=maybe"]),
    st.sampled_from(["", "place=1", "place=2&place=3"]),
    st.sampled_from(["", "q=00", "says=view%20000"]),
    st.sampled_from(["xlsx", "csv"]),
)


@given(query=QUERIES)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_file_holds_the_rows_of_the_list_in_its_order(town: Town, query: str) -> None:
    if not SavedView.objects.exists():
        sample.views(town.congress, [number % 4 for number in range(120)])
    shown = sample.page(query.partition("export=")[0].rstrip("&"), actor=town.actor("lin"))
    expected = [row.name for row in shown.order.applied(shown.filtered)]
    answer = asked(query, town.actor("lin"))
    assert names_in(answer.getvalue()) == expected
    assert expected or "place" in query or "tab" in query


def test_a_long_list_is_written_beside_the_request_in_bounded_memory(
    town: Town, now_not_beside: None
) -> None:
    """With HUIYIN_EXPORT_ROWS=150000 this is the promise of the documentation."""
    for start in range(0, ROWS, 5000):
        SavedView.objects.bulk_create(
            SavedView(
                person_key="owner",
                congress=town.congress,
                list_name="sample",
                name=f"{number:06}",
                query=f"=关于第{number}座桥的建议",
                position=number % 7,
            )
            for number in range(start, min(start + 5000, ROWS))
        )
    actor = town.actor("lin")
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    found = export_of(asked("export=xlsx&sort=-name", actor), actor)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    taken = time.process_time() - began
    assert (found.finished, found.done, found.share) == (True, ROWS, 100)
    # In kilobytes; all rows at once would be 3 kB each.
    assert grown < 60_000, f"{grown} kB for {ROWS} rows"
    assert taken < 5 + ROWS / 5000, f"{taken} s for {ROWS} rows"
    names = names_in(found.file.read_bytes())
    assert names == [f"{number:06}" for number in reversed(range(ROWS))]


def test_the_second_sheet_says_what_the_first_one_holds(town: Town) -> None:
    sample.views(town.congress, [1, 1, 2])
    raw = asked("tab=low&place=1&q=view&export=xlsx&sort=-place", town.actor("lin")).getvalue()
    _list, about = sheets(raw).worksheets
    said = {str(row[0]): row[1] for row in about.iter_rows(values_only=True)}
    assert about.title == "说明"
    assert said == {
        "清单": "Samples · Low",
        "条件": "Place：first；查找：view",
        "排序": "Place（倒序）",
        "截至": "2020年3月2日 09:30",
        "导出人": f"{town.actor('lin').person.name}（{town.actor('lin').post}）",
        "口径": "导出人以该职务有权查看、且符合上述条件的全部行",
        "行数": 2,
    }


# --- On record


def test_who_took_how_much_of_which_list_is_on_record(town: Town, now_not_beside: None) -> None:
    sample.views(town.congress, [1] * 1200)
    actor = town.actor("lin")
    asked("place=1&q=view%2000&says=view&export=csv", actor)
    export_of(asked("export=xlsx", actor), actor)
    lines = Entry.objects.filter(action=EXPORTED).order_by("seq")
    assert [line.after for line in lines] == [
        "sample csv 100 q=…&place=1&says=…",
        "sample xlsx 1200",
    ]
    assert {line.person_key for line in lines} == {actor.person_key}


def test_asking_for_the_head_alone_takes_nothing(town: Town) -> None:
    request = sample.request("export=xlsx", actor=town.actor("lin"))
    request.method = "HEAD"
    answer = lists.respond(request, sample.SPEC, SavedView.objects.all())
    assert answer["Content-Type"] == workbooks.XLSX_TYPE
    assert not Entry.objects.filter(action=EXPORTED).exists()


# --- For whom it was made


def long_export(town: Town, actor: Any) -> shelf.Export:
    sample.views(town.congress, [1] * 1200)
    return export_of(asked("export=csv", actor), actor)


def test_a_file_is_his_alone_in_the_post_he_asked_in(
    town: Town, now_not_beside: None, client: Any
) -> None:
    found = long_export(town, town.actor("lin"))
    page, file = reverse("ui:export", args=[found.key]), reverse("ui:export_file", args=[found.key])
    client.force_login(town.people["lin"])
    shown = client.get(page)
    assert "1200" in shown.content.decode()
    assert "Refresh" not in shown
    taken = client.get(file)
    assert len(names_in(taken.getvalue())) == 1200
    assert "no-store" in taken["Cache-Control"]
    client.force_login(town.people["zhao"])
    assert client.get(page).status_code == client.get(file).status_code == 404
    assert client.get(reverse("ui:export", args=["x" * 22])).status_code == 404


def test_it_is_gone_a_day_later(town: Town, now_not_beside: None) -> None:
    actor = town.actor("lin")
    found = long_export(town, actor)
    state = found.folder / "state.json"
    almost = time.time() - 24 * 3600 + 60
    os.utime(state, (almost, almost))
    assert shelf.own(actor, found.key) is not None
    os.utime(state, (almost - 120, almost - 120))
    assert shelf.own(actor, found.key) is None
    assert not found.folder.exists()
    assert found.kept_until == NOW + timedelta(hours=24)


# --- While it is written, and when it is not


def test_while_it_is_written_the_page_looks_again(
    town: Town, monkeypatch: pytest.MonkeyPatch, client: Any
) -> None:
    monkeypatch.setattr(asking, "_beside", lambda *_args, **_named: None)
    actor = town.actor("lin")
    found = long_export(town, actor)
    found.say(done=600, whole=1200)
    client.force_login(town.people["lin"])
    shown = client.get(reverse("ui:export", args=[found.key]))
    assert shown["Refresh"] == "2"
    assert 'value="50"' in shown.content.decode()
    assert client.get(reverse("ui:export_file", args=[found.key])).status_code == 404
    # Asked for again it is the same one; two may be under way, not three.
    assert export_of(asked("export=csv", actor), actor).key == found.key
    assert export_of(asked("export=xlsx", actor), actor).key != found.key
    with pytest.raises(Conflict):
        asked("export=xlsx&sort=-name", actor)
    # Its process was killed: nothing is heard any more.
    for said in shelf.root().glob("*/state.json"):
        silent = time.time() - shelf.SILENCE - 1
        os.utime(said, (silent, silent))
    shown = client.get(reverse("ui:export", args=[found.key]))
    assert "写入中断" in shown.content.decode() and "Refresh" not in shown
    assert found.url in shown.content.decode().replace("&amp;", "&")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(28, "No space left on device"), "No space left"),
        (Invalid("没有这一行", remedy="请重试。"), "没有这一行 请重试。"),
        (LookupError("the database has gone"), "系统出现故障"),
    ],
)
def test_what_stops_it_is_said_and_leaves_no_file(
    town: Town, now_not_beside: None, monkeypatch: pytest.MonkeyPatch, fault: Exception, words: str
) -> None:
    def fail(*_args: Any, **_named: Any) -> int:
        raise fault

    monkeypatch.setattr(Taking, "write", fail)
    found = long_export(town, town.actor("lin"))
    assert words in found.trouble
    assert not found.is_ready and not found.is_running
    assert not Entry.objects.filter(action=EXPORTED).exists()


def test_a_word_cut_off_is_no_export(town: Town, now_not_beside: None) -> None:
    found = long_export(town, town.actor("lin"))
    state = found.folder / "state.json"
    said = json.loads(state.read_text(encoding="utf-8"))
    state.write_text(json.dumps({**said, "more": 1}), encoding="utf-8")
    assert shelf.own(town.actor("lin"), found.key) is None
    state.write_text('{"key": ', encoding="utf-8")
    assert shelf.own(town.actor("lin"), found.key) is None


def test_what_no_spreadsheet_opens_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "MOST_ROWS", 3)
    rows = [[number] for number in range(4)]
    with pytest.raises(TooLarge, match="工作簿"):
        workbooks.xlsx_file([workbooks.Heading("甲")], rows, sheet_title="清单")


@pytest.mark.django_db(transaction=True)
def test_everything_in_a_file_is_of_one_moment(
    monkeypatch: pytest.MonkeyPatch, transactional_db: None
) -> None:
    """Rows that come while it is written wait for nothing and are not in it."""
    town = Town()
    sample.views(town.congress, [1] * 1200)
    actor = town.actor("lin")
    begun: list[threading.Thread] = []

    class Kept(threading.Thread):
        def start(self) -> None:
            begun.append(self)
            super().start()

    def meddle() -> None:
        sample.views(town.congress, [1] * 50, list_name="later")
        SavedView.objects.filter(list_name="sample").update(query="changed")
        connection.close()

    def read(rows: Any) -> Any:
        for count, row in enumerate(rows.iterator(chunk_size=100)):
            if count == 1:
                with ThreadPoolExecutor(1) as writer:
                    writer.submit(meddle).result()
            # Another statement than the one that reads the rows.
            row.query = f"{SavedView.objects.count()} {SavedView.objects.get(pk=row.pk).query}"
            yield row

    monkeypatch.setattr(threading, "Thread", Kept)
    spec = replace(sample.SPEC, exported=read)
    made = sample.request("export=csv", actor=actor)
    found = export_of(lists.respond(made, spec, SavedView.objects.all()), actor)
    monkeypatch.undo()
    begun[0].join()
    found = shelf.own(actor, found.key) or found
    rows = list(csv.reader(io.StringIO(found.file.read_text("utf-8-sig"), newline="")))
    assert {row[-1] for row in rows[1:]} == {"1200 "}
    assert SavedView.objects.count() == 1250
