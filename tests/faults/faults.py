"""What the tests of faults share: the engine with calls that fail, and what may be said of it."""

import errno
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from suite import BUILD, ENGINE  # noqa: E402  pylint: disable=wrong-import-position

SHIM = BUILD / "tests/faults/shim.so"
# What may be said of a fault: input, no such file, cannot create, input/output, busy, rules.
DOCUMENTED = {65, 66, 73, 74, 75, 78}
ERRNO = {name: getattr(errno, name) for name in ("ENOSPC", "EIO", "EINTR", "EACCES", "ENOMEM")}


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


def errors_of(messages):
    """The lines of standard error that are not warnings."""
    return [line for line in messages.splitlines() if not line.startswith("warning:")]
