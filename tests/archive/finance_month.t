#!/usr/bin/env python3
"""Finance's months on the fixtures, August to November: each figure that is on two papers is the same on both.

Each month is checked, worked out, looked at, approved, forecast with its journal, asked what another price would have
come to, and sent; the answer has one rejected payment. TAP on standard output.
"""

import csv
import json
import shutil
import sys
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from archives import tree  # noqa: E402  pylint: disable=C0413
from suite import FIXTURES, RULES, Tap, engine  # noqa: E402  pylint: disable=C0413
from tiny import Folder  # noqa: E402  pylint: disable=C0413

MONTHS = ("2025-08", "2025-09", "2025-10", "2025-11")
ACTIVITY, DEARER = "SPIRO-DIAG", Decimal("2.00")


def rows_of(path):
    """The rows of a CSV file."""
    return list(csv.DictReader(path.open(encoding="utf-8")))


def total(rows, column, **only):
    """The sum of a column over the rows with such cells."""
    return sum(Decimal(row[column]) for row in rows if all(row[name] == cell for name, cell in only.items()))


def dearer_rules(folder):
    """The rules with a higher price of one activity."""
    shutil.copytree(RULES, folder)
    path = folder / "2025-26/tariffs.csv"
    rows = rows_of(path)
    for row in rows:
        if row["activity"] == ACTIVITY:
            row["price"] = str(Decimal(row["price"]) + DEARER)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys())
        table.writeheader()
        table.writerows(rows)


def closing(tap, month, ran, outputs):
    """The closing figures, the record, the lines and the payment file."""
    said, payments = json.loads(ran.out), rows_of(outputs / "payments.csv")
    file = rows_of(outputs / "payment-file.csv")
    control = rows_of(outputs / "payment-file-control.csv")[0]
    tap.ok(Decimal(said["total"]["owed"]) == total(payments, "owed"), f"{month}: closing figures are the record's")
    tap.ok(total(rows_of(outputs / "lines.csv"), "amount") == total(payments, "entitlement_to_date"),
           f"{month}: lines add up to the entitlement")
    tap.ok(total(file, "amount") == Decimal(control["amount"]) == total(payments, "owed", status="pay"),
           f"{month}: the payment file is what is marked pay", control)
    return payments, file


def forecasting(tap, month, where, payments):
    """The forecast and its journal."""
    ran = engine("forecast", f"{month}/001", *where.options, "--output", where.folder / "f.csv", "--journal",
                 where.folder / "j.csv", "--json")
    said, rows = json.loads(ran.out), rows_of(where.folder / "f.csv")
    to_date = {(row["scheme"], row["provider"]): row["amount"] for row in rows if row["kind"] == "to-date"}
    wrong = [row for row in payments if row["status"] != "hold"
             and to_date.get((row["scheme"], row["provider"]), "0.00") != row["entitlement_to_date"]]
    tap.ok(to_date and not wrong, f"{month}: the forecast starts from the record", wrong[:3])
    accrued = total(rows, "amount", kind="accrual")
    journal = rows_of(where.folder / "j.csv")
    tap.ok(accrued == sum(Decimal(row["accrued"]) for row in said["schemes"]) == total(journal, "amount", entry="accrual")
           == -total(journal, "amount", entry="reversal") == total(journal, "amount", entry="control-total") != 0,
           f"{month}: accrued in CSV, JSON, journal, reversal and control total", accrued)


def asking(tap, month, where, outputs):
    """What a higher price would have come to: the count times it."""
    before = tree(where.archive)
    ran = engine("what-if", f"{month}/001", *where.options, "--rules", where.folder / "dearer", "--json")
    said = json.loads(ran.out)
    by_hand = DEARER * total(rows_of(outputs / "lines.csv"), "count", item=ACTIVITY)
    tap.ok(ran.status == 0 and Decimal(said["difference"]) == Decimal(said["causes"]["rules"]) == by_hand != 0,
           f"{month}: another price comes to count × the difference", said["difference"], by_hand)
    tap.ok(total(said["contracts"], "difference") == by_hand, f"{month}: and so by contract")
    tap.ok(tree(where.archive) == before, f"{month}: what-if seals nothing")


def answering(tap, month, where, file):
    """The answer of whoever pays: one payment is rejected. The rows to be paid again."""
    rejected = max(file, key=lambda row: Decimal(row["amount"]))
    path = where.folder / "answer.csv"
    path.write_text("payment_id,amount\n" + "".join(
        f"{row['payment_id']},{0 if row is rejected else row['amount']}\n" for row in file), encoding="utf-8")
    ran = engine("reconcile", f"{month}/001", *where.options, "--response", path, "--json")
    said = json.loads(ran.out)
    sums = {name: Decimal(one["asked"]) for name, one in said["outcomes"].items()}
    differs = sum(Decimal(one["difference"]) for one in said["outcomes"].values())
    tap.ok(ran.status == 1 and sum(sums.values()) == total(file, "amount"),
           f"{month}: what was asked for adds up to the payment file", sums)
    tap.ok(abs(differs) == Decimal(rejected["amount"]) == -total(said["payments_before"], "amount"),
           f"{month}: the rejected payment is what is missing, and what is to be paid again", differs)
    return said["payments_before"]


class Where:
    """The archive, the inputs so far and the folder of papers."""

    def __init__(self, folder):
        self.folder, self.archive, self.inputs = folder, folder / "archive", folder / "inputs"
        self.options = ("--archive", self.archive)
        shutil.copytree(FIXTURES, self.inputs)
        dearer_rules(folder / "dearer")


def main():
    """Month by month; what was rejected is paid with the next."""
    tap = Tap()
    with Folder() as folder:
        where, due = Where(folder), {}
        for month in MONTHS:
            check = engine("check", "--month", month, "--inputs", where.inputs, "--rules", RULES, *where.options)
            tap.ok(check.status == 0, f"{month}: checked", check.err[-300:])
            ran = engine("month-end", "--month", month, "--inputs", where.inputs, "--rules", RULES, "--by", "Ann",
                         "--json", *where.options)
            outputs = max(where.archive.glob(f"*/{month}/*/outputs"))
            payments, file = closing(tap, month, ran, outputs)
            known = {(row["scheme"], row["provider"]): Decimal(row["owed"]) for row in payments}
            tap.ok(all(known[name] >= amount for name, amount in due.items()),
                   f"{month}: what was rejected before is owed again", dict(due))
            done = engine("approve", f"{month}/001", *where.options, "--by", "Bob", "--yes")
            tap.ok(done.status == 0, f"{month}: approved", done.err[-300:])
            forecasting(tap, month, where, payments)
            asking(tap, month, where, outputs)
            rows = answering(tap, month, where, file)
            due = {(row["scheme"], row["provider"]): -Decimal(row["amount"]) for row in rows}
            with (where.inputs / f"payments_before-{month}.csv").open("w", encoding="utf-8", newline="") as text:
                table = csv.DictWriter(text, rows[0].keys())
                table.writeheader()
                table.writerows(rows)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
