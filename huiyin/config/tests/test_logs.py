import logging

from huiyin.config.logs import OneLine


def test_what_a_person_typed_cannot_start_a_line_of_its_own():
    record = logging.LogRecord(
        "huiyin", logging.WARNING, __file__, 1, "refused %s", ("a\r\nroot signed in",), None
    )
    line = OneLine().format(record)
    assert "\n" not in line
    assert line.endswith("WARNING huiyin refused a\\r\\nroot signed in")
