"""What the property tests share: packs, random ones among them, and runs of engine and oracle."""

import json
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("lib", "oracle")]

import packs  # noqa: E402
from compare import FILES, differences, raw_table  # noqa: E402
from oracle import Refused, reckon  # noqa: E402
from suite import FIXTURES, LOCAL, RULES, engine  # noqa: E402
from times import month_period, year_period  # noqa: E402

TIME_LIMIT = 300


class Run:
    """One run of the engine: its exit status, what it said, and the outputs by path."""

    def __init__(self, arguments, cwd=None, environment=None, archive=None):
        with tempfile.TemporaryDirectory(prefix="schemepay-") as folder:
            archive = archive or os.path.join(folder, "archive")
            self.status, _, self.said = engine(
                *arguments, "--archive", archive, cwd=cwd, environment=environment,
                timeout=TIME_LIMIT
            )
            self.outputs = {}
            found = sorted(Path(cwd or ".", archive).glob("*/*/*/outputs"))
            for path in sorted(found[-1].rglob("*")) if found and self.status == 0 else ():
                if path.is_file():
                    self.outputs[str(path.relative_to(found[-1]))] = path.read_bytes()

    def problems(self, other):
        """How another run differs from this one."""
        if self.status != other.status:
            return [f"exit {self.status}, then {other.status}: {other.said}"]
        names = sorted(self.outputs.keys() | other.outputs.keys())
        return [n for n in names if self.outputs.get(n) != other.outputs.get(n)]


class Pack:
    """A folder of inputs with its rules and the period it is for."""

    def __init__(self, name, inputs, rules, arguments, expected=0):
        self.name, self.inputs, self.rules = name, Path(inputs), Path(rules)
        self.arguments, self.expected = arguments, expected

    def command(self, inputs=None, rules=None):
        """The engine's arguments for the run."""
        verb = "month-end" if self.arguments[0] == "--month" else "year-end"
        where = ["--inputs", str(inputs or self.inputs), "--rules", str(rules or self.rules)]
        return [verb, *self.arguments, *where, "--by", "tester", "--quiet"]

    def period(self):
        """The period as the oracle has it."""
        kind, when = self.arguments
        return month_period(when) if kind == "--month" else year_period(when)

    def rules_of_year(self):
        """The folder of the rules that are used."""
        return self.rules / self.period().year.label

    def run(self, *more, inputs=None):
        """The engine's run."""
        return Run([*self.command(inputs), *more])

    def expectation(self):
        """The exit status and the four tables, by the oracle."""
        try:
            return 0, reckon(self.inputs, self.rules, self.period())
        except Refused as refused:
            return refused.status, {}

    def disagreements(self):
        """What the engine and the oracle disagree on, and the engine's run."""
        run = self.run()
        status, tables = self.expectation()
        found = []
        if status != run.status:
            found.append(f"{self.name}: exit: oracle {status}, engine {run.status}: {run.said}")
        if self.expected not in (status, None):
            found.append(f"{self.name}: exit: expected {self.expected}, oracle {status}")
        for name in FILES if not found and status == 0 else ():
            pair = [
                raw_table(side[name].decode("utf-8", "surrogateescape"))
                for side in (tables, run.outputs)
            ]
            found += [f"{self.name}: {line}" for line in differences(name, *pair)]
        return found, run


def random_pack(seed, folder):
    """The random little pack of a seed, written below a folder; odd ones are of the new kind."""
    place, is_new = Path(folder) / str(seed), seed % 2 == 1
    packs.small_pack(seed, place, is_new=is_new)
    case = json.loads((place / "case.json").read_text(encoding="utf-8"))
    return Pack(
        f"seed {seed}", place / "inputs", place / "rules", case["arguments"], case["expected_exit"]
    )


def good_packs(folder, count, first=0):
    """So many random packs that nothing refuses."""
    seed = first
    while count > 0:
        pack = random_pack(seed, folder)
        if pack.expected == 0:
            yield pack
            count -= 1
        seed += 1


def fixture(when):
    """The fixtures for a month, or for the year-end."""
    kind = "--year" if when == "2025-26" else "--month"
    return Pack(f"fixtures {when}", FIXTURES, RULES, [kind, when])


def local_fixture(when):
    """The fixtures of local schemes, likewise."""
    kind = "--year" if when == "2025-26" else "--month"
    return Pack(f"local fixtures {when}", LOCAL / "inputs", LOCAL / "rules", [kind, when])


def side_by_side(function, items):
    """The results for all items, in order, on two threads: the engine runs beside Python."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(function, items))


def all_problems(function, items):
    """The problems that a function finds in each of the items, in one list."""
    return [problem for found in side_by_side(function, items) for problem in found]
