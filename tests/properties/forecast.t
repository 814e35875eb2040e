#!/usr/bin/env python3
"""Forecasts of engine and oracle agree, on the fixtures month by month and on random packs; and how near they came.

The back-test: the forecast of each month-end of the fixtures against what the year came to, by scheme. tests/README.md
has its table, which must be the one that comes out; --write writes it there, and tests nothing else.
"""

import csv
import io
import json
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from trials import fixture, good_packs, side_by_side

from foresee import Foreseen  # pylint: disable=wrong-import-order
from suite import IS_SOAK, MONTHS, ROOT, Tap, engine

PACKS = 1500 if IS_SOAK else 16
HEADER = ["scheme", "provider", "kind", "item", "month", "count", "price", "amount"]
BEGIN = "| scheme | came to | mean error | mean size of it |"


def forecast(pack, folder):
    """The run's status and what it said; then what forecast wrote and printed, or None."""
    where = Path(folder) / pack.name.replace(" ", "-")
    ran = engine(*pack.command(), "--archive", where / "archive")
    if ran.status != 0:
        raise RuntimeError(f"{pack.name}: {ran.said}")
    said = engine("forecast", f"{pack.period().label}/001", "--archive", where / "archive",
                  "--output", where / "forecast.csv", "--json")
    if said.status != 0:
        return said, None
    return said, (where / "forecast.csv").read_text(encoding="utf-8")


def disagreements(pack, folder):
    """How the two forecasts differ; None where the engine says that an amount is out of range."""
    said, text = forecast(pack, folder)
    if text is None:
        return None if "out of range" in said.err else [f"{pack.name}: {said.status}: {said.said}"]
    header, *rows = csv.reader(io.StringIO(text))
    engines = [tuple(cell.removeprefix("'") for cell in row[:-1]) for row in rows]
    oracles = [tuple(row) for row in Foreseen(pack.inputs, pack.rules, pack.period()).rows()]
    if header[:-1] != HEADER:
        return [f"{pack.name}: {header}"]
    if engines == oracles:
        return []
    only = [f"{pack.name}: engine alone: {row}" for row in engines if row not in set(oracles)]
    only += [f"{pack.name}: oracle alone: {row}" for row in oracles if row not in set(engines)]
    return only[:6] or [f"{pack.name}: another order"]


def compare_packs(tap, folder):
    """Random packs that nothing refuses."""
    packs = list(good_packs(folder, PACKS))
    found = side_by_side(lambda pack: disagreements(pack, folder), packs)
    compared = sum(problems is not None for problems in found)
    wrong = [line for problems in found if problems for line in problems]
    tap.check(wrong, f"{len(packs)} random packs: engine and oracle foresee the same")
    tap.ok(compared * 10 > len(packs) * 9, f"{compared} of them have no amount out of range", compared)


def back_test(tap, folder):
    """How far the outturns of the month-ends lie from what the year came to, in per cent of it."""
    outturns = {}
    for month in MONTHS:
        said, _ = forecast(fixture(month), folder)
        for scheme in json.loads(said.out)["schemes"]:
            outturns.setdefault(scheme["scheme"], []).append(Decimal(scheme["outturn"]))
    archive = Path(folder) / "year"
    ran = engine(*fixture("2025-26").command(), "--archive", archive)
    tap.ok(ran.status == 0, "the year-end is worked out", ran.said)
    came_to = dict.fromkeys(outturns, Decimal(0))
    with open(next(archive.glob("*/*/001/outputs/payments.csv")), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            came_to[row["scheme"]] += Decimal(row["entitlement_to_date"])
    table = [BEGIN, "|---|---|---|---|"]
    for scheme, whole in came_to.items():
        errors = [(outturn - whole) / whole * 100 for outturn in outturns[scheme]]
        mean, size = sum(errors) / len(errors), sum(map(abs, errors)) / len(errors)
        table.append(f"| `{scheme}` | £{whole:,.2f} | {mean:+.1f} % | {size:.1f} % |")
    print("\n".join(f"# {line}" for line in table))
    readme = ROOT / "tests" / "README.md"
    lines = readme.read_text(encoding="utf-8").splitlines()
    first = lines.index(BEGIN)
    if "--write" in sys.argv:
        end = lines.index("", first)
        readme.write_text("\n".join([*lines[:first], *table, *lines[end:], ""]), encoding="utf-8")
        return
    tap.ok(lines[first:first + len(table)] == table, "tests/README.md has the back-test's table", *table)


def main():
    """Compare, and look back."""
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="schemepay-") as folder:
        for when in () if "--write" in sys.argv else ("2025-04", "2025-09", "2025-12", "2026-03", "2025-26"):
            tap.check(disagreements(fixture(when), Path(folder) / "compared"),
                      f"fixtures for {when}: engine and oracle foresee the same")
        if "--write" not in sys.argv:
            compare_packs(tap, folder)
        back_test(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
