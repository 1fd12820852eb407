"""Days and calendars for properties to be tried on."""

from datetime import date, timedelta

from hypothesis import strategies as st

from huiyin.rulebook import NoticedDay, Words, WorkCalendar

DAYS = st.dates(date(2001, 1, 1), date(2090, 1, 1))


@st.composite
def calendars(draw: st.DrawFn, around: date) -> WorkCalendar:
    """A calendar with some holidays and make-up days within a year of ``around``."""
    near = st.integers(-30, 400).map(lambda days: around + timedelta(days=days))
    marks = draw(st.dictionaries(near, st.booleans(), max_size=60))
    days = {
        day: NoticedDay(works=works, name=Words(zh="调", en="moved"), notice="号")
        for day, works in marks.items()
    }
    return WorkCalendar(days, years=draw(st.sets(st.integers(around.year, around.year + 2))))
