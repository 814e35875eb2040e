"""The state of every claim: accepted, superseded, later, rejected or held, and why.

Tested in this order: later, superseded, then the reasons of the table from the top.
"""

import os
from dataclasses import dataclass
from fractions import Fraction

from dialect import is_near, read_fields
from ledger import PatientLedger
from money import to_pence
from pack import ACHIEVEMENT_COLUMNS, ACTIVITY_COLUMNS, without_nhs_numbers
from times import first_day, last_day, month_of, month_text


@dataclass(slots=True)
class Claim:
    """A row of activity or achievement and what became of it.

    `units` is what it counts; a row of a group takes part in a `contest` instead.
    """

    row: object
    values: dict
    problems: list
    state: str = ""
    reason: str = ""
    column: str = ""
    is_part: bool = False
    at_risk: int | None = None
    units: int = 0
    price: Fraction | None = None
    contest: tuple | None = None

    def end(self, state, reason="", column=""):
        """Give the claim its state."""
        self.state, self.reason, self.column = state, reason, column


@dataclass
class Exceptional:
    """A line of exceptions.csv; file and line are empty for a contract."""

    file: str
    line: str
    column: str
    reason: str
    outcome: str
    scheme: str
    provider: str
    month: str
    item: str
    at_risk: int | None


class Judge:
    """Judges all claims of a pack."""

    def __init__(self, pack):
        self.pack = pack
        self.schemes = pack.schemes
        self.period = pack.period
        self.activity = _claims(pack.rows["activity"], ACTIVITY_COLUMNS)
        self.achievement = _claims(pack.rows["achievement"], ACHIEVEMENT_COLUMNS)
        self.queue = []

    def judge(self):
        """Give every claim its state and count it in the control totals."""
        self._judge_achievement()
        self._judge_activity()
        for claim in self.achievement + self.activity:
            self.pack.count(claim.row, claim.state)

    def accepted_achievement(self):
        """(scheme, provider, indicator) → the values of the row that counts."""
        return {
            (c.values["scheme"], c.values["provider"], c.values["indicator"]): c.values
            for c in self.achievement
            if c.state == "accepted"
        }

    def accepted_activity(self):
        """The accepted activity rows that may count something, in the order of judgement."""
        return [c for c in self.queue if c.state == "accepted" and (c.units or c.contest)]

    def exceptions(self):
        """A line for every rejected or held row and every row that fits in part."""
        found = []
        every_item = [code for scheme in self.schemes.values()
                      for code in (*scheme.indicators, *scheme.activities)]
        for claims, item, items in ((self.achievement, "indicator", "indicators"),
                                    (self.activity, "activity", "activities")):
            for claim in claims:
                if claim.state in ("rejected", "held") or claim.is_part:
                    scheme = self.schemes.get(claim.values["scheme"])
                    known = (self.schemes, self.pack.register, getattr(scheme, items, ()), every_item)
                    found.append(_exception(claim, item, known))
        return sorted(found, key=lambda line: (os.fsencode(line.file), line.line))

    # --- the tests that activity and achievement share ---

    def _test_codes(self, claim, item, items):
        """Test unknown codes and the level; whether the claim is still open."""
        values = claim.values
        scheme = self.schemes.get(values["scheme"])
        if scheme is None:
            claim.end("rejected", "unknown-scheme", "scheme")
        elif values["provider"] not in self.pack.register:
            claim.end("rejected", "unknown-provider", "provider")
        elif values[item] not in getattr(scheme, items):
            claim.end("rejected", f"unknown-{item}", item)
        elif item == "activity" and not scheme.activities[values[item]].is_claimed:
            claim.end("rejected", "not-claimed", item)
        elif self.pack.provider_now(values["provider"]).type not in scheme.delivered_by:
            claim.end("rejected", "wrong-level", "provider")
        return not claim.state

    def _test_fields(self, claim):
        """Test the fields; whether the claim is still open."""
        if claim.problems:
            reason, column = claim.problems[0]
            claim.end("rejected", reason, column)
        return not claim.state

    # --- achievement ---

    def _judge_achievement(self):
        year, run_date = self.period.year, self.period.date

        def is_inside(claim):
            return year.first <= claim.values["as_at"] <= year.achievement_last

        def is_after_due(claim):
            scheme = self.schemes.get(claim.values["scheme"])
            indicator = scheme and scheme.indicators.get(claim.values["indicator"])
            last = indicator.last_as_at if indicator else None
            return last is not None and claim.values["as_at"] > last

        def takes_part(claim):
            return is_inside(claim) and not is_after_due(claim)

        for claim in self.achievement:
            as_at = claim.values["as_at"]
            if as_at is not None and is_inside(claim) and as_at > run_date:
                claim.end("later")
        _supersede(
            self.achievement, ("scheme", "provider", "indicator"), ("as_at",), takes_part, _newest
        )
        taken = set()
        for claim in self.achievement:
            if claim.state or not self._test_fields(claim):
                continue
            if not self._test_codes(claim, "indicator", "indicators"):
                continue
            values = claim.values
            exceptions = values["exceptions"] or 0
            key = (values["scheme"], values["provider"], values["indicator"])
            if not self.pack.touches_year(*key[:2]):
                claim.end("rejected", "not-participating", "provider")
            elif not is_inside(claim):
                claim.end("rejected", "outside-year", "as_at")
            elif is_after_due(claim):
                claim.end("rejected", "after-due", "as_at")
            elif exceptions > values["denominator"]:
                claim.end("rejected", "exceeds-denominator", "exceptions")
            elif not self._indicator(key).is_rate and not (
                0 <= values["numerator"] <= values["denominator"] - exceptions
            ):
                claim.end("rejected", "exceeds-denominator", "numerator")
            elif key in taken:
                claim.end("rejected", "duplicate")
            else:
                taken.add(key)
                claim.end("accepted")

    def _indicator(self, key):
        return self.schemes[key[0]].indicators[key[2]]

    # --- activity ---

    def _judge_activity(self):
        months, run_month = self.period.year.months, self.period.month

        def is_inside(claim):
            return claim.values["month"] in months

        for claim in self.activity:
            month = claim.values["month"]
            if month is not None and month in months and month > run_month:
                claim.end("later")
        _supersede(self.activity, ("scheme", "provider", "month"), (), is_inside, _highest)
        for claim in self.activity:
            if claim.state or not self._test_fields(claim):
                continue
            if self._test_codes(claim, "activity", "activities"):
                self._test_dates(claim)
            self._price(claim)
            if not claim.state:
                self.queue.append(claim)
        self.queue.sort(key=self._queue_key)
        ledger = PatientLedger(self.pack)
        for claim in self.queue:
            ledger.judge(claim, self.schemes[claim.values["scheme"]], _submission(claim))

    def _queue_key(self, claim):
        values = claim.values
        place = self.schemes[values["scheme"]].place
        provider = values["provider"].encode()
        return (_day(values), place, provider, os.fsencode(claim.row.file), claim.row.line)

    def _test_dates(self, claim):
        """The tests from `not-participating` to `no-price`."""
        values = claim.values
        scheme = self.schemes[values["scheme"]]
        activity = scheme.activities[values["activity"]]
        month, day, received = values["month"], values["activity_date"], values["received"]
        covered = day or last_day(month)
        if not self.pack.participates(scheme.code, values["provider"], covered, covered):
            claim.end("rejected", "not-participating", "provider")
        elif month not in self.period.year.months:
            claim.end("rejected", "outside-year", "month")
        elif day is not None and month_of(day) != month:
            claim.end("rejected", "month-mismatch", "activity_date")
        elif (
            received is not None
            and scheme.claim_months is not None
            and month_of(received) > month + scheme.claim_months
        ):
            claim.end("rejected", "late-claim", "received")
        elif activity.counts_patients and values["patient_ref"] is None:
            claim.end("rejected", "missing-patient", "patient_ref")
        elif activity.price_on(_day(values)) is None:
            claim.end("rejected", "no-price", "month" if day is None else "activity_date")

    def _price(self, claim):
        """Price a claim and put its whole worth at risk where it is rejected."""
        values = claim.values
        scheme = self.schemes.get(values["scheme"])
        activity = scheme.activities.get(values["activity"]) if scheme else None
        claim.price = activity.price_on(_day(values)) if activity else None
        if claim.state and claim.price is not None and claim.reason != "not-claimed":
            units = min(values["quantity"], 1) if activity.counts_patients else values["quantity"]
            claim.at_risk = to_pence(units * claim.price, scheme.rounding)


def _claims(rows, columns):
    return [Claim(row, *read_fields(row, columns)) for row in rows]


def _day(values):
    """The date that orders and prices a row: its own, else the first of its month."""
    return values["activity_date"] or first_day(values["month"])


def _submission(claim):
    """The submission, 1 when absent; None where it cannot be read."""
    if any(column == "submission" for _, column in claim.problems):
        return None
    given = claim.values["submission"]
    return 1 if given is None else given


def _highest(claims):
    return max(_submission(claim) for claim in claims)


def _newest(claims):
    return max((_submission(claim), claim.values["as_at"]) for claim in claims)


def _supersede(claims, key_names, other_names, is_inside, best):
    """Mark as superseded all rows that a later submission (or as_at) replaces, whole."""
    groups = {}
    for claim in claims:
        key = tuple(claim.values[name] for name in key_names)
        needed = key + tuple(claim.values[name] for name in other_names)
        if claim.state or None in needed or _submission(claim) is None:
            continue
        if is_inside(claim):
            groups.setdefault(key, []).append(claim)
    for group in groups.values():
        kept = best(group)
        for claim in group:
            if best([claim]) != kept:
                claim.end("superseded")


def _shown(row, code, known, near):
    """A code as written.

    Of one that is not known: nothing where the row is short and it is near none; else without an
    NHS number.
    """
    if not code or code in known:
        return code or ""
    if row.is_short and not any(is_near(code, other) for other in near):
        return ""
    return without_nhs_numbers(code)


def _exception(claim, item, known):
    values = claim.values
    month = values.get("month")
    return Exceptional(
        file=claim.row.file,
        line=claim.row.line,
        column=claim.row.name_of(claim.column),
        reason=claim.reason,
        outcome="part" if claim.is_part else claim.state,
        scheme=_shown(claim.row, values["scheme"], known[0], known[0]),
        provider=_shown(claim.row, values["provider"], known[1], known[1]),
        month="" if month is None else month_text(month),
        item=_shown(claim.row, values[item], known[2], known[3]),
        at_risk=claim.at_risk,
    )
