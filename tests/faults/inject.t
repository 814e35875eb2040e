#!/usr/bin/env python3
"""Every call of a run fails in turn, is cut short, or is the last before the process is killed.

After each: a documented exit status with a message, no half run, an archive that verifies, and a
next run that simply succeeds with the same outputs. FAULT_TRACE=1 shows every fault.
"""

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from authority import Authority
from faults import DOCUMENTED, ERRNO, errors_of, fault, is_sanitized
from suite import IS_SOAK, Tap, engine, must
from tiny import Folder, arguments, leftovers, outputs_of, runs_of, verify, write_inputs

MONTH_END = "month-end --month 2025-05"
YEAR_END = "year-end --year 2025-26"
APPROVE = "approve 2025-05/001 --yes"
WITNESS = "witness 2025-04/001"
ADDS = {APPROVE: "approval", WITNESS: "timestamp"}  # to a run that is there
# Which calls fail with what, and which of them in make test: all, or every so many, and less often
# where a command does what another does. In a soak all fail with everything.
SELDOM = {MONTH_END: 2, APPROVE: 2, YEAR_END: 5, WITNESS: 2}
USUAL = [("create", "ENOSPC", 3), ("write", "ENOSPC", 2), ("write", "short", 3),
         ("write", "EINTR", 5), ("sync", "EIO", 4), ("sync", "EINTR", 9), ("rename", "ENOSPC", 1),
         ("mkdir", "ENOSPC", 2), ("truncate", "ENOSPC", 1), ("remove", "EACCES", 3),
         ("protect", "EIO", 7), ("read", "EIO", 3), ("read", "EINTR", 9), ("read", "short", 9),
         ("map", "ENOMEM", 2), ("open", "EACCES", 13), ("open", "EINTR", 17), ("close", "EIO", 17),
         ("close", "EINTR", 19), ("list", "EIO", 15), ("buffer", "ENOSPC", 61)]
CALLS = sorted({call for call, *_ in USUAL})
# What changes the disk: between two of these nothing does.
CHANGES = "create,write,sync,rename,mkdir,truncate,remove,protect"
# These carry on as if nothing had been.
HARMLESS = {("read", "EINTR"), ("read", "short"), ("write", "EINTR"), ("write", "short"),
            ("sync", "EINTR"), ("close", "EINTR")}


class Bench:
    """An archive that every test begins with, and what a run makes of it."""

    def __init__(self, folder, command):
        self.folder, self.command = folder, command
        self.inputs = write_inputs(folder / "inputs")
        self.first, self.archive = folder / "first", folder / "archive"
        self.mark = folder / "mark"
        self.added = ADDS.get(command)
        self.by = "Bob" if self.added else "Ann"
        self.documented = DOCUMENTED | ({77} if command == APPROVE else set())
        self.prepare(["month-end --month 2025-04", "approve 2025-04/001 --yes"])
        if command == APPROVE:
            self.prepare([MONTH_END])
        if command == WITNESS:
            self.command = f"{command} --reply {self.ask(folder)}"
        self.before = runs_of(self.first)
        self.begin()
        status, messages = self.run()
        assert status == 0, messages
        self.after = runs_of(self.archive)
        self.expected = {}  # by the run's name: its number stands in the workbooks
        self.run()  # a run that was sealed all the same is followed by another
        for run in runs_of(self.archive)[-2:]:
            self.expected[run] = outputs_of(self.archive / run)
        self.faults = 0

    def prepare(self, commands):
        """Make the runs that are there at the beginning."""
        for command in commands:
            by = "Bob" if command.startswith("approve") else "Ann"
            inputs = None if command.startswith("approve") else self.inputs
            must(*arguments(command, self.first, inputs, by))

    def ask(self, folder):
        """The reply of an authority."""
        query, reply, place = folder / "query", folder / "reply", folder / "authority"
        must(*arguments(f"{WITNESS} --query {query}", self.first, by=None))
        place.mkdir()
        authority = Authority(place)
        authority.issue()
        reply.write_bytes(authority.reply(query.read_bytes()))
        return reply

    def begin(self):
        """The archive as it was at the beginning."""
        shutil.rmtree(self.archive, ignore_errors=True)
        shutil.copytree(self.first, self.archive)
        self.mark.unlink(missing_ok=True)

    def run(self, environment=None):
        """Run the command under test: its exit status and its messages."""
        inputs = self.inputs if self.by == "Ann" else None
        ran = engine(*arguments(self.command, self.archive, inputs, self.by),
                     environment=environment)
        return ran.status, ran.err

    def is_expected(self, run):
        """Whether a run has the outputs that it must have."""
        return outputs_of(self.archive / run) == self.expected[run]

    def is_added(self):
        """Whether the approval or the timestamp is there."""
        return (self.archive / self.after[-1] / self.added).exists()

    def one(self, under, call, at, action):
        """One fault: complaints, or None where there is no such call any more."""
        self.begin()
        number = ERRNO.get(action, action)
        status, messages = self.run(fault(under, call, at, number, self.mark))
        if not self.mark.exists():
            return None
        self.faults += 1
        what = f"{call} {at} {action}"
        if os.environ.get("FAULT_TRACE"):
            print(f"# {what}: {status} {errors_of(messages)}")
        wrong = self.judge(status, messages, (call, action))
        if not wrong:
            wrong = self.judge_next()
        return [f"{what}: {line}" for line in wrong]

    def judge(self, status, messages, kind):
        """The run that met the fault."""
        runs, said = runs_of(self.archive), errors_of(messages)
        if kind[1] == "kill":
            wrong = [] if status == -9 else [f"exit {status}, not killed"]
            wrong += [] if runs in (self.before, self.after) else [f"runs {runs}"]
        elif status == 0:
            wrong = [] if runs == self.after else [f"exit 0, but runs {runs}"]
            if not wrong and not self.is_expected(runs[-1]):
                wrong.append("exit 0, but other outputs")
            if self.added and not self.is_added():
                wrong.append(f"exit 0, but no {self.added}")
        else:
            wrong = [] if status in self.documented else [f"exit {status}"]
            wrong += [f"exit {status} for what can be carried on"] if kind in HARMLESS else []
            wrong += [] if said else ["no message"]
            wrong += [] if runs == self.before else [f"exit {status}, but runs {runs}"]
        if self.added and status not in (0, -9) and self.is_added():
            wrong.append(f"exit {status}, but {self.added}")
        return [f"{line}; {said}" for line in wrong + verify(self.archive)]

    def judge_next(self):
        """The run after it."""
        was_added = self.added is not None and self.is_added()
        status, messages = self.run()
        if status != (77 if was_added and self.command == APPROVE else 0):
            return [f"the next run: exit {status}: {messages}"]
        wrong = [] if self.is_expected(runs_of(self.archive)[-1]) else ["the next run: other outputs"]
        wrong += [] if was_added else [f"left behind: {f}" for f in leftovers(self.archive)]
        return wrong + (verify(self.archive) if IS_SOAK else [])

    def all(self, under, call, action, step=1):
        """The calls of a kind in turn: complaints and how many faults there were."""
        complaints, at, before = [], 1, self.faults
        while (wrong := self.one(under, call, at, action)) is not None:
            complaints += wrong
            at += step
        return complaints, self.faults - before


def kinds():
    """Calls and what becomes of them."""
    if not IS_SOAK:
        return USUAL
    return [(call, action, 1) for call in CALLS for action in [*ERRNO, "short"]
            if action != "short" or call in ("read", "write")]


def main():
    """All faults on the archive, and those on the inputs."""
    tap = Tap()
    if is_sanitized():
        tap.skip("faults", "the engine is built with a sanitizer")
        return tap.done()
    for command in (MONTH_END, APPROVE, WITNESS, YEAR_END):
        with Folder() as folder:
            bench = Bench(folder, command)
            name = command.split()[0]
            seldom = 1 if IS_SOAK else SELDOM[command]
            complaints, count = bench.all(bench.archive, "any" if IS_SOAK else CHANGES, "kill",
                                              1 if IS_SOAK else 2 * seldom)
            tap.check(complaints, f"{name}: killed at each of {count} calls")
            tap.ok(count > 5, f"{name}: calls were counted")
            for call, action, step in kinds():
                complaints, count = bench.all(bench.archive, call, action, step * seldom)
                tap.check(complaints, f"{name}: {call} {action}, each of {count}")
            if command == MONTH_END:
                for call, action in [("any", "EIO"), ("open,read", "EINTR"), ("read", "short")]:
                    complaints, count = bench.all(bench.inputs, call, action, 1 if IS_SOAK else 5)
                    tap.check(complaints, f"inputs: {call} {action}, each of {count}")
            print(f"# {bench.faults} faults injected into {name}", file=sys.stderr)
    return tap.done()


sys.exit(main())
