"""Compare two sets of outputs cell by cell, quotes and line ends included.

    python3 tests/oracle/compare.py ORACLE_OUT ENGINE_OUT

Prints the first 20 differences and exits 1 where there is any.  The messages of
exceptions.csv are free text and are not compared.
"""

import sys
from collections import Counter
from itertools import zip_longest
from pathlib import Path

FILES = ("payments.csv", "lines.csv", "exceptions.csv", "controls.csv")
SHOWN = 20


def raw_table(text):
    """Rows of raw cells: quotes are kept, only LF outside quotes ends a row."""
    rows, row, start, inside = [], [], 0, False
    for place, mark in enumerate(text):
        if mark == '"':
            inside = not inside
        elif mark in ",\n" and not inside:
            row.append(text[start:place])
            start = place + 1
            if mark == "\n":
                rows.append(row)
                row = []
    if start < len(text) or row:
        rows.append(row + [text[start:], "<no line end>"])
    return rows


def read_raw(folder, name):
    """The raw table of an output, or None where it is missing."""
    path = Path(folder) / name
    if not path.is_file():
        return None
    return raw_table(path.read_bytes().decode("utf-8", "surrogateescape"))


def differences(name, oracle, engine):
    """Yield a line for every difference between two raw tables."""
    if oracle is None or engine is None:
        if oracle is not engine:
            missing = "oracle" if oracle is None else "engine"
            yield f"{name}: missing from the {missing}"
        return
    header = oracle[0] if oracle else []
    if name == "exceptions.csv":
        oracle, engine = _without_message(oracle), _without_message(engine)
    if len(oracle) != len(engine):
        yield f"{name}: rows: oracle {len(oracle)}, engine {len(engine)}"
        yield from _only_in_one(name, "oracle", oracle, engine)
        yield from _only_in_one(name, "engine", engine, oracle)
        return
    for number, (one, other) in enumerate(zip(oracle, engine), start=1):
        if one == other:
            continue
        for place, (x, y) in enumerate(zip_longest(one, other, fillvalue="<none>")):
            column = header[place] if place < len(header) else f"cell {place + 1}"
            if x != y:
                yield f"{name} {number} {column}: oracle {x!r}, engine {y!r}"


def _without_message(table):
    """Exceptions without the text of their last column."""
    return [row if number == 0 else row[:11] + row[12:] for number, row in enumerate(table)]


def _only_in_one(name, side, table, other):
    """Yield the rows of a table that the other one has not."""
    left = Counter(map(tuple, other))
    for number, row in enumerate(table, start=1):
        if left[tuple(row)]:
            left[tuple(row)] -= 1
        else:
            yield f"{name} {number}: only in the {side}: {','.join(row)!r}"


def main(arguments):
    """Compare two folders; the exit status."""
    if len(arguments) != 2:
        print("usage: compare.py ORACLE_OUT ENGINE_OUT", file=sys.stderr)
        return 64
    found = []
    for name in FILES:
        tables = [read_raw(folder, name) for folder in arguments]
        found.extend(differences(name, *tables))
    for line in found[:SHOWN]:
        print(line)
    if len(found) > SHOWN:
        print(f"... and {len(found) - SHOWN} more")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
