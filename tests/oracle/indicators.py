"""The rows of indicators.csv: what is measured, and the part of its share that it earns."""

from dataclasses import dataclass
from fractions import Fraction

from dialect import Column, read_month, read_threshold
from times import last_day

WHEN_MET = "when-met"
MOST_A_STEP_PAYS = 9

INDICATOR_COLUMNS = (
    Column("scheme", "code", True),
    Column("indicator", "code", True),
    Column("title", "prose", True),
    Column("points", "rate", True),
    Column("method", "text", True),
    Column("floor", "threshold"),
    Column("target", "threshold"),
    Column("steps", "text"),
    Column("if_no_patients", "text"),
    Column("min_patients", "whole"),
    Column("unit", "text"),
    Column("against", "code"),
    Column("group", "code"),
    Column("due", "text"),
    Column("factor", "code"),
    Column("source", "prose", True),
)


@dataclass
class Indicator:
    """A row of indicators.csv; `steps` are (threshold, fraction) in the order of the table.

    `due` is None (year-end), `WHEN_MET` or the index of a month.
    """

    code: str
    points: Fraction
    method: str
    floor: Fraction | None
    target: Fraction | None
    steps: list
    full_if_no_patients: bool
    min_patients: int
    is_rate: bool
    against: str | None
    group: str | None
    due: object
    factor: str | None

    @property
    def has_due_month(self):
        """Whether it is due in a month that the rules name."""
        return self.due not in (None, WHEN_MET)

    @property
    def last_as_at(self):
        """The last day as at which achievement counts, or None for any."""
        return last_day(self.due) if self.has_due_month else None

    def has_nobody(self, patients):
        """Whether nobody, or fewer than `min_patients`, are left."""
        return patients == 0 or patients < self.min_patients

    def fraction(self, reached):
        """f, the part of its share that an achievement earns; nobody is left where it is None."""
        if reached is None:
            return Fraction(1 if self.full_if_no_patients else 0)
        if self.method == "sliding":
            part = (reached - self.floor) / (self.target - self.floor)
            return min(max(part, Fraction(0)), Fraction(1))
        if self.method == "all-or-nothing":
            lower_is_better = self.floor is not None and self.floor > self.target
            good = reached <= self.target if lower_is_better else reached >= self.target
            return Fraction(1 if good else 0)
        descends = len(self.steps) > 1 and self.steps[1][0] < self.steps[0][0]
        earned = Fraction(0)
        for threshold, fraction in self.steps:
            if reached <= threshold if descends else reached >= threshold:
                earned = fraction
        return earned


def add_indicator(schemes, row, values, faults, year):
    """Check a row of indicators.csv and add it to its scheme."""

    def fault(column, text):
        faults.add(row.file, row.line, column, text)

    scheme = schemes.get(values["scheme"])
    if scheme is None:
        fault("scheme", "not a scheme of schemes.csv")
        return
    if values["indicator"] in scheme.indicators:
        fault("indicator", "the indicator is given twice")
        return
    floor, target, method = values["floor"], values["target"], values["method"]
    is_share = values["unit"] != "rate" and values["against"] is None
    for column in ("floor", "target"):
        _check_threshold(values[column], column, is_share, fault)
    if method == "sliding" and (floor is None or target is None or floor == target):
        fault("target", "sliding needs a floor and another target")
    if method == "all-or-nothing" and target is None:
        fault("target", "all-or-nothing needs it")
    steps = _read_steps(values["steps"], is_share, fault) if method == "steps" else []
    due = _read_due(values["due"], year, fault)
    _check_scheme(scheme, values, due, fault)
    indicator = Indicator(
        code=values["indicator"],
        points=values["points"],
        method=method,
        floor=floor,
        target=target,
        steps=steps,
        full_if_no_patients=values["if_no_patients"] == "full",
        min_patients=values["min_patients"] or 0,
        is_rate=values["unit"] == "rate",
        against=values["against"],
        group=values["group"],
        due=due,
        factor=values["factor"],
    )
    for other in scheme.indicators.values():
        if indicator.group is not None and other.group == indicator.group:
            for column in ("points", "due", "factor"):
                if getattr(other, column) != getattr(indicator, column):
                    fault(column, "every indicator of a group gives the same")
    scheme.indicators[indicator.code] = indicator


def _check_threshold(number, column, is_share, fault):
    if is_share and number is not None and not 0 <= number <= 1:
        fault(column, "a threshold above 1 or below 0")


def _check_scheme(scheme, values, due, fault):
    """What an indicator may not have in its scheme."""
    if not scheme.is_achievement:
        if values["points"] != 0:
            fault("points", "an activity scheme's indicators have none")
        for column in ("group", "due", "factor"):
            if values[column] is not None:
                fault(column, "in an activity scheme")
        return
    if due is not None and scheme.in_year_of is not None:
        fault("due", "in a scheme with in_year_of")
    if values["factor"] is not None and scheme.value_basis != "per-point":
        fault("factor", "only beside per-point")


def _read_due(text, year, fault):
    """None, `WHEN_MET` or a month of the year."""
    if text is None or text == WHEN_MET:
        return text
    month = read_month(text)
    if month is None or month not in year.months:
        fault("due", "a month of the year or when-met expected")
    return month


def _read_steps(text, is_share, fault):
    """`0.60:0.5|0.80:1` as (threshold, fraction) pairs."""
    steps = []
    for part in (text or "").split("|"):
        numbers = [read_threshold(number.strip(" \t\u00a0")) for number in part.split(":")]
        if len(numbers) != 2 or None in numbers:
            fault("steps", "threshold:fraction with | between them expected")
            return []
        _check_threshold(numbers[0], "steps", is_share, fault)
        if not 0 <= numbers[1] <= MOST_A_STEP_PAYS:
            fault("steps", f"a step pays from 0 to {MOST_A_STEP_PAYS}")
        steps.append(tuple(numbers))
    thresholds = [threshold for threshold, _ in steps]
    if thresholds not in (sorted(set(thresholds)), sorted(set(thresholds), reverse=True)):
        fault("steps", "the steps neither ascend nor descend")
    return steps
