#!/usr/bin/env python3
"""Breaks the engine's arithmetic and row checks one at a time; the tests must notice each.

    tests/mutation/mutate.py [--count N | --all] [--file PART] [--list] [--minutes M]

A mutant is one changed operator, boundary, constant or condition in the files below. The list is
the same for the same sources; --count takes so many of it, evenly spread. Each is built in a copy
of the project and killed by the first test that fails: fuzz inputs, unit tests, random packs
against the oracle, golden cases. What survives is printed last, and is the exit status. Mutants
that cannot change what the engine does stand in equivalent.txt, each with the reason.

What was judged is kept in build/mutation, and not judged again while the files that are broken stay
as they are: a list can be gone through in batches (--minutes), and closes with the whole. Survivors
are judged again each time, for a test may have come.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
FILES = ["base/number.c", "base/date.c", "base/decimal.c", "pack/*.c", "pack/*/*.c", "pay/*.c"]
PACKS = 120  # random packs a mutant must get right
TIME_LIMIT = 90  # seconds a test may take: a mutant that never ends is noticed, too

# What is changed into what: patterns that match an operator with what stands around it.
RULES = [
    (r" < ", " <= "), (r" <= ", " < "), (r" > ", " >= "), (r" >= ", " > "),
    (r" == ", " != "), (r" != ", " == "), (r" && ", " || "), (r" \|\| ", " && "),
    (r"(?<=[\w)\]]) \+ (?=[\w(])", " - "), (r"(?<=[\w)\]]) - (?=[\w(])", " + "),
    (r"(?<=[\w)\]]) \* (?=[\w(])", " + "), (r"(?<=[\w)\]]) / (?=[\w(])", " * "),
    (r"(?<=[\w)\]]) % (?=[\w(])", " / "), (r" \+= ", " -= "), (r" -= ", " += "),
    (r"\breturn true;", "return false;"), (r"\breturn false;", "return true;"),
    (r"\bMIN\(", "MAX("), (r"\bMAX\(", "MIN("), (r"\+\+;", ";"), (r" \? 1 : 0", " ? 0 : 1"),
    (r"(?<=[ (\[])\b1\b(?=[ ;),\]])", "2"), (r"(?<=[ (])\b(?:12|10|100|9|26)\b(?=[ ;),])", None),
    (r"(?<= )if \((?=[^()]*(?:\([^()]*\)[^()]*)*\)$)", "if (false && ("),
]
# Lines that take no part: they do not calculate, or what they do is not the tests' to see.
PASSED_OVER = re.compile(
    r"^\s*(?:#|/?\*|//|\w+_free|g_(?:free|assert|error)|static const char)|"
    r"_free\(|_unref\(|sized_new|G_GNUC|G_DEFINE|\[COLUMN|g_array_new|g_new0?\(|UINT64_CONSTANT|"
    r"^\s*for \(.*->len")


class Mutant:
    """One change of one line."""

    def __init__(self, path, number, line, changed):
        self.path, self.number, self.line, self.changed = path, number, line, changed

    def __str__(self):
        return f"{self.path}:{self.number}: {self.line.strip()}  ->  {self.changed.strip()}"

    def name(self):
        """What equivalent.txt calls it: without the number of the line."""
        return f"{self.path}: {self.line.strip()}  ->  {self.changed.strip()}"


def code_of(line):
    """A line with its strings and comments blanked."""
    line = re.sub(r'"(?:\\.|[^"\\])*"', lambda m: '"' * len(m.group()), line)
    line = re.sub(r"'(?:\\.|[^'\\])'", lambda m: "'" * len(m.group()), line)
    return re.sub(r"/\*.*?(?:\*/|$)", lambda m: "~" * len(m.group()), line)


def mutants_of(path):
    """All mutants of a file, from the top."""
    for number, line in enumerate((PROJECT / "engine" / path).read_text().splitlines(), start=1):
        code = code_of(line)
        if PASSED_OVER.search(line):
            continue
        for pattern, replacement in RULES:
            for match in re.finditer(pattern, code):
                new = replacement or str(int(match.group()) + 1)
                changed = line[: match.start()] + new + line[match.end() :]
                changed += ")" if new.startswith("if (false") else ""
                yield Mutant(path, number, line, changed)


def sources():
    """The files that are broken, in the order of the list."""
    engine = PROJECT / "engine"
    return [path for pattern in FILES for path in sorted(engine.glob(pattern))]


def all_mutants(part):
    """The list."""
    files = [str(path.relative_to(PROJECT / "engine")) for path in sources()]
    return [m for f in files if part in f for m in mutants_of(f)]


def without_equivalents(mutants):
    """Those that change something."""
    names = (Path(__file__).parent / "equivalent.txt").read_text().splitlines()
    equivalent = {name.split("  # ")[0] for name in names}
    return [mutant for mutant in mutants if mutant.name() not in equivalent]


class Copy:
    """A copy of the project in which mutants are built and tested."""

    def __init__(self, folder):
        self.folder, self.build = folder, folder / "build"
        for name in ("engine", "tests", "rules", "fixtures", "Makefile"):
            source = PROJECT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("corpus"))
            else:
                shutil.copy(source, folder)
        (folder / "tests/fuzz/corpus").symlink_to(PROJECT / "tests/fuzz/corpus")
        self.environment = {
            **os.environ,
            "BUILD": str(self.build),
            "SCHEMEPAY": str(self.build / "schemepay"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        os.environ.update(self.environment)  # before the tests' own modules look at it
        self.packs = []

    def make(self, *targets):
        """Build targets; whether that went well. What reads beyond an array ends the program."""
        line = ["make", "-s", "-j2", f"BUILD={self.build}", "WARNINGS=", "HARDENING=", "LDFLAGS=",
                "CFLAGS=-O1 -fsanitize=bounds -fsanitize-undefined-trap-on-error", *targets]
        return subprocess.run(line, cwd=self.folder, capture_output=True, check=False).returncode == 0

    def read_packs(self):
        """Random packs and what the oracle makes of them, worked out once."""
        sys.path.insert(0, str(self.folder / "tests/properties"))
        import trials

        trials.TIME_LIMIT = TIME_LIMIT
        for seed in range(PACKS):
            pack = trials.random_pack(seed, self.folder / "packs")
            expected = pack.expectation()
            pack.expectation = lambda expected=expected: expected
            self.packs.append(pack)

    def passes(self, *line):
        """Whether a program of TAP finds nothing wrong."""
        try:
            done = subprocess.run(line, cwd=self.folder, env=self.environment, check=False,
                                  capture_output=True, timeout=TIME_LIMIT,
                                  stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0 and not re.search(rb"(?m)^not ok", done.stdout)

    def packs_agree(self):
        """Whether engine and oracle agree on all packs."""
        try:
            return not any(pack.disagreements()[0] for pack in self.packs)
        except (subprocess.TimeoutExpired, KeyError, IndexError):
            return False

    def killer(self, suites):
        """The first test that fails, None, or "" where the engine does not build."""
        if not self.make("unit-tests"):
            return ""
        for suite in suites:
            if not self.passes(suite, "--tap"):
                return Path(suite).name
        if not self.make("all", "fuzz-replays") or not self.passes("tests/fuzz/replay.t"):
            return "fuzz inputs"
        if not self.packs_agree():
            return "oracle"
        return None if self.passes("tests/golden/run") else "golden"

    def suites(self):
        """The unit tests, the smallest first."""
        found = [p for p in (self.build / "tests/unit").glob("test_*") if p.suffix == ""]
        return [str(p) for p in sorted(found, key=lambda p: (p.stat().st_size, p.name))]

    def judge(self, mutant, suites):
        """The test that kills a mutant, None where none does, or "" where it does not build."""
        path = self.folder / "engine" / mutant.path
        original = path.read_text()
        lines = original.splitlines()
        lines[mutant.number - 1] = mutant.changed
        path.write_text("\n".join(lines) + "\n")
        try:
            return self.killer(suites)
        finally:
            path.write_text(original)


class Record:
    """What was judged before, of the same sources."""

    def __init__(self):
        self.path = PROJECT / "build/mutation"
        self.outcomes = {}
        digest = hashlib.sha256()
        for path in sources():
            digest.update(path.read_bytes())
        head = f"sources {digest.hexdigest()}"
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        if lines[:1] == [head]:
            self.outcomes = dict(line.split("\t") for line in lines[1:])
            return
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(head + "\n")

    def add(self, mutant, outcome):
        """Note what became of a mutant; of a survivor, nothing."""
        if outcome is None:
            return
        self.outcomes[str(mutant)] = outcome
        with self.path.open("a") as file:
            print(mutant, outcome, sep="\t", file=file)


def judge_all(mutants, record, minutes):
    """Judge those that were not, as long as time is left; the outcomes of the whole list."""
    found, end = [], time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory(prefix="schemepay-mutation-") as folder:
        copy = Copy(Path(folder))
        if not copy.make("all", "unit-tests", "fuzz-replays"):
            sys.exit("the project does not build")
        copy.read_packs()
        suites = copy.suites()
        if (failing := copy.killer(suites)) is not None:
            sys.exit(f"{failing} fails before anything is broken")
        for number, mutant in enumerate(mutants, start=1):
            if str(mutant) in record.outcomes:
                found.append((mutant, record.outcomes[str(mutant)]))
            elif time.monotonic() < end:
                outcome = copy.judge(mutant, suites)
                record.add(mutant, outcome)
                found.append((mutant, outcome))
                word = {"": "does not build", None: "SURVIVED"}.get(outcome, f"killed by {outcome}")
                print(f"{number}/{len(mutants)} {mutant}: {word}", flush=True)
    return found


def main():
    """Judge the mutants asked for."""
    parser = argparse.ArgumentParser(prog="mutate")
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--file", default="", help="only files with this in their path")
    parser.add_argument("--minutes", type=float, default=1e6, help="judge no more after so long")
    parser.add_argument("--list", action="store_true", help="say which, and do nothing")
    options = parser.parse_args()
    mutants = all_mutants(options.file)
    if not options.all and len(mutants) > options.count:
        mutants = [mutants[i * len(mutants) // options.count] for i in range(options.count)]
    mutants = without_equivalents(mutants)
    if options.list:
        print(*mutants, sep="\n")
        return 0
    found = judge_all(mutants, Record(), options.minutes)
    survivors = [mutant for mutant, outcome in found if outcome is None]
    built = sum(outcome != "" for _, outcome in found)
    print("", *survivors, sep="\n")
    print(f"{built} mutants, {built - len(survivors)} killed, {len(survivors)} survived")
    if len(found) < len(mutants):
        print(f"{len(mutants) - len(found)} more are to be judged: repeat the command")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
