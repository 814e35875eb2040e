#!/usr/bin/env python3
"""Real public data runs clean, and engine and oracle agree on it.

The packs are not part of the project; they are looked for in ../shared/real from its root.
"""

import csv
import io
import sys

from trials import Pack, side_by_side

from suite import REAL, Tap

PACKS = ("staffordshire-2021-22", "england-2021-22")
MONTHS = [f"{2021 + (m + 3) // 12}-{(m + 3) % 12 + 1:02d}" for m in range(12)]


def rows(run, name):
    """The rows of an output."""
    return list(csv.DictReader(io.StringIO(run.outputs[name].decode("utf-8"), newline="")))


def facts(pack, run):
    """What is known about the year-end of a pack."""
    payments, lines = rows(run, "payments.csv"), rows(run, "lines.csv")
    held = [row for row in payments if row["status"] == "hold"]
    listless = [r for r in rows(run, "exceptions.csv") if r["reason"] == "no-list-size"]
    found = []
    if pack == "england-2021-22" and (len(held), len(listless)) != (6, 6):
        found.append(f"{len(held)} held, {len(listless)} without a list size: 6 expected")
    if len(payments) != {"england-2021-22": 6470, "staffordshire-2021-22": 145}[pack]:
        found.append(f"{len(payments)} contracts")
    if any(row["fraction"] == "overflow" for row in lines):
        found.append("a fraction is out of range")
    return found


def nobody_left(pack):
    """How many achievements have nobody left in the denominator."""
    with open(REAL / pack / "inputs" / "achievement-copd.csv", encoding="utf-8") as stream:
        return sum(
            float(row["denominator"]) == float(row["exceptions"] or 0)
            for row in csv.DictReader(stream)
        )


def main():
    """Twelve months and the year-end of each."""
    tap = Tap()
    for name in PACKS:
        if not (REAL / name).is_dir():
            tap.skip(name, "the real packs are not here")
            continue
        folder = REAL / name
        whens = [*(["--month", month] for month in MONTHS), ["--year", "2021-22"]]
        some = [Pack(f"{name} {w[1]}", folder / "inputs", folder / "rules", w) for w in whens]
        results = side_by_side(lambda pack: pack.disagreements(), some)
        for pack, (found, run) in zip(some, results):
            tap.check(found + ([run.said] if run.status else []), f"{pack.name}: clean, as the oracle")
        tap.check(facts(name, results[-1][1]), f"{name}: contracts, and who is held")
        if name == "england-2021-22":
            count = nobody_left(name)
            tap.check([] if count == 149 else [str(count)], f"{name}: 149 with nobody left")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
