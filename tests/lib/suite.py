"""What the suites share: where things are, the engine, and test points as TAP."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("BUILD", ROOT / "build")).resolve()
ENGINE = os.environ.get("SCHEMEPAY", str(BUILD / "schemepay"))
FIXTURES = ROOT / "fixtures" / "2025-26"
RULES = ROOT / "rules"
LOCAL = ROOT / "fixtures" / "local"  # five local schemes, with rules and inputs of their own
REAL = ROOT.parent / "shared" / "real"  # public data that is not part of the project
MONTHS = [f"{2025 + (m + 3) // 12}-{(m + 3) % 12 + 1:02d}" for m in range(12)]
IS_SOAK = bool(os.environ.get("SOAK"))
TIME_LIMIT = 600  # seconds: a busy machine is no hang
SHOWN = 20  # problems of one test point


class Tap:
    """Test points on standard output, what is wrong on standard error; `done` ends them."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, problems, name, later=None):
        """A test point that fails where there are problems, which are shown. later: why it may."""
        self.count += 1
        self.failed += bool(problems) and not later
        name = " ".join(name.split()).replace("#", "\\#") + (f" # TODO {later}" if later else "")
        print(f"{'not ok' if problems else 'ok'} {self.count} - {name}", flush=True)
        for problem in list(problems)[:SHOWN]:
            print("# " + str(problem).replace("\n", "\n# "), file=sys.stderr)

    def ok(self, is_good, name, *details):
        """A test point that a condition decides; the details are shown where it fails."""
        self.check([] if is_good else details or ["it does not hold"], name)

    def skip(self, name, reason):
        """A test point that cannot be tried here."""
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}", flush=True)

    def done(self):
        """Print the plan; the exit status."""
        print(f"1..{self.count}")
        return 1 if self.failed else 0


class Ran(NamedTuple):
    """What came of a run of the engine."""

    status: int
    out: str
    err: str

    @property
    def said(self):
        """Both outputs."""
        return self.out + self.err


def engine(*arguments, cwd=None, environment=None, timeout=TIME_LIMIT, prepare=None):
    """Run the engine, without anything to read; prepare is called in its process before it starts."""
    done = subprocess.run([ENGINE, *map(str, arguments)], cwd=cwd, env=environment, check=False,
                          capture_output=True, timeout=timeout, stdin=subprocess.DEVNULL,
                          preexec_fn=prepare)
    return Ran(done.returncode, *(text.decode("utf-8", "replace")
                                  for text in (done.stdout, done.stderr)))


def must(*arguments):
    """Run the engine where anything but success ends the suite."""
    ran = engine(*arguments)
    if ran.status != 0:
        raise RuntimeError(f"{' '.join(map(str, arguments))}: exit {ran.status}\n{ran.said[:2000]}")


def run_period(archive, period, inputs=FIXTURES, rules=RULES, *options):
    """Work "2025-09" or "2025-26-YE" out; the folder of its outputs."""
    year_end = period.endswith("-YE")
    command = ("year-end", "--year", period[:7]) if year_end else ("month-end", "--month", period)
    must(*command, "--inputs", inputs, "--rules", rules, "--archive", archive, "--by", "Ann",
         "--quiet", *options)
    return max(Path(archive).glob(f"*/{period}/*/outputs"))
