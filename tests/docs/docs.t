#!/usr/bin/env python3
"""The READMEs say what the program does.

    docs.t            the tests, as TAP
    docs.t --write    writes the program's tables into the READMEs (make docs)

Comments in a README say what stands below them:

    <!-- table: NAME -->    a table that $BUILD/tests/docs/print prints, up to <!-- end -->. A README
                            may add columns of its own on the right; a row is known by its first cell.
    <!-- run -->            a block of commands that are run, in a copy of the project that all blocks
                            of a README share. <!-- run: status 1 --> where the status is not 0.
    <!-- shows -->          a block of lines that the commands above it print, in this order.
    <!-- files: FOLDER -->  a block of names of files and, behind or below each, lines of it.

In lines that are shown, "…" stands for anything.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from suite import BUILD, ENGINE, ROOT, TIME_LIMIT, Tap  # noqa: E402  pylint: disable=C0413

NAMES = ("README.md", "fixtures/README.md", "rules/README.md", "rules/RECIPES.md",
         "engine/README.md",         "engine/archive/README.md", "engine/report/README.md", "tests/README.md")
MEASURED = "tests/README.md"  # the only one with figures of speed
WIDTH, FRONT_LINES = 120, 150

COMMENT = re.compile(r"<!-- (\w+)(?:: (.*?))? -->")
TIME = re.compile(r"(?<![\w-])[0-9][0-9.,]* ?(?:ms|s|seconds?|minutes?)\b")
LINK = re.compile(r"\]\(([^)\s]+)\)")


def printed_tables():
    """The program's tables: name -> rows of cells, the header first."""
    done = subprocess.run([BUILD / "tests/docs/print"], check=True, capture_output=True, text=True)
    tables = {}
    for part in done.stdout.split("table: ")[1:]:
        name, _, text = part.partition("\n")
        tables[name] = rows_of(text.split("\n\n")[0].splitlines())
    return tables


def rows_of(lines):
    """The cells of a Markdown table, without the row of dashes."""
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines if line]
    return rows[:1] + rows[2:]


class Block:
    """What stands below a comment: up to the end of a fenced block, or to <!-- end -->."""

    def __init__(self, kind, value, line, lines):
        self.kind, self.value, self.line = kind, value or "", line
        self.lines = lines


class Readme:
    """A README: its text and what its comments mark."""

    def __init__(self, name):
        self.name, self.path = name, ROOT / name
        self.lines = self.path.read_text(encoding="utf-8").splitlines()
        self.blocks, self.problems = [], []
        for at, line in enumerate(self.lines):
            match = COMMENT.fullmatch(line)
            if match and match[1] != "end":
                last = "<!-- end -->" if match[1] in ("table", "measured", "pollution") else "```"
                first = at + (1 if last != "```" else 2)
                try:
                    end = self.lines.index(last, first)
                except ValueError:
                    self.problems.append(f"{name}:{at + 1}: has no end")
                    continue
                self.blocks.append(Block(match[1], match[2], first, self.lines[first:end]))

    def prose(self):
        """The lines outside fenced blocks, with their numbers."""
        is_code = False
        for number, line in enumerate(self.lines, 1):
            if line.startswith("```"):
                is_code = not is_code
            elif not is_code:
                yield number, line

    def anchors(self):
        """What a link can name behind "#"."""
        for _, line in self.prose():
            if line.startswith("#"):
                title = re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower())
                yield title.replace(" ", "-")


def merged(printed, written):
    """A table of the program with the columns that the README adds."""
    width = len(printed[0])
    own = {row[0]: row[width:] for row in written}
    extra = written[0][width:] if written else []
    rows = [printed[0] + extra]
    rows += [row + own.get(row[0], [""] * len(extra)) for row in printed[1:]]
    return rows


def table_lines(rows):
    """A table as Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines = [line.replace("|  |", "| |") for line in lines]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]


def check_tables(tap, readmes, tables):
    """Tables are the program's, none is missing, and what a README adds is there."""
    shown = set()
    for readme in readmes:
        for block in (b for b in readme.blocks if b.kind == "table"):
            shown.add(block.value)
            if block.value not in tables:
                tap.check(["the program prints no such table"], f"{readme.name}: {block.value}")
                continue
            rows = merged(tables[block.value], rows_of(block.lines))
            expected = table_lines(rows)
            problems = [f"has {a!r}\nnot {b!r}" for a, b in zip(block.lines, expected) if a != b]
            if len(block.lines) != len(expected):
                problems.append(f"{len(block.lines)} lines, not {len(expected)}: try make docs")
            problems += [f"{row[0]}: not said" for row in rows[1:] if "" in row[len(tables[block.value][0]):]]
            tap.check(problems, f"{readme.name}: the table {block.value} is the program's")
    tap.check(sorted(set(tables) - shown), "every table of the program stands in a README")


def write_tables(readmes, tables):
    """Replace the tables in place."""
    for readme in readmes:
        for block in reversed([b for b in readme.blocks if b.kind == "table" and b.value in tables]):
            rows = merged(tables[block.value], rows_of(block.lines))
            readme.lines[block.line : block.line + len(block.lines)] = table_lines(rows)
        readme.path.write_text("\n".join(readme.lines) + "\n", encoding="utf-8")


def check_form(tap, readme):
    """Lengths, figures of speed, links."""
    tap.check(readme.problems, f"{readme.name}: what is marked has an end")
    long = [f"line {n}: {len(s)} characters" for n, s in enumerate(readme.lines, 1) if len(s) > WIDTH]
    tap.check(long, f"{readme.name}: no line is over {WIDTH} characters")
    if readme.name == "README.md":
        tap.ok(len(readme.lines) <= FRONT_LINES, f"README.md: at most {FRONT_LINES} lines", len(readme.lines))
    if readme.name != MEASURED:
        times = [f"line {n}: {TIME.search(s)[0]}" for n, s in readme.prose() if TIME.search(s)]
        tap.check(times, f"{readme.name}: figures of speed stand in {MEASURED} alone")


def check_links(tap, readmes):
    """Files are there, and sections, too."""
    anchors = {readme.path: set(readme.anchors()) for readme in readmes}
    for readme in readmes:
        problems = []
        for number, line in readme.prose():
            for target in LINK.findall(line):
                if re.match("[a-z]+:", target):
                    continue
                path, _, section = target.partition("#")
                there = (readme.path.parent / path).resolve() if path else readme.path
                if not there.exists():
                    problems.append(f"line {number}: {target} is not there")
                elif section and section not in anchors.get(there, ()):
                    problems.append(f"line {number}: {target} is no section")
        tap.check(problems, f"{readme.name}: links lead somewhere")
    text = [line for readme in readmes for line in readme.lines]
    tap.check([line for line in text if "shared" + "/" in line], "nothing refers to what is outside the project")


def pattern_of(line):
    """What a line that is shown can be."""
    return re.compile(".*?".join(re.escape(part) for part in line.rstrip().split("…")) + r"\s*")


def not_shown(lines, text):
    """The first of the lines that does not follow in the text, or nothing."""
    said, at = text.splitlines(), 0
    for line in lines:
        pattern = pattern_of(line)
        while at < len(said) and not pattern.fullmatch(said[at]):
            at += 1
        if at == len(said):
            return [f"is not printed: {line}", *said[-20:]]
        at += 1
    return []


def check_files(folder, block):
    """Lines of files that are not in them."""
    problems, content = [], ""
    for line in block.lines:
        match = re.match(r"(\S*)\s+(.*)", line)
        if match[1]:
            content = (folder / block.value / match[1]).read_text(encoding="utf-8").splitlines()
        if not any(pattern_of(match[2]).fullmatch(said) for said in content):
            problems.append(f"is not in it: {line}")
    return problems


def copy_project(folder):
    """The project without what is built, but for the engine."""
    shutil.copytree(ROOT, folder, symlinks=True,
                    ignore=lambda path, _: ["build", ".git"] if Path(path) == ROOT else [])
    (folder / "build").mkdir()
    (folder / "build/schemepay").symlink_to(ENGINE)


def check_commands(tap, readme):
    """Commands do what is said below them."""
    blocks = [b for b in readme.blocks if b.kind in ("run", "shows", "files")]
    if not blocks:
        return
    with tempfile.TemporaryDirectory(prefix="schemepay-docs-") as outer:
        folder, said = Path(outer) / "project", ""
        copy_project(folder)
        for block in blocks:
            name = f"{readme.name}:{block.line}: {block.kind}"
            if block.kind == "run":
                done = subprocess.run(["bash", "-e", "-c", "\n".join(block.lines)], cwd=folder, text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                                      stdin=subprocess.DEVNULL, timeout=TIME_LIMIT)
                said = done.stdout
                status = int(block.value.removeprefix("status ") or 0)
                tap.ok(done.returncode == status, f"{name}: {block.lines[0]}", done.returncode, said[-2000:])
            elif block.kind == "shows":
                tap.check(not_shown(block.lines, said), name)
            else:
                tap.check(check_files(folder, block), f"{name}: {block.value}")


def check_measured(tap, readme):
    """Every figure that was measured has a date."""
    tables = [b for b in readme.blocks if b.kind == "measured"]
    rows = rows_of(tables[0].lines) if tables else []
    undated = [row for row in rows[1:] if not re.fullmatch("20[0-9]{2}-[01][0-9](-[0-3][0-9])?", row[2])]
    tap.ok(len(tables) == 1 and len(rows) > 1, f"{readme.name}: one table has what was measured")
    tap.check(undated, f"{readme.name}: what was measured has a date")


def main():
    """Test, or write; the exit status."""
    readmes, tables, tap = [Readme(name) for name in NAMES], printed_tables(), Tap()
    if sys.argv[1:] == ["--write"]:
        write_tables(readmes, tables)
        return 0
    others = {str(path.relative_to(ROOT)) for path in ROOT.glob("*/**/*.md")
              if path.relative_to(ROOT).parts[0] != "build"}
    tap.check(sorted(others - set(NAMES)), "no README is unknown to this test")
    for readme in readmes:
        check_form(tap, readme)
    check_tables(tap, readmes, tables)
    check_links(tap, readmes)
    for readme in readmes:
        check_commands(tap, readme)
    check_measured(tap, next(readme for readme in readmes if readme.name == MEASURED))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
