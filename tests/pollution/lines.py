"""Separators, quotes, line ends, and files cut off."""

import itertools

from base import written
from kind import by_cell, by_line, by_row, insertions, is_not_free, kind

# --- separators ----------------------------------------------------------------------------------

SEPARATORS = ";\t|: ^~\x1f、，"


@kind("separators", "one more in a row")
def _one_more(table):
    def change(cells):
        return (",".join([*cells[:at], "", *cells[at:]]) for at in range(len(cells) + 1))

    return by_line(change)(table)


@kind("separators", "one more in every row")
def _one_more_everywhere(table):
    for at in range(len(table.header)):
        yield written([table.header, *([*r[:at], "", *r[at:]] for r in table.rows)])


@kind("separators", "one fewer in a row")
def _one_fewer(table):
    def change(cells):
        for at in range(len(cells) - 1):
            for between in ("", " "):
                yield ",".join([*cells[:at], cells[at] + between + cells[at + 1], *cells[at + 2:]])

    return by_line(change)(table)


@kind("separators", "one field fewer in every row")
def _one_fewer_everywhere(table):
    for at in range(len(table.header)):
        yield written([table.header, *([*r[:at], *r[at + 1:]] for r in table.rows)])


@kind("separators", "all fields moved one to the left", unseen="the next value may fit, too")
def _moved(table):
    for at in range(len(table.header)):
        yield written([table.header, *([*r[:at], *r[at + 1:], ""] for r in table.rows)])


@kind("separators", "another one in the file")
def _another(table):
    return (written(table.lines, separator) for separator in SEPARATORS)


@kind("separators", "another one in a row")
def _another_in_row(table):
    return by_line(lambda cells: (separator.join(cells) for separator in SEPARATORS))(table)


@kind("separators", "another one at a place")
def _another_at_place(table):
    def change(cells):
        for at in range(1, len(cells)):
            for separator in ";\t|，":
                yield ",".join(cells[:at]) + separator + ",".join(cells[at:])

    return by_line(change)(table)


@kind("separators", "at the end of all lines", same=True)
def _at_ends(table):
    return (written([[*line, *[""] * n] for line in table.lines]) for n in (1, 2, 40))


@kind("separators", "at the end of all rows", same=True)
def _at_row_ends(table):
    return (written([table.header, *([*row, *[""] * n] for row in table.rows)]) for n in (1, 2, 40))


@kind("separators", "at the end of some rows")
def _at_some_ends(table):
    return by_row(lambda cells: (",".join(cells) + "," * n for n in (1, 2)))(table)


@kind("separators", "blanks around them", same=True)
def _blanks(table):
    return (written(table.lines, f"{blank},{other}") for blank, other in
            itertools.product(("", " ", "\t", "\u00a0", " \u00a0\t"), repeat=2) if blank or other)


# --- quotes --------------------------------------------------------------------------------------


@kind("quotes", "around all fields", same=True)
def _all_quoted(table):
    for before, behind in (("", ""), (" ", ""), ("", " "), ("\u00a0", "\t")):
        yield written([[f'{before}"{cell}"{behind}' for cell in line] for line in table.lines])
        yield written([[f'"{before}{cell}{behind}"' for cell in line] for line in table.lines])


@kind("quotes", "around some fields", same=True)
def _some_quoted(table):
    return by_cell(lambda cell: [f'"{cell}"'])(table)


@kind("quotes", "opened and not closed")
def _opened(table):
    return by_cell(lambda cell: [f'"{cell}', f' "{cell}'])(table)


@kind("quotes", "closed and not opened")
def _closed(table):
    return by_cell(lambda cell: [f'{cell}"'])(table)


@kind("quotes", "inside a field")
def _inside(table):
    return by_cell(lambda cell: [*insertions(cell, '"'), *insertions(f'"{cell}"', '"')])(table)


@kind("quotes", "two where one belongs")
def _doubled(table):
    return by_cell(lambda cell: [f'""{cell}""', f'""{cell}"', f'"{cell}""', f'"""{cell}"""'], is_not_free)(table)


@kind("quotes", "opened here, closed further on")
def _far_apart(table):
    places = table.cells()
    for one, other in itertools.combinations(places, 2):
        lines = [list(line) for line in table.lines]
        lines[one[0] + 1][one[1]] = '"' + table.cell(*one)
        lines[other[0] + 1][other[1]] = table.cell(*other) + '"'
        yield written(lines)


@kind("quotes", "of other kinds")
def _other_quotes(table):
    def change(cell):
        return (f"{one}{cell}{other}" for one, other in
                ("''", "“”", "‘’", "``", "«»", "＂＂", ("\\\"", "\\\"")))

    return by_cell(change, is_not_free)(table)


# --- line ends -----------------------------------------------------------------------------------

STRANGE_ENDS = "\v", "\f", "\x85", "\u2028", "\u2029", "\x1e", "\x00", "\\n", "<br>", "~"


@kind("line ends", "CRLF, CR, and more than one", same=True)
def _known_ends(table):
    return (written(table.lines, end=end) for end in
            ("\r\n", "\r", "\n\r", "\r\r\n", "\n\n", "\r\n\r\n", " \n", "\t\r\n"))


@kind("line ends", "mixed", same=True)
def _mixed_ends(table):
    for ends in itertools.product(("\n", "\r\n", "\r"), repeat=3):
        lines = zip(table.lines, itertools.cycle(ends))
        yield "".join(",".join(line) + end for line, end in lines)


@kind("line ends", "none at the end", same=True)
def _no_end(table):
    yield table.text[:-1]
    yield table.text[:-1] + " "


@kind("line ends", "of other systems")
def _strange_ends(table):
    return (written(table.lines, end=end) for end in STRANGE_ENDS)


@kind("line ends", "one of another system")
def _strange_end(table):
    for end, at in itertools.product(STRANGE_ENDS, range(len(table.lines))):
        parts = [",".join(line) + "\n" for line in table.lines]
        parts[at] = parts[at][:-1] + end
        yield "".join(parts)


@kind("line ends", "one lost")
def _lost_end(table):
    for at, between in itertools.product(range(len(table.lines) - 1), ("", " ", ",")):
        parts = [",".join(line) + "\n" for line in table.lines]
        parts[at] = parts[at][:-1] + between
        yield "".join(parts)


@kind("line ends", "one within a row")
def _broken_row(table):
    def change(cells):
        return (",".join(cells[:at]) + end + ",".join(cells[at:])
                for at in range(1, len(cells)) for end in ("\n", ",\n", "\n,", ",\r\n"))

    return by_line(change)(table)


@kind("line ends", "one within a field")
def _broken_field(table):
    return by_cell(lambda cell: [*insertions(cell, "\n"), *insertions(cell, "\r")])(table)


@kind("line ends", "one within a quoted field")
def _broken_quoted_field(table):
    return by_cell(lambda cell: (f'"{text}"' for end in ("\n", "\r\n") for text in
                                 (*insertions(cell, end), cell + end, end + cell)))(table)


# --- files cut off -------------------------------------------------------------------------------


@kind("cut off", "within a line")
def _cut(table):
    text = table.text
    return (text[:at] for at in range(len(text)) if text[:at][-1:] != "\n")


@kind("cut off", "behind a line", unseen="what is left is a whole file")
def _cut_behind_line(table):
    return (written(table.lines[:at]) for at in range(2, len(table.lines)))


@kind("cut off", "behind the header, or before it")
def _cut_to_header(table):
    yield from (written([table.header]), ",".join(table.header), "", "\n", "\n\r\n , \n", " ")


@kind("cut off", "at the front")
def _cut_front(table):
    return (table.text[at:] for at in range(1, len(table.text)))


@kind("cut off", "a block of the middle lost", unseen="two rows may close up to one")
def _cut_middle(table):
    text = table.text
    for at in range(len(table.header), len(text), 7):
        yield from (text[:at] + text[at + n:] for n in (3, 16, 50)
                    if "\n" not in text[at - 1:at] and text[at + n - 1:at + n] != "\n")
