#!/usr/bin/env python3
"""Rows in another order, and files cut in two, change nothing that does not name a row's place.

Payments and lines never name a place; of exceptions, file and line may change, and in another
order of rows the order of exceptions.  Where rows in another order may rightly be decided
differently they stay as they are: achievement (of equal rows the first counts), and activity of
packs with caps (of claims of one day the first is paid).
"""

import csv
import io
import random
import re
import shutil
import sys
import tempfile
from pathlib import Path

from trials import Pack, all_problems, good_packs, local_fixture, packs

from dialect import Faults
from headings import find_headings, read_headings
from pack import KINDS, kind_of
from rules import read_rules
from suite import FIXTURES, IS_SOAK, RULES, Tap

PACKS = 120 if IS_SOAK else 40
BLANKS = re.compile(rb"\xef\xbb\xbf|\xc2\xa0|[ \t\r\n\xa0]")
ANY_ORDER = ("providers", "participation", "list_sizes", "payments_before", "adjustments",
             "facts", "holds", "recoveries")


def split_rows(content, has_header=True):
    """(all up to the end of the header, rows) of a table's bytes; every row ends its line."""
    pieces, start, inside, place = [], 0, False, 0
    while place < len(content):
        mark = content[place : place + 1]
        if mark == b'"':
            inside = not inside
        elif mark in (b"\n", b"\r") and not inside:
            if content[place : place + 2] == b"\r\n":
                place += 1
            pieces.append(content[start : place + 1])
            start = place + 1
        place += 1
    if start < len(content):
        pieces.append(content[start:] + b"\n")
    if not has_header and pieces:
        mark = pieces[0][: 3 if pieces[0].startswith(b"\xef\xbb\xbf") else 0]
        pieces[0] = pieces[0][len(mark) :]
        return mark, [piece for piece in pieces if BLANKS.sub(b"", piece).strip(b",")]
    for number, piece in enumerate(pieces):
        if BLANKS.sub(b"", piece):
            return b"".join(pieces[: number + 1]), pieces[number + 1 :]
    return content, []


def tables(pack, root):
    """Every table below a folder: its path, its kind, and whether it has a header."""
    mapped = read_headings(pack.rules_of_year(), KINDS, Faults(), [])
    for path in sorted(p for p in root.rglob("*") if p.is_file() and p.suffix.lower() == ".csv"):
        name = path.relative_to(root).as_posix()
        headings = find_headings(mapped, name)
        kind = headings.kind if headings else kind_of(name)
        yield path, kind, headings is None or headings.has_header


def has_caps(pack):
    """Whether an activity of the pack's rules has a cap or is one of a group."""
    schemes = read_rules(pack.rules_of_year(), pack.period().year, Faults(), [])
    activities = [a for scheme in schemes.values() for a in scheme.activities.values()]
    return any(
        a.cap is not None or a.patient_cap is not None or a.group is not None for a in activities
    )


def shuffle(rng, pack, root, with_activity):
    """Bring rows into another order."""
    for path, kind, has_header in tables(pack, root):
        if kind in ANY_ORDER or with_activity and kind == "activity":
            head, rows = split_rows(path.read_bytes(), has_header)
            rng.shuffle(rows)
            path.write_bytes(head + b"".join(rows))


def cut(rng, pack, root):
    """Cut every file in two whose names stand side by side; one without a header must have rows."""
    for path, _, has_header in tables(pack, root):
        head, rows = split_rows(path.read_bytes(), has_header)
        if not has_header and len(rows) < 2:
            continue
        place = rng.randint(0, len(rows)) if has_header else rng.randint(1, len(rows) - 1)
        path.write_bytes(head + b"".join(rows[:place]))
        Path(f"{path}.csv").write_bytes(head + b"".join(rows[place:]))


def table(run, name):
    """The rows of an output."""
    return list(csv.reader(io.StringIO(run.outputs[name].decode("utf-8"), newline="")))


def differences(first, run, keeps_order):
    """What two runs differ in that a place alone does not explain."""
    if run.status != first.status:
        return [f"exit {run.status}: {run.said}"]
    found = [] if run.outputs["payments.csv"] == first.outputs["payments.csv"] else ["payments"]
    pairs = {
        "lines": [table(r, "lines.csv") for r in (first, run)],
        "exceptions": [[row[2:] for row in table(r, "exceptions.csv")] for r in (first, run)],
    }
    for name, (one, other) in pairs.items():
        if one != other if keeps_order else sorted(one) != sorted(other):
            found.append(name)
    return found


def changed(pack, change, keeps_order):
    """What a change of a copy of the inputs makes of the run."""
    first = pack.run()
    with tempfile.TemporaryDirectory(prefix="schemepay-") as folder:
        copy = Path(folder) / "inputs"
        shutil.copytree(pack.inputs, copy)
        change(copy)
        run = pack.run(inputs=copy)
    if run.status == 65 and "NHS number" in run.said:
        return []  # a file's share of NHS numbers is another one now
    return [f"{pack.name}: {found}" for found in differences(first, run, keeps_order)]


def shuffled(pack):
    """Rows in another order."""
    free = not has_caps(pack)
    return changed(pack, lambda copy: shuffle(random.Random(pack.name), pack, copy, free), False)


def parted(pack):
    """Files in two parts."""
    return changed(pack, lambda copy: cut(random.Random(pack.name), pack, copy), True)


def main():
    """Try both on random packs, a larger one, and the fixtures."""
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="schemepay-") as folder:
        packs.main(["--kind", "big", "--rows", "3000", "--seed", "1", "--out", f"{folder}/big"])
        some = [
            *good_packs(folder, PACKS, 7000),
            Pack("big", f"{folder}/big/inputs", f"{folder}/big/rules", ["--year", "2025-26"]),
            Pack("fixtures", FIXTURES, RULES, ["--month", "2026-03"]),
            Pack("fixtures", FIXTURES, RULES, ["--year", "2025-26"]),
            local_fixture("2026-03"),
            local_fixture("2025-26"),
        ]
        free = sum(not has_caps(pack) for pack in some)
        tap.check(all_problems(shuffled, some), f"rows in another order: {len(some)} packs")
        tap.check([] if free > PACKS // 12 else [str(free)], f"of {free} of them activity, too")
        tap.check(all_problems(parted, some), "files in two parts")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
