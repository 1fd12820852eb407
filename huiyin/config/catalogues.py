"""The rooms' translations: ``python -m huiyin.config.catalogues [--check]``.

Each room keeps ``locale/zh_Hans/LC_MESSAGES/django.po`` for the texts in its own code and
templates; English stands in the source. Compiling and checking need no gettext tools.
"""

from __future__ import annotations

import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGE = "zh_Hans"
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy", "p_"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")

# What identifies a text: its context and its (singular) English wording.
Wording = tuple[str | None, str]


def catalogue_files(package: Path = PACKAGE) -> list[Path]:
    return sorted(package.glob("*/locale/*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, abort_invalid=True)


def compile_all(package: Path = PACKAGE) -> None:
    """Write the ``.mo`` beside each ``.po`` that is newer."""
    for path in catalogue_files(package):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime > path.stat().st_mtime:
            continue
        compiled = io.BytesIO()
        write_mo(compiled, read(path))
        target.write_bytes(compiled.getvalue())


def faults(package: Path = PACKAGE) -> Iterator[str]:
    """Say what is fuzzy, untranslated, at odds between rooms, or in no catalogue at all."""
    said: dict[Wording, dict[str, str]] = defaultdict(dict)
    for path in catalogue_files(package):
        room = path.relative_to(package).parts[0]
        for message in _messages(read(path)):
            said[_wording(message)][room] = str(message.string)
            yield from (f"{room}: {fault}" for fault in _faults_of(message))
    yield from _at_odds(said)
    yield from _in_no_catalogue(said, package)


def _at_odds(said: Mapping[Wording, Mapping[str, str]]) -> Iterator[str]:
    for (_context, text), by_room in said.items():
        if len(set(by_room.values())) > 1:
            yield f"rooms differ on {text!r}: {dict(by_room)}"


def _in_no_catalogue(said: Mapping[Wording, Mapping[str, str]], package: Path) -> Iterator[str]:
    for room in sorted(marker.parent for marker in package.glob("*/__init__.py")):
        for wording, place in _used_in(room):
            if room.name not in said.get(wording, {}):
                yield f"{room.name}: in no catalogue: {wording[1]!r} ({place})"


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _wording(message: Message) -> Wording:
    return message.context, _forms(message.id)[0]


def _faults_of(message: Message) -> Iterator[str]:
    english = _forms(message.id)
    strings = _forms(message.string)
    if message.fuzzy:
        yield f"fuzzy: {english[0]!r}"
    if not all(strings):
        yield f"untranslated: {english[0]!r}"
        return
    # The singular may say "one" where the plural says the number; Chinese has the one form.
    expected = sorted(PLACEHOLDER.findall(english[-1]))
    if any(sorted(PLACEHOLDER.findall(string)) != expected for string in strings):
        yield f"placeholders differ: {english[0]!r}"


def _forms(wording: str | Sequence[str] | None) -> list[str]:
    if wording is None:
        return [""]
    return [wording] if isinstance(wording, str) else list(wording)


def _used_in(room: Path) -> Iterator[tuple[Wording, str]]:
    for path in sorted(room.rglob("*")):
        relative = path.relative_to(room)
        if path.suffix not in {".py", ".html", ".txt"} or "tests" in relative.parts:
            continue
        if path.suffix != ".py" and "templates" not in relative.parts:
            continue
        for line, message, context in _texts(path):
            yield (context, message), f"{relative}:{line}"


def _texts(path: Path) -> Iterator[tuple[int, str, str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django turns a template into something like Python, indented at random.
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.lstrip() for line in lines)
    for line, message, _comments, context in extract(
        "python", io.BytesIO(source.encode()), keywords=KEYWORDS
    ):
        yield line, _forms(message)[0], context


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        found = list(faults())
        sys.stdout.writelines(f"{fault}\n" for fault in found)
        return 1 if found else 0
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
