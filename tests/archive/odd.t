#!/usr/bin/env python3
"""Archives, and the systems they stand on, as odd as they come: clocks that run backwards, pipes and
links for files, limits, names that look alike. Each is refused or found, and said. TAP on standard
output.

    tests/archive/odd.t [TEST...]     all, or some by the names of their functions
"""

import os
import re
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("lib", "faults")]

from archives import place, replace, seal_lines, sha256, tree, unlock  # noqa: E402  pylint: disable=C0413
from faults import SHIM, is_sanitized  # noqa: E402  pylint: disable=C0413
from suite import ENGINE, IS_SOAK, Tap  # noqa: E402  pylint: disable=C0413
from tiny import INPUTS, TINY_RULES, Folder, leftovers, runs_of, write_inputs  # noqa: E402  pylint: disable=C0413

FIRST, SECOND = "2025-04/001", "2025-05/001"
DONE, DIFFERENCE, USAGE, INPUT_OUTPUT, NOT_ALLOWED = 0, 1, 64, 74, 77
NOON = 1_760_000_000  # 2025-10-09, 08:53:20 in UTC


class Place:
    """A folder with inputs and an archive."""

    def __init__(self, folder):
        self.folder, self.archive, self.inputs = folder, folder / "archive", folder / "inputs"
        write_inputs(self.inputs)

    def line(self, command, archive=None):
        """The line of a command: a month-end has its inputs."""
        more = ["--inputs", str(self.inputs)] if command.startswith("month-end") else []
        return [ENGINE, *command.split(), "--archive", str(archive or self.archive),
                "--rules", str(TINY_RULES), *more]

    def run(self, command, archive=None, clock=None, **more):
        """Run a command: its exit status and all that it says."""
        environment = dict(os.environ)
        if clock:
            environment.update({"LD_PRELOAD": str(SHIM), "FAULT_CLOCK": str(clock)})
        done = subprocess.run(self.line(command, archive), env=environment, capture_output=True, check=False,
                              timeout=120, stdin=subprocess.DEVNULL, **more)
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")

    def seal(self, *commands):
        """Run commands that must succeed."""
        for command in commands:
            status, said = self.run(command)
            assert status == DONE, f"{command}: {status}: {said}"

    def seal_two(self):
        """Two runs, the first approved."""
        self.seal("month-end --month 2025-04 --by Ann", f"approve {FIRST} --by Bob --yes",
                  "month-end --month 2025-05 --by Ann")


def sealed(archive):
    """The archive but for its lock, which writers write to, and that they did so."""
    return {name: found for name, found in tree(archive).items() if name not in (".", ".lock")}


def limited(kind, value):
    """What sets a limit before the engine begins."""
    return lambda: resource.setrlimit(kind, (value, value))


def clocks(tap, here):
    """Approvals that are dated before what they approve."""
    if is_sanitized():
        return tap.skip("clocks", "the engine is built with a sanitizer")
    status, said = here.run("month-end --month 2025-04 --by Ann", clock=NOON)
    assert status == DONE, said
    status, said = here.run(f"approve {FIRST} --by Bob --yes", clock=NOON - 1)
    tap.ok(status == NOT_ALLOWED and "was prepared after that, at 2025-10-09T08:53:20Z" in said,
           "an approval dated before its run was prepared is refused", status, said)
    assert here.run("month-end --month 2025-05 --by Ann", clock=NOON - 1000)[0] == DONE
    status, said = here.run(f"approve {SECOND} --by Bob --yes --out-of-order", clock=NOON - 500)
    tap.ok(status == NOT_ALLOWED and f"{FIRST} was prepared after that" in said,
           "so is one dated before the run sealed before its run", status, said)
    status, said = here.run(f"approve {FIRST} --by Bob --yes", clock=NOON)
    tap.ok(status == DONE and here.run("verify --all")[0] == DONE, "in the same second it is given", said)
    path = place(here.archive, FIRST) / "approval"
    before = path.read_bytes()
    for time_given, words in (("2025-10-09T08:53:19Z", "was given at 2025-10-09T08:53:19Z, before"),
                              ("~2025-10-09T08:53:19Z", "line 5 of the approval is not understood")):
        unlock(path).write_bytes(before)
        replace(path, "approved-at 2025-10-09T08:53:20Z", f"approved-at {time_given}")
        seal_lines(path)
        index = (here.archive / "index").read_text()
        replace(here.archive / "index", sha256(before), sha256(path.read_bytes()))
        seal_lines(here.archive / "index")
        status, said = here.run("verify --all")
        tap.ok(status == DIFFERENCE and words in said, f"verify finds {time_given}", status, said)
        (here.archive / "index").write_text(index)


def pipes(tap, here):
    """Pipes, devices and links in place of the archive's files: nothing hangs, and it is said."""
    here.seal_two()
    commands = ["runs", "verify --all", f"verify {SECOND}", "month-end --month 2025-05 --by Ann --quiet",
                f"approve {SECOND} --by Bob --yes", f"explain {SECOND} M1", f"compare {FIRST} {SECOND}"]
    files = [here.archive / "index", here.archive / ".lock", place(here.archive, FIRST) / "manifest",
             place(here.archive, FIRST) / "approval", place(here.archive, FIRST) / "outputs/payments.csv",
             place(here.archive, SECOND) / "manifest", place(here.archive, SECOND) / "approval"]

    def device(path):
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))

    odd = {"a pipe": os.mkfifo, "a link to a device": lambda path: path.symlink_to("/dev/zero"),
           "a folder": os.mkdir, "a link to a copy": lambda path: path.symlink_to(here.folder / "copy")}
    if os.geteuid() == 0:
        odd["a device"] = device
    for name, make in odd.items():
        wrong = []
        for path in files:
            kept = path.read_bytes() if path.exists() else None
            if kept is not None:
                (here.folder / "copy").write_bytes(kept)
                path.unlink()
            make(path)
            before = sealed(here.archive)
            for command in commands:
                status, said = here.run(command)
                what = f"{path.relative_to(here.archive)}: {command}: exit {status}: {said}"
                is_read = path.name != ".lock" or command[:2] in ("mo", "ap")
                if command in ("runs", f"explain {SECOND} M1") or not is_read:
                    continue
                wrong += [what] if status in (DONE, 70) or status < 0 or not said else []
            wrong += [f"{path}: touched"] if sealed(here.archive) != before else []
            os.rmdir(path) if name == "a folder" else path.unlink()
            if kept is not None:
                path.write_bytes(kept)
        tap.check(wrong, f"{name} in place of a file of the archive")
    other = here.folder / "other"
    other.write_text("precious\n")
    (here.archive / ".lock").unlink()
    os.link(other, here.archive / ".lock")
    status, said = here.run("month-end --month 2025-05 --by Ann")
    tap.ok(status == INPUT_OUTPUT and other.read_text() == "precious\n" and ".lock: is not a regular" in said,
           "another file under the name of the lock is left alone", status, said)
    (here.archive / ".lock").unlink()
    (place(here.archive, SECOND) / "inputs/more/deep").mkdir(parents=True)
    status, said = here.run("verify --all")
    tap.ok(status == DIFFERENCE and "inputs/more/deep/: is there, but was not sealed with it" in said,
           "an empty folder that was added is found", status, said)


def linked(tap, here):
    """An archive by way of a symbolic link, and one that would lie in its own inputs."""
    (here.folder / "real").mkdir()
    here.archive.symlink_to("real")
    here.seal_two()
    status, said = here.run("verify --all")
    tap.ok(status == DONE and len(runs_of(here.folder / "real")) == 2, "an archive may be a link", status, said)
    for archive in (here.inputs, here.inputs / "archive", here.inputs / "a/../b/archive"):
        status, said = here.run("month-end --month 2025-04 --by Ann", archive=archive)
        tap.ok(status == USAGE and "lies in --inputs" in said and not (here.inputs / "archive").exists(),
               "an archive in the inputs is refused", status, said)
    (here.folder / "way").symlink_to(here.inputs)
    status, said = here.run("month-end --month 2025-04 --by Ann", archive=here.folder / "way/archive")
    tap.ok(status == USAGE and "lies in --inputs" in said, "also by way of a link", status, said)
    shutil.copytree(here.inputs, here.folder / "real/inputs")
    here.inputs = here.folder / "real/inputs"
    status, said = here.run("month-end --month 2025-05 --by Ann")
    tap.ok(status == USAGE and "--inputs lies in --archive" in said, "so are inputs in the archive", status, said)


def streams(tap, here):
    """Standard streams that are closed."""
    for closed in (">&-", "<&-", "2>&-", "<&- >&- 2>&-"):
        line = ["sh", "-c", f'exec "$@" {closed}', "sh", *here.line("month-end --month 2025-05 --by Ann")]
        done = subprocess.run(line, capture_output=True, check=False, timeout=120)
        lock = (here.archive / ".lock").read_bytes()
        status, said = here.run("verify --all")
        tap.ok((done.returncode, lock, status) == (DONE, b"", DONE), f"{closed}: nothing goes astray",
               done, lock, said)


def file_sizes(tap, here):
    """Files that may not grow: refused with a message, at every size."""
    wrong, refused = [], 0
    for size in range(0, 400_000, 1000 if IS_SOAK else 4000):
        status, said = here.run("month-end --month 2025-05 --by Ann --threads 1",
                                preexec_fn=limited(resource.RLIMIT_FSIZE, size))
        if status == DONE:
            break
        refused += 1
        lines = [text for text in said.splitlines() if text.startswith("schemepay: ")]
        if status not in (73, INPUT_OUTPUT) or len(lines) != 1 or runs_of(here.archive):
            wrong.append(f"{size}: exit {status}: {said}")
    tap.check(wrong, f"a limit of file sizes, {refused} times")
    tap.ok(status == DONE and refused > 1 and not leftovers(here.archive), "then the run succeeds", said)


def memory(tap, here):
    """Too little memory: one line and status 74 wherever it ends, and nothing sealed."""
    if is_sanitized():
        return tap.skip("memory", "the engine is built with a sanitizer")
    codes = [f"P{number:03}" for number in range(60)]
    write_inputs(here.inputs, {
        **INPUTS, "providers.csv": INPUTS["providers.csv"] + "".join(f"{c},{c},practice\n" for c in codes),
        "participation.csv": INPUTS["participation.csv"] + "".join(f"Q,{c},2025-04-01,,\n" for c in codes),
        "activity/more.csv": "month,scheme,provider,activity,quantity\n"
                             + "".join(f"2025-05,Q,{c},1,4\n" for c in codes)})
    wrong, refused, sealed = [], 0, 0
    for threads in (1, 2):
        enough = 0  # runs in a row that had all they need
        for size in range(10_000, 90_000, 250 if IS_SOAK else 1_500):
            if enough == 4:
                break
            status, said = here.run(f"month-end --month 2025-05 --by Ann --quiet --threads {threads}",
                                    preexec_fn=limited(resource.RLIMIT_AS, size * 1024))
            if status == 127:
                continue  # it did not even begin
            lines = [text for text in said.splitlines() if not text.startswith("warning: ")]
            runs = runs_of(here.archive) if here.archive.exists() else []
            refused += status == INPUT_OUTPUT
            sealed += status == DONE
            enough = enough + 1 if status == DONE else 0
            if status not in (DONE, INPUT_OUTPUT) or len(lines) != (status != DONE) or len(runs) != sealed:
                wrong.append(f"{size} KiB, {threads} threads: exit {status}: {said}: {runs}")
                sealed = len(runs)
    tap.check(wrong, f"too little memory, {refused} times")
    status, said = here.run("month-end --month 2025-05 --by Ann --quiet")
    tap.ok(status == DONE and not leftovers(here.archive) and refused > 0, "then the run succeeds", said,
           refused, leftovers(here.archive))
    status, said = here.run("verify --all")
    tap.ok(status == DONE, "and all that was sealed verifies", said)


def names(tap, here):
    """Names that look like that of whoever prepared the run."""
    here.seal("month-end --month 2025-04 --by Ann\u00a0Othér".replace("\u00a0", "-"))
    alike = ["ann-other", "ANN-OTHER", "Ann-Othe\u0301r", "\uff21nn-Other", "Ånn-Öther", "Ann-Ot\u0323her"]
    wrong = []
    for name in alike:
        status, said = here.run(f"approve {FIRST} --yes --by {name}")
        wrong += [] if status == NOT_ALLOWED and "another person" in said else [f"{name}: {status}: {said}"]
    tap.check(wrong, "other forms of a name are the same person's")
    wrong = []
    for name in ("\u0410nn-Other", "Ann-\u039fther", "Ann-Oth\u0435r", "\u0430nn"):
        for command in (f"approve {FIRST} --yes --by {name}", f"month-end --month 2025-05 --by {name}"):
            status, said = here.run(command)
            wrong += [] if status == USAGE and "two scripts" in said else [f"{name}: {status}: {said}"]
    tap.check(wrong, "a name that mixes scripts is refused")
    status, said = here.run(f"approve {FIRST} --yes --by 山田・ハナコ2")
    tap.ok(status == DONE, "one of a script of its own is not", status, said)


def unreadable(tap, here):
    """A file that somebody may not read is no difference."""
    here.seal_two()
    engine, files = here.folder / "schemepay", []
    shutil.copy(ENGINE, engine)
    user = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    for path in [here.folder, *here.folder.rglob("*")]:
        path.chmod(0o755)
    files = [here.archive / "index", *[path for path in place(here.archive, SECOND).rglob("*")]]
    wrong = []
    for path in files:
        path.chmod(0)
        line = [str(engine), "verify", "--all", "--archive", str(here.archive), "--rules", "nowhere"]
        done = subprocess.run(line, capture_output=True, check=False, timeout=60, cwd="/",
                              env={**os.environ, "TMPDIR": "/tmp"}, text=True, **user)
        if done.returncode != INPUT_OUTPUT or "ermission denied" not in done.stderr:
            wrong.append(f"{path}: exit {done.returncode}: {done.stdout}{done.stderr}")
        path.chmod(0o755)
    tap.check(wrong, f"each of {len(files)} files and folders that may not be read: exit 74")


def devices(tap, here):
    """Payees that are called as some systems call their devices."""
    codes = ["CON", "nul", "Aux.x", "COM1", "lpt9.a.b", "PRN", "COM0", "CONS", "COM10"]
    write_inputs(here.inputs, {
        **INPUTS, "providers.csv": INPUTS["providers.csv"] + "".join(f"{c},{c},practice\n" for c in codes),
        "participation.csv": INPUTS["participation.csv"] + "".join(f"Q,{c},2025-04-01,,\n" for c in codes),
        "activity/more.csv": "month,scheme,provider,activity,quantity\n"
                             + "".join(f"2025-05,Q,{c},1,4\n" for c in codes)})
    here.seal("month-end --month 2025-05 --by Ann")
    found = sorted(path.name for path in (place(here.archive, SECOND) / "outputs/statements").iterdir())
    expected = sorted([f"'{c}.xlsx" for c in codes[:6]] + [f"{c}.xlsx" for c in codes[6:]]
                      + ["M1.xlsx", "M2.xlsx", "O1.xlsx"])
    tap.ok(found == expected, "statements of payees that are called like devices", found)
    status, said = here.run("verify --all")
    tap.ok(status == DONE, "and the run verifies", said)


def temporary(tap, here):
    """What killed commands left in the folder for temporary files."""
    here.seal_two()
    folder = here.folder / "temporary"
    folder.mkdir()
    os.environ["TMPDIR"] = str(folder)
    process = subprocess.Popen(here.line("verify --all"), stdout=subprocess.DEVNULL)
    while not list(folder.iterdir()) and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = [path.name for path in folder.iterdir()]
    host = re.sub("[^A-Za-z0-9]", ".", socket.gethostname())[:64]
    alive, others = f"schemepay-{os.getpid()}-{host}-abcdef", ["schemepay-AbC123", "schemepay-notes"]
    for name in (alive, *others):
        (folder / name).mkdir()
    status, said = here.run("month-end --month 2025-05 --by Ann")
    found = sorted(path.name for path in folder.iterdir())
    tap.ok(status == DONE and len(left) == 1 and found == sorted([alive, *others]),
           "what a killed verify left is cleared by the next run; what another process uses is not",
           left, found, said)


def main():
    """Each in a folder of its own."""
    tap = Tap()
    temporary_folder = os.environ.get("TMPDIR", "")
    for test in (clocks, pipes, linked, streams, file_sizes, memory, names, unreadable, devices, temporary):
        if len(sys.argv) > 1 and test.__name__ not in sys.argv:
            continue
        with Folder() as folder:
            test(tap, Place(folder))
        os.environ["TMPDIR"] = temporary_folder or "/tmp"
    return tap.done()


sys.exit(main())
