#!/usr/bin/env python3
"""A year of the local schemes in the archive, each month on what had come in by then.

Every run is approved, and the oracle works each of them out on what it thinks was paid. Clauses,
holds, a debt in parts, a merger and the year-end must have shown themselves on the way, and in the
end everybody has been paid what was earned. TAP on standard output.
"""

import csv
import io
import shutil
import sys
from decimal import Decimal
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("lib", "oracle")]
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "fixtures"))

import generate_local  # noqa: E402  pylint: disable=wrong-import-position
from compare import differences, raw_table  # noqa: E402  pylint: disable=wrong-import-position
from oracle import reckon  # noqa: E402  pylint: disable=wrong-import-position
from suite import LOCAL, MONTHS, Tap, engine, must, run_period  # noqa: E402  pylint: disable=C0413
from times import month_period, year_period  # noqa: E402  pylint: disable=wrong-import-position
from tiny import Folder, write_inputs  # noqa: E402  pylint: disable=wrong-import-position

YEAR_END, FINAL = "2025-26-YE", "2026-07"
TABLES = ("payments.csv", "lines.csv", "exceptions.csv")
DEBTOR = {"scheme": "PROCED", "provider": generate_local.IN_DEBT}
HELD = {"scheme": "PROCED", "provider": generate_local.LOOKED_INTO}
LATE = {"scheme": "NETCORE", "provider": generate_local.LATE_NETWORK}
MERGED = {"scheme": "QUALITY", "provider": generate_local.MERGED}


def rows_of(content):
    """The rows of an output."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def having(rows, **cells):
    """The rows with these cells."""
    return [row for row in rows if all(row[name] == cell for name, cell in cells.items())]


class Year:
    """The runs of the year: the outputs by period, and what the oracle thinks was paid."""

    def __init__(self, folder):
        self.folder, self.archive, self.rules = folder, folder / "archive", LOCAL / "rules"
        self.outputs, self.paid, self.seen = {}, "scheme,provider,amount\n", []

    def run(self, period, arrived):
        """Work a period out on what had come in, and approve it; what the oracle disagrees with."""
        inputs = self.folder / "inputs"
        shutil.rmtree(inputs, ignore_errors=True)
        write_inputs(self.folder, generate_local.inputs_files(arrived))
        (self.folder / "ledger").write_text(self.paid, encoding="utf-8")
        made = run_period(self.archive, period, inputs, self.rules)
        when = year_period(period[:7]) if period == YEAR_END else month_period(period)
        expected = reckon(inputs, self.rules, when, self.folder / "ledger", before=self.seen)
        found = []
        for name in TABLES:
            pair = [raw_table(text.decode("utf-8")) for text in (expected[name], (made / name).read_bytes())]
            found += differences(name, *pair)
        self.outputs[period] = {name: rows_of((made / name).read_bytes()) for name in TABLES}
        self.seen.append((period, expected["exceptions.csv"]))
        for row in rows_of(expected["payments.csv"]):
            if row["status"] in ("pay", "invoice"):
                self.paid += f"{row['scheme']},{row['provider']},{row['owed']}\n"
        must("approve", f"{period}/001", "--by", "Sam", "--yes", "--archive", self.archive,
             "--rules", self.rules)
        return found

    def payments(self, period, **cells):
        """The payments of a period with these cells."""
        return having(self.outputs[period]["payments.csv"], **cells)

    def owed(self, contract):
        """What each period owes to a contract."""
        return {period: row["owed"] for period in self.outputs
                for row in self.payments(period, **contract)}

    def lines(self, period, **cells):
        """The lines of a period with these cells."""
        return having(self.outputs[period]["lines.csv"], **cells)


def check_stories(tap, year):
    """What the year is there to show."""
    clauses = {line["item"] for period in year.outputs for line in year.lines(period, kind="limit")}
    known = {row["clause"] for row in generate_local.RULES["limits.csv"][1]}
    tap.check(sorted(known - clauses), "every clause has changed what somebody earned")
    owed = year.owed(DEBTOR)
    tap.ok({owed[m] for m in MONTHS[1:5]} == {"-300.00"} and Decimal(owed["2025-09"]) > 0, "a debt is paid off at 300 pounds a run", owed)
    tap.ok(bool(year.lines("2025-05", kind="deferred", **DEBTOR)), "and its line says what is deferred")
    status = {month: year.payments(month, **HELD)[0]["status"] for month in MONTHS}
    held = [month for month in MONTHS if status[month] == "hold"]
    tap.ok(held == ["2025-06", "2025-07", "2025-08"], "a person's hold lasts three months", status)
    rows = having(year.outputs["2025-07"]["exceptions.csv"], reason="held-by-person")
    tap.ok(len(rows) == 1 and Decimal(rows[0]["at_risk"]) > 0, "and the money at risk is said", rows)
    parts = year.lines("2025-06", item="LEAD", **LATE)
    fractions = [line["fraction"] for line in parts]
    tap.ok(fractions == ["17/31", "1/1"], "a network that comes in May is paid by day", parts)
    merged = year.lines(YEAR_END, item="PRESSURE", **MERGED)
    successor = year.lines(YEAR_END, item="PRESSURE", scheme="QUALITY", provider=generate_local.SUCCESSOR)
    tap.ok(merged[0]["fraction"] == successor[0]["fraction"] != "0/1",
           "what became part of another has its achievement", merged, successor)
    fund = sum(Decimal(row["entitlement_to_date"]) for row in year.payments(YEAR_END, scheme="VACCINE"))
    tap.ok(fund == 210000, "the whole fund is shared out at year-end", fund)


def check_sums(tap, year):
    """Everybody has been paid what was earned, unless it is held, carried, or was paid by hand."""
    paid = {}
    for period in year.outputs:
        for row in year.payments(period):
            if row["status"] in ("pay", "invoice"):
                contract = row["scheme"], row["provider"]
                paid[contract] = paid.get(contract, Decimal(0)) + Decimal(row["owed"])
    before = generate_local.DECISIONS["payments_before.csv"][1]
    for scheme, provider, _, amount, _ in before:
        paid[scheme, provider] = paid.get((scheme, provider), Decimal(0)) + Decimal(amount)
    wrong = [f"{row['scheme']}/{row['provider']}: earned {row['entitlement_to_date']}" for row in year.payments(YEAR_END)
             if row["status"] in ("pay", "invoice", "nil", "hold")
             and Decimal(row["entitlement_to_date"]) != paid.get((row["scheme"], row["provider"]), Decimal(0))]
    tap.check(wrong, "in the end everybody was paid what was earned")


def check_files(tap):
    """The committed files are what the generator writes."""
    files = {**generate_local.rules_files(), **generate_local.inputs_files(FINAL)}
    there = {str(path.relative_to(LOCAL)): path.read_bytes() for path in LOCAL.rglob("*.csv")}
    tap.check(sorted(name for name in files.keys() | there.keys() if files.get(name) != there.get(name)),
              "fixtures/local is what the generator writes")


def main():
    """Go through the year."""
    tap = Tap()
    check_files(tap)
    with Folder() as folder:
        year = Year(folder)
        for month in MONTHS:
            tap.check(year.run(month, month), f"{month}: the oracle agrees")
        tap.check(year.run(YEAR_END, FINAL), f"{YEAR_END}: the oracle agrees")
        check_stories(tap, year)
        check_sums(tap, year)
        ran = engine("verify", "--all", "--archive", year.archive, timeout=900)
        tap.ok(ran.status == 0, "all runs verify", ran.said[-2000:])
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
