#!/usr/bin/env python3
"""No polluted file changes a payment without a word.

    pollution.t             some thousand polluted files, as TAP; SOAK=1: all of them, and pairs
    pollution.t --write     all of them, and the tables of tests/README.md
    pollution.t --show KIND [FILE]     what comes of the files of a kind, one a line

One file of the smallest pack is polluted at a time, and the pack is read and worked out for the
year-end.  Then the file was

    read right   payments, lines and the number of rows are those of the good pack
    refused      the run was, with a message
    listed       they are others, or rows were not accepted, and exceptions or warnings say so
    silent       they are others, and nothing says so: a fault, but for what no program can see
"""

import csv
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/pollution"))

from base import FULL, PACKS, PERIOD, Table, tables  # noqa: E402
from kinds import KINDS  # noqa: E402

BUILD = Path(os.environ.get("BUILD", ROOT / "build")).resolve()
ENGINE = os.environ.get("SCHEMEPAY", str(BUILD / "schemepay"))
README = ROOT / "tests/README.md"
IS_SOAK = bool(os.environ.get("SOAK"))
MOST = 4  # files of one kind and table, unless all are asked for
PAIRS = int(os.environ.get("PAIRS") or 20_000)  # of pollutions, one upon the other
BY_COMMAND = 150  # one in so many is given to the command, too
RIGHT, REFUSED, LISTED, SILENT = OUTCOMES = "read right", "refused", "listed", "silent"
MARKS = dict(zip(OUTCOMES, "=×!s"))


class Tap:
    """Test points on standard output, what is wrong on standard error; `done` ends them."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, problems, name):
        """A test point that fails where there are problems, which are shown."""
        self.count += 1
        self.failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {self.count} - {name}", flush=True)
        for problem in list(problems)[:20]:
            print("# " + str(problem).replace("\n", "\n# "), file=sys.stderr)

    def done(self):
        """Print the plan; the exit status."""
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def rows_of(path):
    """The rows of an output."""
    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def without_reason(row):
    """A row of lines.csv without the words that an adjustment is for."""
    return row[:3] + ["" if row[2] == "adjustment" else row[3]] + row[4:]


class Reader:
    """A pack in a folder, and the program that reads it."""

    def __init__(self, folder, texts):
        self.folder, self.texts = Path(folder), texts
        for path, text in texts.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text, encoding="utf-8")
        (self.folder / "outputs").mkdir()
        self.process = subprocess.Popen([BUILD / "tests/pollution/reader", PERIOD], text=True,
                                        encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.good = self._read()
        assert self.good == (0, [], self.good[2], []), self.good

    def close(self):
        """End it."""
        self.process.stdin.close()
        self.process.wait()

    def _read(self):
        """The pack as it is: status, messages, figures, exceptions."""
        self.process.stdin.write(f"{self.folder}\n")
        self.process.stdin.flush()
        lines = []
        while not lines or lines[-1] != ".\n":
            lines.append(self.process.stdout.readline())
            assert lines[-1], f"the reader ended: {self.process.wait()}"
        status = int(lines[0].split()[1])
        figures, exceptions = [], []
        if status == 0:
            outputs = self.folder / "outputs"
            figures = [(outputs / "payments.csv").read_text(encoding="utf-8"),
                       *map(without_reason, rows_of(outputs / "lines.csv")),
                       *(row[2] for row in rows_of(outputs / "controls.csv"))]
            exceptions = rows_of(outputs / "exceptions.csv")
        return status, lines[1:-1], figures, exceptions

    def polluted(self, path, content):
        """(what became of a polluted file, what was said of it)."""
        target = self.folder / path
        target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        status, said, figures, exceptions = self._read()
        if status != 0:
            return (REFUSED if said and status in (65, 78) else SILENT), [f"status {status}", *said]
        said = said + [",".join(row) for row in exceptions]
        if figures == self.good[2] and not exceptions:
            return RIGHT, said
        return (LISTED if said else SILENT), said

    def restore(self, path):
        """Put the good file back."""
        (self.folder / path).write_text(self.texts[path], encoding="utf-8")

    def by_command(self):
        """The exit status of the command over the pack as it is, and what it says."""
        line = [ENGINE, "check", "--year", PERIOD[:7], "--inputs", "inputs", "--rules", "rules", "--quiet"]
        done = subprocess.run(line, cwd=self.folder, capture_output=True, check=False, text=True,
                              encoding="utf-8", stdin=subprocess.DEVNULL)
        said = done.stderr.splitlines(keepends=True)
        return done.returncode, [text for text in said if not text.startswith("schemepay:")]


def cases_of(kind, table):
    """The polluted files of a kind, each once, without the good one."""
    found = dict.fromkeys(kind.make(table))
    found.pop(table.text, None)
    return list(found)


def chosen(cases, number):
    """So many of them, spread evenly."""
    step = max(1, -(-len(cases) // number))
    return cases[::step]


class Suite:
    """All kinds over all files, and what became of each."""

    def __init__(self, readers, takes_all):
        self.readers, self.takes_all = readers, takes_all
        self.counts = {}  # (kind, table) -> Counter of outcomes
        self.total = 0
        self.by_command = []

    def run(self, kind):
        """The problems with a kind."""
        problems = []
        for name, reader in self.readers.items():
            for table in tables(PACKS[name]):
                cases = cases_of(kind, table)
                counts = self.counts.setdefault((kind.name, table.name), Counter())
                for content in cases if self.takes_all else chosen(cases, MOST):
                    outcome, said = reader.polluted(table.path, content)
                    self.compare(reader, said, outcome)
                    counts[outcome] += 1
                    if outcome == SILENT and not kind.unseen or outcome != RIGHT and kind.same:
                        problems.append(f"{name}, {table.name}: {outcome}\n{content!r}\n{''.join(said)}")
                reader.restore(table.path)
        return problems

    def compare(self, reader, said, outcome):
        """Give one in some to the command: it must say the same."""
        self.total += 1
        if self.total % BY_COMMAND:
            return
        status, found = reader.by_command()
        wanted = int(said[0].split()[1]) if outcome == REFUSED else 0
        messages = [text for text in said[outcome == REFUSED:] if text.endswith("\n")]
        if (status, found) != (wanted, messages):
            self.by_command.append(f"status {status}, not {wanted}\n{''.join(found)}instead of\n{''.join(messages)}")

    def pairs(self, number):
        """What is wrong with files that were polluted twice.

        Between the two the file is made whole, so that nobody could see what was lost of it.
        """
        rng, problems = random.Random(11), []
        kinds = [kind for kind in KINDS if not kind.unseen]
        firsts = [kind for kind in kinds if kind.group != "cut off" and "fewer" not in kind.name]
        for _ in range(number):
            pack = rng.choice(list(PACKS))
            reader = self.readers[pack]
            one, other, table = rng.choice(firsts), rng.choice(kinds), rng.choice(tables(PACKS[pack]))
            cases = [c for c in cases_of(one, table) if isinstance(c, str) and "\n" in c]
            if not cases:
                continue
            lines = [line.split(",") for line in rng.choice(cases).splitlines() if line]
            width = max(map(len, lines), default=0)
            lines = [line + [""] * (width - len(line)) for line in lines]
            if len(lines) < 2:
                continue
            cases = list(other.make(Table(table.path, lines[0], lines[1:])))
            if cases:
                content = rng.choice(cases)
                outcome, said = reader.polluted(table.path, content)
                if outcome == SILENT:
                    problems.append(f"{pack}: {one.name}, {other.name}: {table.name}\n{content!r}\n{said}")
            reader.restore(table.path)
        return problems

    def sum_of(self, kind=None, table=None):
        """Outcomes of a kind, of a table, or of all."""
        return sum((counts for (k, t), counts in self.counts.items()
                    if kind in (None, k) and table in (None, t)), Counter())


# --- tables --------------------------------------------------------------------------------------

SHORT = {"providers": "register", "participation": "particip.", "list_sizes": "lists", "achievement": "achievem.",
         "payments_before": "before", "adjustments": "adjustm.", "indicators": "indicat."}


def table_lines(header, rows):
    """A table as Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in (header, *rows)]
    return [lines[0], "|---" * len(header) + "|", *lines[1:]]


def printed(suite):
    """The tables of tests/README.md, as lines."""
    names = [table.name for table in tables()]
    lines = table_lines(["kind", *(SHORT.get(name, name) for name in names)], [
        [f"{kind.group}: {kind.name}",
         *("".join(MARKS[o] for o in OUTCOMES if suite.counts[kind.name, name][o]) or "–" for name in names)]
        for kind in KINDS])
    lines += ["", *table_lines(["file", "files tried", *OUTCOMES], [
        [name or "all", str(sum(suite.sum_of(table=name).values())),
         *(str(suite.sum_of(table=name)[o]) for o in OUTCOMES)] for name in (*names, None)])]
    lines += ["", *table_lines(["what may be silent", "silent", "of", "why no program can see it"], [
        [f"{kind.group}: {kind.name}", str(suite.sum_of(kind.name)[SILENT]),
         str(sum(suite.sum_of(kind.name).values())), kind.unseen] for kind in KINDS if kind.unseen])]
    return lines


def in_readme():
    """(the lines of tests/README.md, where the tables begin, where they end)."""
    lines = README.read_text(encoding="utf-8").splitlines()
    start = lines.index("<!-- pollution -->") + 1
    return lines, start, lines.index("<!-- end -->", start)


def cells_of(lines):
    """The cells of Markdown rows."""
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("| ")]


def check_readme():
    """What the tables of tests/README.md lack: a kind, or the reason why one may be silent."""
    lines, start, end = in_readme()
    rows = cells_of(lines[start:end])
    kinds = {row[0]: row[1:] for row in rows if len(row) == len(FULL) + 1 and row[0] != "kind"}
    reasons = {row[0]: row[3] for row in rows if len(row) == 4}
    silent = [name for name, cells in kinds.items() if any(MARKS[SILENT] in cell for cell in cells)]
    names = {f"{kind.group}: {kind.name}": kind for kind in KINDS}
    return [*(f"not in the table: {name}" for name in names if name not in kinds),
            *(f"in the table alone: {name}" for name in kinds if name not in names),
            *(f"silent without a reason: {name}" for name in silent if name not in reasons),
            *(f"another reason: {name}" for name, kind in names.items()
              if kind.unseen and reasons.get(name) != kind.unseen)]


# --- what is asked for ---------------------------------------------------------------------------


def show(readers, wanted, file=None):
    """Print what comes of a kind's files."""
    for kind, (name, reader) in itertools.product(KINDS, readers.items()):
        for table in tables(PACKS[name]) if wanted in f"{kind.group}: {kind.name}" else ():
            for content in cases_of(kind, table) if file in (None, table.name) else ():
                outcome, said = reader.polluted(table.path, content)
                print(f"{outcome}\t{kind.name}\t{name}, {table.name}\t{content!r}\t{''.join(said)!r}")
            reader.restore(table.path)
    return 0


def write(suite):
    """Write the tables."""
    lines, start, end = in_readme()
    README.write_text("\n".join([*lines[:start], *printed(suite), *lines[end:]]) + "\n", encoding="utf-8")


def run_all(readers, is_writing):
    """All kinds as test points; the exit status."""
    suite, tap, start = Suite(readers, IS_SOAK or is_writing), Tap(), time.process_time()
    for kind in KINDS:
        tap.check(suite.run(kind), f"{kind.group}: {kind.name}" + (" (may be silent)" if kind.unseen else ""))
    tap.check(suite.by_command, "the command says the same")
    if IS_SOAK:
        tap.check(suite.pairs(PAIRS), "files polluted twice")
    if is_writing:
        write(suite)
    tap.check(check_readme(), "tests/README.md has every kind, and why some may be silent")
    for line in printed(suite):
        print(f"# {line}")
    print(f"# {suite.total} polluted files, {time.process_time() - start:.1f} s")
    return tap.done()


def main(arguments):
    """Test, write or show; the exit status."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="schemepay-", dir=memory) as folder:
        readers = {name: Reader(Path(folder, name), texts) for name, texts in PACKS.items()}
        try:
            if arguments[:1] == ["--show"]:
                return show(readers, *arguments[1:])
            return run_all(readers, arguments == ["--write"])
        finally:
            for reader in readers.values():
                reader.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
