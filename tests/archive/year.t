#!/usr/bin/env python3
"""A whole year in the archive: what is paid in the end is what was earned, however it came about.

The year of the fixtures is worked out three times: as it should be, each month on what had come in
by then; with months worked out twice, and everything tried that is not allowed; and with the
inputs late, months left out and one never approved. TAP on standard output.
"""

import csv
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from fixture_year import FINAL, MONTHS, by_hand, files_of, generate, make_claims  # noqa: E402  pylint: disable=C0413
from suite import IS_SOAK, RULES, Tap, engine  # noqa: E402  pylint: disable=C0413
from tiny import Folder, write_inputs  # noqa: E402  pylint: disable=C0413

YEAR_END = "2025-26-YE"
NOT_ALLOWED = 77
ZERO = Decimal(0)

SPIROMETRY = "SPIRO"


# ------------------------------------------------------------------------------------- the engine


def schemepay(archive, command, *more):
    """Run a command on an archive: its exit status and what it said."""
    ran = engine(*command.split(), "--archive", archive, "--rules", RULES, "--quiet", *more)
    return ran.status, ran.said


def expect(complaints, status, archive, command, *more):
    """Note a command that does not end with a status."""
    got, said = schemepay(archive, command, *more)
    if got != status:
        complaints.append(f"{command}: exit {got} and not {status}: {said.strip()[-300:]}")


def prepare(complaints, archive, period, inputs, status=0):
    """Ann works a period out on a folder of inputs."""
    command = "year-end --year 2025-26" if period == YEAR_END else f"month-end --month {period}"
    expect(complaints, status, archive, f"{command} --by Ann", "--inputs", inputs)


def approve(complaints, archive, run, by="Bob", status=0):
    """Bob, or somebody else, approves a run."""
    expect(complaints, status, archive, f"approve {run} --yes --by {by}")


# ------------------------------------------------------------------------------------ its outputs


def read(archive, run, name):
    """The rows of an output of a run."""
    path = archive / "2025-26" / run / "outputs" / name
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Run:
    """An approved run: its payments and its lines."""

    def __init__(self, archive, name):
        self.period = name[:-4]
        self.contracts = {(r["scheme"], r["provider"]): r for r in read(archive, name, "payments.csv")}
        self.lines = {}
        for row in read(archive, name, "lines.csv"):
            key = row["scheme"], row["provider"], row["item"], row["month"]
            self.lines.setdefault(key, []).append(row)

    def money(self, contract, column):
        """A figure of a contract, nothing where it is not in the run."""
        row = self.contracts.get(contract)
        return Decimal(row[column]) if row else ZERO

    def paid(self, contract):
        """What the run pays a contract."""
        row = self.contracts.get(contract)
        return Decimal(row["owed"]) if row and row["status"] in ("pay", "invoice") else ZERO

    def amount(self, key):
        """What a line comes to; None where there is none."""
        rows = self.lines.get(key)
        return sum(Decimal(row["amount"]) for row in rows) if rows else None


def position(runs, before):
    """By contract, paid in all and what is carried: where a year has come to."""
    final = runs[-1]
    places = {}
    for contract, row in final.contracts.items():
        paid = before.get(contract, ZERO) + sum((run.paid(contract) for run in runs), ZERO)
        carried = Decimal(row["owed"]) if row["status"] == "carry" else ZERO
        places[contract] = paid, carried
    return places


# ------------------------------------------------------------------------------------- the checks


def settles(runs, before):
    """Paid in all is the final entitlement less what is carried, and nobody was paid besides."""
    complaints = []
    places = position(runs, before)
    for contract, (paid, carried) in places.items():
        due = runs[-1].money(contract, "entitlement_to_date") - carried
        if paid != due:
            complaints.append(f"{'/'.join(contract)}: paid {paid}, due {due}")
    ever = {contract for run in runs for contract in run.contracts} | set(before)
    complaints += [f"{'/'.join(c)}: not in the year-end" for c in sorted(ever - set(places))]
    return complaints


def follows(runs, before):
    """In every run: owed = entitlement less all that was paid before, and lines add up to it."""
    complaints, paid = [], dict(before)
    for run in runs:
        lines = {}
        for key in run.lines:
            lines[key[:2]] = lines.get(key[:2], ZERO) + run.amount(key)
        for contract, row in run.contracts.items():
            earned = Decimal(row["entitlement_to_date"])
            so_far = paid.get(contract, ZERO)
            if Decimal(row["paid_to_date"]) != so_far or Decimal(row["owed"]) != earned - so_far:
                complaints.append(f"{run.period} {'/'.join(contract)}: {row}, paid {so_far}")
            if lines.get(contract, ZERO) != earned:
                complaints.append(f"{run.period} {'/'.join(contract)}: lines {lines.get(contract)}")
            paid[contract] = so_far + run.paid(contract)
    return complaints


def moves_once(runs, key, seen):
    """Whether a line is the same up to a run, another from it on, and never moves again."""
    since, turn = MONTHS.index(key[3]), MONTHS.index(seen)
    before = {run.amount(key) for run in runs[since:turn]}
    after = {run.amount(key) for run in runs[turn:]}
    return len(before) == 1 and len(after) == 1 and before != after


def arrivals(claims):
    """Tests of spirometry by provider, activity and month: the claims that are as they should be."""
    groups = {}
    for claim in claims:
        if claim.scheme == SPIROMETRY and claim.activity != "SPIRO-DOM":  # that one has a cap
            key = claim.scheme, claim.provider, claim.activity, claim.month
            groups.setdefault(key, []).append(claim)
    return {key: group for key, group in groups.items() if not any(c.raw for c in group)}


def late_claims(runs, groups):
    """Claims that came in a month or more after their own: (complaints, how many)."""
    complaints, count = [], 0
    for key, group in groups.items():
        seen = {claim.arrival for claim in group}
        alone = len(group) == 1 and key[3] < min(seen) <= MONTHS[-1] and runs[-1].amount(key)
        if alone and not any(c.submission > 1 for c in group):
            count += 1
            if not moves_once(runs, key, min(seen)):
                complaints.append(f"{key}: {[run.amount(key) for run in runs]}")
    return complaints, count


def resubmissions(runs, groups):
    """Claims that were submitted again, otherwise, after they were paid: (complaints, how many)."""
    complaints, count = [], 0
    for key, group in groups.items():
        first, again = ([c for c in group if c.submission == s] for s in (1, 2))
        if len(first) != 1 or len(again) != 1 or first[0].arrival != key[3]:
            continue
        changed = first[0].quantity != again[0].quantity
        if changed and first[0].arrival < again[0].arrival <= MONTHS[-1] and first[0].quantity:
            count += 1
            if not moves_once(runs, key, again[0].arrival):
                complaints.append(f"{key}: {[run.amount(key) for run in runs]}")
    return complaints, count


def prices(runs):
    """Every line of a quantity is at the price of its month, once."""
    with open(RULES / "2025-26/tariffs.csv", newline="", encoding="utf-8") as file:
        tariffs = [row for row in csv.DictReader(file) if row["scheme"] == SPIROMETRY]
    complaints, seen = [], set()
    for key, rows in runs[-1].lines.items():
        if key[0] != SPIROMETRY or rows[0]["kind"] != "activity":
            continue
        price = [t["price"] for t in tariffs
                 if t["activity"] == key[2] and t["from"][:7] <= key[3] <= t["to"][:7]]
        if len(rows) != 1 or [Decimal(rows[0]["rate"])] != [Decimal(p) for p in price]:
            complaints.append(f"{key}: {rows}, price {price}")
        seen.add((key[2], price[0] if price else None))
    if len(seen) < 8:
        complaints.append(f"only these prices occur: {sorted(seen)}")
    return complaints


def moved_in(runs, contract, column="owed"):
    """The periods of the runs in which a figure of a contract is not zero."""
    return [run.period for run in runs if run.money(contract, column) != 0]


def stories(runs):
    """List sizes, joiners and leavers: when each was paid, and that it was then only."""
    corrected, agreed = ("QIF", generate.LIST_CORRECTED), ("QIF", "ZP145")
    leaves = ("QIF", generate.LEAVES_QIF)
    values = {r.period: r.money(corrected, "contract_value") for r in runs}
    cases = [
        # In July the list that counts replaces that of April. What November recovers is more than a
        # month's payment: the rest of it is carried, and taken from December.
        ("a corrected list is recovered from the month it comes in",
         moved_in(runs, corrected, "of_which_prior"), ["2025-07", "2025-11", "2025-12"]),
        ("a corrected list changes the value once",
         [p for p, q in zip(MONTHS[1:], MONTHS) if values[p] != values[q]],
         ["2025-07", "2025-11"]),
        ("a list agreed later pays the months before it",
         moved_in(runs, agreed, "of_which_prior"), ["2026-02"]),
        ("a leaver is paid to the day, and recovered at year-end only",
         moved_in(runs, leaves), [*MONTHS[:9], YEAR_END]),
    ]
    for code, day in generate.JOINERS.items():
        if code != "ZP144":  # held: it has no list
            since = max(generate.month_of(day), "2026-02" if code == "ZP145" else "")
            cases.append((f"{code} is paid since it joined", moved_in(runs, ("QIF", code)),
                          [m for m in MONTHS if m >= since] + [YEAR_END]))
    return [f"{name}: {got} and not {wanted}" for name, got, wanted in cases if got != wanted]


# -------------------------------------------------------------------------------------- the years


def write_folders(folder):
    """The inputs as they were in each month, and in the end."""
    claims = make_claims()
    for up_to in [*MONTHS, FINAL]:
        write_inputs(folder / up_to, files_of(up_to))
    return claims


def in_time(folder):
    """The year as it should be."""
    archive, complaints = folder / "in-time", []
    for period in [*MONTHS, YEAR_END]:
        prepare(complaints, archive, period, folder / (FINAL if period == YEAR_END else period))
        approve(complaints, archive, period)
    return complaints, [f"{period}/001" for period in [*MONTHS, YEAR_END]]


def twice(folder):
    """Months worked out twice, and all that is not allowed tried with each: the quarters' last, in a soak all."""
    archive, complaints = folder / "twice", []
    inputs, periods = MONTHS[0], [*(MONTHS if IS_SOAK else MONTHS[2::3]), YEAR_END]
    for period in periods:
        prepare(complaints, archive, period, folder / inputs)  # a first try, on the month before
        inputs = FINAL if period == YEAR_END else period
        prepare(complaints, archive, period, folder / inputs)
        approve(complaints, archive, f"{period}/001", status=NOT_ALLOWED)  # not the newest
        approve(complaints, archive, f"{period}/002", by="Ann", status=NOT_ALLOWED)
        approve(complaints, archive, f"{period}/002", by="ANN", status=NOT_ALLOWED)
        approve(complaints, archive, f"{period}/002")
        approve(complaints, archive, f"{period}/002", by="Carol", status=NOT_ALLOWED)
        again = 0 if period == YEAR_END else NOT_ALLOWED  # the year-end is followed by a later one
        prepare(complaints, archive, period, folder / inputs, status=again)
    prepare(complaints, archive, "2025-07", folder / "2025-07", status=NOT_ALLOWED)
    return complaints, [f"{period}/002" for period in periods]


# Period, the month whose inputs it is worked out on, and how it is approved.
LATE = [
    ("2025-04", "2025-04", ""),
    ("2025-06", "2025-05", None),  # a draft that nobody approves; May is left out
    ("2025-07", "2025-06", NOT_ALLOWED),
    ("2025-07", "2025-06", "--out-of-order"),
    ("2025-11", "2025-09", ""),
    ("2026-03", "2026-01", ""),
    (YEAR_END, FINAL, ""),
]


def late(folder):
    """Inputs that come months late, months left out, and a draft that is passed over."""
    archive, complaints, approved, drafts = folder / "late", [], [], {}
    for period, inputs, how in LATE:
        prepare(complaints, archive, period, folder / inputs)
        drafts[period] = drafts.get(period, 0) + 1
        run = f"{period}/{drafts[period]:03}"
        if how == NOT_ALLOWED:
            approve(complaints, archive, run, status=NOT_ALLOWED)
        elif how is not None:
            expect(complaints, 0, archive, f"approve {run} --yes --by Bob {how}")
            approved.append(run)
    return complaints, approved


def same_position(runs, others, before):
    """Whether two years come to the same in the end, contract by contract."""
    left, right = (position(each, before) for each in (runs, others))
    differing = [c for c in sorted(left.keys() | right.keys())
                 if sum(left.get(c, (ZERO,))) != sum(right.get(c, (ZERO,)))]
    return [f"{'/'.join(c)}: {left.get(c)} and {right.get(c)}" for c in differing]


def main():
    """Works out the three years, two at a time, and says what holds."""
    tap = Tap()
    with Folder() as folder:
        claims = write_folders(folder)
        with ThreadPoolExecutor(2) as pool:
            doing = [pool.submit(year, folder) for year in (twice, in_time, late)]
            (refused, second), (complaints, first), (passed, third) = [d.result() for d in doing]
        tap.check(complaints, "twelve months and the year-end, prepared by one, approved by another")
        tap.check(refused, "months twice: an older draft, the preparer, a second approval refused")
        tap.check(passed, "months late, left out or passed over")
        before = by_hand(folder / FINAL)
        try:
            years = [[Run(folder / name, run) for run in runs] for name, runs in
                     (("in-time", first), ("twice", second), ("late", third))]
        except OSError as error:
            tap.check([error], "every run is there")
            return tap.done()
        runs = years[0]
        for name, year in zip(("in time", "twice", "late"), years):
            tap.check(settles(year, before),
                         f"{name}: what is paid is what is earned less what is carried")
        tap.check(follows(runs, before), "owed is what is earned less what the ledger paid")
        tap.ok(any(c for _, c in position(runs, before).values()), "something is carried")
        groups = arrivals(claims)
        for name, least, (wrong, count) in (("late claim", 10, late_claims(runs, groups)),
                                            ("resubmission", 5, resubmissions(runs, groups))):
            few = [] if count >= least else [f"only {count} of them"]
            tap.check(wrong + few, f"each {name} is paid in the run it comes in, once")
        tap.check(prices(runs), "each month's tests are paid once, at the price of the month")
        tap.check(stories(runs), "lists, joiners and leavers are paid once")
        tap.check(same_position(runs, years[1], before), "months twice come to the same")
        tap.check(same_position(runs, years[2], before), "late inputs come to the same")
        status, said = schemepay(folder / "in-time", "verify --all")
        tap.ok(status == 0, "verify --all finds nothing", said)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
