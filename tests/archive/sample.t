#!/usr/bin/env python3
"""Anyone draws the same sample: by a few lines of Python from the run's folder.

The rows that a sample is drawn from are held to the run's own outputs: they add up to lines.csv, and
their places are rows of the sealed inputs. TAP on standard output.
"""

import csv
import hashlib
import json
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from suite import Tap, engine, must, run_period  # noqa: E402  pylint: disable=C0413
from tiny import Folder  # noqa: E402  pylint: disable=C0413

ALL = 1_000_000


def draw(rows, manifest, count, group=lambda row: ""):
    """The rows with the least numbers, so many of each group."""
    piles = defaultdict(list)
    for row in rows:
        number = hashlib.sha256(f"{manifest}\n{row['file']}\n{row['line']}".encode()).hexdigest()
        piles[group(row)].append((number, row["file"], row["line"]))
    return [drawn for name in piles for drawn in sorted(piles[name])[:count]]


def sample(archive, *options):
    """The rows that schemepay draws, and what it prints."""
    ran = engine("sample", "2025-09", "--archive", archive, *options)
    return list(csv.DictReader(ran.out.splitlines())), ran


def identity(rows):
    """Number, file and line of each row."""
    return [(row["sha256"], row["file"], row["line"]) for row in rows]


def sums(rows, *names):
    """Amounts by some columns."""
    found = defaultdict(Decimal)
    for row in rows:
        found[tuple(row[name] for name in names)] += Decimal(row["amount"])
    return found


def test_population(tap, folder, rows):
    """All rows together are what lines.csv pays of claims."""
    names = ("scheme", "provider", "month")
    lines = [{**line, "activity": line["item"]}
             for line in csv.DictReader((folder / "outputs/lines.csv").open(encoding="utf-8"))
             if line["kind"] == "activity"]
    tap.ok(sums(rows, *names, "activity") == sums(lines, *names, "activity"),
           "all rows add up to lines.csv, line by line")
    tap.ok(len({(row["file"], row["line"]) for row in rows}) == len(rows) > 10_000,
           f"no row is drawn twice of {len(rows):,}")
    wrong, texts, references = [], {}, set()
    for row in rows:
        path = folder / "inputs" / row["file"]
        lines = texts.setdefault(path, path.read_bytes().decode("cp1252").splitlines())
        cells = [cell.strip() for cell in next(csv.reader([lines[int(row["line"]) - 1]]))]
        wrong += [cells] if not {row["scheme"], row["provider"]} <= set(cells) else []
        references |= {cell for cell in cells if cell.startswith("P-")}
    tap.check(wrong, "each place is a row of its scheme and provider")
    return references


def main():
    """A month of the fixtures."""
    tap = Tap()
    with Folder() as place:
        archive = place / "archive"
        folder = run_period(archive, "2025-09").parent
        must("approve", "2025-09/001", "--archive", archive, "--by", "Sam", "--yes", "--quiet")
        manifest = hashlib.sha256((folder / "manifest").read_bytes()).hexdigest()
        rows, ran = sample(archive, "--rows", ALL)
        tap.ok(ran.status == 0 and ran.err == "", "a sample of all rows", ran.err)
        references = test_population(tap, folder, rows)
        tap.ok(len(references) > 100 and not any(name in ran.out for name in references),
               "no patient reference is printed")
        tap.ok(identity(sample(archive, "--rows", 25)[0]) == draw(rows, manifest, 25),
               "the 25 rows with the least numbers")
        for name in ("provider", "scheme"):
            drawn = identity(sample(archive, "--rows", 2, "--by", name)[0])
            tap.ok(sorted(drawn) == sorted(draw(rows, manifest, 2, lambda row, n=name: row[n])),
                   f"two rows of each {name}")
        one = sample(archive, "--rows", 500, "--threads", 1)[1].out
        tap.ok(one == sample(archive, "--rows", 500, "--threads", 5)[1].out,
               "the same bytes by one thread and by five")
        shown = json.loads(sample(archive, "--rows", 1, "--json")[1].out)
        tap.ok(shown["drawn_from"]["rows"] == len(rows) and
               Decimal(shown["drawn_from"]["amount"]) == sum(sums(rows, "scheme").values()),
               "JSON says what it was drawn from", shown["drawn_from"])
    return tap.done()


sys.exit(main())
