#!/usr/bin/env python3
"""Every way of earning money is worked out again in the workbook: LibreOffice must agree, and nothing is left out.

Books: the golden cases of schemes with facts, groups, spans, networks, clauses, pots and recoveries, some random packs
of the oracle's that mix them all, and some of those over many short sheets. Beside the values, each column of SHOWN
must have formulas somewhere, each limit a proved row, and what is marked `not proved` must be what is expected to be.
Prints TAP; skips where LibreOffice is not installed.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "lib")]
import cases  # noqa: E402
import sheets  # noqa: E402
from suite import BUILD, ENGINE, IS_SOAK, Tap  # noqa: E402

LIMITED = BUILD / "tests" / "workbook" / "limited"
CASES = ("achievement/", "unclaimed/", "clauses/", "decisions/", "books/every-way")
SEEDS = range(1, 151 if IS_SOAK else 6)
LIMITED_SEEDS = range(1, 7 if IS_SOAK else 2)
ROWS_A_SHEET = 12  # so that what belongs together stands on several sheets
NOT_PROVED = "not proved"
# What formulas there must be: the columns of sheets, by their headings.
SHOWN = {
    "Shares": ("Contract value", "Points", "Factor", "Points × factor", "of all", "Remain- der", "Pence left over",
               "Larger remainders", "Share", "Due in the year"),
    "Spans": ("Counted from", "Counted to", "Days or months"),
    "Judged": ("Nume- rator", "Achieve- ment", "Earned part", "of", "Fraction", "Baseline taken off"),
    "Clauses": ("Earned before", "Pounds", "for each of, or share", "Amount of the clause", "Part", "of", "Tests met",
                "to be met", "Earned after", "What it changes"),
    "Pots": ("Earned before", "Held: keeps what was paid", "Pot", "to be shared", "Shares by", "of all",
             "Remainder by £100", "Remain- der", "Pence left over", "Larger remainders", "Share", "What it changes"),
    "Tests": ("Nume- rator", "of people", "Baseline taken off", "Value", "Number", "Met", "Nothing reported"),
    "Recoveries": ("Entitlement before", "Paid to date", "Owed before", "Left for later runs"),
}
PLANTED = "books every-way-month"  # the case that has all of these sheets
WRONG = re.compile(r'(<c r="[A-Z]+5"[^>]*><f>)([^<]*)(</f>)')
# The kinds of rows of which each must be proved somewhere: the column that says which, and the kinds.
KINDS = {"Clauses": ("Limit", ("only-if", "times", "less", "on-account", "at-most", "at-least", "keep-if")),
         "Tests": ("What it is", ("achieved", "counted", "a fact", "takes part"))}
# Seeds of which some figure has more than 15 digits, and the sheets where it says so.
BEYOND = {"seed 11 2027-28-YE": {"Clauses"}}


def random_books(folder):
    """Workbooks of the oracle's packs of the new kind, and some of them over many short sheets; {label: workbook}."""
    made = {}
    for seed in SEEDS:
        place = folder / f"seed-{seed}"
        subprocess.run([sys.executable, TESTS / "oracle" / "packs.py", "--kind", "new", "--seed", str(seed), "--out", place],
                       check=True, stdout=subprocess.DEVNULL)
        period = json.loads((place / "case.json").read_text())["period"]
        command = ["year-end", "--year", period[:7]] if period.endswith("-YE") else ["month-end", "--month", period]
        subprocess.run([ENGINE, *command, "--inputs", "inputs", "--rules", "rules", "--by", "Ann", "--quiet"], cwd=place,
                       check=False, capture_output=True)
        for path in (place / "archive").glob("*/*/*/outputs/payments-*.xlsx"):  # none where faults refuse the run
            made[f"seed {seed} {period}"] = path
            if seed in LIMITED_SEEDS:
                short = place / "short.xlsx"
                subprocess.run([LIMITED, "rules", "inputs", period, str(ROWS_A_SHEET), short], cwd=place, check=True,
                               capture_output=True)
                made[f"seed {seed} {period}, {ROWS_A_SHEET} rows a sheet"] = short
    return made


def table_cells(path, cells):
    """The cells of a workbook's tables: sheet, heading, row, whether it has a formula, what it shows."""
    names = sheets.shared_strings(path)
    headings = {}
    for (sheet, place), cell in cells.items():
        column, row = re.fullmatch(r"([A-Z]+)([0-9]+)", place).groups()
        text = names[int(cell.value)] if cell.type == "s" else cell.value
        if row == "4":
            headings[sheet, column] = " ".join(text.split())
        elif int(row) > 4 and (sheet, column) in headings:
            yield re.sub(r" \([0-9]+\)$", "", sheet), headings[sheet, column], row, bool(cell.formula), text


def survey(made):
    """What is in the tables: headings with formulas, the kinds of proved rows, and what is not proved, by label."""
    formulas, kinds, unproved = set(), set(), {}
    for label, path in made.items():
        rows = {}
        for sheet, heading, row, has_formula, text in table_cells(path, sheets.read_cells(path, formulas_only=False)):
            if has_formula:
                formulas.add((sheet, heading))
            if text == NOT_PROVED:
                unproved.setdefault(label, []).append(sheet)
            if sheet in KINDS:
                rows.setdefault((sheet, row), {})[heading] = text
        for (sheet, _), row in rows.items():
            if row.get("Engine = workbook") != NOT_PROVED:
                kinds.add((sheet, row.get(KINDS[sheet][0])))
    return formulas, kinds, unproved


def plant(path, folder):
    """Copies of a workbook, each with one wrong formula on one of the sheets: {sheet: path}."""
    made = {}
    with zipfile.ZipFile(path) as archive:
        parts = {name: part for name, part in sheets.sheet_parts(archive) if name in SHOWN}
    folder.mkdir()
    for name, part in parts.items():
        made[name] = folder / f"{name}.xlsx"
        sheets.copy_changed(path, made[name], lambda at, text, part=part: WRONG.sub(r"\1\2+1\3", text, 1)
                            if at == part else text)
    return made


def main():
    if shutil.which("soffice") is None:
        print("1..0 # SKIP LibreOffice (libreoffice-calc-nogui) is not installed")
        return 0
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = {**cases.workbooks(CASES, folder / "cases"), **random_books(folder / "packs")}
        formulas, kinds, unproved = survey(made)
        tap.check([f"{sheet}: {heading}" for sheet, headings in SHOWN.items() for heading in headings
                   if (sheet, heading) not in formulas], "every column that is worked out has formulas")
        tap.check([f"{sheet}: {kind}" for sheet, (_, words) in KINDS.items() for kind in words
                   if (sheet, kind) not in kinds], "every limit and every kind of test is proved")
        tap.check([f"{label}: {where}" for label, where in unproved.items()
                   if set(where) != BEYOND.get(label.split(",")[0])], "what is not proved is what has too many digits")
        formula_count, wrong, failing = 0, [], []
        for label, cached, again in sheets.work_out_again(made, folder / "again"):
            formula_count += len(cached)
            wrong += [f"{label}: {line}" for line in sheets.differences(cached, again)]
            failing += [f"{label}: {line}" for line in sheets.failing_checks(again)]
        tap.check(wrong, f"LibreOffice agrees with {formula_count} formulas of {len(made)} workbooks")
        tap.check(failing, "every check is true")
        planted = plant(next(path for label, path in made.items() if label.startswith(PLANTED)), folder / "wrong")
        again = sheets.work_out_again(planted, folder / "wrong-again")
        tap.check([name for name, cached, now in again if not any(
            line.startswith(f"{name}!") for line in sheets.differences(cached, now))] or set(SHOWN) - set(planted),
            "a formula that is wrong by one is seen on each of the sheets")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
