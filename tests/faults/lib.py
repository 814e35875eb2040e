"""What the tests of faults share: a tiny pack, the engine under faults, TAP."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ENGINE = os.environ.get("SCHEMEPAY", str(PROJECT / "build/schemepay"))
SHIM = Path(os.environ.get("BUILD", PROJECT / "build")) / "tests/faults/shim.so"
RULES = PROJECT / "tests/fuzz/rules"
IS_SOAK = bool(os.environ.get("SOAK"))
# What may be said of a fault: input, no such file, cannot create, input/output, busy, rules.
DOCUMENTED = {65, 66, 73, 74, 75, 78}

INPUTS = {
    "providers.csv": "provider,name,type\nM1,One,practice\nM2,Two,practice\nO1,Other,other\n",
    "participation.csv": "scheme,provider,from,to,annual_value\nP,M1,2025-04-01,,\n"
    "V,M2,2025-04-01,,12000\nQ,M1,2025-04-01,,\nA,M2,2025-04-01,,\nW,O1,2025-04-01,,\n",
    "list_sizes.csv": "provider,as_at,registered,weighted\nM1,2025-04-01,8000,8100\n",
    "activity/2025-04.csv": "month,scheme,provider,activity,patient_ref,quantity\n"
    "2025-04,Q,M1,1,,4\n2025-04,A,M2,1,p1,1\n2025-04,A,M2,1,p1,1\n2025-04,Q,M9,1,,1\n",
    "activity/2025-05.csv": "month,scheme,provider,activity,patient_ref,quantity\n"
    "2025-05,Q,M1,2,p,7\n2025-05,A,M2,1,p2,1\n",
    "adjustments.csv": "scheme,provider,month,amount,reason,authorised_by\n"
    "V,M2,2025-05,-10.50,late,Ann\n",
}


class Tap:
    """Counts tests and prints them as TAP."""

    def __init__(self):
        self.count = 0

    def ok(self, is_good, name, *details):
        """One test; details are shown where it fails."""
        self.count += 1
        print(f"{'ok' if is_good else 'not ok'} {self.count} - {name}")
        for line in [] if is_good else "\n".join(map(str, details)).splitlines():
            print(f"# {line}")
        sys.stdout.flush()

    def all_good(self, complaints, name):
        """One test out of many checks."""
        self.ok(not complaints, name, *complaints[:20])

    def skip(self, name, why):
        """A test that cannot run here."""
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {why}")

    def done(self):
        """The plan, at the end."""
        print(f"1..{self.count}")


class Folder:
    """A temporary folder, in memory where there is such a place, or on the disk."""

    def __init__(self, on_disk=False):
        self.on_disk = on_disk

    def __enter__(self):
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) and not self.on_disk else None
        self.path = Path(tempfile.mkdtemp(prefix="schemepay-faults-", dir=memory))
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


def write_inputs(folder, files=None):
    """Write a pack's inputs; the tiny one unless others are given."""
    for name, text in (files or INPUTS).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def arguments(command, archive, inputs=None, by="Ann"):
    """The command line of a command such as "month-end --month 2025-05"."""
    line = [ENGINE, *command.split(), "--archive", str(archive), "--rules", str(RULES)]
    line += ["--inputs", str(inputs)] if inputs else []
    return line + (["--by", by] if by else [])


def is_sanitized():
    """Whether the engine is built with a sanitizer, which will not have a library before it."""
    linked = subprocess.run(["ldd", ENGINE], capture_output=True, text=True, check=False).stdout
    return "libasan" in linked or "libtsan" in linked


def fault(under, call, at, action, mark):
    """The environment that makes the call number `at` under a folder go wrong."""
    return {
        **os.environ,
        "LD_PRELOAD": str(SHIM),
        "FAULT_UNDER": str(under),
        "FAULT_CALL": call,
        "FAULT_AT": str(at),
        "FAULT_WITH": str(action),
        "FAULT_MARK": str(mark),
    }


def engine(line, environment=None, timeout=600):
    """Run the engine: (status, messages)."""
    done = subprocess.run(line, env=environment, capture_output=True, check=False, timeout=timeout,
                          stdin=subprocess.DEVNULL)
    return done.returncode, done.stderr.decode("utf-8", "replace")


def runs_of(archive):
    """The runs that are visible."""
    return sorted(str(path.relative_to(archive)) for path in archive.glob("20*/*/[0-9]*"))


def leftovers(archive):
    """What a run that stopped left behind under a temporary name."""
    return [path.name for path in archive.glob(".staging-*")]


def outputs_of(run):
    """The bytes of a run's outputs by name."""
    folder = run / "outputs"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def verify(archive):
    """What `verify --all` complains of."""
    status, messages = engine(arguments("verify --all", archive, by=None), timeout=900)
    return [] if status == 0 else [f"verify --all: exit {status}: {messages}"]


def errors_of(messages):
    """The lines of standard error that are not warnings."""
    return [line for line in messages.splitlines() if not line.startswith("warning:")]


ERRNO = {name: getattr(errno, name) for name in ("ENOSPC", "EIO", "EINTR", "EACCES", "ENOMEM")}
