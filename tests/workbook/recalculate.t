#!/usr/bin/env python3
"""LibreOffice works every workbook out again, from its formulas alone, and must agree with the engine to the penny.

Years: the invented one of fixtures/, the one of local schemes, a pack of oddities, and Staffordshire's real 2021-22
where it is at hand: some months and the year-ends, and with SOAK=1 all months. Of the statements: all of the oddities,
some of the year-ends and of each month; all with SOAK=1.
Prints TAP; skips where LibreOffice is not installed.
"""

import csv
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import oddities  # noqa: E402
import sheets  # noqa: E402
from suite import BUILD, FIXTURES, IS_SOAK, LOCAL, MONTHS, REAL, RULES, Tap, must, run_period  # noqa: E402

LIMITED = BUILD / "tests" / "workbook" / "limited"
ROWS_A_SHEET = 53  # so that lines and spells of contracts stand on two sheets
STAFFORDSHIRE = REAL / "staffordshire-2021-22"
SOME_MONTHS = MONTHS if IS_SOAK else MONTHS[2::6]
CROWD = 20_000  # beyond so many exceptions are summed
STATEMENTS_A_YEAR = 15
STATEMENTS_A_MONTH = 5  # of some 150: LibreOffice takes 60 ms for each


def run_approved(period, pack, archive, *options):
    """Prepares and approves a run of "2025-09" or "2025-26-YE"; the path of its workbook."""
    outputs = run_period(archive, period, pack["inputs"], pack["rules"], *options)
    must("approve", f"{period}/001", "--yes", "--rules", pack["rules"], "--archive", archive, "--by", "Bob", "--quiet")
    return next(outputs.glob("payments-*.xlsx"))


def write_crowd(folder):
    """The fixtures with more exceptions than a sheet lists: unknown and foreign providers, bad numbers, duplicates."""
    shutil.copytree(FIXTURES, folder)
    wrong = ["2025-04,SPIRO,ZX99,SPIRO-DIAG,,,1,", "2025-05,SPIRO,ZN21,SPIRO-DIAG,,,x,", "2025-05,NONE,ZN21,A,,,1,",
             "2025-04,DOAC,ZN21,DOAC-ONLY,,,1,", "2025-06,SPIRO,ZN21,SPIRO-DIAG,p1,,2,1"]
    rows = wrong * (CROWD // len(wrong) + 1)
    (folder / "activity" / "crowd.csv").write_text(
        "\n".join(["month,scheme,provider,activity,patient_ref,activity_date,quantity,submission", *rows, ""]),
        encoding="ascii")


def make_workbooks(folder):
    """Runs all periods; {label: workbook}."""
    oddities.write(folder / "odd")
    write_crowd(folder / "crowd")
    packs = {"fixtures": ({"inputs": FIXTURES, "rules": RULES},
                          [*SOME_MONTHS, "2025-26-YE"]),
             "local": ({"inputs": LOCAL / "inputs", "rules": LOCAL / "rules"},
                       [*(["2025-06", "2026-03"] if IS_SOAK else []), "2025-09", "2025-26-YE"]),
             "oddities": ({"inputs": folder / "odd" / "inputs", "rules": folder / "odd" / "rules"},
                          ["2025-09", "2025-26-YE"]),
             "crowd": ({"inputs": folder / "crowd", "rules": RULES}, ["2025-09"])}
    if STAFFORDSHIRE.is_dir():
        packs["staffordshire"] = ({"inputs": STAFFORDSHIRE / "inputs", "rules": STAFFORDSHIRE / "rules"},
                                  [month.replace("2026", "2022").replace("2025", "2021") for month in SOME_MONTHS]
                                  + ["2021-22-YE"])
    made = {}
    for label, (pack, periods) in packs.items():
        for period in periods:
            made[f"{label} {period}"] = run_approved(period, pack, folder / f"archive-{label}")
    return made, packs


def make_limited(pack, periods, folder):
    """Workbooks whose tables go on over many sheets; {label: workbook}."""
    made = {}
    for period in periods:
        path = folder / f"limited-{period}.xlsx"
        subprocess.run([LIMITED, pack["rules"], pack["inputs"], period, str(ROWS_A_SHEET), path], check=True)
        made[f"oddities {period}, {ROWS_A_SHEET} rows a sheet"] = path
    return made


def corrupt(source, target, pattern):
    """Copies a workbook with one cached amount wrong by a penny; says which cell. pattern: its name and its formula."""
    changed = []

    def change(_, text):
        found = re.search(rf'(<c r="{pattern}</f><v>)([^<]+)</v>', text)
        if found and not changed:
            changed.append(found[2])
            text = text.replace(found[0], f"{found[1]}{float(found[3]) + 0.01:.2f}</v>")
        return text

    sheets.copy_changed(source, target, change)
    return changed[0]


def test_planted(tap, name, path, pattern, sheet, again):
    """A test of the test: a wrong penny in a copy of a workbook is found, and nothing else."""
    copy = path.with_suffix(".corrupt")
    cell = corrupt(path, copy, pattern)
    wrong = sheets.differences(sheets.read_cells(copy), again)
    copy.unlink()
    tap.ok(len(wrong) == 1 and wrong[0].startswith(f"{sheet}!{cell}:"), name, *wrong)


def test_recalculation(tap, made, folder):
    all_cells = sheets.work_out_again(made, folder)
    for label, cached, again in all_cells:
        wrong = sheets.differences(cached, again)
        tap.ok(len(cached) > 100 and not wrong, f"{label}: LibreOffice agrees with {len(cached)} formulas", *wrong)
        failing = sheets.failing_checks(again)
        tap.check(failing, f"{label}: every check is true")
    label, _, again = all_cells[0]
    test_planted(tap, "a penny that is wrong is found", made[label], r'(G[0-9]+)"[^>]*><f>ROUND\(SUM[^<]*', "Payments",
                 again)


def choose_statements(made):
    """The statements beside some workbooks that are to be worked out again, {label: path}, and how many there are."""
    chosen, total = {}, 0
    for label, book in made.items():
        paths = sorted((book.parent / "statements").glob("*.xlsx"))
        total += len(paths)
        most = STATEMENTS_A_YEAR if label.endswith("-YE") else STATEMENTS_A_MONTH
        if not (IS_SOAK or label.startswith("oddities")):
            paths = random.Random(label).sample(paths, min(most, len(paths)))
        chosen.update({f"{label} {path.stem}": path for path in paths})
    return chosen, total


def test_statements(tap, made, folder):
    """A statement's formulas are the sums of its tables: of what is paid, and the five of the year so far."""
    chosen, total = choose_statements(made)
    all_cells = sheets.work_out_again(chosen, folder)
    wrong = [f"{label}: {line}" for label, cached, again in all_cells for line in sheets.differences(cached, again)]
    wrong += [f"{label}: has {len(cached)} formulas" for label, cached, _ in all_cells if len(cached) < 6]
    formulas = sum(len(cached) for _, cached, _ in all_cells)
    year_ends = sum("-YE " in label for label in chosen)
    tap.ok(year_ends > 0 and not wrong, f"statements: LibreOffice agrees with {formulas} formulas in {len(chosen)} of "
           f"{total}, all {year_ends} of the year-ends among them", *wrong)
    label, _, again = all_cells[0]
    test_planted(tap, "a penny that is wrong in a statement is found", chosen[label],
                 r'(F[0-9]+)"[^>]*><f>SUM[^<]*', "Statement", again)


def test_texts(tap, made):
    path = made["oddities 2025-26-YE"]
    with zipfile.ZipFile(path) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
        names = [name for name, _ in sheets.sheet_parts(archive)]
    formulas = [cell.formula for cell in sheets.read_cells(path).values()]
    guilty = [formula for formula in formulas if "HYPERLINK" in formula or "cmd" in formula]
    tap.check(guilty, "no text of the inputs is a formula")
    tap.ok("=HYPERLINK(" in text and "\U0001f468" in text and "عيادة" in text, "odd names stand there as they are")
    bad = re.findall("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    tap.check(bad, "no character that XML does not allow")
    legal = all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) and name[0] != "'" != name[-1]
                and name.lower() != "history" for name in names)
    tap.ok(legal and len({name.lower() for name in names}) == len(names), "names of sheets are legal and unique", *names)
    tap.ok("15 digits" in text, "an amount beyond 15 digits is said to be so")


def test_crowd(tap, made):
    """Exceptions beyond what a sheet lists are summed: none is lost, and each row of the table is another group."""
    path = made["crowd 2025-09"]
    with open(path.parent / "exceptions.csv", encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    table = sheets.read_table(path, "Exceptions")
    groups = [(row["Scheme"], row["Provider"], row["Reason"], row["Outcome"]) for row in table]
    tap.ok(CROWD < len(listed) == sum(int(row["Exceptions"]) for row in table),
           f"{len(listed)} exceptions are summed in {len(table)} rows")
    tap.ok(len(set(groups)) == len(groups) and len(groups) < 1000, "each row of them is another group", *groups)
    pounds = sum(Decimal(row["at_risk"] or 0) for row in listed)
    shown = sum(round(Decimal(row["Money at risk"] or 0), 2) for row in table)
    tap.ok(pounds == shown, f"{pounds} pounds are at risk in both", shown)


def test_threads(tap, made, packs, folder):
    pack = packs["oddities"][0]
    for threads in (1, 2):
        path = run_approved("2025-09", pack, folder / f"archive-threads-{threads}", "--threads", threads)
        tap.ok(path.read_bytes() == made["oddities 2025-09"].read_bytes(), f"the same bytes with {threads} threads")


def main():
    if shutil.which("soffice") is None:
        print("1..0 # SKIP LibreOffice (libreoffice-calc-nogui) is not installed")
        return 0
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made, packs = make_workbooks(folder)
        limited = make_limited(*packs["oddities"], folder)
        test_recalculation(tap, {**made, **limited}, folder / "workbooks")
        test_statements(tap, made, folder / "statements")
        test_texts(tap, made)
        test_crowd(tap, made)
        test_threads(tap, made, packs, folder)
    if not STAFFORDSHIRE.is_dir():
        tap.skip("Staffordshire's real year", "it is not at hand")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
