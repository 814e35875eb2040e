#!/usr/bin/env python3
"""Sheets with filter buttons are sorted, by each of their columns, up and down; no figure may change.

LibreOffice sorts all sheets by their first columns, then by their second ones and so on, and works everything out again
each time (sorting.bas). The rows of a sheet must then be the same ones with the same figures, and all that cannot be
sorted, totals and checks among it, the same. Books: a month, a year-end, the month over many sheets, and a bridge between two runs. Prints TAP; skips
where LibreOffice is not installed.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import oddities  # noqa: E402
import sheets  # noqa: E402
from macro import run_macro  # noqa: E402
from suite import BUILD, Tap, engine, run_period  # noqa: E402

LIMITED = BUILD / "tests" / "workbook" / "limited"
MACRO = Path(__file__).with_name("sorting.bas")
PROVIDERS = 6  # of the oddities: enough for two spells, held contracts and odd codes
ROWS_A_SHEET = 24
MONTH = "2025-09"


def make_books(folder):
    """The workbooks, {label: path}."""
    oddities.write(folder, PROVIDERS)
    pack, archive = (folder / "inputs", folder / "rules"), folder / "archive"
    books = {period: next(run_period(archive, period, *pack).glob("payments-*.xlsx"))
             for period in (MONTH, "2025-08", "2025-26-YE")}
    del books["2025-08"]
    books["many sheets"] = folder / "limited.xlsx"
    subprocess.run([LIMITED, pack[1], pack[0], MONTH, str(ROWS_A_SHEET), books["many sheets"]], check=True)
    books["bridge"] = folder / "bridge.xlsx"
    engine("compare", "2025-08/001", f"{MONTH}/001", "--archive", archive, "--rules", pack[1], "--output",
           books["bridge"])
    return books


class Filtered(NamedTuple):
    """A sheet, and the rows, from first up to last, and columns that its filter buttons sort; 0 where it has none."""

    name: str
    columns: int
    first: int
    last: int
    has_formulas: bool


def read_filters(path):
    """The sheets of a workbook."""
    with zipfile.ZipFile(path) as archive:
        for name, part in sheets.sheet_parts(archive):
            text = archive.read(part).decode()
            found = re.fullmatch("A([0-9]+):([A-Z]+)([0-9]+)", sheets.filter_of(archive, part) or "")
            columns, first, last = 0, 0, 0
            if found and int(found[3]) - int(found[1]) >= 2:
                first, last = int(found[1]), int(found[3])
                for letter in found[2]:
                    columns = columns * 26 + ord(letter) - ord("A") + 1
            yield Filtered(name, columns, first, last, "<f>" in text)


def plan(path):
    """The steps for a workbook; what each time is shown, (sheet, (column, way) of the sort); and its sheets."""
    filters = list(read_filters(path))
    steps, shown = [f"open\t{path.as_uri()}"], []

    def show(sort):
        for number, sheet in enumerate(filters):
            if sheet.has_formulas or sheet.columns > 0:
                steps.append(f"show\t{number}")
                shown.append((number, sort))

    show(None)
    for column in range(max(sheet.columns for sheet in filters)):
        for way in ("up", "down"):
            for number, sheet in enumerate(filters):
                if column < sheet.columns:
                    cells = f"A{sheet.first + 1}:{column_name(sheet.columns - 1)}{sheet.last}"
                    steps.append(f"sort\t{number}\t{cells}\t{column}\t{way}")
            steps.append("calculate")
            show((column, way))
    return [*steps, "close"], shown, filters


def column_name(column):
    """A for 0, and so on."""
    return (column_name(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def run_steps(steps, folder):
    """Lets LibreOffice carry the steps out; the figures of each sheet that was shown."""
    return [[tuple(figure(cell) for cell in line.split("\t")) for line in part]
            for part in run_macro(MACRO, steps, folder)]


def figure(cell):
    """A cell's text, numbers to less than the penny: the order of rows may change what lies far behind it."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    return f"{number:.{2 if abs(number) >= 1e6 else 5}f}"


def compare(before, after, first, last):
    """What is otherwise on a sheet than it was: rows of a table, from first up to last, may have changed places."""
    same_places = [(a, b) for i, (a, b) in enumerate(zip(before, after)) if a != b and not first <= i < last]
    lost, new = Counter(before[first:last]), Counter(after[first:last])
    found = [f"{b} is now {a}" for b, a in same_places]
    found += [f"{row} is gone" for row in lost - new] + [f"{row} is new" for row in new - lost]
    return found + ([] if len(before) == len(after) else [f"{len(before)} rows, now {len(after)}"])


def test_book(tap, label, parts, shown, filters):
    """Every sheet of a workbook, after every sort."""
    before = {number: rows for (number, sort), rows in zip(shown, parts) if sort is None}
    wrong, orders = {number: [] for number in before}, {number: set() for number in before}
    for (number, sort), rows in zip(shown, parts):
        sheet = filters[number]
        orders[number].add(tuple(rows[sheet.first:sheet.last]))
        if sort is not None:
            wrong[number] += [f"by column {column_name(sort[0])}, {sort[1]}: {line}"
                              for line in compare(before[number], rows, sheet.first, sheet.last)]
    for number in before:
        sheet = filters[number]
        what = f"{label}: {sheet.name}, {sheet.last - sheet.first} rows by {sheet.columns} columns up and down"
        tap.check(wrong[number], f"{what}: no figure changes")
        if sheet.columns:
            tap.ok(len(orders[number]) > 2, f"{what}: the rows do move", f"{len(orders[number])} orders")


def main():
    if shutil.which("soffice") is None:
        print("1..0 # SKIP LibreOffice (libreoffice-calc-nogui) is not installed")
        return 0
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        books = make_books(folder)
        plans = {label: plan(path) for label, path in books.items()}
        parts = iter(run_steps([step for steps, *_ in plans.values() for step in steps], folder))
        for label, (_, shown, filters) in plans.items():
            test_book(tap, label, [next(parts) for _ in shown], shown, filters)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
