"""Headers, preambles, several tables in a file, and encodings."""

import gzip
import itertools

from base import AMOUNTS, tables, type_of, written
from kind import BOM, INVISIBLE, by_cell, by_name, is_number, kind

# --- headers -------------------------------------------------------------------------------------


@kind("headers", "none")
def _no_header(table):
    yield written(table.rows)


@kind("headers", "twice")
def _header_twice(table):
    for at in range(1, len(table.lines) + 1):
        yield written([*table.lines[:at], table.header, *table.lines[at:]])
        yield written([*table.lines[:at], [n.upper() for n in table.header], *table.lines[at:]])


@kind("headers", "another one further down")
def _other_header(table):
    turned = [list(reversed(line)) for line in table.lines]
    for at in range(1, len(table.rows) + 1):
        yield written([*table.lines[:at], turned[0], *turned[at:]])
        yield written([*table.lines[:at], [], [], turned[0], *turned[1:]])
    for name in table.header:
        yield written([*table.lines, ["colour" if n == name else n.title() for n in turned[0]], *turned[1:]])


@kind("headers", "a name lost, and its field left")
def _name_lost(table):
    return by_name(lambda name: ["", " ", '""'])(table)


@kind("headers", "a name and its separator lost")
def _name_gone(table):
    for at in range(len(table.header)):
        yield written([[*table.header[:at], *table.header[at + 1:]], *table.rows])


@kind("headers", "a column lost", unseen="optional columns may be left out")
def _column_gone(table):
    for at in range(len(table.header)):
        yield written([[*line[:at], *line[at + 1:]] for line in table.lines])


@kind("headers", "a name misspelt")
def _misspelt(table):
    def change(name):
        for at in range(len(name)):
            yield name[:at] + name[at + 1:]
            yield name[:at] + name[at] + name[at:]
            yield name[:at] + ("x" if name[at] != "x" else "y") + name[at + 1:]
            yield name[:at] + name[at:at + 2][::-1] + name[at + 2:]

    return by_name(change)(table)


@kind("headers", "a name with what does not show")
def _invisible_name(table):
    return by_name(lambda name: (text for mark in INVISIBLE for text in
                                 (mark + name, name + mark, name[:1] + mark + name[1:])))(table)


@kind("headers", "another name")
def _renamed(table):
    return by_name(lambda name: [f"{name}_code", f"the {name}", "Column1", name[::-1], "£", "x" * 300,
                                 f"{name}\n(see note)", f'"{name}\n(see note)"'])(table)


@kind("headers", "capitals, blanks, hyphens", same=True)
def _other_spelling(table):
    for change in (str.upper, str.title, lambda n: n.replace("_", " "), lambda n: n.replace("_", "-"),
                   lambda n: f" {n}\t", lambda n: f"\u00a0{n}", lambda n: f'" {n} "'):
        yield written([[change(name) for name in table.header], *table.rows])


@kind("headers", "columns in another order", same=True)
def _other_order(table):
    yield written([list(reversed(line)) for line in table.lines])
    for at in range(1, len(table.header)):
        yield written([[*line[at:], *line[:at]] for line in table.lines])


def _swapped(table, is_one_type):
    for one, other in itertools.combinations(range(len(table.header)), 2):
        names = table.header[one], table.header[other]
        types = {"code" if "payee" in names and t == "prose" else t for t in map(type_of, names)}
        if (len(types) == 1) == is_one_type:  # a payee's code may look like a name
            header = list(table.header)
            header[one], header[other] = header[other], header[one]
            yield written([header, *table.rows])


@kind("headers", "two names of other types swapped")
def _swapped_types(table):
    return _swapped(table, False)


@kind("headers", "two names of one type swapped", unseen="both columns hold what either may hold")
def _swapped_names(table):
    return _swapped(table, True)


@kind("headers", "a column twice")
def _column_twice(table):
    for at, name in enumerate(table.header):
        yield written([[*line, line[at]] for line in table.lines])
        yield written([[*table.header, name.upper()], *([*row, "1"] for row in table.rows)])


@kind("headers", "columns that are not used", same=True)
def _more_columns(table):
    for name, cell in (("note", "x"), ("note", ""), ("", ""), ("", "x"), ("note\t2", "£5"), ("é", '"a, b"'),
                       ("note", '"two\nlines"')):
        for at in (0, 2, len(table.header)):
            yield written([[*line[:at], text, *line[at:]] for line, text in
                           zip(table.lines, itertools.chain([name], itertools.repeat(cell)))])


# --- preambles, footers, several tables ----------------------------------------------------------

TITLES = ("Report", "# schemepay", "sep=,", "Report,,,", "Printed,2025-09-01", "=" * 60, "\u2003", '"A', "{}")


@kind("preambles and tables", "title rows")
def _titles(table):
    for title in TITLES:
        yield f"{title}\n{table.text}"
        yield f"{title}\n\n{title}\n{table.text}"


@kind("preambles and tables", "empty lines", same=True)
def _empty_lines(table):
    for empty in ("", " ", "\t \u00a0", ",", "," * (len(table.header) - 1), ' , "" ,', '""'):
        yield f"{empty}\n{empty}\n{table.text}"
        yield written([line for row in table.lines for line in (row, [empty])])
        yield f"{table.text}{empty}\n" * 1


@kind("preambles and tables", "a row of units or rules")
def _second_header(table):
    for row in (["---"] * len(table.header), ["text"] * len(table.header),
                [f"({name})" for name in table.header], ["1", "2", "3"], ["optional"]):
        yield written([table.header, row, *table.rows])


@kind("preambles and tables", "footers")
def _footers(table):
    width = len(table.header)
    numbers = [name for name in table.header if type_of(name) == "number"]
    sums = ["1300.00" if name in numbers[:1] else "" for name in table.header]
    for footer in (["Total"], ["End of report"], [f"({len(table.rows)} rows)"], ["Total", *sums[1:]], sums,
                   ["Total"] + [""] * (width - 2) + ["5"], ["-" * 40], ["*", *[""] * width], ["\x1a"]):
        yield table.text + ",".join(footer) + "\n"
        yield table.text + "\n" + ",".join(footer)


@kind("preambles and tables", "the table again", unseen="rows may say the same twice, and both be meant")
def _rows_again(table):
    for row in table.rows:
        yield table.text + written([row])
    yield table.text + written(table.rows)


@kind("preambles and tables", "another table below")
def _table_below(table):
    for other in tables():
        if other.name != table.name:
            for between in ("", "\n", "\n\nTable 2\n"):
                yield table.text + between + other.text


@kind("preambles and tables", "another table above")
def _table_above(table):
    for other in tables():
        if other.name != table.name:
            yield other.text + "\n" + table.text


@kind("preambles and tables", "another table beside it")
def _table_beside(table):
    for other in tables():
        pairs = list(itertools.zip_longest(table.lines, other.lines))
        yield written([[*(one or [""] * len(table.header)), "", *(two or [])] for one, two in pairs])


@kind("preambles and tables", "another table in its place")
def _other_table(table):
    return (other.text for other in tables() if other.name != table.name)


# --- encodings -----------------------------------------------------------------------------------
@kind("encodings", "a byte order mark", same=True)
def _bom(table):
    yield BOM + table.text
    yield BOM + '"' + table.header[0] + '"' + table.text[len(table.header[0]):]


@kind("encodings", "two, or one elsewhere")
def _more_boms(table):
    yield BOM + BOM + table.text
    yield " " + BOM + table.text
    for at in range(1, len(table.lines) + 1):
        yield written(table.lines[:at]) + BOM + written(table.lines[at:])


@kind("encodings", "UTF-16, UTF-32, UTF-7, EBCDIC, gzip")
def _other_encodings(table):
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "utf-8-sig"):
        yield table.text.replace("Paper", "Päper").encode(name, "replace")
    yield gzip.compress(table.text.encode(), mtime=0)


@kind("encodings", "Windows-1252", same=True)
def _windows(table):
    for c, name in enumerate(table.header):
        if type_of(name) == "prose":
            yield table.put(0, c, "Café £5 \u2019").encode("cp1252", "replace")
        if name in AMOUNTS and is_number(table.cell(0, c)):
            amount = table.cell(0, c)
            yield table.put(0, c, ("-£" if amount[0] == "-" else "£") + amount.strip("-")).encode("cp1252", "replace")


@kind("encodings", "bytes that mean nothing")
def _bad_bytes(table):
    for byte in b"\x81\x8d\x8f\x90\x9d":
        for at in range(0, len(table.text), 5):
            yield table.text[:at].encode() + bytes([byte]) + table.text[at:].encode()


@kind("encodings", "NUL bytes")
def _nul(table):
    for at in range(0, len(table.text) + 1, 3):
        yield table.text[:at] + "\0" + table.text[at:]
    yield table.text + "\0" * 512


@kind("encodings", "bytes of other encodings in a field")
def _other_bytes(table):
    def make(cell):
        return [cell[:1] + text + cell[1:] for text in ("\udcff", "\udcc3", "\udce2\udc80", "\udca0", "Ã©", "ï»¿",
                                                        "\ufffd", "\x7f", "\x1b[2J", "\x07", "\b", "\x1a")]

    return (text.encode("utf-8", "surrogateescape") for text in by_cell(make)(table))
