"""The rows of tariffs.csv: activities, how they are counted, and their dated prices."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from dialect import Column, is_code, read_rate, read_whole

SPANS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
EPISODE = "episode"

TARIFF_COLUMNS = (
    Column("scheme", "code", True),
    Column("activity", "code", True),
    Column("title", "prose", True),
    Column("count", "text", True),
    Column("per", "text"),
    Column("paid", "text"),
    Column("price", "rate", True),
    Column("from", "date", True),
    Column("to", "date"),
    Column("cap", "text"),
    Column("cap_of", "code"),
    Column("cap_per", "text"),
    Column("patient_cap", "whole"),
    Column("group", "code"),
    Column("again_after", "whole"),
    Column("source", "prose", True),
)
_SAME = ("count", "per", "paid", "cap", "cap_of", "cap_per", "patient_cap", "group", "again_after")


@dataclass
class Price:
    """A price in force from `start` to `end`, both inclusive."""

    amount: Fraction
    start: date
    end: date


@dataclass
class Activity:
    """An activity of a scheme with its dated prices.

    `months` is the length of a span; of an episode it is that of its group, 1 of quantities.
    """

    code: str
    count: str
    per: str | None
    paid: str
    cap: object
    cap_of: str | None
    cap_months: int
    patient_cap: int | None
    group: str | None
    again_after: int | None
    given: tuple
    prices: list = field(default_factory=list)
    months: int = 1

    @property
    def counts_patients(self):
        """Whether it pays once for each patient in a span."""
        return self.count == "patients"

    @property
    def is_claimed(self):
        """Whether it is paid by claims: neither `each` nor a fact is counted."""
        return self.count in ("quantity", "patients")

    @property
    def fact(self):
        """The fact that is counted, or None."""
        return None if self.is_claimed or self.count == "each" else self.count

    @property
    def is_episode(self):
        """Whether it is paid once an episode."""
        return self.per == EPISODE

    def price_on(self, day):
        """The price in force on a day, or None."""
        for price in self.prices:
            if price.start <= day <= price.end:
                return price.amount
        return None


def add_tariff(schemes, row, values, faults, _year):
    """Check a row of tariffs.csv and add its price to its activity."""

    def fault(column, text):
        faults.add(row.file, row.line, column, text)

    scheme = schemes.get(values["scheme"])
    if scheme is None or scheme.is_achievement:
        fault("scheme", "not an activity scheme of schemes.csv")
        return
    _check_words(values, fault)
    cap = values["cap"]
    if cap is not None:
        cap = read_whole(cap) if values["cap_of"] is None else read_rate(cap)
        if cap is None:
            fault("cap", "a whole number, or beside cap_of a rate, expected")
    price = Price(values["price"], values["from"], values["to"] or date.max)
    if price.start > price.end:
        fault("from", "after to")
    given = tuple(cap if column == "cap" else values[column] for column in _SAME)
    activity = scheme.activities.get(values["activity"])
    if activity is None:
        activity = Activity(
            code=values["activity"],
            count=values["count"],
            per=values["per"],
            paid=values["paid"] or "last",
            cap=cap,
            cap_of=values["cap_of"],
            cap_months=SPANS[values["cap_per"] or "year"],
            patient_cap=values["patient_cap"],
            group=values["group"],
            again_after=values["again_after"],
            given=given,
            months=SPANS.get(values["per"], 1),
        )
        scheme.activities[activity.code] = activity
    for column, one, other in zip(_SAME, activity.given, given):
        if one != other:
            fault(column, "every row of an activity gives the same")
    for other in activity.prices:
        if price.start <= other.end and other.start <= price.end:
            fault("from", "prices overlap")
    activity.prices.append(price)


def _check_words(values, fault):
    """Which columns go together in one row."""
    count, per = values["count"], values["per"]
    if not is_code(count):
        fault("count", "quantity, patients, each or a fact expected")
    if count == "quantity" and per is not None:
        fault("per", "beside quantity")
    if count != "quantity" and per is None:
        fault("per", "a span is needed")
    if count in ("quantity", "patients") and values["paid"] is not None:
        fault("paid", "only where nothing is claimed")
    if count not in ("quantity", "patients"):
        for column in ("cap", "patient_cap", "group", "again_after"):
            if values[column] is not None:
                fault(column, "only where claims are paid")
    for column in ("cap_of", "cap_per"):
        if values[column] is not None and values["cap"] is None:
            fault(column, "without cap")
    if values["group"] is not None:
        if count != "patients":
            fault("group", "only where patients are counted")
        for column in ("cap", "patient_cap"):
            if values[column] is not None:
                fault(column, "in a group")
    if (per == EPISODE) != (values["again_after"] is not None):
        fault("again_after", "goes with episode")
    if per == EPISODE and (values["group"] is None or count != "patients"):
        fault("group", "an episode needs it")
    again = values["again_after"]
    if again is not None and not 1 <= again <= 11:
        fault("again_after", "from 1 to 11 expected")


def check_groups(scheme, faults):
    """One span in a group; an episode takes that of the others."""
    groups = {}
    for activity in scheme.activities.values():
        if activity.group is not None:
            groups.setdefault(activity.group, []).append(activity)
    for code, members in groups.items():
        spans = {member.per for member in members if member.per in SPANS}
        if len(spans) != 1:
            faults.add("tariffs.csv", "", "per", f"{scheme.code}: group {code}: one span expected")
            continue
        for member in members:
            member.months = SPANS[next(iter(spans))]
