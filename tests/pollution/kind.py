"""What the kinds of pollution are made of.

A kind makes polluted files of a good one: a function from a table to texts, or bytes.

`same`: the file still says the same, so that it must be read right.
`unseen`: no program can see it, and why: then alone may figures change without a word.
"""

import re
from typing import Callable, NamedTuple

from base import type_of

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
BOM = "\ufeff"


class Kind(NamedTuple):
    """A kind of pollution."""

    name: str
    group: str
    make: Callable
    same: bool
    unseen: str


KINDS = []


def kind(group, name, same=False, unseen=""):
    """Make a kind of a function from a table to polluted files."""

    def add(make):
        KINDS.append(Kind(name, group, make, same, unseen))
        return make

    return add


def by_line(change, first=0):
    """A kind that changes one line at a time: a function from a line's cells to texts."""

    def make(table):
        for at, cells in enumerate(table.lines[first:], start=first):
            for text in change(cells):
                lines = [",".join(line) for line in table.lines]
                lines[at] = text
                yield "".join(f"{line}\n" for line in lines)

    return make


def by_row(change):
    """The same without the header."""
    return by_line(change, 1)


def by_cell(change, wanted=lambda name: True):
    """A kind that changes one field at a time: a function from its text to texts."""

    def make(table):
        for r, c in table.cells():
            if wanted(table.header[c].strip('" \t\u00a0').lower()):
                for text in change(table.cell(r, c)):
                    yield table.put(r, c, text)

    return make


def by_name(change):
    """A kind that changes one name of the header at a time."""

    def make(table):
        for c, name in enumerate(table.header):
            for text in change(name):
                yield table.put(-1, c, text)

    return make


def is_type(*types):
    """Whether a column is one of some types."""
    return lambda name: type_of(name) in types


def is_free(name):
    """Whether a column holds what nobody lists: any text is one."""
    return name in ("patient_ref", "payee", "pcn")


def is_not_free(name):
    """Whether it does not."""
    return not is_free(name)


def is_number(cell):
    """Whether a field is a number as the good files have them."""
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) is not None


def insertions(text, what):
    """A text with another one put in at every place but its ends."""
    return (text[:at] + what + text[at:] for at in range(1, len(text)))
