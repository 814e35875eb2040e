"""headings.csv of the rules, and the rows of the files of somebody else's that it is about.

A row says how the paths of such files begin, of which kind they are, and where one column is: under
a heading, at a number (`#4`: the fourth; then the files have no header), or the same in every row.
`only` has the values, with `|` between them, that rows of ours have under the heading; the others
are left out.
"""

import re
from dataclasses import dataclass, field

from dialect import (
    Column,
    Row,
    RowChecks,
    decode,
    is_code,
    plain_name,
    read_fields,
    read_strictly,
    read_table,
    tokenize,
)
from rules import PROVIDER_TYPES

HEADINGS_COLUMNS = (
    Column("file", "text", True),
    Column("kind", "text", True),
    Column("column", "text"),
    Column("heading", "text"),
    Column("constant", "text"),
    Column("only", "text"),
)
_NUMBER = re.compile(r"#[1-9][0-9]{0,2}")


@dataclass
class Headings:
    """The files whose paths begin alike, and where they have their columns."""

    file: str
    kind: str
    row: object
    places: dict = field(default_factory=dict)  # column: heading
    constants: dict = field(default_factory=dict)  # column: text
    only: dict = field(default_factory=dict)  # heading, plain: set of lower-case values
    is_faulty: bool = False

    @property
    def has_header(self):
        """Whether the files name their columns."""
        return not any(name[0] == "#" for name in [*self.places.values(), *self.only])

    def called(self, column):
        """What the files call a column."""
        return self.places.get(column, column)


def find_headings(found, name):
    """The one whose files a path is among, or None."""
    return next((headings for headings in found if name.startswith(headings.file)), None)


# --- the table -----------------------------------------------------------------------------------


def read_headings(folder, kinds, faults, warnings):
    """What headings.csv of a year says, with every fault of it noted."""
    found, path, lost = [], folder / "headings.csv", set()
    if not path.is_file():
        return found
    for row in read_table(path.name, path.read_bytes(), HEADINGS_COLUMNS, faults, warnings):
        values = read_strictly(row, HEADINGS_COLUMNS, faults)
        if values is None:
            lost.add(row.cells["file"])
        else:
            _add_row(found, row, values, kinds, faults)
    for headings in found:
        if headings.is_faulty or headings.file in lost:
            continue
        for column in kinds[headings.kind]:
            given = column.name in headings.places or column.name in headings.constants
            if column.required and not given:
                faults.add(path.name, headings.row.line, "column", f"{column.name} is missing")
    return found


def _add_row(found, row, values, kinds, faults):
    def fault(column, text):
        faults.add(row.file, row.line, column, text)
        if headings is not None:
            headings.is_faulty = True

    headings = None
    file, kind = values["file"], values["kind"]
    if kind not in kinds:
        fault("kind", "not a kind of input")
        return
    for other in found:
        if other.file == file:
            headings = other
        elif other.file.startswith(file) or file.startswith(other.file):
            fault("file", f"overlaps {other.file}")
            return
    if headings is None:
        headings = Headings(file, kind, row)
        found.append(headings)
    if headings.kind != kind:
        fault("kind", "of another kind above")
        return
    problem = _problem(headings, values, {column.name: column for column in kinds[kind]})
    if problem:
        fault(*problem)
        return
    column, heading = values["column"], values["heading"]
    if values["constant"] is not None:
        headings.constants[column] = values["constant"]
    elif column is not None:
        headings.places[column] = heading
    if values["only"] is not None:
        headings.only[plain_name(heading)] = {
            value.strip(" \t\u00a0").lower() for value in values["only"].split("|")
        }


def _problem(headings, values, columns):
    """What is wrong with a row beside those before it: (column, text), or None."""
    column, heading, constant = values["column"], values["heading"], values["constant"]
    if column is not None and column not in columns:
        return "column", "not a column of that kind"
    if heading is not None and constant is not None:
        return "constant", "beside a heading"
    if values["only"] is not None and heading is None:
        return "only", "without a heading"
    if column is None and (constant is not None or values["only"] is None):
        return "column", "is missing"
    if column is not None and heading is None and constant is None:
        return "heading", "is missing"
    if heading is not None:
        is_number = heading[0] == "#"
        if is_number and not _NUMBER.fullmatch(heading):
            return "heading", "not # and a number"
        if (headings.places or headings.only) and headings.has_header == is_number:
            return "heading", "a file has a header or not"
    if column in headings.places or column in headings.constants:
        return "column", "given twice"
    if constant is not None and not _is_fit(headings.kind, columns[column], constant):
        return "constant", "cannot stand there"
    if values["only"] is not None:
        if plain_name(heading) in headings.only:
            return "only", "selected by already"
        if "" in (value.strip() for value in values["only"].split("|")):
            return "only", "a value is empty"
    return None


def _is_fit(kind, column, constant):
    """Whether a constant can stand in its column."""
    _, problems = read_fields(Row("", 0, {column.name: constant}, called={}), [column])
    is_type = kind == "providers" and column.name == "type"
    return not (
        problems
        or column.kind == "reference"
        or (column.kind == "code" and not is_code(constant))
        or (is_type and constant not in PROVIDER_TYPES)
    )


# --- the files -----------------------------------------------------------------------------------


def read_mapped(file, content, columns, headings, faults, warnings):
    """The rows of a file that are ours, and how many are left out."""
    text = decode(file, content, faults, warnings)
    if text is None:
        return [], 0
    lines = list(tokenize(file, text, faults))
    if not lines:
        faults.add(file, 1, "", "the file is empty")
        return [], 0
    line, header, _ = lines[0]
    if headings.has_header:
        lines = lines[1:]
    else:
        header = [f"#{number}" for number in range(1, len(header) + 1)]
    plain = [plain_name(name) for name in header]
    asked = {column.name: headings.places.get(column.name) for column in columns}
    needed = {name for name in headings.only}
    needed |= {plain_name(asked[c.name]) for c in columns if c.required and asked[c.name]}
    wanted = needed | {plain_name(name) for name in asked.values() if name}
    bad = [name for name in wanted if plain.count(name) > 1 or (name in needed - set(plain))]
    for name in bad:
        faults.add(file, line, name, "missing, or named twice")
    places = {
        column: plain.index(plain_name(name))
        for column, name in asked.items()
        if name and plain_name(name) in plain
    }
    checks = RowChecks(header, places, columns)
    if headings.has_header:
        checks.known = set(plain)
        checks.required = {
            plain_name(asked[c.name]) for c in columns if c.required and asked[c.name]
        }
    else:
        checks.known = set()
    rows, left_out, extra = [], 0, set()
    for line, cells, is_ended in lines:
        problem = checks.problem(cells, is_ended)
        if problem:
            faults.add(file, line, "", problem)
        extra.add(max(len(cells) - len(header), 0))
        if bad:
            continue
        if _is_ours(headings, plain, cells):
            row = checks.row(file, line, cells)
            row.cells.update(headings.constants)
            row.called = headings.places
            rows.append(row)
        else:
            left_out += 1
    if len(extra) > 1 and any(extra):
        faults.add(file, "", "", "some rows have more fields than the first")
    if left_out:
        warnings.append(f"{file}: {left_out} rows left out")
    return rows, left_out


def _is_ours(headings, plain, cells):
    for name, values in headings.only.items():
        place = plain.index(name)
        if (cells[place] if place < len(cells) else "").lower() not in values:
            return False
    return True
