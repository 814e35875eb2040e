#!/usr/bin/env python3
"""Runs that are killed at any moment, runs at the same time, and disks that fill up.

    tests/faults/together.t [TEST...]     all, or some by the names of their functions
"""

import fcntl
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from faults import ERRNO, SHIM, errors_of, fault, is_sanitized
from suite import ENGINE, FIXTURES, IS_SOAK, RULES, Tap, engine, must
from tiny import Folder, arguments, leftovers, outputs_of, runs_of, verify, write_inputs

KILLS = 2000 if IS_SOAK else 60
ROUNDS = 200 if IS_SOAK else 30
MONTH_END = "month-end --month 2025-05"


def start(line, environment=None):
    """Begin a run; it is waited for later."""
    return subprocess.Popen([ENGINE, *line], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                            env=environment)


def records_of(run):
    """The CSVs of a run: its number stands in the workbooks, which verify works out again."""
    return {name: text for name, text in outputs_of(run).items() if not name.endswith(".xlsx")}


def killed(tap, folder):
    """SIGKILL at random times: nothing half done, and the run can be repeated."""
    archive, inputs = folder / "killed", write_inputs(folder / "inputs")
    line, wrong, stopped = arguments(MONTH_END, archive, inputs), [], 0
    began = time.monotonic()
    must(*line)
    usual = time.monotonic() - began
    expected = records_of(archive / runs_of(archive)[0])
    rng = random.Random(6)
    for _ in range(KILLS):
        process = start(line)
        time.sleep(rng.uniform(0, usual))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        stopped += process.returncode == -9
        newest = archive / runs_of(archive)[-1]
        wrong += [] if records_of(newest) == expected else [f"{newest}: other outputs"]
        if len(runs_of(archive)) > 5 and not wrong:
            wrong += verify(archive)
            shutil.rmtree(archive)
            wrong += [] if engine(*line).status == 0 else ["the next run fails"]
    tap.check(wrong + verify(archive), f"{stopped} runs killed at random times")
    status, _, messages = engine(*line)
    tap.ok(status == 0 and not leftovers(archive), "the next run succeeds", messages)


def at_once(tap, folder):
    """Two runs at once, ten times over: one wins, one says so."""
    archive, inputs = folder / "at-once", FIXTURES
    wrong, refused = [], 0
    line = arguments("month-end --month 2025-09 --wait 0", archive, inputs)
    line[line.index("--rules") + 1] = str(RULES)
    for _ in range(10):
        before = len(runs_of(archive))
        both = [start(line), start(line)]
        said = [process.communicate(timeout=600)[1] for process in both]
        statuses = sorted(process.returncode for process in both)
        won = statuses.count(0)
        wrong += [] if statuses in ([0, 0], [0, 75]) else [f"exit {statuses}: {said}"]
        wrong += [] if len(runs_of(archive)) == before + won else ["not a run for each that won"]
        refused += statuses.count(75)
        for process, text in zip(both, said):
            if process.returncode == 75 and not errors_of(text):
                wrong.append("exit 75 without a message")
    tap.check(wrong + verify(archive), f"two runs at once, ten times: {refused} were told to wait")
    tap.ok(refused > 0, "some of them met")


def held(tap, folder):
    """While somebody holds the archive, writers are told so at once, and readers do not wait."""
    archive, inputs = folder / "held", write_inputs(folder / "inputs")
    must(*arguments(MONTH_END, archive, inputs))
    with open(archive / ".lock", "r+", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("Carol, since 09:14")
        lock.flush()
        status, _, messages = engine(*arguments(MONTH_END + " --wait 0", archive, inputs))
        tap.ok(status == 75 and "Carol" in messages, "a held archive: exit 75, and by whom", messages)
        status, _, messages = engine(*arguments("approve 2025-05/001 --yes --wait 1", archive, by="Bob"))
        tap.ok(status == 75, "approve, too", status, messages)
        tap.check(verify(archive), "verify does not wait")
        status, _, messages = engine(*arguments("runs", archive, by=None))
        tap.ok(status == 0, "nor does runs", status, messages)
        waiting = start(arguments(MONTH_END, archive, inputs))
        time.sleep(1)
        tap.ok(waiting.poll() is None, "without --wait 0 a writer waits")
    messages = waiting.communicate()[1]
    tap.ok(waiting.returncode == 0, "released, it is written again", messages)


def queue(tap, folder):
    """Writers that follow each other without a pause let an approval in."""
    archive, inputs = folder / "queue", write_inputs(folder / "inputs")
    must(*arguments("month-end --month 2025-04", archive, inputs))
    until, others = time.monotonic() + 60, []
    line = arguments("month-end --month 2025-05", archive, inputs)
    again = f'while ! [ -e "{folder}/enough" ]; do "$@" >/dev/null 2>&1; done'
    for _ in range(5):
        others.append(subprocess.Popen(["sh", "-c", again, "sh", ENGINE, *line]))
    while len(runs_of(archive)) < 4 and time.monotonic() < until:
        time.sleep(0.05)
    status, _, messages = engine(*arguments("approve 2025-04/001 --yes --wait 60", archive, by="Bob"))
    (folder / "enough").touch()
    for process in others:
        process.wait()
    tap.ok(status == 0, "an approval beside five month-ends", status, messages)
    tap.check(verify(archive), "and all of them verify")


def not_locking(tap, folder):
    """Where flock() does nothing, nothing is written."""
    archive, inputs = folder / "nothing", write_inputs(folder / "inputs")
    if is_sanitized():
        return tap.skip("a lock that does nothing", "the engine is built with a sanitizer")
    shim = {**os.environ, "LD_PRELOAD": str(SHIM), "FAULT_FLOCK": "nothing"}
    began = time.monotonic()
    status, _, messages = engine(*arguments(MONTH_END, archive, inputs), environment=shim)
    tap.ok(status == 75 and "this file system does not lock" in messages and not runs_of(archive)
           and time.monotonic() - began < 8, "a lock that does nothing: exit 75 at once", messages)
    must(*arguments(MONTH_END, archive, inputs))
    status, _, messages = engine(*arguments("approve 2025-05/001 --yes", archive, by="Bob"), environment=shim)
    tap.ok(status == 75 and "does not lock" in messages, "approve, too", status, messages)


def half_locking(tap, folder):
    """Where flock() holds within a process alone, two at once do not harm each other."""
    inputs, archive, sealed, wrong = write_inputs(folder / "inputs"), folder / "half", 0, []
    if is_sanitized():
        return tap.skip("a lock within a process", "the engine is built with a sanitizer")
    shim = {**os.environ, "LD_PRELOAD": str(SHIM), "FAULT_FLOCK": "process"}
    for turn in range(ROUNDS):
        before = len(runs_of(archive))
        both = [start(arguments(MONTH_END, archive, inputs), shim) for _ in range(2)]
        said = [process.communicate(timeout=600)[1] for process in both]
        statuses = [process.returncode for process in both]
        after = len(runs_of(archive))
        sealed += after > before
        wrong += [] if after - before == statuses.count(0) else [f"{after - before} runs: {statuses}"]
        wrong += [] if set(statuses) <= {0, 73, 74, 75} else [f"exit {statuses}: {said}"]
        if turn % 10 == 9:
            wrong += verify(archive) + [f"left {name}" for name in leftovers(archive)]
            shutil.rmtree(archive)
    tap.check(wrong, f"{ROUNDS} rounds with a lock that holds within a process: all verify")
    tap.ok(sealed >= ROUNDS * 3 // 4, f"in {sealed} of them a run is sealed", sealed)


def standard_output(tap, folder):
    """Closing figures that cannot be printed: said so, and the run stands."""
    archive, inputs = folder / "full", write_inputs(folder / "inputs")
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([ENGINE, *arguments(MONTH_END, archive, inputs)], stdout=full,
                              check=False, stderr=subprocess.PIPE, text=True, timeout=600)
    tap.ok(done.returncode == 74 and errors_of(done.stderr), "standard output is full: exit 74",
           done.returncode, done.stderr)
    tap.check(verify(archive), "the archive is whole all the same")


def full_disk(tap, folder):
    """A disk of every size up to where a run fits: refused, nothing left; then it fits."""
    disk, inputs = folder / "disk", write_inputs(folder / "inputs")
    disk.mkdir()
    options = ["-t", "tmpfs", "-o", "size=4k", "none", str(disk)]
    if os.geteuid() != 0 or subprocess.run(["mount", *options], capture_output=True,
                                           check=False).returncode != 0:
        return tap.skip("disk full", "no disk can be mounted here")
    wrong, refused, archive = [], 0, disk / "archive"
    try:
        for size in range(4, 4096, 4 if IS_SOAK else 12):
            subprocess.run(["mount", "-o", f"remount,size={size}k", str(disk)], check=True)
            status, _, messages = engine(*arguments(MONTH_END, archive, inputs))
            if status == 0:
                break
            refused += 1
            wrong += [] if status in (73, 74) else [f"{size} KiB: exit {status}: {messages}"]
            wrong += [] if "No space left" in messages or "disk full" in messages else [messages]
            wrong += [f"{size} KiB: runs {runs_of(archive)}"] if runs_of(archive) else []
            wrong += [f"{size} KiB: left {f}" for f in leftovers(archive)]
        wrong += [] if status == 0 and refused > 5 else ["never refused, or never done"]
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
        tap.check(wrong + verify(archive), f"a disk that is full in {refused} places")
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def many_practices(folder):
    """Inputs with so many payees that their statements are written by several processes."""
    codes = [f"P{number:03}" for number in range(120)]
    return write_inputs(folder / "inputs", {
        "providers.csv": "provider,name,type\n" + "".join(f"{c},{c},practice\n" for c in codes),
        "participation.csv": "scheme,provider,from\n" + "".join(f"Q,{c},2025-04-01\n" for c in codes),
        "activity.csv": "month,scheme,provider,activity,quantity\n"
                        + "".join(f"2025-05,Q,{c},1,4\n" for c in codes)})


def full_in_child(tap, folder):
    """No room, or a failing disk, for one of the processes that write statements: refused, nothing left."""
    archive, inputs, mark = folder / "archive", many_practices(folder), folder / "mark"
    line = arguments(MONTH_END, archive, inputs) + ["--threads", "2"]
    if is_sanitized():
        return tap.skip("no room in a child", "the engine is built with a sanitizer")
    for call, action, places in (("create", "ENOSPC", (1, 2, 5)), ("buffer", "ENOSPC", (1, 2, 9, 40)),
                                 ("buffer", "EIO", (1, 7)), ("open", "EIO", (1,))):
        wrong = []
        for place in places:
            mark.unlink(missing_ok=True)
            environment = fault(archive, call, place, ERRNO[action], mark)
            status, _, messages = engine(*line, environment={**environment, "FAULT_CHILD": "1"})
            wrong += [] if mark.exists() else [f"{place}: did not happen"]
            wrong += [] if status in (73, 74) else [f"{place}: exit {status}"]
            said = [text for text in messages.splitlines() if text.startswith("schemepay: ")]
            is_said = (len(said) == 1 and "/outputs/statements/P" in said[0]
                       and os.strerror(ERRNO[action]) in said[0])
            wrong += [] if is_said else [f"{place}: {messages}"]
            wrong += [f"{place}: left {f}" for f in runs_of(archive) + leftovers(archive)]
        tap.check(wrong, f"{call} {action} in a child, {len(places)} times")
    status, _, messages = engine(*line)
    tap.check(([] if status == 0 else [messages]) + verify(archive), "then the run succeeds")


def main():
    """All of them."""
    tap = Tap()
    for test in (killed, at_once, held, queue, not_locking, half_locking, standard_output, full_disk,
                 full_in_child):
        if len(sys.argv) > 1 and test.__name__ not in sys.argv:
            continue
        with Folder() as folder:
            test(tap, folder)
    return tap.done()


sys.exit(main())
