"""The rows of limits.csv: clauses on what a contract earns, with their amounts and tests.

A test is a Comparison, a TakesPart or an AtLeast of several of these.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from dialect import Column, is_code, read_rate, read_signed, read_whole
from tariffs import SPANS

LIMIT_COLUMNS = (
    Column("scheme", "code", True),
    Column("clause", "code", True),
    Column("title", "prose", True),
    Column("limit", "text", True),
    Column("is", "text", True),
    Column("per", "text"),
    Column("source", "prose", True),
)
POTS = ("pot", "whole-pot")
TESTED = ("only-if", "keep-if")
_COMPARISON = re.compile(r"([^<>]*)([<>]=?)([^<>]*)")
_SCHEME = re.compile(r"scheme +(.*)")
_K_OF = re.compile(r"([0-9]+) +of +(.*)")
_SHARE_OF_FACT = re.compile(r"(\S+) +a +(.*)")


@dataclass(frozen=True)
class Amount:
    """Pounds, or so many pounds for each of a fact."""

    number: Fraction
    fact: str | None = None


@dataclass(frozen=True)
class Comparison:
    """`CODE >= N`; `what` is `indicators`, `activities` or `facts`."""

    code: str
    what: str
    sign: str
    number: Fraction

    def holds(self, number):
        """Whether a number passes."""
        if self.sign == ">=":
            return number >= self.number
        if self.sign == ">":
            return number > self.number
        return number <= self.number if self.sign == "<=" else number < self.number


@dataclass(frozen=True)
class TakesPart:
    """`scheme CODE`."""

    scheme: str


@dataclass(frozen=True)
class AtLeast:
    """`K of TEST | TEST | …`."""

    count: int
    tests: tuple


@dataclass
class Clause:
    """A row of limits.csv; exactly one of amount, test, scheme and indicator is given."""

    code: str
    limit: str
    months: int
    amount: Amount | None = None
    test: object = None
    scheme: str | None = None
    indicator: str | None = None

    @property
    def is_pot(self):
        """Whether all contracts of the scheme share it."""
        return self.limit in POTS

    @property
    def asked_for(self):
        """The indicators that it asks for."""
        if self.indicator is not None:
            return {self.indicator}
        return {t.code for t in self.comparisons() if t.what == "indicators"}

    def comparisons(self):
        """All comparisons of its test."""
        tests = self.test.tests if isinstance(self.test, AtLeast) else (self.test,)
        return [test for test in tests if isinstance(test, Comparison)]


def add_clause(schemes, row, values, faults, _year):
    """Check a row of limits.csv and add it to its scheme."""

    def fault(column, text):
        faults.add(row.file, row.line, column, text)

    scheme = schemes.get(values["scheme"])
    if scheme is None:
        fault("scheme", "not a scheme of schemes.csv")
        return
    code, limit = values["clause"], values["limit"]
    if any(code == other.code for other in scheme.clauses):
        fault("clause", "the clause is given twice")
    if code in scheme.activities or code in scheme.indicators:
        fault("clause", "an activity or indicator of the scheme has the code")
    clause = Clause(code, limit, SPANS[values["per"] or "year"])
    if clause.months != 12 and (scheme.is_achievement or clause.is_pot):
        fault("per", "only year in an achievement scheme, and for a pot")
    if scheme.clauses and clause.months < scheme.clauses[-1].months:
        fault("per", "finer than in the row before")
    for activity in scheme.activities.values():
        if not activity.is_claimed and clause.months < activity.months:
            fault("per", f"finer than that of {activity.code}")
    if scheme.clauses and scheme.clauses[-1].is_pot:
        fault("limit", "a pot comes last, and once")
    if limit == "keep-if" and not scheme.is_achievement:
        fault("limit", "only in achievement schemes")
    _read_what_it_is(schemes, scheme, clause, values["is"], fault)
    scheme.clauses.append(clause)


def _read_what_it_is(schemes, scheme, clause, text, fault):
    """Put what `is` says into the clause."""
    named = _SCHEME.fullmatch(text)
    if clause.limit in TESTED:
        clause.test = _read_test(schemes, scheme, text, fault)
    elif clause.limit == "times":
        clause.indicator = text
        if text not in scheme.indicators:
            fault("is", "an indicator of the scheme expected")
    elif clause.limit == "less" and named:
        clause.scheme = named[1]
        other = schemes.get(named[1])
        if other is None or other.place >= scheme.place:
            fault("is", "an earlier scheme of schemes.csv expected")
        if clause.months != 12:
            fault("per", "a scheme's earnings are those of the year")
    else:
        clause.amount = _read_amount(text, not clause.is_pot)
        if clause.amount is None:
            fault("is", "pounds, or so many a fact, expected")


def _read_amount(text, may_follow_fact):
    """`12,500`, or `0.95 a registered`; or None."""
    match = _SHARE_OF_FACT.fullmatch(text)
    if match is None:
        number = read_rate(text)
        return None if number is None else Amount(number)
    number = read_rate(match[1])
    if number is None or not is_code(match[2]) or not may_follow_fact:
        return None
    return Amount(number, match[2])


def _read_test(schemes, scheme, text, fault):
    """A test, or None with a fault noted."""
    several = _K_OF.fullmatch(text)
    if several is None:
        return _read_single(schemes, scheme, text, fault)
    parts = [part.strip(" \t\u00a0") for part in several[2].split("|")]
    tests = tuple(_read_single(schemes, scheme, part, fault) for part in parts)
    count = read_whole(several[1])
    if count is None or not 1 <= count <= len(tests):
        fault("is", f"from 1 to {len(tests)} tests expected")
    return AtLeast(count or 0, tests)


def _read_single(schemes, scheme, text, fault):
    comparison = _COMPARISON.fullmatch(text)
    if comparison:
        return _read_comparison(scheme, comparison, fault)
    named = _SCHEME.fullmatch(text)
    if named is None:
        fault("is", "CODE >= N or scheme CODE expected")
        return None
    if named[1] not in schemes:
        fault("is", f"{named[1]}: no such scheme")
    return TakesPart(named[1])


def _read_comparison(scheme, match, fault):
    code, number = match[1].strip(" \t\u00a0"), read_signed(match[3].strip(" \t\u00a0"))
    if not is_code(code) or code.endswith("="):
        fault("is", "an indicator, an activity or a fact expected")
    if number is None:
        fault("is", "a number expected")
    what = "facts"
    if code in scheme.indicators:
        what = "indicators"
    elif code in scheme.activities:
        what = "activities"
        if not scheme.activities[code].is_claimed:
            fault("is", f"{code} is not claimed")
    return Comparison(code, what, match[2], number)
