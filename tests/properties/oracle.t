#!/usr/bin/env python3
"""Engine and oracle agree: on random packs, on the fixtures month by month, and at year-end."""

import sys
import tempfile

from engine import MONTHS, Tap, all_problems, fixture, random_pack, side_by_side

BATCHES, BATCH = 8, 25


def main():
    """Compare every cell of the four tables."""
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="schemepay-") as folder:
        for batch in range(BATCHES):
            seeds = range(batch * BATCH, (batch + 1) * BATCH)
            found = all_problems(lambda s: random_pack(s, folder).disagreements()[0], seeds)
            tap.check(found, f"random packs {seeds[0]} to {seeds[-1]}")
    whens = [*MONTHS, "2025-26"]
    for when, (found, _) in zip(whens, side_by_side(lambda w: fixture(w).disagreements(), whens)):
        tap.check(found, f"fixtures for {when}")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
