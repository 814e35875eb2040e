"""Days, months and financial years; a month is the whole number year × 12 + month − 1."""

import re
from dataclasses import dataclass
from datetime import date, timedelta


def make_date(year, month, day):
    """A date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_index(year, month):
    """The index of a month, or None where there is no such month."""
    return year * 12 + month - 1 if 1 <= month <= 12 and 1 <= year <= 9999 else None


def month_of(day):
    """The index of the month in which a day lies."""
    return day.year * 12 + day.month - 1


def first_day(month):
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def last_day(month):
    """The last day of a month."""
    if month % 12 == 11:
        return date(month // 12, 12, 31)
    return first_day(month + 1) - timedelta(days=1)


def month_text(month):
    """A month as `YYYY-MM`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


@dataclass(frozen=True)
class Year:
    """The financial year from 1 April of `start` to 31 March of the next year."""

    start: int

    @property
    def label(self):
        """`2025-26` for 2025."""
        return f"{self.start:04d}-{(self.start + 1) % 100:02d}"

    @property
    def first(self):
        """1 April."""
        return date(self.start, 4, 1)

    @property
    def last(self):
        """31 March."""
        return date(self.start + 1, 3, 31)

    @property
    def achievement_last(self):
        """31 July after the year, up to which achievement counts as in the year."""
        return date(self.start + 1, 7, 31)

    @property
    def days(self):
        """365, or 366 with a 29 February."""
        return (self.last - self.first).days + 1

    @property
    def months(self):
        """The twelve months from April to March."""
        april = month_index(self.start, 4)
        return range(april, april + 12)


@dataclass(frozen=True)
class Period:
    """What a run is for: a month of a financial year, or its year-end."""

    year: Year
    month: int
    is_year_end: bool

    @property
    def label(self):
        """`2025-09` or `2025-26-YE`."""
        return f"{self.year.label}-YE" if self.is_year_end else month_text(self.month)

    @property
    def month_end(self):
        """The last day of the run's month."""
        return last_day(self.month)

    @property
    def date(self):
        """The run's date: a year-end's is 31 July, by when the final figures are in."""
        return self.year.achievement_last if self.is_year_end else self.month_end


def month_period(text):
    """The period of `--month 2025-09`, or None."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    month = month_index(int(match[1]), int(match[2])) if match else None
    if month is None:
        return None
    start = month // 12 - (0 if month % 12 >= 3 else 1)
    return Period(Year(start), month, False)


def year_period(text):
    """The period of `--year 2025-26`, or None."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        return None
    year = Year(int(match[1]))
    return Period(year, year.months[11], True)
