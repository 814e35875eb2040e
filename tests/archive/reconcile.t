#!/usr/bin/env python3
"""What was not paid is paid again, and what was paid too much is taken off: by the printed rows.

A month of the fixtures is approved and sent. Its answer has a payment that was rejected, one paid too
little, one paid too much, and one of several contracts. The rows that reconcile prints go into the
inputs. Then the next month owes each contract exactly what it would have owed, and what was not paid:
and all that was ever paid is what the contracts are entitled to. TAP on standard output.
"""

import csv
import shutil
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from archives import tree  # noqa: E402  pylint: disable=C0413
from suite import FIXTURES, Tap, engine, must, run_period  # noqa: E402  pylint: disable=C0413
from tiny import Folder  # noqa: E402  pylint: disable=C0413

CENT = Decimal("0.01")


def rows_of(path):
    """The rows of a CSV file."""
    return list(csv.DictReader(path.open(encoding="utf-8")))


def owed(outputs):
    """What each contract is owed."""
    return {(row["scheme"], row["provider"]): Decimal(row["owed"])
            for row in rows_of(outputs / "payments.csv")}


def answer_of(outputs):
    """What whoever pays says: all as asked, but for four payments; and by how much those differ."""
    answer = {row["payment_id"]: Decimal(row["amount"])
              for row in rows_of(outputs / "payment-file.csv")}
    contracts = Counter(f"2025-09/{row['payee']}/{row['scheme']}"
                        for row in rows_of(outputs / "payments.csv") if row["status"] == "pay")
    shared = next(name for name in answer if contracts[name] > 1 and answer[name] > 1000)
    rejected, less, more = [name for name in answer
                            if answer[name] > 1000 and contracts[name] == 1][:3]
    changes = {rejected: -answer[rejected], less: Decimal("-123.45"), more: Decimal("7.01"),
               shared: Decimal("-1000.01")}
    return {name: amount + changes.get(name, 0) for name, amount in answer.items()}, changes


def main():
    """September is sent, and October is worked out with and without the rows."""
    tap = Tap()
    with Folder() as place:
        archive, inputs = place / "archive", place / "inputs"
        shutil.copytree(FIXTURES, inputs)
        september = run_period(archive, "2025-09", inputs)
        must("approve", "2025-09/001", "--archive", archive, "--by", "Sam", "--yes", "--quiet")
        answer, changes = answer_of(september)
        path = place / "answer.csv"
        path.write_text("payment_id,amount\n" + "".join(f"{n},{a}\n" for n, a in answer.items()))
        before = tree(archive)
        ran = engine("reconcile", "2025-09", "--archive", archive, "--response", path, "--quiet")
        tap.ok(ran.status == 1 and "4 payments are not" in ran.err, "four payments differ", ran.said)
        tap.ok(tree(archive) == before, "the archive is not touched")
        rows = list(csv.DictReader(ran.out.splitlines()))
        sums = defaultdict(Decimal)
        for row in rows:
            sums[row["reference"].split()[0]] += Decimal(row["amount"])
        tap.ok(sums == changes, "the rows of each payment add up to its difference", dict(sums))
        plain = owed(run_period(archive, "2025-10", inputs))
        (inputs / "payments_before-answer.csv").write_text(ran.out)
        mended = owed(run_period(archive, "2025-10", inputs))
        moved = {name: mended[name] - plain[name] for name in plain if mended[name] != plain[name]}
        wanted = {(row["scheme"], row["provider"]): -Decimal(row["amount"]) for row in rows}
        tap.ok(moved == wanted and len(moved) > 4,
               "October owes what was not paid, and takes off what was paid too much", moved, wanted)
        october = max((archive / "2025-26/2025-10").iterdir()) / "outputs/payments.csv"
        entitled = sum(Decimal(row["entitlement_to_date"]) for row in rows_of(october)
                       if row["status"] in ("pay", "nil", "carry", "invoice"))
        held = sum(Decimal(row["paid_to_date"]) for row in rows_of(october) if row["status"] == "hold")
        by_hand = sum(Decimal(row["amount"].strip("£ ").replace(",", ""))
                      for row in rows_of(FIXTURES / "payments_before.csv"))
        settled = sum(Decimal(row["owed"]) for row in rows_of(september / "payments.csv")
                      if row["status"] == "invoice")
        paid = sum(answer.values()) + by_hand + settled + sum(mended.values())
        tap.ok(abs(paid - entitled - held) < CENT, "what was paid and is owed is the entitlement",
               paid, entitled, held)
    return tap.done()


sys.exit(main())
