"""Random, nasty little packs of rules and inputs, the same for the same seed.

    python3 tests/oracle/packs.py --seed N --out DIR
    python3 tests/oracle/packs.py --kind new --seed N --out DIR
    python3 tests/oracle/packs.py --kind big --rows N --seed N --out DIR

Writes DIR/rules/<year>/*.csv, DIR/inputs/... and DIR/case.json, which says for which period
the pack is meant, with which exit status its run should end and which faults it was given.
"""

import argparse
import json
import random
import re
import sys
from pathlib import Path

from dialect import Faults, read_table
from gen_big import make_big
from gen_claims import make_achievement, make_activity
from gen_decisions import make_decisions, make_facts, renew_participation
from gen_faults import BYTE_FAULTS, INPUT, INPUT_FAULTS, RULE_FAULTS, RULES, nearly_nhs
from gen_headings import add_headings
from gen_inputs import World, make_lists, make_participation, make_payments, make_register
from gen_limits import add_limits
from gen_measures import measured_activity, renew_achievement
from gen_new_faults import NEW_INPUT_FAULTS, NEW_RULE_FAULTS
from gen_rules import make_rules, tables
from gen_spans import renew_activity
from gen_spelling import random_style, write_table
from pack import KINDS
from indicators import INDICATOR_COLUMNS
from limits import LIMIT_COLUMNS
from rules import SCHEME_COLUMNS
from tariffs import TARIFF_COLUMNS

RULE_TABLES = {
    "schemes": SCHEME_COLUMNS,
    "indicators": INDICATOR_COLUMNS,
    "tariffs": TARIFF_COLUMNS,
    "limits": LIMIT_COLUMNS,
}
# What packs of the old kind do not know.
NEW_KINDS = {"facts", "holds", "recoveries"}
NEW_COLUMNS = {
    "participation": {"list_date", "merged_into"},
    "schemes": {"in_year_of", "achieved_by"},
    "indicators": {"min_patients", "unit", "against", "group", "due", "factor"},
    "tariffs": {"paid", "cap_of", "cap_per", "group", "again_after"},
}
FOLDER_NAMES = ["a", "2025-09", "sub/x", "Z", "b,c", "=x", "two words", "août", "a.b"]
FILE_TAILS = ["", "-2025-09", "-b", ".old", "-a,b", "-Z", "-é", ".2-3"]
EXTENSIONS = [".csv", ".csv", ".csv", ".CSV", ".Csv"]


def make_world(rng, rows=150, is_new=False):
    """A pack in the making, good so far; one of the new kind has facts, clauses and the rest."""
    year = rng.choice([2023, 2024, 2025, 2025, 2025, 2026, 2027, 2027])
    is_year_end = rng.random() < 0.35
    month = year * 12 + 3 + (11 if is_year_end else rng.randint(0, 11))
    schemes = make_rules(rng, year)
    if is_new:
        renew_rules(rng, schemes, year)
    world = World(rng, year, month, is_year_end, schemes, is_new=is_new)
    make_register(world, rng.randint(3, 10))
    make_participation(world)
    make_lists(world)
    make_payments(world)
    if is_new:
        renew_participation(world)
        make_facts(world)
        make_decisions(world)
    make_activity(world, rng.choice([0, 5, 40, rows * 2 // 3, rows]))
    make_achievement(world)
    return world


def renew_rules(rng, schemes, year):
    """What is new in the rules, in most schemes; the others stay as they are."""
    for scheme in schemes:
        if rng.random() < 0.15:
            continue
        if scheme.is_achievement:
            renew_achievement(rng, scheme, year)
        else:
            renew_activity(rng, scheme, year)
            if rng.random() < 0.5:
                measured_activity(rng, scheme)
    add_limits(rng, schemes)


# --- faults --------------------------------------------------------------------------------------


def break_world(world, table, count):
    """Apply random faults of a table to the values; the names of those applied."""
    names = []
    for name in world.rng.sample(list(table), len(table)):
        if len(names) < count and table[name](world):
            names.append(name)
    return names


def break_bytes(rng, files):
    """Apply a random fault to the bytes of a file; its name."""
    name = rng.choice(sorted(files))
    fault = rng.choice(sorted(BYTE_FAULTS))
    files[name] = BYTE_FAULTS[fault](rng, files[name])
    return f"{fault}: {name}"


def copy_file(rng, files):
    """Add a copy of a file that has rows, as a person drops it in; its name, or None."""
    found = []
    for name, content in sorted(files.items()):
        kind = re.split("[-./]", name)[0]
        if kind in KINDS and read_table(name, content, KINDS[kind], Faults(), []):
            found.append((name, kind))
    if not found:
        return None
    name, kind = rng.choice(found)
    files[f"{kind}-{rng.choice(['2025-09 (1)', 'Copy'])}.csv"] = files[name]
    return f"a copy of {name}"


# --- files ---------------------------------------------------------------------------------------


def _names(rng, kind, count):
    """Distinct paths for the files of one kind."""
    names = []
    while len(names) < count:
        if rng.random() < 0.4:
            name = f"{kind}/{rng.choice(FOLDER_NAMES)}{rng.choice(EXTENSIONS)}"
        elif rng.random() < 0.2:
            name = f"{kind}-more/{rng.choice(FOLDER_NAMES)}{rng.choice(EXTENSIONS)}"
        else:
            name = f"{kind}{rng.choice(FILE_TAILS)}{rng.choice(EXTENSIONS)}"
        taken = {other.lower() for other in names}
        clash = any(name.startswith(o + "/") or o.startswith(name + "/") for o in names)
        if name.lower() not in taken and not clash:
            names.append(name)
    return names


def _split(rng, rows, count):
    """Rows cut into `count` runs."""
    cuts = sorted(rng.randint(0, len(rows)) for _ in range(count - 1))
    return [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)])]


def input_files(world, mend_references):
    """The input files as bytes by path."""
    rng, files = world.rng, {}
    for kind, columns in KINDS.items():
        rows = world.rows.get(kind, [])
        if kind in NEW_KINDS and not world.is_new:
            continue
        if not rows and rng.random() < 0.5:
            continue
        count = rng.choice([1, 1, 2, 3])
        for name, part in zip(_names(rng, kind, count), _split(rng, rows, count)):
            if kind == "activity" and mend_references and nearly_nhs(part):
                part = mended(part)
            files[name] = _table_bytes(rng, _columns(world, kind, columns), part)
    return files


def with_rows(world):
    """The columns and the rows of each kind that has some, without NHS numbers."""
    found = {}
    for kind, columns in KINDS.items():
        rows = world.rows.get(kind, [])
        if kind == "activity" and nearly_nhs(rows):
            rows = mended(rows)
        if any(isinstance(row, dict) for row in rows) and (world.is_new or kind not in NEW_KINDS):
            found[kind] = (_columns(world, kind, columns), rows)
    return found


def _columns(world, kind, columns):
    """The columns that a table may have."""
    unknown = set() if world.is_new else NEW_COLUMNS.get(kind, ())
    return [column for column in columns if column.name not in unknown]


def mended(rows):
    """Rows in which no reference is an NHS number."""
    return [
        {**row, "patient_ref": "P1"} if isinstance(row, dict) and nearly_nhs([row]) else row
        for row in rows
    ]


def rule_files(world):
    """The rules as bytes by name."""
    rows, files = tables(world.schemes), {}
    for name, columns in RULE_TABLES.items():
        if name != "limits" or rows[name] or world.is_new and world.chance(0.3):
            columns = _columns(world, name, columns)
            files[f"{name}.csv"] = _table_bytes(world.rng, columns, rows[name])
    return files


def _table_bytes(rng, columns, rows):
    required = {column.name for column in columns if column.required}
    names = [column.name for column in columns]
    return write_table(rng, names, required, rows, random_style(rng))


def write_files(folder, files):
    """Write files by path below a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def year_label(year):
    """`2025-26` for 2025."""
    return f"{year}-{(year + 1) % 100:02d}"


def write_case(out, world, seed, expected, faults, inputs, rules):
    """Write a pack with its case.json."""
    label = year_label(world.year)
    month = f"{world.month // 12}-{world.month % 12 + 1:02d}"
    write_files(out / "inputs", inputs)
    write_files(out / "rules" / label, rules)
    case = {
        "seed": seed,
        "period": f"{label}-YE" if world.is_year_end else month,
        "year": label,
        "arguments": ["--year", label] if world.is_year_end else ["--month", month],
        "expected_exit": expected,
        "faults": faults,
    }
    (out / "case.json").write_text(json.dumps(case, indent=1) + "\n", encoding="utf-8")


def small_pack(seed, out, is_new=False):
    """Write one random little pack; in about one of seven something refuses the run."""
    rng = random.Random(f"new {seed}" if is_new else seed)
    world = make_world(rng, is_new=is_new)
    expected, faults = 0, []
    luck = rng.random()
    if luck < 0.05:
        table = rng.choice([RULE_FAULTS, NEW_RULE_FAULTS]) if is_new else RULE_FAULTS
        faults += break_world(world, table, rng.choice([1, 1, 2]))
        expected = RULES if faults else 0
    if luck < 0.01 or 0.05 <= luck < 0.11:
        table = rng.choice([INPUT_FAULTS, NEW_INPUT_FAULTS]) if is_new else INPUT_FAULTS
        faults += break_world(world, table, rng.choice([1, 1, 1, 2, 3]))
    inputs = input_files(world, not faults)
    rules = rule_files(world)
    if 0.10 <= luck < 0.15 and inputs:
        faults.append(break_bytes(rng, inputs))
    if 0.145 <= luck < 0.15:
        inputs["claims-2025.csv"] = b"month\n"
        faults.append("unknown kind")
    if 0.15 <= luck < 0.165:
        copied = copy_file(rng, inputs)
        faults += [copied] if copied else []
    if luck < 0.005:
        del rules[rng.choice(sorted(rules.keys() - {"limits.csv"}))]
        faults.append("table missing")
        expected = RULES
    if faults and not expected:
        expected = INPUT
    others = random.Random(f"headings {seed} {is_new}")  # so that all other packs stay as they are
    if luck >= 0.165 and others.random() < 0.25:
        add_headings(others, with_rows(world), inputs, rules)
    if rng.random() < 0.2:
        inputs["readme.txt"] = b"not a table\n"
    if rng.random() < 0.1:
        inputs["activity/notes.md"] = b"not a table\n"
    write_case(out, world, seed, expected, faults, inputs, rules)
    if rng.random() < 0.1:
        other = year_label(world.year + rng.choice([-1, 1]))
        write_files(out / "rules" / other, {"schemes.csv": b"another year's\n"})


def main(arguments):
    """Write a pack from the command line."""
    parser = argparse.ArgumentParser(prog="packs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--kind", choices=("small", "new", "big"), default="small")
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args(arguments)
    if options.kind != "big":
        small_pack(options.seed, options.out, options.kind == "new")
    else:
        rng = random.Random(options.seed)
        world, inputs, rules = make_big(rng, options.rows)
        write_case(options.out, world, options.seed, 0, [], inputs, rules)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
