#!/usr/bin/env python3
"""Workbooks that another zlib packed are no difference; whatever else is done to their parts is one.

An archive whose workbooks were packed at another level, as if sealed so, verifies. Then one workbook
is taken apart: each case makes another zip file of it, seals the run so, and says whether verify may
accept it. None may crash it, or make it unpack more than there is to compare. TAP on standard output.
"""

import io
import os
import resource
import shutil
import struct
import sys
import warnings
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from archives import place, repack, replace, seal_again, seal_lines  # noqa: E402  pylint: disable=C0413
from suite import Tap, engine, must  # noqa: E402  pylint: disable=C0413
from tiny import Folder, arguments, write_inputs  # noqa: E402  pylint: disable=C0413

FIRST, LAST = "2025-04/001", "2025-05/001"
BOOK = "outputs/statements/M1.xlsx"
SHEET = "xl/worksheets/sheet1.xml"
SAME = f"{BOOK}: packed otherwise, the same content"
OTHER = f"output       {BOOK}: is not what is worked out now"
MOST_MEMORY = 200 << 20  # bytes of a process that verifies: a bomb does not fit
IS_SANITIZED = "ASAN_OPTIONS" in os.environ or "TSAN_OPTIONS" in os.environ


def zipped(parts, method=zipfile.ZIP_DEFLATED, level=6):
    """A zip file of (name, content) pairs; a name may be there twice."""
    out = io.BytesIO()
    warnings.simplefilter("ignore")
    with zipfile.ZipFile(out, "w", method, compresslevel=level) as book:
        for name, content in parts:
            book.writestr(name, content)
    return out.getvalue()


def with_part(parts, name, content):
    """The parts with another content for one of them."""
    return [(here, content if here == name else old) for here, old in parts]


def patched(packed, signature, at, form, value):
    """A zip file with a number changed in its first header of a kind."""
    start = packed.index(signature) + at
    return packed[:start] + struct.pack(form, value) + packed[start + struct.calcsize(form):]


LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"


# --------------------------------------------------------------------------------------- the cases
# Each makes a zip file of the parts, and of the bytes that were sealed.


def stored(parts, _):
    """parts that are not packed at all: the same"""
    return zipped(parts, zipfile.ZIP_STORED)


def reordered(parts, _):
    """parts in another order: the same"""
    return zipped(parts[::-1], level=9)


def commented(_, packed):
    """a comment at the end of the file: the same"""
    return packed[:-2] + struct.pack("<H", 5) + b"hello"


def other_letter(parts, _):
    """one letter of a part"""
    content = dict(parts)[SHEET]
    return zipped(with_part(parts, SHEET, content[:-9] + b"x" + content[-8:]))


def longer(parts, _):
    """a part that goes on"""
    return zipped(with_part(parts, SHEET, dict(parts)[SHEET] + b"\n"))


def shorter(parts, _):
    """a part that ends too early"""
    return zipped(with_part(parts, SHEET, dict(parts)[SHEET][:-1]))


def one_more(parts, _):
    """one part more"""
    return zipped([*parts, ("xl/more.xml", b"<a/>")])


def one_less(parts, _):
    """one part less"""
    return zipped(parts[:-1])


def twice(parts, _):
    """a part that is there twice, in place of another"""
    return zipped([*parts[:-1], (SHEET, dict(parts)[SHEET])])


def twice_and_all(parts, _):
    """a part that is there twice, the second otherwise"""
    return zipped([*parts, (SHEET, b"<other/>")])


def other_case(parts, _):
    """a name in other letters"""
    return zipped([(name.replace("sheet1", "Sheet1"), content) for name, content in parts])


def odd_name(_, packed):
    """a name that leaves the folder"""
    return packed.replace(b"docProps/app.xml", b"../docPro/ap.xml")


def name_with_nul(_, packed):
    """a name with a NUL in it"""
    return packed.replace(b"docProps/app.xml", b"docProps/app\0xml")


def absolute_name(_, packed):
    """an absolute name"""
    return packed.replace(b"docProps/app.xml", b"/ocProps/app.xml")


def encrypted(_, packed):
    """a part that says it is encrypted"""
    return patched(patched(packed, CENTRAL, 8, "<H", 1), LOCAL, 6, "<H", 1)


def unknown_method(_, packed):
    """a part packed by a method that nobody knows"""
    return patched(patched(packed, CENTRAL, 10, "<H", 77), LOCAL, 8, "<H", 77)


def by_bzip2(parts, _):
    """parts packed by a method that spreadsheet programs do not know"""
    return zipped(parts, zipfile.ZIP_BZIP2)


def wrong_sum(_, packed):
    """a part whose sum is not the one it says"""
    return patched(patched(packed, CENTRAL, 16, "<I", 1), LOCAL, 14, "<I", 1)


def wrong_size(_, packed):
    """a part that says it has gigabytes"""
    return patched(patched(packed, CENTRAL, 24, "<I", 0xFFFFFFF0), LOCAL, 22, "<I", 0xFFFFFFF0)


def bomb(parts, _):
    """a part that unpacks to hundreds of megabytes"""
    return zipped(with_part(parts, SHEET, dict(parts)[SHEET] + bytes(1 << 28)), level=1)


def many(parts, _):
    """more parts than a workbook has, without end"""
    return zipped([*parts, *((f"xl/{number}", b"") for number in range(60000))])


def count_too_large(_, packed):
    """an end that says there are more parts than there are"""
    return patched(packed, END, 10, "<H", 60000)


def no_end(_, packed):
    """a file that was cut short"""
    return packed[:-30]


def no_zip(_parts, _packed):
    """no zip file at all"""
    return b"a,b\n1,2\n"


def empty(_parts, _packed):
    """an empty file"""
    return b""


def no_parts(_parts, _packed):
    """a zip file without parts"""
    return zipped([])


def huge(parts, _):
    """a file that is larger than its parts"""
    return zipped(parts)[:-22] + bytes(64 << 20) + zipped(parts)[-22:]


SAME_CONTENT = (stored, reordered, commented)
OTHER_CONTENT = (other_letter, longer, shorter, one_more, one_less, twice, twice_and_all, other_case,
                 odd_name, name_with_nul, absolute_name, encrypted, unknown_method, by_bzip2, wrong_sum,
                 wrong_size, bomb, many, count_too_large, no_end, no_zip, empty, no_parts, huge)


def limit_memory():
    """For the process that verifies; sanitizers need more."""
    if not IS_SANITIZED:
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))


def verify(archive, of=LAST):
    """What verify says: the status and the text."""
    ran = engine(*arguments(f"verify {of}", archive, by=None), prepare=limit_memory)
    return ran.status, ran.said


def all_levels(tap, pristine, archive):
    """Every workbook of both runs, at other levels."""
    for level in (0, 1, 9):
        fresh(pristine, archive)
        for name in (FIRST, LAST):
            books = sorted(place(archive, name).rglob("*.xlsx"))
            before = [book.stat().st_size for book in books]
            for book in books:
                repack(book, level)
            tap.ok([book.stat().st_size for book in books] != before, f"level {level}: {name}: other bytes")
            old, new = seal_again(archive, name)
            if name == FIRST:
                follow(archive, old, new)
        status, said = verify(archive, "--all")
        notes = said.count("xlsx and 3 more: packed otherwise, the same content")
        tap.ok(status == 0 and notes == 2 and "DIFFERS" not in said, f"level {level}: the archive verifies",
               status, said)


def follow(archive, old, new):
    """Make the manifest of the second run name the first one's as it is now."""
    later = place(archive, LAST) / "manifest"
    replace(later, old, new)
    seal_lines(later)


def fresh(pristine, archive):
    """A copy of the archive."""
    shutil.rmtree(archive, ignore_errors=True)
    shutil.copytree(pristine, archive)


def check(pristine, archive, make):
    """What verify says of a run that was sealed with another zip file in a workbook's place."""
    fresh(pristine, archive)
    book = place(archive, LAST) / BOOK
    with zipfile.ZipFile(book) as opened:
        parts = [(name, opened.read(name)) for name in opened.namelist()]
    packed = book.read_bytes()
    made = make(parts, packed)
    assert made != packed
    book.unlink()
    book.write_bytes(made)
    seal_again(archive, LAST)
    return verify(archive)


def main():
    """All levels, and all cases."""
    tap = Tap()
    with Folder() as folder:
        os.environ["TMPDIR"] = str(folder)
        pristine, archive, inputs = folder / "archive", folder / "copy", write_inputs(folder / "inputs")
        for month in ("2025-04", "2025-05"):
            must(*arguments(f"month-end --month {month} --quiet", pristine, inputs))
        all_levels(tap, pristine, archive)
        for make in SAME_CONTENT:
            status, said = check(pristine, archive, make)
            tap.ok(status == 0 and SAME in said, make.__doc__, status, said)
        for make in OTHER_CONTENT:
            status, said = check(pristine, archive, make)
            tap.ok(status == 1 and OTHER in said and SAME not in said, f"{make.__doc__}: a difference",
                   status, said)
        fresh(pristine, archive)
        repack(place(archive, LAST) / BOOK, 9)
        status, said = verify(archive)
        tap.ok(status == 1 and f"output       {BOOK}: was changed since it was sealed" in said,
               "packed otherwise after it was sealed: a difference", status, said)
        tap.ok(not list(folder.glob("schemepay-*")), "verify leaves nothing behind")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
