"""The CSV dialect of the inputs and the rules: bytes in, rows of trimmed cells out.

The tokenizer is strict on purpose.  Whatever RFC 4180 leaves open is either settled by the
dialect (blanks around quotes, line ends, short rows) or refused with file, line and column.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from times import month_index, make_date

BLANKS = " \t\u00a0"
LONGEST_FIELD = 256
NO_REFERENCE = frozenset("- ? 0 na n/a #n/a null none nil unknown tbc".split())
COMPARED = ("code", "key", "reference")
AMOUNTS = ("rate", "signed", "money", "pounds")

# One field with its terminator; group 1 is quoted text, group 2 unquoted text.
_FIELD = re.compile(
    r'[ \t\u00a0]*(?:"([^"]*(?:""[^"]*)*)"[ \t\u00a0]*|([^",\r\n]*))(,|\r\n|\r|\n|\Z)'
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")
_REST = re.compile(r"[0-9]{3}(?:\.[0-9]*)?")


class Faults:
    """Everything that refuses the run, in the order in which it was found."""

    def __init__(self):
        self.found = []

    def add(self, file, line, column, text):
        """Note one fault; `line` and `column` may be empty."""
        self.found.append((file, line, column, text))

    def __bool__(self):
        return bool(self.found)

    def lines(self):
        """The faults as `file:line:column: text`."""
        return [f"{file}:{line}:{column}: {text}" for file, line, column, text in self.found]


@dataclass(frozen=True)
class Column:
    """A known column: how its cells are read and whether they must be filled."""

    name: str
    kind: str
    required: bool = False


@dataclass(slots=True)
class Row:
    """One row of a file: where it starts and the trimmed text of every known column.

    A short one has fewer fields than the header; `split` names the columns that a thousands comma
    without quotes has cut in two. `called` has what the file calls a column, where the file is of
    somebody else's: then dates are read as others publish them, too.
    """

    file: str
    line: int
    cells: dict
    is_short: bool = False
    split: frozenset = frozenset()
    called: dict | None = None

    def name_of(self, column):
        """What the file calls a column."""
        return column if self.called is None else self.called.get(column, column)


# --- bytes to text -----------------------------------------------------------------------------


def decode(file, content, faults, warnings):
    """The text of a file, or None with a fault noted."""
    if b"\0" in content:
        before = content[: content.index(b"\0")]
        line = len(re.findall(rb"\r\n|\r|\n", before)) + 1
        faults.add(file, line, "", "a NUL byte")
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return text[1:] if text.startswith("\ufeff") else text
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as problem:
        line = len(re.findall(rb"\r\n|\r|\n", content[: problem.start])) + 1
        faults.add(file, line, "", "neither UTF-8 nor Windows-1252")
        return None
    warnings.append(f"{file}: not UTF-8, read as Windows-1252")
    return text


def tokenize(file, text, faults):
    """Yield (line, cells, whether a line end follows) for every row; it starts at its line.

    Rows without any text are left out.
    """
    position, line, length = 0, 1, len(text)
    while position < length:
        start, cells = line, []
        while True:
            match = _FIELD.match(text, position)
            if match is None:
                position, line = _skip_fault(file, text, position, line, len(cells), faults)
                cells = None
                break
            inside, outside, end = match.groups()
            if inside is None:
                cells.append(outside.rstrip(BLANKS))
            else:
                if "\n" in inside or "\r" in inside:
                    line += len(_LINE_END.findall(inside))
                cells.append(inside.replace('""', '"').strip(BLANKS))
            position = match.end()
            if end != ",":
                line += 1
                break
        if cells is not None and any(cells):
            yield start, cells, end != ""


def _skip_fault(file, text, position, line, index, faults):
    """Name the fault of the field at `position`; return where to go on."""
    column = f"field {index + 1}"
    bare = re.compile(r"[ \t\u00a0]*").match(text, position).end()
    if text[bare : bare + 1] == '"':
        quoted = re.compile(r'"[^"]*(?:""[^"]*)*"').match(text, bare)
        if quoted is None:
            faults.add(file, line, column, "a quote is not closed")
            return len(text), line
        faults.add(file, line, column, "text after a closing quote")
        line += len(_LINE_END.findall(quoted.group()))
        position = quoted.end()
    else:
        faults.add(file, line, column, "a quote inside an unquoted field")
    end = _LINE_END.search(text, position)
    return (end.end(), line + 1) if end else (len(text), line)


# --- text to table -----------------------------------------------------------------------------


def plain_name(name):
    """A header's name as it is matched: ASCII lower case, `_` for spaces and hyphens."""
    lowered = "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in name)
    return lowered.replace(" ", "_").replace("-", "_")


def read_table(file, content, columns, faults, warnings):
    """All rows of a file, or an empty list where its header is not usable."""
    text = decode(file, content, faults, warnings)
    if text is None:
        return []
    lines = tokenize(file, text, faults)
    header_line, header, _ = next(lines, (1, [], True))
    places, usable = _match_header(file, header_line, header, columns, faults)
    unknown = [i for i, name in enumerate(header) if i not in places.values()]
    named = [header[i] for i in unknown if header[i]]
    phantom = [i for i in unknown if not header[i]]
    rows, width, extra = [], len(header), set()
    filled_phantom = False
    checks = RowChecks(header, places, columns)
    for line, cells, is_ended in lines:
        problem = checks.problem(cells, is_ended)
        if problem:
            faults.add(file, line, "", problem)
        extra.add(max(len(cells) - width, 0))
        filled_phantom = filled_phantom or any(cells[i] for i in phantom if i < len(cells))
        if usable:
            rows.append(checks.row(file, line, cells))
    if len(extra) > 1 and any(extra):
        faults.add(file, "", "", "some rows have more fields than the header")
    if named or filled_phantom:
        warnings.append(f"{file}: unknown columns ignored")
    return rows


class RowChecks:
    """What the rows of a file are held to, by its header."""

    def __init__(self, header, places, columns):
        self.header = header
        self.columns = columns
        self.places = places
        self.prose = {places[c.name] for c in columns if c.kind == "prose" and c.name in places}
        self.used = set(places.values())
        self.names = {column.name for column in columns}
        self.required = {column.name for column in columns if column.required}
        self.known = self.names.union(map(plain_name, header))

    def problem(self, cells, is_ended):
        """What is wrong with a row as a whole, or nothing."""
        for index, cell in enumerate(cells):
            if ("\n" in cell or "\r" in cell) and not self._may_break(index, cell):
                return "a line break inside quotes"
        if self._is_header(cells):
            return "the header again"
        if len(cells) < len(self.header) and not is_ended:
            return "cut off"
        if any(cells[len(self.header) :]):
            return f"{len(cells)} fields under a header of {len(self.header)}"
        return None

    def _may_break(self, index, cell):
        if index in self.used and index not in self.prose:
            return False
        commas = max(line.count(",") for line in re.split("[\r\n]", cell))
        return len(cell.encode()) <= LONGEST_FIELD and commas < len(self.header) - 1

    def _is_header(self, cells):
        given = [plain_name(cell) for cell in cells if cell]
        if not given or given[0] not in self.known:
            return False
        is_all = len(given) >= min(len(self.header), 2) and self.known.issuperset(given)
        return is_all or self.required.issubset(given)

    def row(self, file, line, cells):
        """The row by its columns."""
        found, split = {}, set()
        for column in self.columns:
            place = self.places.get(column.name, len(cells))
            text = cells[place] if place < len(cells) else ""
            if column.kind in COMPARED:
                text = _INVISIBLE.sub("", text).strip(BLANKS)
            if column.kind in AMOUNTS and place + 1 < len(cells):
                rest = cells[place + 1]
                has_sign = "£" in text or (column.kind == "money" and len(rest) > 3)
                if has_sign and re.fullmatch("-?£?[0-9]{1,3}", text) and _REST.fullmatch(rest):
                    split.add(column.name)
            found[column.name] = text
        return Row(file, line, found, len(cells) < len(self.header), frozenset(split))


def letters(name):
    """A name's letters and digits, in lower case."""
    return "".join(mark.lower() for mark in name if mark.isalnum())


def is_near(name, known):
    """Whether a name is a known one but for a letter, or two where it has seven or more."""
    one, other = letters(name), letters(known)
    most = 0 if len(other) < 4 else 1 if len(other) < 7 else 2
    if abs(len(one) - len(other)) > most:
        return False
    row = list(range(len(other) + 1))
    for i, mark in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, wanted in enumerate(other, start=1):
            changed = before + (mark != wanted)
            before, row[j] = row[j], min(changed, row[j] + 1, row[j - 1] + 1)
    return row[-1] <= most


def _match_header(file, line, header, columns, faults):
    """Where each known column stands, and whether every needed one does once."""
    known = {column.name for column in columns}
    places, usable = {}, True
    for index, name in enumerate(header):
        plain = plain_name(name)
        if plain not in known:
            continue
        if plain in places:
            faults.add(file, line, plain, "the column is named twice")
            usable = False
        else:
            places[plain] = index
    for column in columns:
        if column.required and column.name not in places:
            faults.add(file, line, column.name, "the column is missing")
            usable = False
    for name in header:
        missing = [other for other in known if other not in places]
        if _ODD.search(name):
            faults.add(file, line, "", "control characters in the header")
            usable = False
        elif name and plain_name(name) not in known:
            for other in missing:
                if is_near(name, other):
                    faults.add(file, line, other, "the column is misspelt")
                    usable = False
    return places, usable


# --- cells to values ---------------------------------------------------------------------------

_WHOLE = re.compile(r"([0-9]{1,18}|[0-9]{1,3}(?:,[0-9]{3}){1,5})(?:\.0+)?")
_COUNT = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_AMOUNT = re.compile(r"(-?)£?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_PERCENTAGE = re.compile(r"-?[0-9]{1,10}(?:\.[0-9]{1,4})?%")
_CODE = re.compile(r"""[ !#-)+-.0-9;=@-\[\]-{}~]{1,64}""")


@lru_cache(maxsize=None)
def read_whole(text):
    """A whole number from 0 to 999,999,999, thousands commas and noughts behind a point or not."""
    match = _WHOLE.fullmatch(text)
    if match is None:
        return None
    number = int(match[1].replace(",", ""))
    return number if number <= 999_999_999 else None


@lru_cache(maxsize=None)
def read_count(text):
    """A count of 0 or more with up to 9 digits before and 6 after the point, or None."""
    return Fraction(text) if _COUNT.fullmatch(text) else None


def _read_amount(text, places, signed):
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    sign, before, after = match.group(1), match.group(2).replace(",", ""), match.group(3) or ""
    if len(before) > 12 or len(after) > places or (sign and not signed):
        return None
    return Fraction(f"{sign}{before}.{after or '0'}")


@lru_cache(maxsize=None)
def read_rate(text):
    """An amount or rate of 0 or more, up to 12 digits before and 6 after the point, or None."""
    return _read_amount(text, 6, False)


@lru_cache(maxsize=None)
def read_signed_count(text):
    """A count that may be below 0, or None."""
    count = read_count(text.removeprefix("-"))
    return -count if count is not None and text.startswith("-") else count


@lru_cache(maxsize=None)
def read_signed(text):
    """A number as a rate that may be below 0, or None."""
    return _read_amount(text, 6, True)


@lru_cache(maxsize=None)
def read_threshold(text):
    """A threshold: as a rate that may be below 0, or as a percentage, a hundredth; or None."""
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100 if _PERCENTAGE.fullmatch(text) else None
    return read_signed(text)


@lru_cache(maxsize=None)
def read_share(text):
    """A share: as a rate, or as a percentage, which is a hundredth; or None."""
    return None if text.startswith("-") else read_threshold(text)


@lru_cache(maxsize=None)
def read_money(text):
    """A payment or adjustment in whole pence, or None."""
    amount = _read_amount(text, 2, True)
    return None if amount is None else int(amount * 100)


@lru_cache(maxsize=None)
def read_pounds(text):
    """Pounds of 0 or more, with at most two decimals, in whole pence; or None."""
    return None if text.startswith("-") else read_money(text)


@lru_cache(maxsize=None)
def read_date(text):
    """A date written `2025-09-30`, `30/09/2025`, `30-Sep-25` or `30-Sep-2025`, or None."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if match:
        return make_date(int(match[1]), int(match[2]), int(match[3]))
    match = re.fullmatch(r"([0-9]{2})/([0-9]{2})/([0-9]{4})", text)
    if match:
        return make_date(int(match[3]), int(match[2]), int(match[1]))
    match = re.fullmatch(r"([0-9]{2})-([A-Za-z]{3})-([0-9]{2}|[0-9]{4})", text)
    if match and _month_named(match[2]):
        return make_date(_year(match[3]), _month_named(match[2]), int(match[1]))
    return None


_MONTH_NAMES = ("january february march april may june july august september october november "
                "december").split()


def _month_named(name):
    """The month of an English name or of its first three letters, or None."""
    for number, month in enumerate(_MONTH_NAMES, start=1):
        if name.lower() in (month, month[:3]):
            return number
    return None


def _year(digits):
    """A year of two digits, which is 20xx, or of four."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


@lru_cache(maxsize=None)
def read_month(text):
    """A month as its index (year × 12 + month − 1), or None."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    if match:
        return month_index(int(match[1]), int(match[2]))
    match = re.fullmatch(r"(?:01/)?([0-9]{2})/([0-9]{4})", text)
    if match:
        return month_index(int(match[2]), int(match[1]))
    match = re.fullmatch(r"([A-Za-z]+)[- ]([0-9]{2}|[0-9]{4})", text)
    if match and _month_named(match[1]):
        return month_index(_year(match[2]), _month_named(match[1]))
    return None


@lru_cache(maxsize=None)
def read_published_date(text):
    """The same, or `30SEP2025`, or `20250930`."""
    match = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text)
    if match:
        return make_date(int(match[1]), int(match[2]), int(match[3]))
    match = re.fullmatch(r"([0-9]{2})([A-Za-z]{3})([0-9]{4})", text)
    if match:
        return read_date(f"{match[1]}-{match[2]}-{match[3]}")
    return read_date(text)


@lru_cache(maxsize=None)
def read_published_month(text):
    """A month, or the first day of one as others publish it."""
    day = read_published_date(text)
    if day is None:
        return read_month(text)
    return month_index(day.year, day.month) if day.day == 1 else None


def is_code(text):
    """Whether a text may be a code of a scheme, provider, payee, PCN, activity or indicator."""
    return bool(_CODE.fullmatch(text)) and text[0] not in ".'" and text[-1] != "."


_READERS = {
    "whole": (read_whole, "bad-number"),
    "count": (read_count, "bad-number"),
    "rate": (read_rate, "bad-number"),
    "share": (read_share, "bad-number"),
    "threshold": (read_threshold, "bad-number"),
    "signed": (read_signed, "bad-number"),
    "signed-count": (read_signed_count, "bad-number"),
    "pounds": (read_pounds, "bad-number"),
    "money": (read_money, "bad-number"),
    "date": (read_date, "bad-date"),
    "month": (read_month, "bad-month"),
}
_PUBLISHED = {"date": read_published_date, "month": read_published_month}
_FIELD_REASONS = ("bad-number", "bad-date", "bad-month", "missing-value", "too-long")


def read_fields(row, columns):
    """The values of a row (None where empty or unreadable) and its problems.

    Problems are (reason, column), in the order of the reasons, then of the columns.
    """
    values, problems = {}, []
    for column in columns:
        text = row.cells[column.name]
        value = None
        if column.kind == "reference" and text.lower() in NO_REFERENCE:
            text = ""
        if not text:
            if column.required:
                problems.append(("missing-value", column.name))
        else:
            reader = _READERS.get(column.kind)
            if reader is None:
                value = text
            else:
                read = reader[0]
                if row.called is not None:
                    read = _PUBLISHED.get(column.kind, read)
                value = None if column.name in row.split else read(text)
                if value is None:
                    problems.append((reader[1], column.name))
            if len(text) * 4 > LONGEST_FIELD and len(text.encode()) > LONGEST_FIELD:
                problems.append(("too-long", column.name))
                value = None
        values[column.name] = value
    if len(problems) > 1:
        problems.sort(key=lambda problem: _FIELD_REASONS.index(problem[0]))
    return values, problems


def read_strictly(row, columns, faults):
    """The values of a row in which every problem is a fault; None where there is one."""
    values, problems = read_fields(row, columns)
    for reason, column in problems:
        faults.add(row.file, row.line, column, reason)
    bad = {column for _, column in problems}
    for column in columns:
        text = values[column.name]
        if column.kind == "code" and text is not None and not is_code(text):
            faults.add(row.file, row.line, column.name, "not a code")
            bad.add(column.name)
    return None if bad else values
