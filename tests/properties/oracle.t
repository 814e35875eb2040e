#!/usr/bin/env python3
"""Engine and oracle agree: on random packs, on the fixtures at month-ends, and at year-end."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from trials import all_problems, fixture, local_fixture, random_pack, side_by_side

from suite import IS_SOAK, MONTHS, Tap

BATCHES, BATCH = 3, 25
MORE = {"FROM": str(BATCHES * BATCH), "SEEDS": "5000", "MINUTES": "0.1"}


def more_packs(tap):
    """As many random packs as there is time for."""
    line = [sys.executable, str(Path(__file__).with_name("soak"))]
    done = subprocess.run(line, env={**os.environ, **MORE}, capture_output=True, text=True,
                          check=False)
    print(f"# {done.stdout.splitlines()[-1] if done.stdout else done.stderr}")
    tap.check([] if done.returncode == 0 else [done.stdout, done.stderr], "random packs, some seconds long")


def main():
    """Compare every cell of the four tables."""
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="schemepay-") as folder:
        for batch in range(BATCHES):
            seeds = range(batch * BATCH, (batch + 1) * BATCH)
            found = all_problems(lambda s: random_pack(s, folder).disagreements()[0], seeds)
            tap.check(found, f"random packs {seeds[0]} to {seeds[-1]}")
    more_packs(tap)
    whens = [*(MONTHS if IS_SOAK else MONTHS[1::4]), "2025-26"]
    for pack_of in (fixture, local_fixture):
        results = side_by_side(lambda w, pack_of=pack_of: pack_of(w).disagreements(), whens)
        for when, (found, _) in zip(whens, results):
            tap.check(found, pack_of(when).name)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
