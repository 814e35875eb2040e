"""How a table of values becomes the bytes of a CSV file, in every legal spelling."""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

PADS = (" ", "  ", "\t", "\u00a0", " \t\u00a0 ")
MONTH_NAMES = ("January February March April May June July August September October November "
               "December").split()
COMMAS_ALONE = "commas alone"


@dataclass(frozen=True)
class Month:
    """A month as year × 12 + month − 1, to be spelled."""

    index: int


@dataclass(frozen=True)
class Amount:
    """An exact amount or rate to be spelled with at most `places` decimals."""

    value: Fraction
    places: int = 6


@dataclass(frozen=True)
class Share:
    """An exact share or threshold, to be spelled as a number or as a percentage."""

    value: Fraction


@dataclass(frozen=True)
class Whole:
    """A whole number, to be spelled as people and spreadsheets do."""

    value: int


@dataclass(frozen=True)
class Plain:
    """An exact count or fraction to be spelled without `£` and commas."""

    value: Fraction


@dataclass
class Style:
    """The habits of one file."""

    line_end: str = "\n"
    bom: bool = False
    windows: bool = False
    quoting: float = 0.0
    padding: float = 0.0
    blank_lines: float = 0.0
    short_rows: float = 0.0
    extra_commas: int = 0
    plain_values: bool = False


def random_style(rng):
    """A file's habits: half of all files are well behaved in most ways."""
    if rng.random() < 0.25:
        return Style()
    return Style(
        line_end=rng.choice(["\n", "\n", "\r\n", "\r\n", "\r", "mixed"]),
        bom=rng.random() < 0.25,
        windows=rng.random() < 0.25,
        quoting=rng.choice([0, 0, 0.1, 0.5, 1]),
        padding=rng.choice([0, 0, 0.1, 0.5]),
        blank_lines=rng.choice([0, 0, 0.1]),
        short_rows=rng.choice([0, 0.5, 1]),
        extra_commas=rng.choice([0, 0, 0, 1, 3]),
    )


def decimal(value, most=6):
    """The shortest decimal text of an exact value with at most `most` decimals."""
    value = Fraction(value)
    scaled = abs(value) * 10**most
    assert scaled.denominator == 1, value
    digits = str(scaled.numerator).rjust(most + 1, "0")
    before, after = digits[: len(digits) - most], digits[len(digits) - most :].rstrip("0")
    sign = "-" if value < 0 else ""
    return f"{sign}{before}.{after}" if after else f"{sign}{before}"


def spell(rng, value, style):
    """One cell's text."""
    if value is None:
        return ""
    plain = style.plain_values
    if isinstance(value, date):
        return _spell_date(rng, value, plain)
    if isinstance(value, Share):
        return spell_share(rng, value.value, plain)
    if isinstance(value, Whole):
        return str(value.value) if plain else _spell_whole(rng, value.value)
    if isinstance(value, Month):
        return _spell_month(rng, value.index, plain)
    if isinstance(value, Amount):
        return _spell_amount(rng, value, plain)
    if isinstance(value, Plain):
        return decimal(value.value) if plain else _zeros(rng, decimal(value.value), 6)
    return str(value)


def _spell_date(rng, day, plain):
    if plain or rng.random() < 0.5:
        return day.isoformat()
    if rng.random() < 0.6:
        return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
    return f"{day.day:02d}-{_spell_name(rng, day.month)[:3]}-{_spell_year(rng, day.year)}"


def _spell_name(rng, month):
    return rng.choice([str, str.upper, str.lower])(MONTH_NAMES[month - 1])


def _spell_year(rng, year):
    is_short = 2000 <= year < 2100 and rng.random() < 0.5
    return f"{year % 100:02d}" if is_short else f"{year:04d}"


def _spell_month(rng, index, plain):
    year, month = index // 12, index % 12 + 1
    way = 0 if plain else rng.choice([0, 0, 0, 1, 2, 3, 3])
    if way == 0:
        return f"{year:04d}-{month:02d}"
    if way < 3:
        return f"{'01/' if way == 1 else ''}{month:02d}/{year:04d}"
    name = _spell_name(rng, month)
    name = name if rng.random() < 0.4 else name[:3]
    return f"{name}{rng.choice('- ')}{_spell_year(rng, year)}"


def _spell_whole(rng, number):
    text = f"{number:,}" if rng.random() < 0.2 else str(number)
    return text + rng.choice([".0", ".00"]) if rng.random() < 0.1 else text


def spell_share(rng, value, plain=False):
    """A share or threshold: one in three a percentage."""
    if plain or rng.random() < 0.67:
        return _spell_amount(rng, Amount(value), plain)
    return f"{decimal(value * 100, 4)}%"


def _zeros(rng, text, most):
    """Sometimes trailing zeros after the point."""
    if rng.random() < 0.8:
        return text
    before, _, after = text.partition(".")
    after += "0" * rng.randint(0 if after else 1, max(1, most - len(after)))
    return f"{before}.{after[:most]}"


def _spell_amount(rng, amount, plain):
    text = decimal(amount.value, amount.places)
    if plain:
        return text
    text = _zeros(rng, text, amount.places)
    sign = "-" if text.startswith("-") else ""
    before, point, after = text.lstrip("-").partition(".")
    if len(before) > 3 and rng.random() < 0.4:
        before = f"{int(before):,}"
    pound = "£" if rng.random() < 0.2 else ""
    return f"{sign}{pound}{before}{point}{after}"


def _spell_header(rng, name, style):
    if style.plain_values or rng.random() < 0.6:
        return name
    name = rng.choice([str.upper, str.title, str.lower, str.swapcase])(name)
    return name.replace("_", rng.choice([" ", "-", "_"]))


def write_cell(rng, text, style):
    """A cell with quotes and padding as the style has them, or as the text needs them."""
    must = any(mark in text for mark in ',"\r\n')
    if must or rng.random() < style.quoting:
        pad = rng.choice(PADS) if rng.random() < style.padding / 2 else ""
        text = '"' + pad + text.replace('"', '""') + '"'
    if rng.random() < style.padding:
        text = rng.choice(PADS) + text
    if rng.random() < style.padding:
        text = text + rng.choice(PADS)
    return text


class Layout:
    """The columns of a file: known ones in some order, unknown and phantom ones between."""

    def __init__(self, rng, columns, required, rows, style):
        filled = [row for row in rows if row != COMMAS_ALONE]
        used = {name for row in filled for name, value in row.items() if value not in ("", None)}
        self.columns = [
            ("known", c) for c in columns if c in required or c in used or rng.random() < 0.6
        ]
        if not style.plain_values:
            if rng.random() < 0.4:
                rng.shuffle(self.columns)
            if rng.random() < 0.25:
                for name in rng.sample(["Notes", "checked by", "x", "provider name"], 2):
                    self.columns.insert(rng.randint(0, len(self.columns)), ("unknown", name))
            if rng.random() < 0.25:
                for _ in range(rng.randint(1, 3)):
                    place = rng.choice([len(self.columns), rng.randint(0, len(self.columns))])
                    self.columns.insert(place, ("phantom", ""))
            if rng.random() < 0.05:
                self.columns.append(("unknown", ""))

    def header(self, rng, style):
        """The cells of the header row."""
        return [
            _spell_header(rng, name, style) if kind == "known" else name
            for kind, name in self.columns
        ]

    def row(self, rng, values, style):
        """The cells of a row."""
        cells = []
        for kind, name in self.columns:
            if kind == "known":
                cells.append(spell(rng, values.get(name), style))
            elif kind == "unknown":
                cells.append(rng.choice(["", "ok", 'see "log"', "a, b", "two\nlines", "£5", "=1"]))
            else:
                cells.append("")
        for place, rest in enumerate(cells[1:]):
            if re.fullmatch("-?£[0-9]{1,3}", cells[place]) and re.fullmatch(r"[0-9]{3}(\.[0-9]*)?", rest):
                cells[place] = cells[place].replace("£", "")  # else it is an amount cut in two
        return cells


def write_table(rng, columns, required, rows, style, layout=None, has_header=True):
    """The bytes of a CSV file; in a layout that is known, perhaps without its header."""
    layout = layout or Layout(rng, columns, required, rows, style)
    lines = [layout.header(rng, style)]
    for row in rows:
        empty = row == COMMAS_ALONE
        lines.append([""] * len(layout.columns) if empty else layout.row(rng, row, style))
    texts, is_short = [], False
    for number, cells in enumerate(lines):
        while rng.random() < style.blank_lines:
            texts.append(rng.choice(["", "", " ", "\t", "\u00a0 "]))
        if number and rng.random() < style.short_rows:
            keep = max((i + 1 for i, cell in enumerate(cells) if cell), default=2)
            cells = cells[: max(keep, min(2, len(cells)))]
        elif number and style.extra_commas and not style.short_rows:
            cells = cells + [""] * style.extra_commas
        is_short = len(cells) < len(layout.columns)
        if number or has_header:
            texts.append(",".join(write_cell(rng, cell, style) for cell in cells))
    return encode(rng, texts, style, is_short)


def encode(rng, texts, style, needs_end=False):
    """Lines of text as bytes with the style's line ends and encoding; a short last one ends."""
    ends = ["\n", "\r\n", "\r"] if style.line_end == "mixed" else [style.line_end]
    text = "".join(line + rng.choice(ends) for line in texts)
    if rng.random() < 0.15 and not style.plain_values and not needs_end:
        text = text.rstrip("\r\n")
    if style.windows:
        try:
            content = text.encode("cp1252")
        except UnicodeEncodeError:
            content = b""
        if content and not _is_utf8(content):
            return content
    return (b"\xef\xbb\xbf" if style.bom else b"") + text.encode("utf-8")


def _is_utf8(content):
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
