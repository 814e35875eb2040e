#!/usr/bin/env python3
"""What anybody does to a sealed archive is found by `verify --all`, and named.

Three runs of a tiny pack, two of them approved. Each case tampers with a copy of the archive;
verify must fail, name what was tampered with, and leave everything as it finds it. TAP on standard
output.
"""

import os
import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from archives import flip, place, replace, reseal, seal_lines, tree  # noqa: E402  pylint: disable=C0413
from suite import Tap, engine, must  # noqa: E402  pylint: disable=C0413
from tiny import TINY_RULES, Folder, write_inputs  # noqa: E402  pylint: disable=C0413

FIRST, SECOND, LAST = "2025-04/001", "2025-05/001", "2025-06/001"
RUNS = (FIRST, SECOND, LAST)
DIFFERENCE = 1


def schemepay(archive, command, *more):
    """Run a command that must succeed."""
    must(*command.split(), "--archive", archive, "--rules", TINY_RULES, "--quiet", *more)


def build(folder):
    """The archive that is tampered with."""
    archive, inputs = folder / "archive", write_inputs(folder / "inputs")
    for run, is_approved in ((FIRST, True), (SECOND, True), (LAST, False)):
        schemepay(archive, f"month-end --month {run[:7]} --by Ann", "--inputs", inputs)
        if is_approved:
            schemepay(archive, f"approve {run} --by Bob --yes")
    return archive


# --------------------------------------------------------------------------------------- the cases
# Each tampers with an archive and returns what verify must say, as regular expressions.


def swap_runs(archive):
    """Two runs in each other's place."""
    one, other = place(archive, FIRST), place(archive, SECOND)
    one.rename(archive / "between")
    other.rename(one)
    (archive / "between").rename(other)
    return [rf"chain +holds the run that was sealed as {SECOND}",
            rf"chain +holds the run that was sealed as {FIRST}"]


def edit_approval(archive):
    """Another approver, with the approval's own digest made right."""
    path = place(archive, FIRST) / "approval"
    replace(path, "approved-by Bob", "approved-by Zoe")
    seal_lines(path)
    return [rf"(?s){FIRST}  DIFFERS.*approval +is not the one that was given: it was edited"]


def remove_approval(archive):
    """No approval where one was given."""
    (place(archive, SECOND) / "approval").unlink()
    return [rf"(?s){SECOND}  DIFFERS.*approval +was given, but is not there"]


def copy_approval(archive):
    """An approval where none was given."""
    shutil.copy(place(archive, SECOND) / "approval", place(archive, LAST) / "approval")
    return [rf"(?s){LAST}  DIFFERS.*approval +is there, but was never given"]


def reseal_manifest(archive):
    """A changed payment, with a manifest that agrees."""
    run = place(archive, FIRST)
    flip(run / "outputs/payments.csv", -3)
    reseal(run)
    return [rf"(?s){FIRST}  DIFFERS.*manifest +is not the one that was sealed",
            r"output +outputs/payments.csv: is not what is worked out now"]


def reseal_index(archive):
    """The same, with an index that agrees, too: the next run's manifest tells."""
    run = place(archive, FIRST)
    flip(run / "inputs/activity/2025-04.csv", -2)
    old, new = reseal(run)
    replace(archive / "index", old, new)
    seal_lines(archive / "index")
    return [rf"(?s){SECOND}  DIFFERS.*chain +names another manifest of {FIRST}",
            r"approval +was given for another manifest"]


def change_claim(archive):
    """Another quantity: by how many pounds, for which contract."""
    replace(place(archive, LAST) / "inputs/activity/2025-04.csv", "2025-04,Q,M1,1,,4",
            "2025-04,Q,M1,1,,5")
    return [r"input +inputs/activity/2025-04.csv: was changed",
            r"pounds +Q/M1: entitlement £[0-9.]+ as sealed and £[0-9.]+ now: £[0-9.]+ more"]


def delete_run(archive):
    """A run in the middle."""
    shutil.rmtree(place(archive, SECOND))
    return [rf"(?s){SECOND}  DIFFERS\n +missing run +was sealed, but is not there"]


def delete_last(archive):
    """The last run, which no manifest names."""
    shutil.rmtree(place(archive, LAST))
    return [rf"(?s){LAST}  DIFFERS\n +missing run +was sealed, but is not there"]


def delete_last_and_entry(archive):
    """The last two runs, and what the index says of the one that was approved."""
    for run in (SECOND, LAST):
        shutil.rmtree(place(archive, run))
    lines = (archive / "index").read_text(encoding="utf-8").splitlines(keepends=True)
    (archive / "index").write_text("".join(line for line in lines if SECOND not in line),
                                   encoding="utf-8")
    seal_lines(archive / "index")
    return [rf"{LAST}  DIFFERS", r"missing run"]


def copy_run(archive):
    """A run that was never sealed."""
    shutil.copytree(place(archive, LAST), place(archive, "2025-06/002"))
    return [r"(?s)2025-06/002  DIFFERS.*stray +is there, but was never sealed in this archive"]


def delete_index(archive):
    """No index."""
    (archive / "index").unlink()
    return [r"index +index: is not there, but runs are"]


CASES = [swap_runs, edit_approval, remove_approval, copy_approval, reseal_manifest, reseal_index,
         change_claim, delete_run, delete_last, delete_last_and_entry, copy_run, delete_index]


def on_file(do, kind):
    """The expectation for one file of a run that was flipped, deleted or added."""
    words = {"flip": "was changed since it was sealed", "delete": "was sealed, but is not there",
             "add": "is there, but was not sealed with it"}

    def tamper(archive, run, name):
        path = place(archive, run) / name
        do(path)
        what = name.split("/")[0].rstrip("s") if "/" in name else "stray"
        what = "rules" if what == "rule" else what
        if name == "manifest":
            return [rf"(?s){run}  DIFFERS.*manifest +(is not there|.*digest|.*expected|is not )"]
        if name == "approval":
            return [rf"(?s){run}  DIFFERS.*approval +(was given, but|.*digest|is not )"]
        return [rf"(?s){run}  DIFFERS.*{what} +{re.escape(name)}: {words[kind]}"]

    return tamper


def check(pristine, archive, tamper):
    """What is wrong with how verify takes one tampering."""
    if archive.exists():
        shutil.rmtree(archive)
    shutil.copytree(pristine, archive, symlinks=True)
    expected = tamper(archive)
    before = tree(archive)
    ran = engine("verify", "--all", "--archive", archive, "--threads", "1")
    complaints = [f"exit {ran.status}: {ran.said}"] if ran.status != DIFFERENCE else []
    complaints += [f"does not say {e!r}: {ran.said}" for e in expected if not re.search(e, ran.said)]
    if tree(archive) != before:
        complaints.append("verify changed the archive")
    return complaints


def main():
    """All cases, each on a copy of the archive."""
    tap = Tap()
    with Folder() as folder:
        os.environ["TMPDIR"] = str(folder)
        pristine, archive = build(folder), folder / "copy"
        before = tree(pristine)
        ran = engine("verify", "--all", "--archive", pristine)
        tap.ok(ran.status == 0 and tree(pristine) == before, "as sealed it verifies, untouched",
               ran.said)
        run = place(pristine, SECOND)
        files = [str(p.relative_to(run)) for p in sorted(run.rglob("*")) if p.is_file()]
        tap.ok(len(files) > 12 and {"manifest", "approval"} <= set(files), "a run has files", files)
        for kind, do in (("flip", flip), ("delete", os.unlink)):
            tamper, complaints = on_file(do, kind), []
            for name in files:
                complaints += [f"{name}: {c}" for c in
                               check(pristine, archive, lambda a, n=name: tamper(a, SECOND, n))]
            tap.check(complaints, f"{kind}: each of {len(files)} files of a run is named")
        complaints = []
        tamper = on_file(lambda path: path.write_text("x\n", encoding="utf-8"), "add")
        for name in ("inputs/activity/more.csv", "rules/2025-26/more.csv", "outputs/more.csv",
                     "outputs/.hidden", "more"):
            complaints += check(pristine, archive, lambda a, n=name: tamper(a, SECOND, n))
        tap.check(complaints, "add: a file that was not sealed is named")
        for case in CASES:
            tap.check(check(pristine, archive, case), case.__name__.replace("_", " "))
        tap.ok(not list(folder.glob("schemepay-*")), "verify leaves nothing behind")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
