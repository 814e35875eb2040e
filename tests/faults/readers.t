#!/usr/bin/env python3
"""Every call of the commands that only read an archive fails in turn, or is cut short.

After each: the usual result, or a documented exit status with a message; an archive that nobody
touched; and the file they were told to write whole or not there. FAULT_TRACE=1 shows every fault.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from archives import tree
from faults import DOCUMENTED, ERRNO, errors_of, fault, is_sanitized
from suite import ENGINE, IS_SOAK, Tap, must
from tiny import INPUTS, TINY_RULES, Folder, arguments, write_inputs

DIFFERENCE = 1
COMMANDS = ["explain 2025-05/001 M1", "compare 2025-04/001 2025-05/001 --output {out}/bridge.csv",
            "compare 2025-04/001 2025-05/001 --output {out}/bridge.xlsx",
            "forecast 2025-05/001 --output {out}/forecast.csv --journal {out}/journal.csv",
            "forecast 2025-05/001 --output {out}/forecast.xlsx", "verify --all",
            "verify 2025-05/001 --output {out}/again",
            "new-year --year 2026-27 --output {out}/new --inputs {inputs}", "runs",
            "sample 2025-04/001 --rows 3 --by scheme", "witness 2025-04/001 --query {out}/query",
            "forms --month 2025-05 --inputs {inputs} --output {out}/forms",
            "reconcile 2025-04/001 --response {answer}",
            "statements 2025-04/001 --output {out}/letters",
            "what-if 2025-05/001 --inputs {later} --output {out}/bridge.csv"]
OFTEN = ("explain", "compare", "new-year")  # the others read as these do: fewer of their calls
# Which calls fail with what, and which of them in make test: all, or every so many.
READING = [("open", "EACCES", 7), ("open", "EINTR", 11), ("read", "EIO", 5), ("read", "EINTR", 11),
           ("read", "short", 11), ("map", "ENOMEM", 3), ("list", "EIO", 5), ("close", "EIO", 17)]
WRITING = [("create", "ENOSPC", 2), ("write", "ENOSPC", 2), ("write", "short", 3),
           ("write", "EINTR", 5), ("sync", "EIO", 2), ("rename", "EIO", 1), ("mkdir", "EACCES", 2),
           ("truncate", "ENOSPC", 1), ("remove", "EACCES", 5), ("buffer", "ENOSPC", 31),
           ("any", "kill", 37)]
# These carry on as if nothing had been.
HARMLESS = {("read", "EINTR"), ("read", "short"), ("write", "EINTR"), ("write", "short")}
# Without these nothing can be worked out again.
FATAL = {("write", "ENOSPC"), ("sync", "EIO"), ("mkdir", "EACCES")}


class Bench:
    """An archive, a command that reads it, and what that says when nothing goes wrong."""

    def __init__(self, folder, archive, command):
        self.archive, self.mark, self.faults = archive, folder / "mark", 0
        self.out = folder / "out"
        self.temporary = folder / "temporary"
        for place in (self.out, self.temporary):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
        os.environ["TMPDIR"] = str(self.temporary)
        self.line = arguments(command.format(out=self.out, inputs=folder / "inputs", answer=folder / "answer.csv",
                                             later=folder / "later"), archive, by=None)
        if self.line[0] == "new-year":  # which writes beside the rules
            self.line[self.line.index(str(TINY_RULES))] = str(self.out / "rules")
        self.begin()
        self.before = tree(archive)
        self.usual = self.run(None)
        assert self.usual[0] in (0, DIFFERENCE), self.usual
        self.written = self.files()

    def begin(self):
        """What is there before the command."""
        shutil.rmtree(self.out)
        self.out.mkdir()
        if self.line[0] == "new-year":
            shutil.copytree(TINY_RULES, self.out / "rules")
        self.first = self.files()

    def files(self):
        """What was written where the command was told to, by its path there."""
        return {str(p.relative_to(self.out)): p.read_bytes()
                for p in self.out.rglob("*") if p.is_file()}

    def run(self, environment):
        """Run the command: its exit status, its result, and its messages."""
        done = subprocess.run([ENGINE, *self.line], env=environment, capture_output=True, check=False,
                              timeout=600, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")

    def one(self, under, call, at, action):
        """One fault: complaints, or None where there is no such call any more."""
        self.begin()
        self.mark.unlink(missing_ok=True)
        got = self.run(fault(under, call, at, ERRNO.get(action, action), self.mark))
        if not self.mark.exists():
            return None
        self.faults += 1
        if os.environ.get("FAULT_TRACE"):
            print(f"# {call} {at} {action}: {got[0]} {errors_of(got[2])}")
        return [f"{call} {at} {action}: {line}" for line in self.judge(got, call, action)]

    def judge(self, got, call, action):
        """What is wrong with the answer to a fault."""
        status, result, said = got
        is_usual = (status, result) == self.usual[:2]
        is_refusal = status in DOCUMENTED | {DIFFERENCE} and errors_of(said)
        if self.line[0] == "runs":  # what cannot be read is a question mark, or warned about
            is_refusal = is_refusal or b" ?" in result or "warning:" in said
        wrong = [] if is_usual or is_refusal or action == "kill" else [f"exit {status}: {said}"]
        if is_usual and self.line[0] == "verify" and (call, action) in FATAL:
            wrong.append("says that it verifies, but it cannot know")
        if (call, action) in HARMLESS and not is_usual:
            wrong.append(f"exit {status} for what can be carried on: {said}")
        files = {name: content for name, content in self.files().items()
                 if not name.startswith(".") and "/." not in name}
        half = {name: content for name, content in self.written.items()
                if not name.startswith("rules/2026-27/") and name != "journal.csv"}
        if action != "kill":
            files = self.files()
            left = sorted(path.name for path in self.temporary.iterdir())
            wrong += [f"left behind: {left}"] if left and call != "remove" else []
        is_of_two = action == "kill" or self.line[0] == "forecast"  # one file after the other, each of them whole
        allowed = [self.first, self.written] + ([half] if is_of_two else [])
        is_whole = files == self.written if is_usual else files in allowed
        wrong += [] if is_whole else [f"exit {status}, but files {sorted(files)}"]
        if tree(self.archive) != self.before:
            wrong.append("the archive was touched")
        for path in self.temporary.iterdir():
            shutil.rmtree(path)
        return wrong

    def all(self, under, call, action, step):
        """The calls of a kind in turn: complaints and how many faults there were."""
        complaints, at, before = [], 1, self.faults
        while (wrong := self.one(under, call, at, action)) is not None:
            complaints += wrong
            at += 1 if IS_SOAK else step
        return complaints, self.faults - before


def prepare(folder):
    """An archive of two months, the first of which is approved."""
    archive, inputs = folder / "archive", write_inputs(folder / "inputs")
    for command, by in (("month-end --month 2025-04", "Ann"), ("approve 2025-04/001 --yes", "Bob"),
                        ("month-end --month 2025-05", "Ann")):
        must(*arguments(command, archive, inputs if by == "Ann" else None, by))
    later = {name: text.replace("Q,M1,2,p,7", "Q,M1,2,p,9") for name, text in INPUTS.items()}
    assert later != INPUTS
    write_inputs(folder / "later", later)
    (folder / "answer.csv").write_text("payment_id,amount\n2025-04/M1/Q,1\n2025-04/M2/V,0\n")
    return archive


def main():
    """All faults, command by command."""
    tap = Tap()
    if is_sanitized():
        tap.skip("faults", "the engine is built with a sanitizer")
        return tap.done()
    with Folder() as folder:
        archive = prepare(folder)
        for command in COMMANDS:
            seldom = 2 if command.startswith(OFTEN) else 5
            bench = Bench(folder, archive, command)
            plain = command.format(out="", inputs="", answer="", later="")
            name = " ".join(plain.replace("/bridge", "bridge").replace(" /", " ").split()[::3][:2])
            read = folder / "inputs" if command.startswith("forms") else archive
            for call, action, step in READING:
                complaints, count = bench.all(read, call, action, step * seldom)
                tap.check(complaints, f"{name}: {read.name}: {call} {action}, each of {count}")
            for under in (bench.out, bench.temporary):
                for call, action, step in WRITING:
                    complaints, count = bench.all(under, call, action, step * seldom)
                    if count > 0:
                        tap.check(complaints,
                                     f"{name}: {under.name}: {call} {action}, each of {count}")
            print(f"# {bench.faults} faults injected into {name}")
    return tap.done()


sys.exit(main())
