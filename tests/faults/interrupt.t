#!/usr/bin/env python3
"""Ctrl-C at any call of a command: it ends by the signal, and what it says of its work is true.

Where it says that nothing was written, nothing is there; at the end of the work it says that it may
be. The next command simply succeeds. TAP on standard output.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from authority import Authority  # noqa: E402  pylint: disable=C0413
from faults import fault, is_sanitized  # noqa: E402  pylint: disable=C0413
from suite import ENGINE, IS_SOAK, Tap, engine, must  # noqa: E402  pylint: disable=C0413
from tiny import TINY_RULES, Folder, arguments, leftovers, verify, write_inputs  # noqa: E402  pylint: disable=C0413

CALLS = "create,rename,sync,mkdir,remove,protect,map,read"
EARLY = "\nschemepay: interrupted: nothing was written\n"
LATE = "\nschemepay: interrupted at the end of its work: what it writes may be there already"
EVERY = 1 if IS_SOAK else 5
APPROVED, DRAFT, NEXT = "2025-26/2025-04/002", "2025-26/2025-05/001", "2025-26/2025-05/002"


def commands(folder):
    """Name, arguments, and what the command makes, below the folder."""
    archive, inputs, bridge = folder / "archive", folder / "inputs", folder / "bridge.csv"
    again, new = folder / "again", folder / "new"
    ahead, letters = folder / "forecast.csv", folder / "letters"
    return [
        ("month-end", arguments("month-end --month 2025-05", archive, inputs), archive / NEXT),
        ("approve", arguments("approve 2025-05/001 --yes", archive, by="Bob"), archive / DRAFT / "approval"),
        ("witness", arguments(f"witness 2025-04/002 --reply {folder / 'reply'}", archive, by="Bob"),
         archive / APPROVED / "timestamp"),
        ("compare", arguments(f"compare 2025-04/001 2025-04/002 --output {bridge}", archive, by=None), bridge),
        ("what-if", arguments(f"what-if 2025-04/001 --output {bridge}", archive, inputs, by=None), bridge),
        ("verify", arguments(f"verify 2025-04/001 --output {again}", archive, by=None), again),
        ("new-year", [str(folder / "rules") if part == str(TINY_RULES) else part for part in
                      arguments(f"new-year --year 2026-27 --output {new}", archive, inputs, None)],
         new),
        ("forecast", arguments(f"forecast 2025-04/002 --output {ahead}", archive, by=None), ahead),
        ("statements", arguments(f"statements 2025-04/002 --output {letters}", archive, by=None), letters),
        ("forms", arguments(f"forms --month 2025-04 --output {folder / 'forms'}", archive, inputs, None),
         folder / "forms"),
    ]


def prepare(folder, inputs):
    """Two runs of April, the second approved, one of May, and the reply of an authority."""
    first, query, place = folder / "first", folder / "query", folder / "authority"
    for month in ("2025-04", "2025-04", "2025-05"):
        must(*arguments(f"month-end --month {month} --quiet", first, inputs))
        if (first / APPROVED).exists() and not (first / APPROVED / "approval").exists():
            must(*arguments("approve 2025-04/002 --yes --quiet", first, by="Bob"))
    must(*arguments(f"witness 2025-04/002 --query {query}", first, by=None))
    place.mkdir()
    authority = Authority(place)
    authority.issue()
    (folder / "reply").write_bytes(authority.reply(query.read_bytes()))


def begin(folder):
    """The archive as it is before each command."""
    for name in ("archive", "again", "new", "letters", "forms", "rules/2026-27"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in ("bridge.csv", "forecast.csv"):
        (folder / name).unlink(missing_ok=True)
    shutil.copytree(folder / "first", folder / "archive")


def interrupted(folder, line, made, at):
    """What is wrong with how a command takes Ctrl-C at a call, and which message it gave."""
    begin(folder)
    mark = folder / "mark"
    mark.unlink(missing_ok=True)
    ran = engine(*line, environment=fault(folder, CALLS, at, "interrupt", mark))
    if not mark.exists():
        return None, []
    message = LATE if LATE in ran.err else EARLY if EARLY in ran.err else None
    wrong = [] if ran.status == -signal.SIGINT else [f"call {at}: ends with {ran.status}: {ran.said}"]
    wrong += [] if message else [f"call {at}: says nothing of it: {ran.said}"]
    if message == EARLY and made.exists():
        wrong.append(f"call {at}: says that nothing was written, but it is there")
    return message, wrong + verify(folder / "archive")


def at_any_call(tap, folder, name, line, made):
    """One command, interrupted at every so many of its calls until none is left."""
    wrong, said, at = [], [], 1
    while True:
        message, problems = interrupted(folder, line, made, at)
        if message is None and not problems:
            break
        said.append(message)
        wrong += problems
        at += EVERY if message == EARLY else 1
    tap.check(wrong, f"{name}: Ctrl-C at {len(said)} calls")
    tap.ok(EARLY in said and LATE in said, f"{name}: both messages are given", set(said))
    begin(folder)
    ran = engine(*line)
    tap.ok(ran.status in (0, 1) and made.exists() and not leftovers(folder / "archive"),
           f"{name}: then it succeeds", ran.said)


def ignored(tap, folder):
    """Where the signal is ignored, as in the background of a shell, it stays so."""
    begin(folder)
    name, line, made = commands(folder)[0]
    environment = fault(folder, CALLS, 3, "interrupt", folder / "mark")
    done = subprocess.run([ENGINE, *line], env=environment, check=False, capture_output=True,
                          preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    tap.ok(done.returncode == 0 and made.exists(), f"{name}: an ignored signal stays ignored", done.stderr)


def main():
    """Every command that writes."""
    tap = Tap()
    if is_sanitized():
        tap.skip("Ctrl-C", "a sanitizer will not have a library before it")
        return tap.done()
    with Folder() as folder:
        os.environ["TMPDIR"] = str(folder)
        inputs = write_inputs(folder / "inputs")
        shutil.copytree(TINY_RULES, folder / "rules")
        prepare(folder, inputs)
        for name, line, made in commands(folder):
            at_any_call(tap, folder, name, line, made)
        ignored(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
