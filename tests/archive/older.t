#!/usr/bin/env python3
"""What other versions sealed is held to its own hashes, and then worked out again by this one.

`older/` has an archive of each version from 1.0.0 on, made by `older/renew`: two runs, the first of
them approved. This version must verify them; what it works out otherwise must move no pounds. Then
some that another version could have made. TAP on standard output.
"""

import os
import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "lib"))

from archives import flip, place, replace, seal_again, tree, unlock  # noqa: E402  pylint: disable=C0413
from suite import Tap, engine, must  # noqa: E402  pylint: disable=C0413
from tiny import Folder, arguments, write_inputs  # noqa: E402  pylint: disable=C0413

APPROVED, RUN = "2025-04/001", "2025-05/001"
THIS = engine("--version").out.split()[1]
ANOTHER = "0.9.0"
DIFFERS, NOT_ALLOWED = 1, 77
NO_POUNDS = f"    note         worked out otherwise by schemepay {THIS}, £0.00 for every contract"
OTHERWISE = f"    engine       as it was sealed; schemepay {THIS} works it out otherwise"


def run(command, archive, *more):
    """A command on an archive: its exit status and what it says, line by line."""
    ran = engine(*arguments(command, archive, by=None), *more)
    return ran.status, ran.said.splitlines()


def verify(archive):
    """What verify says of the second run: the exit status of all, and the lines about that run."""
    status, lines = run("verify --all", archive)
    heads = [i for i, line in enumerate(lines) if line.startswith(RUN)]
    return status, [line for line in lines[heads[0]:] if not line.startswith("schemepay: ")]


def sealed_by(version):
    """The note about a run of another version."""
    return f"    note         was sealed by schemepay {version}; this is {THIS}"


def otherwise(name):
    """The line about a file that comes out otherwise."""
    return f"    engine       outputs/{name}: is not what schemepay {THIS} works out"


def as_it_is(tap, archive, version):
    """The archive that is kept."""
    before = tree(archive)
    status, lines = run("verify --all", archive)
    others = [line for line in lines if not re.match(r"    engine       outputs/[^:]*(\.xlsx|\.csv): ", line)]
    notes = [NO_POUNDS] if len(others) < len(lines) else []
    expected = [f"{APPROVED}  verifies", sealed_by(version), *notes, f"{RUN}  verifies", sealed_by(version), *notes]
    tap.ok((status, others) == (0, expected), f"{version}: verifies, and moves no pounds", status, *lines)
    tap.ok(tree(archive) == before, f"{version}: verify leaves it as it is")


def other_book(archive):
    """A workbook that the other version made otherwise: no difference"""
    flip(place(archive, RUN) / "outputs/statements/M1.xlsx")
    seal_again(archive, RUN)
    return 0, [f"{RUN}  verifies", otherwise("statements/M1.xlsx"), NO_POUNDS]


def without_column(archive):
    """A file that lacks a column of this version's: no difference, and nothing is said"""
    path = place(archive, RUN) / "outputs/payments.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    at = rows[0].index("of_which_prior")
    unlock(path).write_text("".join(",".join(row[:at] + row[at + 1:]) + "\n" for row in rows), encoding="utf-8")
    seal_again(archive, RUN)
    return 0, [f"{RUN}  verifies"]


def other_words(archive):
    """A text in a file of record that is another one: no difference, the file is named"""
    replace(place(archive, RUN) / "outputs/exceptions.csv", "unknown-provider", "unknown-person")
    seal_again(archive, RUN)
    return 0, [f"{RUN}  verifies", otherwise("exceptions.csv"), NO_POUNDS]


def other_file(archive):
    """A file that this version does not write: no difference, the file is named"""
    place(archive, RUN).joinpath("outputs/zz.csv").write_text("a\n")
    manifest = place(archive, RUN) / "manifest"
    line = next(line for line in manifest.read_text(encoding="utf-8").splitlines() if " rules/" in line)
    replace(manifest, line, f"file {'0' * 64} 0 outputs/zz.csv\n{line}")
    seal_again(archive, RUN)
    return 0, [f"{RUN}  verifies", "    engine       outputs/zz.csv: was sealed, but is not worked out now",
               NO_POUNDS]


def other_pounds(archive):
    """A payment that the other version worked out otherwise, by a penny: a difference, in pounds"""
    path = place(archive, RUN) / "outputs/payments.csv"
    text = path.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if ",P,M1," in line)
    owed = row.split(",")[8]
    unlock(path).write_text(text.replace(row, row.replace(f",{owed},", f",{owed[:-1]}{int(owed[-1]) ^ 1},")),
                    encoding="utf-8")
    seal_again(archive, RUN)
    return DIFFERS, [f"{RUN}  DIFFERS", otherwise("payments.csv"), r"    engine       P/M1: .*£0\.01 (more|less).*",
                     OTHERWISE]


def refused(archive):
    """Inputs that this version refuses: a difference, and why"""
    with open(place(archive, RUN) / "inputs/adjustments.csv", "a", encoding="utf-8") as file:
        file.write('"open\n')
    seal_again(archive, RUN)
    return DIFFERS, [f"{RUN}  DIFFERS", OTHERWISE + r": .*adjustments.csv:.*"]


def changed(archive):
    """A file that is not as it was sealed: a difference of that file, whatever the version"""
    flip(place(archive, RUN) / "outputs/lines.csv")
    return DIFFERS, [f"{RUN} changed; no other run follows from it", "", f"{APPROVED}  verifies", f"{RUN}  DIFFERS",
                     "    output       outputs/lines.csv: was changed since it was sealed"]


def of_books(line):
    """Whether a line is about a workbook, or the note that follows from such lines: this version's say more."""
    return line == NO_POUNDS or re.fullmatch(otherwise(r"[^:]*\.xlsx"), line) is not None


def is_so(got, expected, version):
    """Whether lines are as expected, the note about the version and workbooks apart; some are patterns."""
    lines = [line for line in got[1] if line != sealed_by(version) and not of_books(line)]
    wanted = [line for line in expected[1] if not of_books(line)]
    return (got[0] == expected[0] and len(lines) == len(wanted) < len(got[1])
            and all(line in got[1] for line in expected[1] if of_books(line))
            and all(line == want or re.fullmatch(want, line) for line, want in zip(lines, wanted)))


def living_on(tap, folder, archive, version):
    """An archive that this version goes on with."""
    inputs = write_inputs(folder / "inputs")
    status, lines = run(f"approve {RUN} --by Bob --yes", archive)
    tap.ok(status == NOT_ALLOWED and f"worked out by schemepay {version}" in lines[0]
           and "work it out again" in lines[0], f"{version}: a draft of it is not approved, and why", status, *lines)
    status, lines = run("month-end --month 2025-05 --by Ann --quiet", archive, "--inputs", str(inputs))
    tap.ok(status == 0, f"{version}: it is worked out again", *lines)
    status, lines = run("approve 2025-05/002 --by Bob --yes --quiet", archive)
    tap.ok(status == 0, f"{version}: and approved", *lines)
    text = (place(archive, "2025-05/002") / "outputs/payments.csv").read_text(encoding="utf-8")
    paid = [row.split(",")[7] for row in text.splitlines()[1:]]
    tap.ok(any(amount != "0.00" for amount in paid), f"{version}: what it paid counts as paid", text)
    status, lines = run("verify --all", archive)
    tap.ok(status == 0, f"{version}: all of the archive verifies", *lines)


def made_by_another(folder):
    """Two runs of this version, the second under the name of another one."""
    inputs, archive = write_inputs(folder / "inputs-of-another"), folder / "another"
    for command, by in (("month-end --month 2025-04", "Ann"), (f"approve {APPROVED} --yes", "Bob"),
                        ("month-end --month 2025-05", "Ann")):
        must(*arguments(f"{command} --quiet", archive, inputs if by == "Ann" else None, by))
    replace(place(archive, RUN) / "manifest", f"engine {THIS}", f"engine {ANOTHER}")
    seal_again(archive, RUN)
    return archive


def main():
    """The archives as they are, and some that another version could have made."""
    tap = Tap()
    versions = sorted(path.name for path in (HERE / "older").iterdir() if path.is_dir())
    tap.ok("1.0.0" in versions and THIS not in versions, "archives of other versions are kept", versions)
    with Folder() as folder:
        os.environ["TMPDIR"] = str(folder)
        for version in versions:
            as_it_is(tap, HERE / "older" / version, version)
            shutil.copytree(HERE / "older" / version, folder / version)
            living_on(tap, folder, folder / version, version)
        another = made_by_another(folder)
        for case in (other_book, without_column, other_words, other_file, other_pounds, refused, changed):
            archive = folder / case.__name__
            shutil.copytree(another, archive)
            expected = case(archive)
            got = verify(archive)
            tap.ok(is_so(got, expected, ANOTHER), case.__doc__, got, expected)
    return tap.done()


sys.exit(main())
