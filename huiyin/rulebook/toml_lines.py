"""TOML with line numbers, so that a refusal can say where. ``tomllib`` keeps none."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huiyin.rulebook.errors import RulebookError
from huiyin.rulebook.words import Words

_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")
_FIELD = re.compile(r"\s*([\w.-]+)\s*=")
_AT_LINE = re.compile(r"\(at line (\d+),")


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file. Tables are numbered from 0 among those of the same name."""

    file: str
    content: dict[str, Any]
    lines: dict[tuple[str, int, str], int] = field(repr=False)

    def line(self, table: str, number: int = 0, name: str = "") -> int:
        """The line of a field; of its table when the field is absent; 0 when both are."""
        section, _, leaf = table.rpartition(".")
        for wanted in ((table, number, name), (table, number, ""), (section, 0, leaf)):
            if wanted in self.lines:
                return self.lines[wanted]
        return 0


def read(path: Path) -> Document:
    """Parse ``path``; raises ``RulebookError`` when it is not UTF-8 or not TOML."""
    return parse(path.read_bytes(), file=path.name)


def parse(raw: bytes, *, file: str) -> Document:
    """Parse the bytes of a file that is called ``file``. Raises as ``read`` does."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        content = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise RulebookError(
            file,
            raw[: error.start].count(b"\n") + 1,
            Words(zh="文件不是 UTF-8 编码。", en="The file is not UTF-8."),
            Words(zh="请另存为 UTF-8 编码后再载入。", en="Save it as UTF-8 and load it again."),
        ) from error
    except tomllib.TOMLDecodeError as error:
        at_line = _AT_LINE.search(str(error))
        raise RulebookError(
            file,
            int(at_line[1]) if at_line else text.count("\n") + 1,  # else the end of the document
            Words(zh=f"TOML 语法错误：{error}。", en=f"Not valid TOML: {error}."),
            Words(zh="请改正该行。", en="Correct this line."),
        ) from error
    return Document(file, content, _locate(text))


def _locate(text: str) -> dict[tuple[str, int, str], int]:
    """Where each table and field of the (already parsed) text begins.

    Only the first part of a dotted field is kept: ``text.zh`` is found under ``text``.
    """
    lines: dict[tuple[str, int, str], int] = {}
    seen: dict[str, int] = {}
    table, number = "", 0
    for at, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = header[1]
            number = seen.get(table, -1) + 1
            seen[table] = number
            lines[table, number, ""] = at
            lines.setdefault((table.partition(".")[0], 0, ""), at)
        elif written := _FIELD.match(line):
            lines.setdefault((table, number, written[1].partition(".")[0]), at)
    return lines
