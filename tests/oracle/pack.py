"""The inputs folder: every file read, the strict kinds checked, the claims kept as rows.

A fault in the register, participation, list sizes, payments or adjustments refuses the run.
Claims (activity and achievement) are only read here; `judge` gives each its state.
"""

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from decisions import HOLD_COLUMNS, RECOVERY_COLUMNS, Decisions
from dialect import Column, read_strictly, read_table
from facts import LIST_FACTS, Facts
from headings import find_headings, read_mapped
from rules import PROVIDER_TYPES
from times import first_day, month_of

PROVIDER_COLUMNS = (
    Column("provider", "code", True),
    Column("name", "prose", True),
    Column("type", "text", True),
    Column("pcn", "code"),
    Column("payee", "code"),
    Column("from", "date"),
    Column("to", "date"),
    Column("email", "text"),
)
PARTICIPATION_COLUMNS = (
    Column("scheme", "code", True),
    Column("provider", "code", True),
    Column("from", "date", True),
    Column("to", "date"),
    Column("annual_value", "rate"),
    Column("list_date", "date"),
    Column("merged_into", "code"),
)
LIST_COLUMNS = (
    Column("provider", "key", True),
    Column("as_at", "date", True),
    Column("registered", "whole", True),
    Column("weighted", "count"),
)
FACT_COLUMNS = (
    Column("provider", "key", True),
    Column("fact", "key", True),
    Column("as_at", "date", True),
    Column("number", "signed", True),
)
ACTIVITY_COLUMNS = (
    Column("month", "month", True),
    Column("scheme", "key", True),
    Column("provider", "key", True),
    Column("activity", "key", True),
    Column("patient_ref", "reference"),
    Column("activity_date", "date"),
    Column("quantity", "whole", True),
    Column("submission", "whole"),
    Column("received", "date"),
)
ACHIEVEMENT_COLUMNS = (
    Column("scheme", "key", True),
    Column("provider", "key", True),
    Column("indicator", "key", True),
    Column("as_at", "date", True),
    Column("numerator", "signed-count", True),
    Column("denominator", "count", True),
    Column("exceptions", "count"),
    Column("submission", "whole"),
)
PAYMENT_COLUMNS = (
    Column("scheme", "code", True),
    Column("provider", "code", True),
    Column("month", "month", True),
    Column("amount", "money", True),
    Column("reference", "text"),
)
ADJUSTMENT_COLUMNS = (
    Column("scheme", "code", True),
    Column("provider", "code", True),
    Column("month", "month", True),
    Column("amount", "money", True),
    Column("reason", "prose", True),
    Column("authorised_by", "text", True),
)
LEDGER_COLUMNS = (
    Column("scheme", "code", True),
    Column("provider", "code", True),
    Column("amount", "money", True),
)
KINDS = {
    "providers": PROVIDER_COLUMNS,
    "participation": PARTICIPATION_COLUMNS,
    "list_sizes": LIST_COLUMNS,
    "facts": FACT_COLUMNS,
    "activity": ACTIVITY_COLUMNS,
    "achievement": ACHIEVEMENT_COLUMNS,
    "payments_before": PAYMENT_COLUMNS,
    "adjustments": ADJUSTMENT_COLUMNS,
    "holds": HOLD_COLUMNS,
    "recoveries": RECOVERY_COLUMNS,
}
# Ten digits in a row, or three, three and four with the same sign between them.
_MAYBE_NHS_NUMBER = re.compile(r"(?<!\d)(?:\d{10}|\d{3}([\W_])\d{3}\1\d{4})(?!\d)")
STATES = ("accepted", "superseded", "later", "rejected", "held")


def kind_of(name):
    """The kind that a file's name says."""
    return re.split(r"[-.]", name.split("/")[0], maxsplit=1)[0]


@dataclass
class InputFile:
    """A file that was read and the states of its rows."""

    name: str
    sha256: str
    states: dict = field(default_factory=lambda: dict.fromkeys(STATES, 0))


@dataclass
class ProviderRow:
    """A stretch of a provider's history, both ends inclusive."""

    type: str
    pcn: str | None
    payee: str
    start: date
    end: date


@dataclass
class Spell:
    """A stretch of participation, both ends inclusive; the value is a year's, in pounds."""

    start: date
    end: date
    annual_value: object
    list_date: date | None = None
    merged_into: str | None = None
    row: object = None


@dataclass
class Adjustment:
    """An adjustment of a contract, in pence."""

    month: int
    pence: int
    reason: str


class Pack:
    """Everything a folder of inputs says, for one period.
    """

    def __init__(self, period, schemes, faults, warnings, headings=()):
        self.headings = headings
        self.period = period
        self.schemes = schemes
        self.faults = faults
        self.warnings = warnings
        self.files = {}
        self.rows = {kind: [] for kind in KINDS}
        self.register = {}
        self.spells = {}
        self.facts = Facts()
        self.holds = Decisions()
        self.recoveries = Decisions()
        self.paid = {}
        self.adjustments = {}

    # --- what is asked of it ---

    def provider_now(self, provider):
        """The row of a provider's history that holds for this run."""
        day = self.period.month_end
        history = self.register[provider]
        begun = [row for row in history if row.start <= day]
        for row in begun:
            if row.end >= day:
                return row
        return begun[-1] if begun else history[0]

    def participates(self, scheme, provider, first, last):
        """Whether a day from first to last is covered by the contract's participation."""
        spells = self.spells.get((scheme, provider), ())
        return any(spell.start <= last and first <= spell.end for spell in spells)

    def touches_year(self, scheme, provider):
        """Whether the contract's participation touches the financial year."""
        year = self.period.year
        return self.participates(scheme, provider, year.first, year.last)

    def spells_of_year(self, scheme, provider):
        """The spells of a contract that touch the financial year, in their order."""
        year = self.period.year
        spells = self.spells.get((scheme, provider), ())
        return [s for s in spells if s.start <= year.last and year.first <= s.end]

    def merged_into(self, scheme, provider):
        """The provider that a contract has become part of, or None."""
        spells = self.spells.get((scheme, provider))
        return spells[-1].merged_into if spells else None

    def contract_day(self, scheme, provider):
        """The day whose facts count for a contract as such."""
        own = self.spells_of_year(scheme.code, provider)[-1].list_date
        return own or self.scheme_day(scheme)

    def scheme_day(self, scheme):
        """The day whose lists and facts count for a scheme."""
        return scheme.list_date or self.period.year.first

    def span_fact(self, scheme, provider, fact, month):
        """A fact of a span that starts with a month, or None."""
        return self.facts.on(provider, fact, scheme.list_date or first_day(month))

    # --- reading ---

    def read(self, folder):
        """Read the whole folder; faults are noted."""
        seen = {}
        for name, path in _csv_files(folder, self.warnings):
            with open(path, "rb") as stream:
                content = stream.read()
            if without_nhs_numbers(name) != name:
                self.faults.add("", "", "", "a file's name holds an NHS number")
                continue
            self.files[name] = InputFile(name, hashlib.sha256(content).hexdigest())
            headings = find_headings(self.headings, name)
            kind = headings.kind if headings else kind_of(name)
            if kind not in KINDS:
                self.faults.add(name, "", "", "not a known kind of file")
                continue
            known = (name, content, KINDS[kind])
            left_out = 0
            if headings:
                rows, left_out = read_mapped(*known, headings, self.faults, self.warnings)
            else:
                rows = read_table(*known, self.faults, self.warnings)
            self.rows[kind].extend(rows)
            self.files[name].states["accepted"] += left_out
            if (rows or left_out) and seen.setdefault((kind, content), name) != name:
                self.faults.add(name, "", "", f"the same file as {seen[kind, content]}")
            if kind == "activity":
                _refuse_nhs_numbers(name, rows, self.faults)
        self._read_register()
        self._read_participation()
        self._read_lists()
        self._read_facts()
        self._read_payments()
        self._read_adjustments()
        self._read_decisions("holds", self.holds)
        self._read_decisions("recoveries", self.recoveries)

    def count(self, row, state):
        """Count a row's final state in its file's control totals."""
        self.files[row.file].states[state] += 1

    def _strict(self, kind):
        """The rows of a strict kind that can be read, with their values."""
        for row in self.rows[kind]:
            values = read_strictly(row, KINDS[kind], self.faults)
            if values is not None:
                yield row, values

    def _dates_are_in_order(self, row, values):
        start, end = values["from"] or date.min, values["to"] or date.max
        if start > end:
            self.faults.add(row.file, row.line, "from", "after to")
            return None
        return start, end

    def _read_register(self):
        payees = {}
        for row, values in self._strict("providers"):
            self.count(row, "accepted")
            if values["type"] not in PROVIDER_TYPES:
                self.faults.add(row.file, row.line, "type", "not a type of provider")
                continue
            payee = values["payee"] or values["provider"]
            if payees.setdefault(payee.lower(), payee) != payee:
                self.faults.add(row.file, row.line, "payee", "another differs in case alone")
            dates = self._dates_are_in_order(row, values)
            if dates is None:
                continue
            if values["email"] and not re.fullmatch(r"[^@\x00-\x20]+@[^@\x00-\x20]+", values["email"]):
                self.faults.add(row.file, row.line, "email", "no address")
                continue
            history = self.register.setdefault(values["provider"], [])
            if any(dates[0] <= other.end and other.start <= dates[1] for other in history):
                self.faults.add(row.file, row.line, "from", "overlaps another row")
                continue
            history.append(ProviderRow(values["type"], values["pcn"], payee, *dates))
        for history in self.register.values():
            history.sort(key=lambda stretch: stretch.start)

    def _contract_is_known(self, row, values):
        """Note a fault where scheme or provider is unknown; whether both are known."""
        good = True
        if values["scheme"] not in self.schemes:
            self.faults.add(row.file, row.line, "scheme", "not in the rules")
            good = False
        if values["provider"] not in self.register:
            self.faults.add(row.file, row.line, "provider", "not in the register")
            good = False
        return good

    def _read_participation(self):
        for row, values in self._strict("participation"):
            self.count(row, "accepted")
            dates = self._dates_are_in_order(row, values)
            if not self._contract_is_known(row, values) or dates is None:
                continue
            scheme = self.schemes[values["scheme"]]
            if self.provider_now(values["provider"]).type not in scheme.delivered_by:
                self.faults.add(row.file, row.line, "provider", "not a type that delivers it")
            if scheme.value_basis == "annual-value" and values["annual_value"] is None:
                self.faults.add(row.file, row.line, "annual_value", "the scheme needs it")
            spells = self.spells.setdefault((values["scheme"], values["provider"]), [])
            if any(dates[0] <= other.end and other.start <= dates[1] for other in spells):
                self.faults.add(row.file, row.line, "from", "overlaps another spell")
                continue
            if values["list_date"] is not None and not scheme.is_achievement:
                self.faults.add(row.file, row.line, "list_date", "in an activity scheme")
            more = (values["annual_value"], values["list_date"], values["merged_into"])
            spells.append(Spell(*dates, *more, row))
        for spells in self.spells.values():
            spells.sort(key=lambda spell: spell.start)
        for contract, spells in self.spells.items():
            for spell in spells:
                if spell.merged_into is not None:
                    self._check_merger(contract, spell, spell is spells[-1])

    def _check_merger(self, contract, spell, is_last):
        scheme, other = contract[0], (contract[0], spell.merged_into)
        problem = None
        if not self.schemes[scheme].is_achievement:
            problem = "in an activity scheme"
        elif not is_last:
            problem = "not the last spell"
        elif other == contract:
            problem = "the provider itself"
        elif other not in self.spells:
            problem = "no participation in the scheme"
        elif any(s.merged_into is not None for s in self.spells[other]):
            problem = "is part of another itself"
        if problem:
            self.faults.add(spell.row.file, spell.row.line, "merged_into", problem)

    def _read_lists(self):
        seen, unused = set(), set()
        for row, values in self._strict("list_sizes"):
            provider, as_at = values["provider"], values["as_at"]
            if (provider, as_at) in seen and provider in self.register:
                self.faults.add(row.file, row.line, "as_at", "two for one provider and day")
            seen.add((provider, as_at))
            if as_at > self.period.date:
                self.count(row, "later")
                continue
            self.count(row, "accepted")
            if provider not in self.register:
                unused.add(row.file)
                continue
            for fact in LIST_FACTS:
                self.facts.add(provider, fact, as_at, values[fact])
        self.warnings.extend(f"{file}: unregistered providers" for file in sorted(unused))

    def _read_facts(self):
        seen, unused = set(), set()
        indicators = [i for scheme in self.schemes.values() for i in scheme.indicators.values()]
        factors = {indicator.factor for indicator in indicators}
        for row, values in self._strict("facts"):
            provider, fact, as_at = values["provider"], values["fact"], values["as_at"]
            is_later = as_at > self.period.date
            self.count(row, "later" if is_later else "accepted")
            if fact in LIST_FACTS:
                self.faults.add(row.file, row.line, "fact", "comes from list_sizes")
            if provider not in self.register:
                unused.add(row.file)
                continue
            if (provider, fact, as_at) in seen:
                self.faults.add(row.file, row.line, "as_at", "two for one provider, fact and day")
            seen.add((provider, fact, as_at))
            if fact in factors and values["number"] < 0:
                self.faults.add(row.file, row.line, "number", "a factor of 0 or more expected")
            if not is_later:
                self.facts.add(provider, fact, as_at, values["number"])
        self.warnings.extend(f"{file}: unregistered providers" for file in sorted(unused))

    def _read_decisions(self, kind, decisions):
        for row, values in self._strict(kind):
            self.count(row, "accepted")
            contract = (values["scheme"], values["provider"])
            if contract not in self.spells:
                self.faults.add(row.file, row.line, "provider", "no participation")
                continue
            reason = without_nhs_numbers(values["reason"])
            problem = decisions.add(contract, values, reason)
            if problem:
                self.faults.add(row.file, row.line, "from", problem)

    def _dated(self, kind):
        """Payments or adjustments up to the run's month: (contract, values)."""
        for row, values in self._strict(kind):
            contract = (values["scheme"], values["provider"])
            good = True
            if contract not in self.spells:
                self.faults.add(row.file, row.line, "provider", "no participation")
                good = False
            if values["month"] not in self.period.year.months:
                self.faults.add(row.file, row.line, "month", "outside the year")
                good = False
            is_later = values["month"] > self.period.month
            self.count(row, "later" if is_later else "accepted")
            if good and not is_later:
                yield contract, values

    def _read_payments(self):
        for contract, values in self._dated("payments_before"):
            self.paid[contract] = self.paid.get(contract, 0) + values["amount"]

    def _read_adjustments(self):
        for contract, values in self._dated("adjustments"):
            kept = self.adjustments.setdefault(contract, [])
            kept.append(Adjustment(values["month"], values["amount"],
                                   without_nhs_numbers(values["reason"])))

    def read_ledger(self, path):
        """Add what approved runs paid, from a table of scheme, provider and amount."""
        name = os.path.basename(path)
        with open(path, "rb") as stream:
            content = stream.read()
        for row in read_table(name, content, LEDGER_COLUMNS, self.faults, self.warnings):
            values = read_strictly(row, LEDGER_COLUMNS, self.faults)
            if values is not None and self._contract_is_known(row, values):
                contract = (values["scheme"], values["provider"])
                self.paid[contract] = self.paid.get(contract, 0) + values["amount"]


def _csv_files(folder, warnings):
    """(path under the folder, path) of every CSV file, in the byte order of the former."""
    found = []
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            relative = os.path.relpath(path, folder).replace(os.sep, "/")
            if name.lower().endswith(".csv"):
                found.append((relative, path))
            else:
                warnings.append(f"{relative}: not a CSV file, not read")
    return sorted(found, key=lambda pair: os.fsencode(pair[0]))


def is_nhs_number(digits):
    """Whether ten digits pass the modulus 11 check."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1)))
    check = 11 - total % 11
    return check != 10 and check % 11 == int(digits[9])


def ten_digits(text):
    """The digits of a reference that has exactly ten, of any width, or None."""
    digits = [str(unicodedata.digit(mark)) for mark in text.removesuffix(".0") if mark.isdecimal()]
    return "".join(digits) if len(digits) == 10 else None


def without_nhs_numbers(text):
    """A text as it may be printed: ten dots for an NHS number."""

    def masked(match):
        digits = ten_digits(match[0])
        return "." * 10 if digits and is_nhs_number(digits) else match[0]

    return _MAYBE_NHS_NUMBER.sub(masked, text)


def _refuse_nhs_numbers(name, rows, faults):
    """Note a fault where a file's patient references are NHS numbers."""
    numbers = {}
    for row in rows:
        digits = ten_digits(row.cells["patient_ref"])
        if digits:
            numbers.setdefault(digits, row.line)
    passing = [line for digits, line in numbers.items() if is_nhs_number(digits)]
    if numbers and 2 * len(passing) >= len(numbers):
        faults.add(name, min(passing), "patient_ref", "the references are NHS numbers")


def months_covered(spells, months, covers):
    """The months for which `covers(spell, month)` holds for any spell."""
    return [month for month in months if any(covers(spell, month) for spell in spells)]


def month_has_day(spell, month):
    """Whether a spell covers any day of a month."""
    return month_of(spell.start) <= month <= month_of(spell.end)
