"""The rules tables of a financial year, read and checked: schemes here, the rest in
`indicators`, `tariffs` and `limits`."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

from dialect import Column, read_strictly, read_table
from indicators import INDICATOR_COLUMNS, add_indicator
from limits import LIMIT_COLUMNS, add_clause
from tariffs import EPISODE, SPANS, TARIFF_COLUMNS, add_tariff, check_groups

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
    Column("in_year_of", "code"),
    Column("achieved_by", "text"),
    Column("instalment_months", "text"),
    Column("pro_rata", "text"),
    Column("rounding", "text"),
    Column("recovery", "text"),
    Column("claim_months", "whole"),
    Column("exclusive_with", "text"),
    Column("source", "prose", True),
)
_BUDGET_COLUMNS = (
    Column("scheme", "code", True),
    Column("budget", "rate", True),
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
    "achieved_by": ("provider", "network"),
    "unit": ("share", "rate"),
    "paid": ("last", "first", "monthly"),
    "cap_per": tuple(SPANS),
    "limit": (
        "only-if", "times", "less", "on-account", "at-most", "at-least", "keep-if", "pot",
        "whole-pot",
    ),
}
_PER = {"tariffs.csv": (*SPANS, EPISODE), "limits.csv": tuple(SPANS)}


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
    in_year_of: str | None = None
    by_network: bool = False
    indicators: dict = field(default_factory=dict)
    activities: dict = field(default_factory=dict)
    clauses: list = field(default_factory=list)
    budget: Fraction | None = None

    @property
    def needs_list(self):
        """Whether the contract value depends on a list size."""
        return self.value_basis in LIST_BASES or self.average_list is not None

    @property
    def parts(self):
        """What the value is shared over, by its first row: an indicator, or all of a group."""
        found = {}
        for code, indicator in self.indicators.items():
            key = ("", code) if indicator.group is None else ("group", indicator.group)
            found.setdefault(key, []).append(indicator)
        return list(found.values())

    @property
    def asked_for(self):
        """The indicators that clauses ask for."""
        return set().union(*(clause.asked_for for clause in self.clauses))


def read_rules(folder, year, faults, warnings):
    """The schemes by code, in the order of schemes.csv; faults are noted."""
    schemes = {}
    tables = (
        ("schemes.csv", SCHEME_COLUMNS, _add_scheme),
        ("indicators.csv", INDICATOR_COLUMNS, add_indicator),
        ("tariffs.csv", TARIFF_COLUMNS, add_tariff),
        ("limits.csv", LIMIT_COLUMNS, add_clause),
        ("budgets.csv", _BUDGET_COLUMNS, _add_budget),
    )
    for name, columns, add in tables:
        path = Path(folder) / name
        if not path.is_file():
            if name not in ("limits.csv", "budgets.csv"):
                faults.add(name, "", "", "the table is missing")
            continue
        for row in read_table(name, path.read_bytes(), columns, faults, warnings):
            values = read_strictly(row, columns, faults)
            if values is None or not _words_are_known(row, values, faults):
                continue
            add(schemes, row, values, faults, year)
    _check_whole(schemes, faults)
    return schemes


def _words_are_known(row, values, faults):
    good = True
    for column, words in (*_WORDS.items(), ("per", _PER.get(row.file, ()))):
        word = values.get(column)
        if word is not None and word not in words:
            faults.add(row.file, row.line, column, f"one of {', '.join(words)} expected")
            good = False
    return good


def _add_budget(schemes, row, values, faults, _year):
    """Check a row of budgets.csv: whole pence, once a scheme."""
    scheme = schemes.get(values["scheme"])
    if scheme is None or scheme.budget is not None:
        faults.add(row.file, row.line, "scheme", "a scheme of schemes.csv expected, once")
    elif (values["budget"] * 100).denominator != 1:
        faults.add(row.file, row.line, "budget", "whole pence expected")
    else:
        scheme.budget = values["budget"]


# --- schemes -----------------------------------------------------------------------------------


def _add_scheme(schemes, row, values, faults, _year):
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
        in_year_of=values["in_year_of"],
        by_network=values["achieved_by"] == "network",
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


def _check_whole(schemes, faults):
    """What can be checked only when all three tables are read."""
    for scheme in list(schemes.values()):
        check_groups(scheme, faults)
        if scheme.is_achievement and not any(i.points for i in scheme.indicators.values()):
            faults.add("schemes.csv", "", "scheme", f"{scheme.code}: no indicators or points")
        pays_for_spans = any(not a.is_claimed for a in scheme.activities.values())
        if pays_for_spans and scheme.pro_rata is None:
            faults.add("schemes.csv", "", "pro_rata", f"{scheme.code}: a tariff needs it")
        for other in sorted(scheme.exclusive):
            if other not in schemes:
                faults.add("schemes.csv", "", "exclusive_with", f"{other}: no such scheme")
    if faults:
        return
    for scheme in schemes.values():
        for other in scheme.exclusive.copy():
            schemes[other].exclusive.add(scheme.code)
