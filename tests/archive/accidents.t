#!/usr/bin/env python3
"""A year of the fixtures as a person would go through it, with the accidents that people have.

Copies of files, codes in lower case, open workbooks, a workbook that is saved over, part of the
claims sent for the whole, debts at the year-end, achievement after it. What was paid in the end is
held against the oracle, contract by contract. TAP on standard output.
"""

import csv
import io
import shutil
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("lib", "oracle")]

from archives import unlock  # noqa: E402  pylint: disable=C0413
from fixture_year import FINAL, by_hand, files_of, make_claims  # noqa: E402  pylint: disable=C0413
from oracle import reckon  # noqa: E402  pylint: disable=C0413
from suite import RULES, Tap, engine  # noqa: E402  pylint: disable=C0413
from times import month_period, year_period  # noqa: E402  pylint: disable=C0413
from tiny import Folder, write_inputs  # noqa: E402  pylint: disable=C0413

DONE, DIFFERS, INPUT, NOT_ALLOWED = 0, 1, 65, 77
APRIL, SEPTEMBER, MARCH = "2025-04/001", "2025-09/001", "2026-03/001"
FIRST, SECOND = "2025-26-YE/001", "2025-26-YE2/001"
NEXT_APRIL, NEXT_MAY = "2026-04/001", "2026-05/001"
APPROVED = (APRIL, SEPTEMBER, MARCH, FIRST, NEXT_APRIL, SECOND, NEXT_MAY)
ZERO = Decimal(0)

# Two federations: one types its codes in lower case, one sends a part of its claims again.
TYPIST, SENDER = "ZF2", "ZF1"
LITTER = ("~$payments-2025-04.xlsx", ".~lock.payments-2025-04.xlsx#", "Thumbs.db")
# What nobody had returned by the year-end, and a low achiever whose figures were wrong.
LATE = [("QIF", "ZP021", "QIF02"), ("QIF", "ZP077", "QIF06"), ("QIF", "ZP120", "QIF03"),
        *(("QIFPLUS", "ZP052", f"QP0{n}") for n in range(1, 6))]
LOWER_IS_BETTER = "QP03"
DEBTOR = "QIF", "ZP018"
ACHIEVEMENT = "scheme,provider,indicator,as_at,numerator,denominator,submission\n"


class Desk:
    """Where the work is done: an archive, rules of two years, the inputs of each."""

    def __init__(self, folder):
        self.folder, self.archive = folder, folder / "archive"
        shutil.copytree(RULES / "2025-26", folder / "rules/2025-26")
        for path in (RULES / "2025-26").iterdir():
            with open(path, newline="", encoding="utf-8") as file:
                write_inputs(folder / "rules/2026-27", {path.name: next_year_rules(file)})

    def inputs(self, files, year="2025-26"):
        """Put these files into the inputs folder of a year, in place of what is there."""
        shutil.rmtree(self.folder / year, ignore_errors=True)
        return write_inputs(self.folder / year, files)

    def expect(self, line, status=DONE, *words):
        """What is wrong where a command ends otherwise, or does not say some words."""
        ran = engine(*line.split(), "--rules", "rules", "--archive", "archive", cwd=self.folder)
        wrong = [f"{line}: exit {ran.status} and not {status}"] if ran.status != status else []
        wrong += [f"{line}: does not say {word!r}" for word in words if word not in ran.said]
        return [*wrong, ran.said[-3000:]] if wrong else []

    def prepare(self, run, status=DONE, *words):
        """Ann works the run's period out."""
        period = run.split("/", maxsplit=1)[0]
        year = "2026-27" if period > "2026-03" else "2025-26"
        when = "year-end --year 2025-26" if "YE" in period else f"month-end --month {period}"
        return self.expect(f"{when} --inputs {year} --by Ann", status, *words)

    def approve(self, run, status=DONE, *words):
        """Bob approves a run."""
        return self.expect(f"approve {run} --by Bob --yes", status, *words)

    def outputs(self, run):
        """The folder of a run's outputs."""
        year = "2026-27" if run > "2026-04" else "2025-26"
        return self.archive / year / run / "outputs"

    def rows(self, run, name="payments.csv"):
        """The rows of an output."""
        return table((self.outputs(run) / name).read_bytes())

    def owed(self, run, *statuses):
        """What a run owes under some statuses, by contract."""
        return {contract_of(row): Decimal(row["owed"]) for row in self.rows(run) if row["status"] in statuses}

    def brought(self, run):
        """What a run brings forward, by contract."""
        return {contract_of(row): Decimal(row["amount"]) for row in self.rows(run, "lines.csv")
                if row["kind"] == "brought-forward"}


# ------------------------------------------------------------------------------------------- files


def contract_of(row):
    """The scheme and provider of a row."""
    return row["scheme"], row["provider"]


def table(content):
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def next_year_rules(file):
    """A table of the rules with all its dates a year later; prose and numbers stay."""
    rows = list(csv.reader(file))
    dates = [i for i, name in enumerate(rows[0])
             if name in ("from", "to", "list_date", "review_from", "review_to")]
    for row in rows[1:]:
        for i in dates:
            row[i] = next_year(row[i]) if row[i] else ""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def next_year(day):
    """The same day a year later."""
    return f"{int(day[:4]) + 1}{day[4:]}"


def next_year_inputs(files):
    """What a new year begins with: register, participation, the last lists, and claims like April's."""
    kept = {name: files[name] for name in ("providers.csv", "participation.csv", "list_sizes-2026-01.csv",
                                           "list_sizes-2026-02-agreed.csv")}
    return {**kept, "activity/2026-04.csv": files["activity/2025-04.csv"].replace(b"2025", b"2026")}


def claims_of(content, provider):
    """A file's lines but for those of a provider, its header, and that provider's lines."""
    lines = content.splitlines(keepends=True)
    own = [line for line in lines if f",{provider},".encode() in line]
    assert own
    return b"".join(line for line in lines if line not in own), lines[0], own


def submitted(header, lines, number):
    """Lines without a submission, sent again as a submission of a number."""
    fields = table(header + b"".join(lines))
    for row in fields:
        row["submission"] = number
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fields[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(fields)
    return text.getvalue()


def pounds(lines, header, desk):
    """What claims of spirometry in April come to."""
    with open(desk.folder / "rules/2025-26/tariffs.csv", newline="", encoding="utf-8") as file:
        prices = {row["activity"]: Decimal(row["price"]) for row in csv.DictReader(file)
                  if row["from"] == "2025-04-01"}
    return sum(prices[row["activity"]] * int(row["quantity"]) for row in table(header + b"".join(lines)))


def saved_over(path):
    """Save a workbook over with another figure in its first sheet."""
    with zipfile.ZipFile(path) as book:
        parts = [(name, book.read(name)) for name in book.namelist()]
    path.unlink()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts:
            is_first = name == "xl/worksheets/sheet1.xml"
            book.writestr(name, content.replace(b"</v>", b"1</v>", 1) if is_first else content)


# ---------------------------------------------------------------------------------------- the year


def april(tap, desk):
    """A file copied by mistake, and the workbook open on the approver's desk."""
    files = files_of("2025-04")
    desk.inputs({**files, "activity/2025-04 (1).csv": files["activity/2025-04.csv"]})
    wrong = desk.prepare(APRIL, INPUT, "activity/2025-04.csv", "activity/2025-04 (1).csv", "remove one of them")
    wrong += ["something is sealed"] if (desk.archive / "2025-26").exists() else []
    desk.inputs(files)
    tap.check(wrong + desk.prepare(APRIL), "April: a second copy of a file is refused; once removed, it works out")
    for name in LITTER:
        (desk.outputs(APRIL) / name).write_bytes(b"x")
    wrong = desk.approve(APRIL, DONE, *(f"note: outputs/{name}" for name in LITTER))
    wrong += desk.expect(f"verify {APRIL}", DONE, "verifies", *LITTER)
    tap.check(wrong, "April: what an open workbook leaves in outputs is noted, and approved and verified")


def september(tap, desk):
    """Codes in lower case, a part sent for the whole, a workbook that is saved over."""
    files = files_of("2025-09")
    others, header, own = claims_of(files["activity/2025-09.csv"], TYPIST)
    _, april_header, sent = claims_of(files["activity/2025-04.csv"], SENDER)
    desk.inputs({**files, "activity/2025-09.csv": others,
                 "activity/2025-09-typed.csv": (header + b"".join(own)).lower(),
                 "activity/2025-04-again.csv": submitted(april_header, sent[1:2], 2)})
    lower = (f"activity/2025-09-typed.csv: all {len(own)} rows are rejected", "did you mean SPIRO?",
             "have nothing for Sep 2025", f"\n  {TYPIST} ")
    less, full = (pounds(lines, april_header, desk) for lines in (sent[1:2], sent))
    fewer = (f"SPIRO, {SENDER} ", f"submission 2 has 1 row, £{less:,.2f}; "
             f"submission 1 had {len(sent)} rows, £{full:,.2f}")
    wrong = desk.expect("check --month 2025-09 --inputs 2025-26", DONE, *lower, *fewer)
    wrong += desk.prepare(SEPTEMBER, DONE, *lower, *fewer)
    book = desk.outputs(SEPTEMBER) / "payments-2025-09.xlsx"
    sealed = book.read_bytes()
    elsewhere = desk.folder / book.name
    elsewhere.write_bytes(sealed)
    saved_over(elsewhere)
    wrong_copy = desk.expect(f"verify {SEPTEMBER}", DONE, "verifies")
    shutil.copyfile(elsewhere, unlock(book))
    wrong_copy += desk.expect(f"verify {SEPTEMBER}", DIFFERS, f"outputs/{book.name}")
    wrong_copy += desk.approve(SEPTEMBER, NOT_ALLOWED, f"outputs/{book.name}")
    book.write_bytes(sealed)
    wrong += desk.approve(SEPTEMBER, DONE, *lower, *fewer)
    tap.check(wrong, "September: codes in lower case and a part sent for the whole: said at check, run and approval")
    tap.check(wrong_copy, "September: a workbook saved elsewhere is nothing; saved over, it is a difference")
    claimed = {(row["scheme"], row["provider"], row["month"]) for row in desk.rows(SEPTEMBER, "lines.csv")}
    tap.ok(("SPIRO", TYPIST, "2025-08") in claimed and ("SPIRO", TYPIST, "2025-09") not in claimed,
           "September: of the codes in lower case nothing is paid")
    words = "activity/2025-04-again.csv", "activity/2025-04.csv"
    tap.check(desk.expect(f"explain {SEPTEMBER} {SENDER}", DONE, *words), "September: explain names both submissions")


def closing(tap, desk):
    """March, with everything put right, and a year-end that leaves debts and contracts held."""
    files = files_of("2026-03")
    _, header, sent = claims_of(files["activity/2025-04.csv"], SENDER)
    again = {"activity/2025-04-again.csv": submitted(header, sent[1:2], 2),
             "activity/2025-04-whole.csv": submitted(header, sent, 3)}
    desk.inputs({**files, **again})
    wrong = desk.prepare(MARCH) + desk.approve(MARCH)
    paid = {row["month"] for row in desk.rows(MARCH, "lines.csv") if contract_of(row) == ("SPIRO", TYPIST)}
    wrong += [] if "2025-09" in paid else ["September in capitals is not paid"]
    april_lines = [[row for row in desk.rows(run, "lines.csv") if contract_of(row) == ("SPIRO", SENDER)
                    and row["month"] == "2025-04"] for run in (APRIL, SEPTEMBER, MARCH)]
    amounts = [sum(Decimal(row["amount"]) for row in rows) for rows in april_lines]
    wrong += [] if amounts[0] == amounts[2] > amounts[1] else [f"{SENDER}, April: {amounts}"]
    tap.check(wrong, "March: what was typed in lower case, and the whole sent again, are paid")
    desk.inputs({**files_of("2026-05"), **again})
    wrong = desk.prepare(FIRST) + desk.approve(FIRST)
    held = {contract_of(row) for row in desk.rows(FIRST) if row["status"] == "hold"}
    missing = {contract[:2] for contract in LATE} | {("QIF", "ZP144")}
    wrong += [] if held == missing else [f"held: {held}"]
    carried = desk.owed(FIRST, "carry")
    wrong += [] if carried[DEBTOR] < 0 else [f"carried: {carried}"]
    tap.check(wrong, "Year-end: debts are carried, and contracts without achievement held")
    return again


def turn(tap, desk, again):
    """April takes the debts off, a later year-end pays what was late, and May gives back."""
    desk.inputs(next_year_inputs(files_of(FINAL)), "2026-27")
    wrong = desk.prepare(NEXT_APRIL)
    brought, carried = desk.brought(NEXT_APRIL), desk.owed(FIRST, "carry")
    wrong += [] if brought == carried and DEBTOR in brought else [f"carried {carried}, brought forward {brought}"]
    wrong += desk.approve(NEXT_APRIL, DONE, "Brought forward")
    tap.check(wrong, "April of the next year: all that was carried is brought forward")
    returned = "".join(f"{scheme},{provider},{indicator},2026-06-30,{2 if indicator == LOWER_IS_BETTER else 46},50,\n"
                       for scheme, provider, indicator in LATE)
    returned += f"{','.join(DEBTOR)},QIF01,2026-03-31,1218,1240,2\n"
    desk.inputs({**files_of(FINAL), **again, "achievement-late.csv": ACHIEVEMENT + returned,
                 "list_sizes-late.csv": "provider,as_at,registered\nZP144,2025-07-01,8100\n"})
    wrong = desk.prepare(SECOND) + desk.approve(SECOND)
    before, now = ({contract_of(row): row for row in desk.rows(run)} for run in (FIRST, SECOND))
    for contract, row in now.items():
        gained = Decimal(row["entitlement_to_date"]) - Decimal(before[contract]["entitlement_to_date"])
        if row["status"] in ("pay", "invoice") and Decimal(row["owed"]) != gained:
            wrong.append(f"{'/'.join(contract)}: {row['owed']} of {gained} more")
    wrong += [f"{scheme}/{provider} is not paid" for scheme, provider in {late[:2] for late in LATE}
              if Decimal(now[scheme, provider]["owed"]) <= 0]
    wrong += [] if carried[DEBTOR] < Decimal(now[DEBTOR]["owed"]) < 0 else [f"{now[DEBTOR]}"]
    tap.check(wrong, "A later year-end pays what came in late, and nothing twice")
    wrong = desk.prepare(NEXT_MAY) + desk.approve(NEXT_MAY)
    brought, carried = desk.brought(NEXT_MAY), desk.owed(SECOND, "carry")
    wrong += [] if brought == carried else [f"carried {carried}, brought forward {brought}"]
    tap.check(wrong, "May: what the later year-end carried is brought forward in its place")


def adds_up(tap, desk):
    """By contract: paid in all the runs = what the oracle says both years are worth, less what is still carried."""
    paid, due = by_hand(desk.folder / "2025-26"), {}
    for run in APPROVED:
        for contract, owed in desk.owed(run, "pay", "invoice").items():
            paid[contract] = paid.get(contract, ZERO) + owed
    for year, period in (("2025-26", year_period("2025-26")), ("2026-27", month_period("2026-05"))):
        for row in table(reckon(desk.folder / year, desk.folder / "rules", period)["payments.csv"]):
            assert row["status"] != "hold", row
            due[contract_of(row)] = due.get(contract_of(row), ZERO) + Decimal(row["entitlement_to_date"])
    for contract, owed in desk.owed(NEXT_MAY, "carry").items():
        due[contract] -= owed
    wrong = [f"{'/'.join(c)}: paid {paid.get(c, ZERO)}, due {due.get(c, ZERO)}"
             for c in sorted(paid.keys() | due.keys()) if paid.get(c, ZERO) != due.get(c, ZERO)]
    tap.check(wrong, f"{len(due)} contracts, {len(APPROVED)} runs: paid is what the years are worth, to the penny")
    tap.check(desk.expect("verify --all", DONE, *APPROVED), "the whole archive verifies")


def main():
    """One after the other: each leaves the archive to the next."""
    tap = Tap()
    with Folder() as folder:
        make_claims()
        desk = Desk(folder)
        april(tap, desk)
        september(tap, desk)
        turn(tap, desk, closing(tap, desk))
        adds_up(tap, desk)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
