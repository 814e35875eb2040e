#!/usr/bin/env python3
"""LibreOffice works the workbooks of forecasts out again, from their formulas alone, and must agree to the penny.

Forecasts of the fixtures at a month-end, with budgets; with SOAK=1 at another one and the year-end, too. The figures of
Summary are those of --json. Prints TAP; skips where LibreOffice is not installed.
"""

import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import sheets  # noqa: E402
from suite import FIXTURES, IS_SOAK, RULES, Tap, engine, run_period  # noqa: E402

BUDGETS = 'scheme,budget,source\nQIF,"5,100,000.00",invented\nSPIRO,1900000.05,invented\nDOAC,333333.33,invented\n'


def forecast(archive, period, *options):
    """What forecast prints of the first run of a period."""
    return engine("forecast", f"{period}/001", "--archive", archive, *options)


def make(folder):
    """The forecasts: {label: (workbook, JSON)}."""
    (folder / "budgets.csv").write_text(BUDGETS, encoding="ascii")
    packs = {"fixtures": (FIXTURES, RULES, ["2025-09", "2026-01", "2025-26-YE"] if IS_SOAK else ["2025-09"], folder / "budgets.csv")}
    made = {}
    for label, (inputs, rules, periods, budgets) in packs.items():
        for period in periods:
            archive = folder / f"archive-{label}-{period}"
            run_period(archive, period, inputs, rules)
            path = folder / f"forecast-{label}-{period}.xlsx"
            options = ["--budget", budgets] if budgets else []
            done = forecast(archive, period, "--output", path, "--json", *options)
            if done.status != 0:
                raise RuntimeError(f"{label} {period}: {done.status}: {done.err}")
            made[f"{label} {period}"] = path, json.loads(done.out)
    return made, folder / "archive-fixtures-2025-09"


def test_formulas(tap, made, folder):
    """What LibreOffice makes of the formulas is what stands beside them."""
    paths = {}
    for path in (folder / "stripped", folder / "recalculated"):
        path.mkdir()
    for label, (path, _) in made.items():
        paths[label] = folder / "stripped" / path.name
        sheets.strip_values(path, paths[label])
    sheets.recalculate(list(paths.values()), folder / "recalculated", folder / "profile")
    for label, (path, said) in made.items():
        cached = sheets.read_cells(path)
        again = sheets.read_cells(folder / "recalculated" / path.name)
        wrong = sheets.differences(cached, again)
        tap.ok(len(cached) > 50 and not wrong, f"{label}: LibreOffice agrees with {len(cached)} formulas", *wrong)
        failing = [f"{sheet}!{name}" for (sheet, name), cell in again.items()
                   if "=0,1,0)" in cell.formula and float(cell.value or 0) != 1]
        tap.check(failing, f"{label}: every check is true")
        test_summary(tap, label, again, said)
    label = "fixtures 2025-09"
    copy, changed = made[label][0].with_suffix(".corrupt"), []

    def corrupt(_, text):
        found = re.search(r'<c r="(K[0-9]+)"[^>]*><f>ROUND[^<]*</f><v>([^<]+)</v>', text)
        if found and not changed:
            changed.append(found[1])
            text = text.replace(found[0], found[0].replace(f"<v>{found[2]}<", f"<v>{float(found[2]) + 0.01:.2f}<"))
        return text

    sheets.copy_changed(made[label][0], copy, corrupt)
    wrong = sheets.differences(sheets.read_cells(copy),
                               sheets.read_cells(folder / "recalculated" / made[label][0].name))
    tap.ok(len(wrong) == 1 and f"!{changed[0]}:" in wrong[0], "a penny that is wrong is found", *wrong)


def test_summary(tap, label, cells, said):
    """The totals by scheme of Summary, as LibreOffice works them out, are those of JSON."""
    names = ("to_date", "accrued", "to_come", "by_rule", "by_march", "year_end", "outturn", "highest", "lowest")
    first = 5  # the row of the first scheme
    wrong = []
    for at, scheme in enumerate([*said["schemes"], {"scheme": "total", **said["total"]}]):
        for column, name in zip("BCDEFGHIJ", names):
            cell = cells.get(("Summary", f"{column}{first + at}"))
            if cell is None or abs(float(cell.value) - float(scheme[name])) > 0.001:
                wrong.append(f"{scheme['scheme']}: {name}: {cell} is not {scheme[name]}")
    tap.check(wrong, f"{label}: Summary says what --json says")


def test_bytes(tap, made, archive, folder):
    """The same forecast is the same bytes, whatever the number of threads."""
    for threads in ("1", "3"):
        path = folder / "again.xlsx"
        forecast(archive, "2025-09", "--output", path, "--quiet", "--threads", threads,
                 "--budget", folder / "budgets.csv")
        tap.ok(path.read_bytes() == made["fixtures 2025-09"][0].read_bytes(), f"the same bytes with {threads} threads")


def main():
    if shutil.which("soffice") is None:
        print("1..0 # SKIP LibreOffice (libreoffice-calc-nogui) is not installed")
        return 0
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made, archive = make(folder)
        test_formulas(tap, made, folder)
        test_bytes(tap, made, archive, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
