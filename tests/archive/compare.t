#!/usr/bin/env python3
"""The bridge between two runs as a workbook: its formulas, its figures and its bytes.

Two runs of a tiny pack that differ in a list, an adjustment, claims and a price. The workbook is read
back from its XML and added up anew. TAP on standard output.
"""

import csv
import json
import re
import shutil
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from string import ascii_uppercase
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "lib"))

from suite import Tap, engine, run_period  # noqa: E402  pylint: disable=C0413
from tiny import INPUTS, TINY_RULES, Folder, write_inputs  # noqa: E402  pylint: disable=C0413

FROM, TO = "2025-05/001", "2025-05/002"
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DIFFERS = 1


def later():
    """The inputs of the second run."""
    changes = {"list_sizes.csv": ("8000,8100", "8400,8500"), "adjustments.csv": ("-10.50", "-30.50"),
               "activity/2025-04.csv": ("Q,M1,1,,4", "Q,M1,1,,9")}
    files = dict(INPUTS)
    for name, (old, new) in changes.items():
        assert old in files[name]
        files[name] = files[name].replace(old, new)
    return files


def build(folder):
    """An archive with two runs of a month, on other inputs and other rules."""
    rules = folder / "rules"
    shutil.copytree(TINY_RULES, rules)
    tariffs = rules / "2025-26/tariffs.csv"
    for number, files in enumerate((INPUTS, later())):
        inputs = write_inputs(folder / f"inputs-{number}", files)
        run_period(folder / "archive", "2025-05", inputs, rules)
        text = tariffs.read_text(encoding="utf-8").splitlines(keepends=True)
        tariffs.write_text("".join(re.sub(r"^(A,.*?,patients,[a-z]*,)[0-9.]+", r"\g<1>77.25", line)
                                   for line in text), encoding="utf-8")
    return folder / "archive"


def compare(archive, *more):
    """Compare the two runs: the exit status, and what is said."""
    ran = engine("compare", FROM, TO, "--archive", archive, *more)
    return ran.status, ran.said


def cells(book, sheet):
    """The cells of a sheet: (value, formula or None) by reference."""
    shared = [text for text in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
    texts = ["".join(t.text or "" for t in item.iter(f"{SPACE}t")) for item in shared]
    found = {}
    for cell in ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml")).iter(f"{SPACE}c"):
        value, formula = cell.find(f"{SPACE}v"), cell.find(f"{SPACE}f")
        text = "" if value is None else value.text
        found[cell.get("r")] = (texts[int(text)] if cell.get("t") == "s" else text,
                                None if formula is None else formula.text)
    return found


def rounded(text):
    """Pounds of a cell, to the penny."""
    return Decimal(text or 0).quantize(Decimal("0.01"))


def check_causes(tap, sheet, bridge):
    """The causes: each with its pounds, adding up from one run to the other."""
    rows = [(sheet[f"A{r}"][0], r) for r in range(5, 30) if f"A{r}" in sheet]
    moved = {name: Decimal(v) for name, v in bridge["causes"].items() if Decimal(v) != 0}
    shown = {name: rounded(sheet[f"D{r}"][0]) for name, r in rows if name in bridge["causes"]}
    tap.ok(len(moved) >= 4 and shown == moved, "each cause has its pounds", moved, shown)
    ends = {name: rounded(sheet[f"D{r}"][0]) for name, r in rows if name.startswith("Owed in")}
    tap.ok(ends == {f"Owed in {FROM}": Decimal(bridge["owed_before"]),
                    f"Owed in {TO}": Decimal(bridge["owed_after"])} and
           ends[f"Owed in {FROM}"] + sum(shown.values()) == ends[f"Owed in {TO}"],
           "they lead from what one run owes to what the other does", ends)
    plain = [ref for ref, (value, formula) in sheet.items()
             if re.fullmatch(r"[CDE]\d+", ref) and re.fullmatch(r"-?[\d.]+", value) and not formula]
    tap.ok(not plain, "every figure of it is a formula", plain)
    tap.ok([sheet[f"D{r}"][0] for name, r in rows if name == "The causes add up"] == ["1"],
           "and it checks itself", sheet)


def check_contracts(tap, sheet, bridge):
    """The contracts: those that moved, with what each cause did."""
    names = list(bridge["causes"])
    causes = ascii_uppercase[ascii_uppercase.index("K"):][:len(names)]
    behind = ascii_uppercase[ascii_uppercase.index(causes[-1]) + 1:][:3]  # after, difference, left
    complaints = []
    for number, contract in enumerate(bridge["contracts"]):
        row = 5 + number
        got = [sheet[f"{c}{row}"][0] for c in "AB"]
        figures = [rounded(sheet[f"{c}{row}"][0]) for c in causes]
        before, after, difference, left = (rounded(sheet[f"{c}{row}"][0]) for c in "J" + behind)
        if got != [contract["scheme"], contract["provider"]] or \
                figures != [Decimal(contract[n]) for n in names] or left != 0 or \
                before + sum(figures) != after or after - before != difference or \
                not all(sheet[f"{c}{row}"][1] for c in behind[1:]):
            complaints.append(f"{contract}: {figures}")
    tap.ok(bridge["contracts"] and not complaints, "every contract's causes add up", *complaints)


def check_period(tap, folder):
    """Two months on the same inputs: what the period is made of, beside the lines of both."""
    archive, out = folder / "months", folder / "months.xlsx"
    sums = []
    for month in ("2025-07", "2025-10"):
        outputs = run_period(archive, month)
        lines = list(csv.DictReader((outputs / "lines.csv").open(encoding="utf-8")))
        sums.append({kind: sum(Decimal(line["amount"]) for line in lines if line["kind"] == kind)
                     for kind in ("instalment", "activity", "adjustment")})
    ran = engine("compare", "2025-07", "2025-10", "--archive", archive, "--json", "--output", out)
    bridge = json.loads(ran.out)
    parts = {name: Decimal(value) for name, value in bridge["period_causes"].items()}
    tap.ok(ran.status == DIFFERS and sum(parts.values()) == Decimal(bridge["causes"]["period"]) != 0,
           "what the period is made of adds up to it", parts, bridge["causes"])
    wrong = [row for row in bridge["contracts"]
             if sum(Decimal(row[name]) for name in parts) != Decimal(row["period"])]
    tap.check(wrong, f"for each of {len(bridge['contracts'])} contracts, too")
    before, after = sums
    tap.ok(parts["period_instalments"] + parts["period_values"] ==
           after["instalment"] - before["instalment"] and
           sum(parts[f"period_{name}"] for name in ("claims", "late", "corrected", "prices")) ==
           after["activity"] - before["activity"], "its parts are what the lines say", parts, sums)
    with zipfile.ZipFile(out) as book:
        sheet = cells(book, 1)
    shown = {sheet[f"A{r}"][0]: rounded(sheet[f"D{r}"][0]) for r in range(5, 40)
             if sheet.get(f"A{r}", ("",))[0].startswith("period: ") and sheet[f"D{r}"][1]}
    tap.ok(sorted(shown.values()) == sorted(value for value in parts.values() if value != 0),
           "the workbook adds them up by formulas", shown)


def main():
    """Compares, and reads the workbook."""
    tap = Tap()
    with Folder() as folder:
        archive, out = build(folder), folder / "out"
        out.mkdir()
        (out / "tmp.mine").write_text("not schemepay's", encoding="utf-8")
        status, said = compare(archive, "--json", "--output", str(out / "bridge.xlsx"), "--threads", "2")
        tap.ok(status == DIFFERS and (out / "bridge.xlsx").exists(), "a workbook is written", said)
        bridge = json.loads(said[:said.rindex("}") + 1])
        compare(archive, "--quiet", "--output", str(out / "again.XLSX"), "--threads", "1")
        tap.ok((out / "bridge.xlsx").read_bytes() == (out / "again.XLSX").read_bytes(),
               "the same runs give the same bytes")
        compare(archive, "--quiet", "--output", str(out / "bridge.csv"))
        tap.ok((out / "bridge.csv").read_bytes().startswith(b"from,to,scheme,"), "another name is CSV")
        names = sorted(path.name for path in out.iterdir())
        tap.ok(names == ["again.XLSX", "bridge.csv", "bridge.xlsx", "tmp.mine"],
               "nothing else is written or taken away", names)
        with zipfile.ZipFile(out / "bridge.xlsx") as book:
            check_causes(tap, cells(book, 1), bridge)
            check_contracts(tap, cells(book, 2), bridge)
            chart = book.read("xl/charts/chart1.xml").decode()
            tap.ok('<c:grouping val="stacked"/>' in chart and "<a:noFill/>" in chart and
                   "wdUpDiag" in chart, "the picture is a waterfall that needs no colour", chart[:500])
        status, said = compare(archive, "--quiet", "--output", str(folder / "nowhere" / "b.xlsx"))
        tap.ok(status in (66, 73) and "nowhere" in said, "a folder that is not there is said", status, said)
        same = engine("compare", FROM, FROM, "--archive", archive, "--quiet",
                      "--output", out / "same.xlsx")
        tap.ok(same.status == 0 and (out / "same.xlsx").exists(), "runs that agree have a bridge, too", same)
        check_period(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
