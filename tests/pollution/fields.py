"""What stands in the fields, and in which rows."""

import itertools
import re

from base import AMOUNTS, tables, type_of, written
from kind import INVISIBLE, by_cell, by_row, is_free, is_not_free, is_number, is_type, kind

# --- fields --------------------------------------------------------------------------------------


@kind("fields", "characters that do not show")
def _invisible(table):
    return by_cell(lambda cell: (text for mark in INVISIBLE + "\u202e\u2066\u180e\u3164" for text in
                                 (mark + cell, cell + mark, cell[:1] + mark + cell[1:])))(table)


@kind("fields", "blanks at the ends", same=True)
def _padded(table):
    return by_cell(lambda cell: [f" {cell}", f"{cell}\t", f"\u00a0{cell} ", f'" {cell}\u00a0"'])(table)


@kind("fields", "wide blanks")
def _wide_blanks(table):
    return by_cell(lambda cell: [mark + cell for mark in "\u2003\u2009\u202f\u3000\v\f"])(table)


@kind("fields", "letters that look alike")
def _alike(table):
    def change(cell):
        for one, other in (("A", "\u0410"), ("P", "\u0420"), ("0", "O"), ("1", "l"), ("0", "\uff10"), ("R", "\uff32")):
            if one in cell:
                yield cell.replace(one, other, 1)

    return by_cell(change, lambda name: is_not_free(name) and type_of(name) != "prose")(table)


@kind("fields", "letters that look alike in references")
def _alike_references(table):
    def change(cell):
        return (cell.replace(one, other) for one, other in (("E", "\u0415"), ("F", "\uff26"), ("7", "\uff17"))
                if one in cell)

    return by_cell(change, lambda name: name == "patient_ref")(table)


@kind("fields", "other letter case or blanks in codes")
def _other_case(table):
    def change(cell):
        return {cell.lower(), cell.title(), cell[:1] + " " + cell[1:], cell + "."} - {cell} if cell else ()

    return by_cell(change, lambda name: is_not_free(name) and type_of(name) in ("code", "word"))(table)


@kind("fields", "references and payees spelt otherwise",
      unseen="any text is a reference, and any code a payee's")
def _other_reference(table):
    def change(cell):
        words = "NULL", "None", "nan", "-", "#REF!", "x", "PAYl"
        return {cell.lower(), cell[:1] + " " + cell[1:], f"'{cell}'", f"`{cell}`", f'"""{cell}"""', *words} - {cell}

    return by_cell(lambda cell: sorted(change(cell)), is_free)(table)


@kind("fields", "words that say that there is no patient")
def _no_patient(table):
    return by_cell(lambda cell: ("-", "?", "0", "na", "N/A", "#n/a", "NULL", "none", "nil", "Unknown", "TBC")
                   if cell else (), lambda name: name == "patient_ref")(table)


@kind("fields", "words in place of a value")
def _no_value(table):
    words = ("#N/A", "#REF!", "#VALUE!", "N/A", "NULL", "None", "nan", "-", "?", "TBC", "0", "x")
    return by_cell(lambda cell: words, lambda name: is_not_free(name) and type_of(name) in
                   ("code", "word", "date", "month"))(table)


@kind("fields", "emptied", unseen="optional fields may be empty")
def _emptied(table):
    return by_cell(lambda cell: ["", '""', " "] if cell else [])(table)


@kind("fields", "very long")
def _long(table):
    return by_cell(lambda cell: [cell + "x" * 300, '"' + cell + "é" * 200 + '"'])(table)


# --- numbers and dates ---------------------------------------------------------------------------


def _spelt(cell):
    """A number as others write it: what must not be read as another one."""
    sign, digits = ("-", cell[1:]) if cell.startswith("-") else ("", cell)
    before, _, after = digits.partition(".")
    with_point = after or "00"
    yield from (f"{sign}{before},{with_point}", f"{sign}{before}.{with_point}.0", f"{sign}{before},{with_point},",
                f"{sign}{before[:1]}.{before[1:]},{with_point}", f"{sign}{before}e0", f"{sign}{before}E+02",
                f"({before})", f"{before}-", f"{before} CR", f"\u2212{before}", f"+{digits}", f"{sign} {digits}",
                f"{sign}{before[:1]} {before[1:]}x", f"{sign}{digits} items", f"{sign}0x{before}", f"={digits}",
                f"{sign}${digits}", f"{sign}€{digits}", f"{sign}£ {digits}", f"£{sign}£{digits}", f"~{digits}",
                sign + before.replace("0", "O").replace("1", "I") + "O", f"{digits}½", f"{sign}{digits}k",
                "".join(chr(0xff10 + int(d)) if d.isdigit() else d for d in cell), f"{sign}{before[:1]}'{before[1:]}z",
                f"{sign}{digits}%%", f"{sign}.", f"{sign}{before}.", "NaN", "inf", "9" * 30, f"{digits}/1")


@kind("numbers and dates", "numbers spelt otherwise")
def _numbers(table):
    return by_cell(lambda cell: _spelt(cell) if is_number(cell) else (), is_type("number"))(table)


@kind("numbers and dates", "amounts with £ and commas", same=True)
def _amounts(table):
    def change(cell):
        if not is_number(cell):
            return
        sign, digits = ("-", cell[1:]) if cell.startswith("-") else ("", cell)
        before, point, after = digits.partition(".")
        commas = f"{int(before):,}"
        yield from (f"{sign}£{digits}", f'"{sign}£{commas}{point}{after}"', f'"{sign}{commas}{point}{after}"',
                    f"{sign}0{digits}", f'" {sign}£{digits} "')

    return by_cell(change, lambda name: name in AMOUNTS)(table)


@kind("numbers and dates", "£ and thousands commas without quotes")
def _bare_commas(table, signs=("£", "-£")):
    def change(cell):
        before, point, after = cell.lstrip("-").partition(".")
        for number in dict.fromkeys((before, "1300", "12345678")):
            for sign in signs if len(number) > 3 else ():
                yield f"{sign}{int(number):,}{point}{after}"
                yield f"{sign}{int(number):,}"

    def make(cells):
        for c, cell in enumerate(cells):
            if is_number(cell):
                yield from (",".join([*cells[:c], text, *cells[c + 1:]]) for text in change(cell))

    for polluted in by_row(make)(table):
        yield polluted
        yield polluted.replace(",\n", "\n")


@kind("numbers and dates", "thousands commas without quotes", unseen="a reference may be a number of three digits")
def _bare_commas_alone(table):
    return _bare_commas(table, [""])


@kind("numbers and dates", "numbers with commas or points elsewhere")
def _odd_commas(table):
    return by_cell(lambda cell: [f'"{cell[:1]},{cell[1:]}x"', f'"1,2,{cell}"', f'"{cell},"', f'",{cell}"',
                                 f'"{cell},0"'] if cell else (), is_type("number"))(table)


@kind("numbers and dates", "dates and months spelt otherwise")
def _dates(table):
    def change(cell):
        if not re.fullmatch("[0-9]{4}-[0-9]{2}(-[0-9]{2})?", cell):
            return
        year, month, *day = cell.split("-")
        day = day[0] if day else "01"
        yield from (f"{year}/{month}/{day}", f"{year}{month}{day}", f"{day}.{month}.{year}", f"{day}-{month}-{year}",
                    f"{int(day)}/{int(month)}/{year}", f"{day}/{month}/{year[2:]}", f"{year}-{month}-{day}T00:00:00",
                    f"{year}-{month}-{day} 00:00", f"{year}-{int(month)}-{int(day)}", "45870", "45870.5", "0",
                    f"{year}-{month}-32", f"{year}-13-{day}", f"{year}-00-{day}", "1900-01-00", "2025-02-30", f"{year}",
                    f"Q{(int(month) + 2) // 3} {year}", f"{year}-W32", "today", f"'{cell}", f"{cell}x", f"{cell}-01x")

    return by_cell(change, is_type("date", "month"))(table)


@kind("numbers and dates", "day and month swapped", unseen="both are days of a calendar")
def _american(table):
    def change(cell):
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            year, month, day = cell.split("-")
            if int(day) <= 12:
                yield f"{month}/{day}/{year}"

    return by_cell(change, is_type("date"))(table)


@kind("numbers and dates", "a digit changed", unseen="it is another number, or another day")
def _digits(table):
    def change(cell):
        for at, digit in enumerate(cell):
            if digit.isdigit():
                yield cell[:at] + str((int(digit) + 1) % 10) + cell[at + 1:]

    return by_cell(change, is_type("number", "date", "month"))(table)


# --- rows ----------------------------------------------------------------------------------------


@kind("rows", "in another order", same=True)
def _rows_order(table):
    for rows in itertools.islice(itertools.permutations(table.rows), 1, 30):
        if table.name not in ("schemes", "indicators", "tariffs"):
            yield written([table.header, *rows])


@kind("rows", "one of another table")
def _foreign_row(table):
    for other in tables():
        if other.name != table.name:
            yield from (table.text + written([row]) for row in other.rows[:2])


@kind("rows", "two run into one another", unseen="what is left may be a row")
def _merged(table):
    for (r, _), c in itertools.product([(r, 0) for r in range(len(table.rows) - 1)], range(1, len(table.header))):
        yield written([*table.lines[:r + 1], [*table.rows[r][:c], *table.rows[r + 1]], *table.lines[r + 3:]])
        yield written([*table.lines[:r + 1], [*table.rows[r][:c], *table.rows[r + 1][:-c]], *table.lines[r + 3:]])
