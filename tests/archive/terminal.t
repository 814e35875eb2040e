#!/usr/bin/env python3
"""Nothing that stands in inputs, manifests, approvals or names of files steers a terminal, whichever
command prints it; and no core dump holds the claims. TAP on standard output.
"""

import fcntl
import subprocess
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("lib", "faults")]

from archives import place, replace, seal_lines  # noqa: E402  pylint: disable=C0413
from faults import is_sanitized  # noqa: E402  pylint: disable=C0413
from suite import ENGINE, Tap  # noqa: E402  pylint: disable=C0413
from tiny import INPUTS, TINY_RULES, Folder, write_inputs  # noqa: E402  pylint: disable=C0413

FIRST, SECOND = "2025-04/001", "2025-05/001"
# An escape sequence, its 8-bit form, a mark of direction, a wide blank, a character without width.
EVIL = "\x1b[2J\u009b31m\u202eevil\u2003\u200b\x7f"
RAW = [character.encode() for character in "\x1b\x7f\u009b\u202e\u2003\u200b"] + [b"\x9b", b"\r"]
SHOWN = rb"\u001b[2J\u009b31m\u202eevil\u2003\u200b\u007f"


def schemepay(folder, command):
    """Run a command: exit status and all that it prints."""
    line = [ENGINE, *command.split(), "--archive", str(folder / "archive"), "--rules", str(TINY_RULES)]
    done = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return done.returncode, done.stdout + done.stderr


def build(folder):
    """An archive of two runs, the first approved, whose inputs are as evil as they may be."""
    inputs = write_inputs(folder / "inputs", {
        **INPUTS, "providers.csv": INPUTS["providers.csv"].replace("One", f'"{EVIL}\nAll is well"'),
        "adjustments.csv": INPUTS["adjustments.csv"].replace("late", EVIL)})
    (inputs / f"{EVIL}.txt").write_text("")
    said = []
    for command in (f"month-end --month 2025-04 --by Ann --inputs {inputs}",
                    f"approve {FIRST} --by Bob --yes",
                    f"month-end --month 2025-05 --by Ann --inputs {inputs}"):
        status, text = schemepay(folder, command)
        assert status == 0, text
        said.append((command, text))
    return said


def forge(folder):
    """Put evil names into manifest and approval, and evil files into the archive."""
    archive = folder / "archive"
    for run in (FIRST, SECOND):
        manifest = place(archive, run) / "manifest"
        replace(manifest, "prepared-by Ann", f"prepared-by Ann{EVIL[4:]}".replace("\x7f", ""))
        replace(manifest, "engine ", "engine \u202e\u2003")
        seal_lines(manifest)
    approval = place(archive, FIRST) / "approval"
    replace(approval, "approved-by Bob", "approved-by \u202e\u2003\u200bBob")
    seal_lines(approval)
    (place(archive, SECOND) / EVIL).write_text("")
    (place(archive, SECOND).parent / EVIL).mkdir()


def complaints_of(said):
    """What is printed raw, by command."""
    return [f"{command}: {raw!r} in {text!r}" for command, text in said for raw in RAW
            if raw in text.replace("…".encode(), b"").replace("−".encode(), b"")]


def printed(tap, folder):
    """Every command, with evil names wherever they can stand."""
    said = build(folder)
    commands = ["runs", "runs --json", "verify --all", "verify --all --json", f"approve {SECOND} --yes --by Ann",
                f"approve {SECOND} --yes --by Carol", f"explain {SECOND} M1", f"explain {SECOND} M1 --json",
                f"explain {SECOND} M2", f"compare {FIRST} {SECOND}", f"compare {FIRST} {SECOND} --json",
                "explain \x1b[31m M1", "\x1b[31m", "month-end --month \u202e2025-04",
                f"check --month 2025-06 --inputs {folder}/inputs", f"runs --archive {folder}/\x1b[31m"]
    said += [(command, schemepay(folder, command)[1]) for command in commands]
    shown = b"".join(text for _, text in said)
    tap.check(complaints_of(said), "what stands in inputs is escaped in all that is printed")
    tap.ok(SHOWN in shown, "as \\u and its number", shown)
    text = schemepay(folder, f"explain {SECOND} M1")[1]
    tap.ok(b"evil" in text and b"\nAll is well" not in text, "a name does not make a line of its own", text)
    forge(folder)
    said = [(command, schemepay(folder, command)[1]) for command in commands]
    tap.check(complaints_of(said), "so is what stands in manifests, approvals and names of files")
    tap.ok(rb"\u202e" in said[0][1] and rb"\u202e" in said[2][1], "and it is shown", said[0][1], said[2][1])
    manifest = place(folder / "archive", SECOND) / "manifest"
    replace(manifest, "prepared-by Ann", "prepared-by \\x1b[31mAnn")
    seal_lines(manifest)
    status, text = schemepay(folder, "verify --all")
    tap.ok(status == 1 and b"line 10 of the manifest is not understood" in text,
           "a name with a control character is none", text)


def no_core(tap, folder):
    """A run that crashes leaves no picture of its memory."""
    if is_sanitized():
        return tap.skip("no core dump", "the engine is built with a sanitizer")
    (folder / "archive").mkdir()
    with open(folder / "archive/.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        line = [ENGINE, "month-end", "--month", "2025-05", "--inputs", str(write_inputs(folder / "inputs")),
                "--archive", str(folder / "archive"), "--rules", str(TINY_RULES), "--wait", "60"]
        process = subprocess.Popen(line, stderr=subprocess.DEVNULL)
        time.sleep(1)  # it waits for the archive
        limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")
        owner = Path(f"/proc/{process.pid}/environ").stat().st_uid
        process.kill()
        process.wait()
    words = next(line.split() for line in limits.splitlines() if line.startswith("Max core file"))
    tap.ok(words[4:6] == ["0", "0"] and owner == 0, "a run that crashes leaves no core dump", words, owner)


def main():
    """All of them."""
    tap = Tap()
    for test in (printed, no_core):
        with Folder() as folder:
            test(tap, folder)
    return tap.done()


sys.exit(main())
