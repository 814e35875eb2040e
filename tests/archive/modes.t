#!/usr/bin/env python3
"""Sealed files have no write bits, and can be read as the umask allows; verify does not look at modes.

TAP on standard output.
"""

import os
import stat
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from archives import place  # noqa: E402  pylint: disable=C0413
from suite import Tap, engine, must  # noqa: E402  pylint: disable=C0413
from tiny import Folder, arguments, leftovers, verify, write_inputs  # noqa: E402  pylint: disable=C0413

RUN = "2025-04/001"
# The umask, and the mode of a sealed file: never for everybody on the machine.
MASKS = ((0o022, 0o440), (0o002, 0o440), (0o077, 0o400), (0, 0o440))


def modes_of(run):
    """The modes of a run's files, and those of its folders."""
    paths = [run, *run.rglob("*")]
    modes = [{stat.S_IMODE(p.stat().st_mode) for p in paths if p.is_dir() == is_folder} for is_folder in (0, 1)]
    return modes[0], modes[1]


def sealed(tap, folder, mask, expected):
    """A run that was sealed and approved under a umask."""
    archive, inputs = folder / f"archive-{mask:03o}", folder / "inputs"
    old = os.umask(mask)
    try:
        must(*arguments("month-end --month 2025-04 --quiet", archive, inputs))
        before = modes_of(place(archive, RUN))[0]
        must(*arguments(f"approve {RUN} --yes --quiet", archive, by="Bob"))
    finally:
        os.umask(old)
    files, folders = modes_of(place(archive, RUN))
    tap.ok(before == files == {expected}, f"umask {mask:03o}: every file has mode {expected:03o}", before, files)
    tap.ok(all(mode & 0o700 == 0o700 for mode in folders), f"umask {mask:03o}: folders can be written to", folders)
    tap.check(verify(archive), f"umask {mask:03o}: it verifies")
    return archive


def main():
    """All umasks; other modes; what a killed run left."""
    tap = Tap()
    with Folder() as folder:
        os.environ["TMPDIR"] = str(folder)
        write_inputs(folder / "inputs")
        archives = [sealed(tap, folder, mask, expected) for mask, expected in MASKS]
        for mode in (0o600, 0o666, 0o755, 0o444):
            for path in place(archives[0], RUN).rglob("*"):
                if path.is_file():
                    path.chmod(mode)
            tap.check(verify(archives[0]), f"files of mode {mode:03o}: it verifies all the same")
        left = archives[0] / ".staging-999999999-nowhere-run" / "outputs"
        left.mkdir(parents=True)
        (left / "payments.csv").write_text("a\n", encoding="utf-8")
        (left / "payments.csv").chmod(0o400)
        ran = engine(*arguments("month-end --month 2025-05", archives[0], folder / "inputs"))
        tap.ok(ran.status == 0 and not leftovers(archives[0]), "what a stopped run left is cleared, protected or not",
               ran.said)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
