"""The form of a log line."""

import logging


class OneLine(logging.Formatter):
    """Time, level, logger, message; a line break inside is shown as ``\\n``.

    What a person typed may be part of a message: without this he could write log lines of his own.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        return line.replace("\r", "\\r").replace("\n", "\\n")
