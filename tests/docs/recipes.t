#!/usr/bin/env python3
"""The recipes of rules/RECIPES.md come to the pounds that stand there.

A recipe is a section of the third level. Its blocks of csv are files: each begins with its name on a
line of its own and ends with an empty line; a backslash at a line's end joins the next one to it.
The section "What all of them share" has the files that a recipe need not repeat. A table whose first
heading is `run` says what comes out. Its other headings are columns of payments.csv, lines.csv or
exceptions.csv, and each of its rows is found in exactly one row of that file. A run is worked out
with the files so far, on the approved runs above it; a later block puts files in place of earlier ones.

Every recipe is worked out by the program and by the oracle. Then each of its sums of money is
changed by a penny, to show that it would be seen.
"""

import csv
import io
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("lib", "oracle")]

from oracle import Refused, reckon  # noqa: E402  pylint: disable=wrong-import-position
from suite import ROOT, Tap, must, run_period  # noqa: E402  pylint: disable=wrong-import-position
from times import month_period, year_period  # noqa: E402  pylint: disable=wrong-import-position

RECIPES, INDEX = ROOT / "rules/RECIPES.md", ROOT / "rules/README.md"
SHARED = "What all of them share"
RULES = ("schemes.csv", "indicators.csv", "tariffs.csv", "limits.csv")
OUTPUTS = ("payments.csv", "lines.csv", "exceptions.csv")
YEAR = "2025-26"
MONEY = re.compile(r"-?£[0-9][0-9,]*\.[0-9]{2}")


@dataclass
class Step:
    """Files that are put in place, and what runs say then: (run, cells by column)."""

    files: dict
    said: list = field(default_factory=list)


@dataclass
class Recipe:
    """A section: its heading, and its steps in order."""

    title: str
    steps: list = field(default_factory=list)

    def money(self):
        """The pounds in its tables."""
        return [cell for step in self.steps for _, row in step.said for cell in row.values()
                if MONEY.fullmatch(cell)]


def cells_of(line):
    """The cells of a row of a Markdown table."""
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]


def files_of(lines):
    """The files of a block: text by name."""
    text = "\n".join(lines).replace("\\\n", "")
    parts = [part.split("\n", 1) for part in text.strip().split("\n\n")]
    return {name: content + "\n" for name, content in parts}


def read_recipes(text):
    """All sections of the third level that have files."""
    recipes, lines, at = [], text.splitlines(), 0
    while at < len(lines):
        line, at = lines[at], at + 1
        if line.startswith("### "):
            recipes.append(Recipe(line[4:]))
        elif line == "```csv":
            end = lines.index("```", at)
            recipes[-1].steps.append(Step(files_of(lines[at:end])))
            at = end + 1
        elif line.startswith("| run |"):
            columns = cells_of(line)[1:]
            at += 1
            while at < len(lines) and lines[at].startswith("|"):
                when, *cells = cells_of(lines[at])
                recipes[-1].steps[-1].said.append((when, dict(zip(columns, cells, strict=True))))
                at += 1
    return [recipe for recipe in recipes if recipe.steps]


def plain(cell):
    """A cell as the outputs write it."""
    return cell.replace("£", "").replace(",", "") if MONEY.fullmatch(cell) else cell


def rows_of(content):
    """The rows of an output."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def not_found(outputs, when, row):
    """What is wrong with a row of a table, or nothing."""
    for name in OUTPUTS:
        rows = rows_of(outputs[name])
        columns = outputs[name].decode("utf-8").split("\n", 1)[0].split(",")
        if set(row) <= set(columns):
            hits = [r for r in rows if all(r[column] == plain(cell) for column, cell in row.items())]
            shown = [" ".join(r[column] for column in row) for r in rows]
            return [] if len(hits) == 1 else [f"{when}: {row} stands {len(hits)} times in {name}:", *shown]
    return [f"no output has all of these columns: {', '.join(row)}"]


class Engine:
    """Runs of the program, in an archive of its own."""

    def __init__(self, folder):
        self.folder, self.last = folder, None

    def run(self, period, rules, inputs):
        """The outputs of a run; the one before it is approved."""
        archive = self.folder / "archive"
        if self.last:
            must("approve", self.last, "--by", "Sam", "--yes", "--quiet", "--archive", archive, "--rules", rules)
        outputs = run_period(archive, period, inputs, rules)
        self.last = f"{period}/{outputs.parent.name}"
        return {name: (outputs / name).read_bytes() for name in OUTPUTS}


class Oracle:
    """Runs of the oracle, with a ledger of its own."""

    def __init__(self, folder):
        self.ledger = folder / "ledger.csv"
        self.paid, self.last = [], []

    def run(self, period, rules, inputs):
        """The outputs of a run; what the one before it pays is paid."""
        self.paid += [f"{row['scheme']},{row['provider']},{row['owed']}\n" for row in self.last
                      if row["status"] in ("pay", "invoice")]
        self.ledger.write_text("scheme,provider,amount\n" + "".join(self.paid), encoding="utf-8")
        when = year_period(YEAR) if period.endswith("-YE") else month_period(period)
        try:
            outputs = reckon(inputs, rules, when, self.ledger)
        except Refused as refused:
            raise RuntimeError("\n".join(refused.lines)) from refused
        self.last = rows_of(outputs["payments.csv"])
        return outputs


def put(files, rules, inputs):
    """Write files where they belong."""
    for name, text in files.items():
        ((rules / YEAR if name in RULES else inputs) / name).write_text(text, encoding="utf-8")


def problems(recipe, shared, kind):
    """What a recipe says and `kind`, the program or the oracle, does not."""
    found, ran = [], None
    with tempfile.TemporaryDirectory(prefix="schemepay-recipe-") as outer:
        rules, inputs = Path(outer) / "rules", Path(outer) / "inputs"
        (rules / YEAR).mkdir(parents=True)
        inputs.mkdir()
        put(shared, rules, inputs)
        worker = kind(Path(outer))
        try:
            for step in recipe.steps:
                put(step.files, rules, inputs)
                ran = None
                for when, row in step.said:
                    if when != ran:
                        outputs, ran = worker.run(when, rules, inputs), when
                    found += not_found(outputs, when, row)
        except RuntimeError as error:
            found.append(str(error))
    return found


def spoilt(recipe):
    """The recipe as often as it has pounds, one of them a penny more each time."""
    for place in range(len(recipe.money())):
        count = iter(range(len(recipe.money())))
        steps = [Step(step.files, [(when, {column: penny_more(cell) if MONEY.fullmatch(cell)
                                           and next(count) == place else cell
                                           for column, cell in row.items()})
                                   for when, row in step.said]) for step in recipe.steps]
        yield Recipe(recipe.title, steps)


def penny_more(cell):
    """A sum of money with another last digit."""
    return cell[:-1] + str((int(cell[-1]) + 1) % 10)


def index_problems(recipes):
    """Recipes that the index does not name, and the other way round."""
    text = INDEX.read_text(encoding="utf-8")
    named = set(re.findall(r"\]\(RECIPES\.md#([\w-]+)\)", text))
    titles = {re.sub(r"[^\w\- ]", "", recipe.title.lower()).replace(" ", "-") for recipe in recipes}
    return [f"{title}: is not in the index" for title in sorted(titles - named)] + [
        f"{title}: is no recipe" for title in sorted(named - titles)]


def main():
    """Work every recipe out."""
    tap = Tap()
    shared, *recipes = read_recipes(RECIPES.read_text(encoding="utf-8"))
    tap.ok(shared.title == SHARED and len(recipes) > 1, "there are recipes")
    common = shared.steps[0].files
    with ThreadPoolExecutor(2) as pool:
        for kind, said in ((Engine, "the program"), (Oracle, "the oracle")):
            results = pool.map(lambda recipe, kind=kind: problems(recipe, common, kind), recipes)
            for recipe, found in zip(recipes, results):
                tap.check(found, f"{recipe.title}: {said} says so")
        unseen = pool.map(lambda r: [r.title for s in spoilt(r) if not problems(s, common, Oracle)], recipes)
        tap.check([title for found in unseen for title in found], "a penny more or less is seen")
    tap.check([r.title for r in recipes if not r.money()], "every recipe has its pounds")
    tap.check(index_problems(recipes), "rules/README.md names them all")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
