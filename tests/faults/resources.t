#!/usr/bin/env python3
"""Inputs that are huge, odd or changing: bounded memory and time, and a clear refusal or the right
result. A soak makes them as large as they come; otherwise they are large enough to show.

    tests/faults/resources.t [TEST...]     all, or some by the names of their functions
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from faults import errors_of, is_sanitized
from suite import ENGINE, IS_SOAK, Tap
from tiny import INPUTS, Folder, arguments, runs_of, verify, write_inputs

MB = 1 << 20
CLAIM_NAMES = "month,scheme,provider,activity,patient_ref,quantity\n"
CLAIM = "2025-04,Q,M1,2,,1\n"


def size(usual, soak):
    """How large a test is."""
    return soak if IS_SOAK else usual


def processor_seconds():
    """What all processes that were waited for took of the processors."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Run:
    """A month-end with its exit status, messages, and peak of memory of its own; and what it took of
    the processors, in seconds, however many others want them."""

    def __init__(self, folder, meanwhile=None, timeout=600):
        line = arguments("month-end --month 2025-05", folder / "archive", folder / "inputs")
        began = processor_seconds()
        self.messages_path = folder / "messages"
        with open(self.messages_path, "wb") as messages:
            process = subprocess.Popen([ENGINE, *line], stdout=subprocess.DEVNULL, stderr=messages)
        self.peak, self.is_over = 0, False
        watcher = threading.Thread(target=self.watch, args=(process.pid,))
        watcher.start()
        if meanwhile:
            meanwhile(process)
        try:
            self.status = process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            self.status = "never ends"
        self.is_over = True
        watcher.join()
        self.seconds = processor_seconds() - began
        with open(self.messages_path, "rb") as messages:
            self.messages = messages.read(100_000).decode("utf-8", "replace")
        self.archive = folder / "archive"

    def watch(self, pid):
        """Note the most anonymous memory it had: mapped files are the system's to drop."""
        while not self.is_over:
            try:
                status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            except OSError:
                return
            for text in status.splitlines():
                if text.startswith("RssAnon:"):
                    self.peak = max(self.peak, int(text.split()[1]) * 1024)
            time.sleep(0.005)


def judge(tap, name, run, status, words, most_mb=150, most_seconds=20):
    """One test of a run: its exit, what its message says, what it took."""
    wrong = []
    if run.status != status:
        wrong.append(f"exit {run.status}, not {status}")
    said = errors_of(run.messages) if status else run.messages.splitlines()
    if words and not any(words in line for line in said):
        wrong.append(f'nothing about "{words}"')
    if run.peak > most_mb * MB and not is_sanitized():
        wrong.append(f"{run.peak // MB} MB of memory, not at most {most_mb}")
    if run.seconds > most_seconds:
        wrong.append(f"{run.seconds:.1f} s, not at most {most_seconds}")
    runs = runs_of(run.archive) if run.archive.exists() else []
    wrong += [f"runs {runs}"] if len(runs) != (1 if status == 0 else 0) else []
    wrong += verify(run.archive) if status == 0 and not wrong else []
    if wrong:
        wrong += [line[:200] for line in run.messages.splitlines()[:5]]
    tap.check(wrong, f"{name} ({run.seconds:.1f} s, {run.peak // MB} MB)")


def inputs(folder, **more):
    """The tiny pack, and more files by name."""
    return write_inputs(folder / "inputs", {**INPUTS, **more})


def long_line(tap, folder):
    count = size(40, 1024)
    path = inputs(folder) / "activity/long.csv"
    with open(path, "w", encoding="ascii") as file:
        file.write(CLAIM_NAMES)
        for _ in range(count):
            file.write("x" * MB)
        file.write("\n")  # else it was cut off
    judge(tap, f"a line of {count} MB", Run(folder), 0, None, most_seconds=60)


def long_field(tap, folder):
    count = size(40, 1024)
    path = inputs(folder) / "activity/long.csv"
    with open(path, "w", encoding="ascii") as file:
        file.write(CLAIM_NAMES + '"')
        for _ in range(count):
            file.write("x" * MB)
        file.write('"\n')
    judge(tap, f"a quoted field of {count} MB", Run(folder), 65, "16 MiB", most_seconds=60)


def many_fields(tap, folder):
    count = size(2_000_000, 100_000_000)
    path = inputs(folder) / "activity/wide.csv"
    path.write_text(CLAIM_NAMES + "," * count + "x\n", encoding="ascii")
    judge(tap, f"a row of {count:,} fields", Run(folder), 65, "more than 1,048,576 fields", most_seconds=60)


def columns(tap, folder):
    names = CLAIM_NAMES.strip() + "".join(f",c{n}" for n in range(100_000))
    inputs(folder, **{"activity/x.csv": names + "\n" + CLAIM})
    judge(tap, "100,000 columns", Run(folder), 0, "not used")


def sparse(tap, folder):
    path = inputs(folder) / "activity/sparse.csv"
    with open(path, "wb") as file:
        file.truncate(size(200 * MB, 10 << 30))
    judge(tap, f"a sparse file of {path.stat().st_size // MB} MB", Run(folder), 65, "NUL",
          most_seconds=120)


def quotes(tap, folder):
    count = size(20, 300)
    path = inputs(folder) / "activity/open.csv"
    path.write_text(CLAIM_NAMES + CLAIM * 1000 + '"' + CLAIM * (count * MB // len(CLAIM)),
                    encoding="ascii")
    judge(tap, f"a quote left open for {count} MB", Run(folder), 65, "", most_seconds=60)


def faults(tap, folder):
    count = size(100_000, 1_000_000)
    path = inputs(folder) / "participation-more.csv"
    path.write_text("scheme,provider,from\n" + "Z,Z,Z\n" * count, encoding="ascii")
    judge(tap, f"{count:,} rows at fault", Run(folder), 65, "Z", 100 + count // 1000, 120)


def exceptions(tap, folder):
    count = size(100_000, 1_000_000)
    path = inputs(folder) / "activity/unknown.csv"
    path.write_text(CLAIM_NAMES + "2025-04,Q,ZZ,1,,1\n" * count, encoding="ascii")
    judge(tap, f"{count:,} exceptions", Run(folder), 0, None, 150 + count // 1000, 180)


def providers(tap, folder):
    count = size(30_000, 1_000_000)
    path = inputs(folder)
    with open(path / "providers-more.csv", "w", encoding="ascii") as file:
        file.write("provider,name,type\n")
        file.writelines(f"X{n},Name {n},practice\n" for n in range(count))
    with open(path / "activity/more.csv", "w", encoding="ascii") as file:
        file.write(CLAIM_NAMES)
        file.writelines(f"2025-04,Q,Y{n},1,,1\n" for n in range(count))
    with open(path / "list_sizes-more.csv", "w", encoding="ascii") as file:
        file.write("provider,as_at,registered\n")
        file.writelines(f"Z{n},2025-04-01,1\n" for n in range(count))
    judge(tap, f"{count:,} distinct providers, three times over", Run(folder), 0, None,
          150 + count // 500, 300)


def files(tap, folder):
    count = size(3_000, 100_000)
    path = inputs(folder) / "activity/many"
    path.mkdir()
    for n in range(count):
        claim = CLAIM.replace(",1\n", f",{n}\n")  # no two of them are the same
        (path / f"{n}.csv").write_text(CLAIM_NAMES + claim, encoding="ascii")
    judge(tap, f"{count:,} files", Run(folder), 0, None, 150 + count // 200, 600)


def deep(tap, folder):
    path = inputs(folder) / "activity"
    for _ in range(400):
        path = path / "d"
    path.mkdir(parents=True)
    (path / "x.csv").write_text(CLAIM_NAMES + CLAIM, encoding="ascii")
    judge(tap, "400 folders in each other", Run(folder), 0, None)


def deeper(tap, folder):
    inputs(folder)
    here = os.open(folder / "inputs/activity", os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("dd", dir_fd=here)
        inner = os.open("dd", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    judge(tap, "folders deeper than a path can be", Run(folder), 74, "too long")
    subprocess.run(["rm", "-rf", str(folder / "inputs")], check=True)


def fifo(tap, folder):
    os.mkfifo(inputs(folder) / "activity/x.csv")
    judge(tap, "a FIFO", Run(folder, timeout=120), 65, "is not a regular file")


def device(tap, folder):
    (inputs(folder) / "activity/x.csv").symlink_to("/dev/zero")
    judge(tap, "a device", Run(folder, timeout=120), 65, "is not a regular file")


def loops(tap, folder):
    path = inputs(folder)
    (path / "activity/again").symlink_to("..")
    (path / "activity/there").symlink_to("here")
    (path / "activity/here").symlink_to("there")
    judge(tap, "loops of symbolic links", Run(folder), 0, "leads back")


def loop_file(tap, folder):
    (inputs(folder) / "activity/x.csv").symlink_to("x.csv")
    judge(tap, "a file that is a loop", Run(folder), 74, "activity/x.csv")


def loop_folder(tap, folder):
    (folder / "inputs").symlink_to("inputs")
    judge(tap, "inputs that are a loop", Run(folder), 74, "inputs")


def names(tap, folder):
    path = inputs(folder)
    (path / "activity/new\nline\x1b[31m.csv").write_text(CLAIM_NAMES + "2025-04,Q,ZZ,1,,1\n",
                                                         encoding="ascii")
    (path / "no\r\ntable").write_text("", encoding="ascii")
    with open(os.fsencode(path) + b"/bad\xff\xfe.txt", "w", encoding="ascii"):
        pass
    run = Run(folder)
    judge(tap, "names with line ends, escapes and bytes that are no text", run, 0, "not a CSV")
    tap.ok("\x1b" not in run.messages and "\ufffd" not in run.messages, "they are shown escaped",
           repr(run.messages))


def bad_name(tap, folder):
    with open(os.fsencode(inputs(folder)) + b"/activity/\xff.csv", "w", encoding="ascii") as file:
        file.write(CLAIM_NAMES)
    judge(tap, "a table whose name is no text", Run(folder), 65, "not UTF-8")


def unreadable(tap, folder):
    path = inputs(folder) / "activity/2025-04.csv"
    path.chmod(0)
    if os.geteuid() == 0:
        return tap.skip("a file that may not be read", "root may read all files")
    judge(tap, "a file that may not be read", Run(folder), 74, "Permission denied")


def empty(tap, folder):
    inputs(folder, **{"activity/x.csv": ""})
    judge(tap, "an empty table", Run(folder), 65, "activity/x.csv")


def large_claims(folder, megabytes):
    """A table that is mapped, not read."""
    path = inputs(folder) / "activity/large.csv"
    path.write_text(CLAIM_NAMES + CLAIM * (megabytes * MB // len(CLAIM)), encoding="ascii")
    return path


def is_noticed(run, wrong):
    """Whether a run was refused since a file changed; one that was not must have sealed what it counted."""
    if run.status == 0:
        wrong += verify(run.archive)
    elif run.status != 65 or "was changed while" not in run.messages:
        wrong.append(f"exit {run.status}: {run.messages}")
    return run.status == 65


def changing(tap, folder):
    """Bytes that change while they are read: detected, or all that counted is what was sealed."""
    wrong, noticed = [], 0
    for turn in range(size(6, 100)):
        shutil.rmtree(folder / "archive", ignore_errors=True)
        path = large_claims(folder, 12)

        def change(process, path=path, turn=turn):
            time.sleep(0.01 * (turn % 20))
            with open(path, "r+b") as file:
                while process.poll() is None:
                    file.seek(len(CLAIM_NAMES) + len(CLAIM) * 100_000)
                    file.write(CLAIM.replace(",1\n", f",{time.monotonic_ns() % 10}\n").encode())
                    file.flush()

        noticed += is_noticed(Run(folder, change), wrong)
    tap.check(wrong, f"a file that changes while it is read ({noticed} times noticed)")


def is_mapped(pid, path):
    """Whether a process has mapped a file."""
    try:
        return str(path) in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    except OSError:
        return False


def restored(tap, folder):
    """Bytes that are changed and changed back: no hash can tell, the file's times do."""
    if os.geteuid() != 0:
        return tap.skip("a file that is changed and changed back", "only root sees what a run has mapped")
    path = large_claims(folder, 12)

    def there_and_back(process):
        while not is_mapped(process.pid, path) and process.poll() is None:
            pass
        process.send_signal(signal.SIGSTOP)
        with open(path, "r+b", buffering=0) as file:
            for byte in b"21":
                file.seek(len(CLAIM_NAMES) + len(CLAIM) - 2)
                file.write(bytes([byte]))
        process.send_signal(signal.SIGCONT)

    judge(tap, "a file that is changed and changed back while it is read",
          Run(folder, there_and_back), 65, "was changed while", most_mb=400)


def replaced(tap, folder):
    """Another file under the same name: what counted is what was sealed, or it is noticed."""
    wrong, noticed = [], 0
    for turn in range(size(6, 100)):
        shutil.rmtree(folder / "archive", ignore_errors=True)
        path = large_claims(folder, 12)
        other = folder / "other.csv"
        other.write_text(CLAIM_NAMES + CLAIM * 3, encoding="ascii")

        def replace(_, path=path, other=other, turn=turn):
            time.sleep(0.008 * turn)
            os.replace(other, path)

        noticed += is_noticed(Run(folder, replace), wrong)
    tap.check(wrong, f"a file that is replaced while it is read ({noticed} times noticed)")


def shrinking(tap, folder):
    """A file that is cut short while it is mapped."""
    wrong, noticed = [], 0
    for turn in range(size(10, 200)):
        shutil.rmtree(folder / "archive", ignore_errors=True)
        path = large_claims(folder, 12)

        def cut(_, path=path, turn=turn):
            time.sleep(0.008 * (turn % 20))
            os.truncate(path, turn % 3 * 4096)

        run = Run(folder, cut)
        noticed += run.status != 0
        if run.status not in (0, 65, 74) or (run.status and not errors_of(run.messages)):
            wrong.append(f"exit {run.status}: {run.messages[:200]}")
        wrong += verify(run.archive) if run.status == 0 else []
    tap.check(wrong, f"a file that is cut short while it is read ({noticed} times noticed)")


# Files of gigabytes do not belong into memory.
ON_DISK = (long_line, long_field, many_fields, sparse, quotes)
IN_MEMORY = (columns, faults, exceptions, providers, files, deep, deeper, fifo, device, loops,
             loop_file, loop_folder, names, bad_name, unreadable, empty, changing, restored, replaced,
             shrinking)


def main():
    """Each in a folder of its own."""
    tap = Tap()
    for test in ON_DISK + IN_MEMORY:
        if len(sys.argv) > 1 and test.__name__ not in sys.argv:
            continue
        with Folder(test in ON_DISK) as folder:
            test(tap, folder)
    return tap.done()


sys.exit(main())
