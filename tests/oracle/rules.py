"""The three rules tables of a financial year, read and checked."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

from dialect import Column, read_share, read_strictly, read_table

PROVIDER_TYPES = ("practice", "pcn", "federation", "other")
LIST_BASES = ("per-registered-patient", "per-weighted-patient")
VALUE_BASES = ("annual-value", *LIST_BASES, "per-point")

SCHEME_COLUMNS = (
    Column("scheme", "code", True),
    Column("title", "prose", True),
    Column("delivered_by", "text", True),
    Column("commissioned", "text", True),
    Column("payment", "text", True),
    Column("measured_by", "text", True),
    Column("review_from", "date"),
    Column("review_to", "date"),
    Column("value_basis", "text"),
    Column("value", "rate"),
    Column("list_date", "date"),
    Column("average_list", "rate"),
    Column("in_year_share", "share"),
    Column("instalment_months", "text"),
    Column("pro_rata", "text"),
    Column("rounding", "text"),
    Column("recovery", "text"),
    Column("claim_months", "whole"),
    Column("exclusive_with", "text"),
    Column("source", "prose", True),
)
INDICATOR_COLUMNS = (
    Column("scheme", "code", True),
    Column("indicator", "code", True),
    Column("title", "prose", True),
    Column("points", "rate", True),
    Column("method", "text", True),
    Column("floor", "share"),
    Column("target", "share"),
    Column("steps", "text"),
    Column("if_no_patients", "text"),
    Column("source", "prose", True),
)
TARIFF_COLUMNS = (
    Column("scheme", "code", True),
    Column("activity", "code", True),
    Column("title", "prose", True),
    Column("count", "text", True),
    Column("per", "text"),
    Column("price", "rate", True),
    Column("from", "date", True),
    Column("to", "date"),
    Column("cap", "whole"),
    Column("patient_cap", "whole"),
    Column("source", "prose", True),
)
_WORDS = {
    "commissioned": ("individual", "mixed"),
    "payment": ("achievement", "activity"),
    "measured_by": ("outcomes", "activity", "activity-per-patient"),
    "value_basis": VALUE_BASES,
    "instalment_months": ("12", "4", "2", "1"),
    "pro_rata": ("days", "months", "none"),
    "rounding": ("half-up", "half-even", "down"),
    "recovery": ("next-payment", "invoice"),
    "method": ("sliding", "all-or-nothing", "steps"),
    "if_no_patients": ("nothing", "full"),
    "count": ("quantity", "patients"),
    "per": ("month", "quarter", "year"),
}


@dataclass
class Indicator:
    """A row of indicators.csv; `steps` are (threshold, fraction) in ascending order."""

    code: str
    points: Fraction
    method: str
    floor: Fraction | None
    target: Fraction | None
    steps: list
    full_if_no_patients: bool

    def fraction(self, numerator, denominator, exceptions):
        """f, the part of its share that an achievement earns."""
        patients = denominator - exceptions
        if patients == 0:
            return Fraction(1 if self.full_if_no_patients else 0)
        reached = numerator / patients
        if self.method == "sliding":
            part = (reached - self.floor) / (self.target - self.floor)
            return min(max(part, Fraction(0)), Fraction(1))
        if self.method == "all-or-nothing":
            lower_is_better = self.floor is not None and self.floor > self.target
            good = reached <= self.target if lower_is_better else reached >= self.target
            return Fraction(1 if good else 0)
        earned = Fraction(0)
        for threshold, fraction in self.steps:
            if reached >= threshold:
                earned = fraction
        return earned


@dataclass
class Price:
    """A price in force from `start` to `end`, both inclusive."""

    amount: Fraction
    start: date
    end: date


@dataclass
class Activity:
    """An activity of a scheme with its dated prices."""

    code: str
    counts_patients: bool
    per: str | None
    cap: int | None
    patient_cap: int | None
    prices: list = field(default_factory=list)

    def price_on(self, day):
        """The price in force on a day, or None."""
        for price in self.prices:
            if price.start <= day <= price.end:
                return price.amount
        return None

    def span(self, month, year):
        """The number of the span of the year in which a month lies."""
        place = month - year.months[0]
        return place // {"month": 1, "quarter": 3, "year": 12}[self.per]


@dataclass
class Scheme:
    """A row of schemes.csv with what belongs to it; `place` is its row."""

    code: str
    place: int
    delivered_by: tuple
    is_achievement: bool
    value_basis: str | None
    value: Fraction | None
    list_date: date | None
    average_list: Fraction | None
    in_year_share: Fraction | None
    instalment_months: int | None
    pro_rata: str | None
    rounding: str
    invoices: bool
    claim_months: int | None
    review_from: date | None
    exclusive: set
    indicators: dict = field(default_factory=dict)
    activities: dict = field(default_factory=dict)

    @property
    def needs_list(self):
        """Whether the contract value depends on a list size."""
        return self.value_basis in LIST_BASES or self.average_list is not None

    @property
    def points(self):
        """All points of the scheme."""
        return sum((i.points for i in self.indicators.values()), Fraction(0))


def read_rules(folder, faults, warnings):
    """The schemes by code, in the order of schemes.csv; faults are noted."""
    schemes = {}
    tables = (
        ("schemes.csv", SCHEME_COLUMNS, _add_scheme),
        ("indicators.csv", INDICATOR_COLUMNS, _add_indicator),
        ("tariffs.csv", TARIFF_COLUMNS, _add_tariff),
    )
    for name, columns, add in tables:
        path = Path(folder) / name
        if not path.is_file():
            faults.add(name, "", "", "the table is missing")
            continue
        for row in read_table(name, path.read_bytes(), columns, faults, warnings):
            values = read_strictly(row, columns, faults)
            if values is None or not _words_are_known(row, values, faults):
                continue
            add(schemes, row, values, faults)
    _check_whole(schemes, faults)
    return schemes


def _words_are_known(row, values, faults):
    good = True
    for column, words in _WORDS.items():
        word = values.get(column)
        if word is not None and word not in words:
            faults.add(row.file, row.line, column, f"one of {', '.join(words)} expected")
            good = False
    return good


# --- schemes -----------------------------------------------------------------------------------


def _add_scheme(schemes, row, values, faults):
    """Check a row of schemes.csv and add it."""

    def fault(column, text):
        faults.add(row.file, row.line, column, text)

    code = values["scheme"]
    if code in schemes:
        fault("scheme", "the scheme is given twice")
        return
    types = values["delivered_by"].split("|")
    if any(t not in PROVIDER_TYPES for t in types):
        fault("delivered_by", "provider types with | between them expected")
    review = (values["review_from"], values["review_to"])
    if None not in review and review[0] > review[1]:
        fault("review_from", "after review_to")
    is_achievement = values["payment"] == "achievement"
    if is_achievement:
        _check_value(values, fault)
    exclusive = values["exclusive_with"]
    months = values["instalment_months"]
    schemes[code] = Scheme(
        code=code,
        place=len(schemes),
        delivered_by=tuple(types),
        is_achievement=is_achievement,
        value_basis=values["value_basis"],
        value=values["value"],
        list_date=values["list_date"],
        average_list=values["average_list"],
        in_year_share=values["in_year_share"],
        instalment_months=int(months) if months else None,
        pro_rata=values["pro_rata"],
        rounding=values["rounding"] or "half-up",
        invoices=values["recovery"] == "invoice",
        claim_months=values["claim_months"],
        review_from=values["review_from"],
        exclusive=set(exclusive.split("|")) if exclusive else set(),
    )


def _check_value(values, fault):
    """The columns that say what an achievement contract is worth."""
    for column in ("value_basis", "in_year_share", "instalment_months", "pro_rata"):
        if values[column] is None:
            fault(column, "an achievement scheme needs it")
    share, basis = values["in_year_share"], values["value_basis"]
    if share is not None and share > 1:
        fault("in_year_share", "from 0 to 1 expected")
    if basis is None:
        return
    if basis == "annual-value" and values["value"] is not None:
        fault("value", "beside annual-value")
    if basis != "annual-value" and values["value"] is None:
        fault("value", f"{basis} needs it")
    average = values["average_list"]
    if average is not None and basis != "per-point":
        fault("average_list", "only beside per-point")
    if average is not None and average == 0:
        fault("average_list", "more than 0 expected")
    if values["list_date"] is None and (basis in LIST_BASES or average is not None):
        fault("list_date", "a list is needed")


# --- indicators --------------------------------------------------------------------------------


def _add_indicator(schemes, row, values, faults):
    """Check a row of indicators.csv and add it to its scheme."""

    def fault(column, text):
        faults.add(row.file, row.line, column, text)

    scheme = schemes.get(values["scheme"])
    if scheme is None or not scheme.is_achievement:
        fault("scheme", "not an achievement scheme of schemes.csv")
        return
    if values["indicator"] in scheme.indicators:
        fault("indicator", "the indicator is given twice")
        return
    floor, target, method = values["floor"], values["target"], values["method"]
    for column in ("floor", "target"):
        if values[column] is not None and values[column] > 1:
            fault(column, "a threshold above 1")
    if method == "sliding" and (floor is None or target is None or floor == target):
        fault("target", "sliding needs a floor and another target")
    if method == "all-or-nothing" and target is None:
        fault("target", "all-or-nothing needs it")
    steps = _read_steps(values["steps"], fault) if method == "steps" else []
    scheme.indicators[values["indicator"]] = Indicator(
        code=values["indicator"],
        points=values["points"],
        method=method,
        floor=floor,
        target=target,
        steps=steps,
        full_if_no_patients=values["if_no_patients"] == "full",
    )


def _read_steps(text, fault):
    """`0.60:0.5|0.80:1` as (threshold, fraction) pairs."""
    steps = []
    for part in (text or "").split("|"):
        numbers = [read_share(number.strip(" \t\u00a0")) for number in part.split(":")]
        if len(numbers) != 2 or None in numbers:
            fault("steps", "threshold:fraction with | between them expected")
            return []
        if numbers[0] > 1:
            fault("steps", "a threshold above 1")
        if numbers[1] > 1:
            fault("steps", "a step pays more than 1")
        if steps and numbers[0] <= steps[-1][0]:
            fault("steps", "the steps do not ascend")
        steps.append(tuple(numbers))
    return steps


# --- tariffs -----------------------------------------------------------------------------------


def _add_tariff(schemes, row, values, faults):
    """Check a row of tariffs.csv and add its price to its activity."""

    def fault(column, text):
        faults.add(row.file, row.line, column, text)

    scheme = schemes.get(values["scheme"])
    if scheme is None or scheme.is_achievement:
        fault("scheme", "not an activity scheme of schemes.csv")
        return
    counts_patients = values["count"] == "patients"
    if counts_patients and values["per"] is None:
        fault("per", "patients are counted per month, quarter or year")
    if not counts_patients and values["per"] is not None:
        fault("per", "beside quantity")
    price = Price(values["price"], values["from"], values["to"] or date.max)
    if price.start > price.end:
        fault("from", "after to")
    given = (counts_patients, values["per"], values["cap"], values["patient_cap"])
    activity = scheme.activities.get(values["activity"])
    if activity is None:
        activity = Activity(values["activity"], *given)
        scheme.activities[activity.code] = activity
    columns = ("count", "per", "cap", "patient_cap")
    kept = (activity.counts_patients, activity.per, activity.cap, activity.patient_cap)
    for column, one, other in zip(columns, kept, given):
        if one != other:
            fault(column, "every row of an activity gives the same")
    for other in activity.prices:
        if price.start <= other.end and other.start <= price.end:
            fault("from", "prices overlap")
    activity.prices.append(price)


def _check_whole(schemes, faults):
    """What can be checked only when all three tables are read."""
    for scheme in list(schemes.values()):
        if scheme.is_achievement and scheme.points == 0:
            faults.add("schemes.csv", "", "scheme", f"{scheme.code}: no indicators or points")
        for other in sorted(scheme.exclusive):
            if other not in schemes:
                faults.add("schemes.csv", "", "exclusive_with", f"{other}: no such scheme")
    if faults:
        return
    for scheme in schemes.values():
        for other in scheme.exclusive.copy():
            schemes[other].exclusive.add(scheme.code)
