#!/usr/bin/env python3
"""A run that another version sealed still verifies, or it is said exactly what differs.

`older/archive` was made by `older/renew`, with a build that calls itself 0.9.0. This version must
work out the same CSV files, which are the record, to the byte. Its workbooks may look otherwise: then
each is named as a difference of the engine, and no contract by a penny. TAP on standard output.
"""

import os
import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "lib"))

from archives import flip, place, seal_again, tree  # noqa: E402  pylint: disable=C0413
from suite import Tap, engine  # noqa: E402  pylint: disable=C0413
from tiny import Folder  # noqa: E402  pylint: disable=C0413

RUN = "2025-05/001"
OLDER = "0.9.0"
DIFFERS = 1
SEALED_BY = rf"    note +was sealed by schemepay {re.escape(OLDER)}; this is [0-9.]+"
NO_POUNDS = r"    note +what it works out otherwise moves £0\.00 for every contract"
BOOK = rf"    engine +outputs/(payments-2025-05|statements/\w+)\.xlsx: is not what schemepay [0-9.]+ works out"
RECORD = r"    engine +outputs/payments\.csv: is not what schemepay [0-9.]+ works out"
POUNDS = r"    pounds +P/M1: .*£0\.01 (more|less).*"


def verify(archive):
    """What verify says: its exit status, the headline, the lines under it, and all of it."""
    ran = engine("verify", "--all", "--archive", archive, "--threads", "1")
    lines = [line for line in ran.said.splitlines() if not line.startswith("schemepay: ")]
    return ran.status, lines[0] if lines else "", lines[1:], ran.said


def others(lines, *allowed):
    """The lines that none of the patterns fits."""
    return [line for line in lines if not any(re.fullmatch(p, line) for p in allowed)]


def as_it_is(tap, archive):
    """The archive that is kept."""
    before = tree(archive)
    status, headline, lines, said = verify(archive)
    books = [line for line in lines if re.fullmatch(BOOK, line)]
    tap.ok(any(re.fullmatch(SEALED_BY, line) for line in lines), "the other version is said", said)
    tap.ok(not others(lines, SEALED_BY, BOOK, NO_POUNDS),
           "every CSV of the record is the same; workbooks at most differ", said)
    tap.ok((status, headline) == ((DIFFERS, f"{RUN}  DIFFERS") if books
                                  else (0, f"{RUN}  verifies")), "and the status says so", said)
    tap.ok(bool(books) == any(re.fullmatch(NO_POUNDS, line) for line in lines),
           "where workbooks differ it is said that no pounds do", said)
    tap.ok(tree(archive) == before, "verify leaves it as it is")


def other_book(tap, archive):
    """A workbook that the other version made otherwise."""
    flip(place(archive, RUN) / "outputs/statements/M1.xlsx")
    seal_again(archive, RUN)
    status, headline, lines, said = verify(archive)
    tap.ok(status == DIFFERS and headline == f"{RUN}  DIFFERS" and
           not others(lines, SEALED_BY, BOOK, NO_POUNDS) and
           any("outputs/statements/M1.xlsx" in line for line in lines) and
           any(re.fullmatch(NO_POUNDS, line) for line in lines),
           "a workbook made otherwise is the engine's difference, of £0.00", said)


def other_pounds(tap, archive):
    """A payment that the other version worked out otherwise, by a penny."""
    path = place(archive, RUN) / "outputs/payments.csv"
    text = path.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if ",P,M1," in line)
    owed = row.split(",")[8]
    path.write_text(text.replace(row, row.replace(f",{owed},", f",{owed[:-1]}{int(owed[-1]) ^ 1},")),
                    encoding="utf-8")
    seal_again(archive, RUN)
    status, headline, lines, said = verify(archive)
    tap.ok(status == DIFFERS and headline == f"{RUN}  DIFFERS" and
           not others(lines, SEALED_BY, BOOK, RECORD, POUNDS) and
           any(re.fullmatch(RECORD, line) for line in lines) and
           any(re.fullmatch(POUNDS, line) for line in lines),
           "a payment worked out otherwise is the engine's difference, in pounds", said)


def main():
    """The archive as it is, and two that another version could have made."""
    tap = Tap()
    with Folder() as folder:
        os.environ["TMPDIR"] = str(folder)
        as_it_is(tap, HERE / "older" / "archive")
        for number, case in enumerate((other_book, other_pounds)):
            shutil.copytree(HERE / "older" / "archive", folder / str(number))
            case(tap, folder / str(number))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
