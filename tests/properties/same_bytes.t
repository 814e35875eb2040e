#!/usr/bin/env python3
"""The same inputs, rules and engine give the same bytes in every output, whatever is around."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from trials import Run, all_problems, fixture, good_packs, local_fixture

from suite import IS_SOAK, ROOT, Tap

PACKS = 40 if IS_SOAK else 10
SETTINGS = {
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "a time zone that does not exist": {"TZ": "Nowhere/Land"},
    "another locale": {"LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8"},
    "no locale at all": {"LC_ALL": "C", "LANG": ""},
    "another home": {"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"},
    "another user": {"USER": "somebody", "LOGNAME": "somebody", "USERNAME": "somebody"},
    "another colour scheme": {"NO_COLOR": "1", "TERM": "dumb"},
    "almost no environment": None,
}
# What remains then: where programs are, and what the sanitizers are told.
KEPT = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "G_SLICE")


def labelled(pack, what, problems):
    """Problems with the pack and what was changed."""
    return [f"{pack.name}: {what}: {problem}" for problem in problems]


def with_threads(pack):
    """Any number of threads."""
    first = pack.run("--threads", "1")
    found = labelled(pack, "refused", [first.said]) if first.status else []
    for threads in ("2", "7"):
        found += labelled(pack, f"{threads} threads", first.problems(pack.run("--threads", threads)))
    return found


def with_settings(pack):
    """Any environment."""
    first, found = pack.run(), []
    for what, changes in SETTINGS.items():
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        settings = kept if changes is None else {**os.environ, **changes}
        run = Run(pack.command(), environment=settings)
        found += labelled(pack, what, first.problems(run))
    return found


def with_places(pack):
    """Any folder: relative paths, a copy elsewhere, files of another age and other rights."""
    first, found = pack.run(), []
    with tempfile.TemporaryDirectory(prefix="schemepay- ü&") as folder:
        copy = Path(folder) / "in puts"
        shutil.copytree(pack.inputs, copy)
        shutil.copytree(pack.rules, Path(folder) / "rules")
        for path in copy.rglob("*.*"):
            os.utime(path, (1, 1))
            path.chmod(0o400)
        moved = Run(pack.command("in puts", "rules"), cwd=folder, archive="a")
        found += labelled(pack, "relative paths", first.problems(moved))
        dotted = Run(pack.command("./in puts/../in puts/", "./rules/"), cwd=folder, archive="b/c/")
        found += labelled(pack, "dotted paths", first.problems(dotted))
    return found


def by_others(pack):
    """Whoever prepares it, as often as it is repeated."""
    first = pack.run()
    command = pack.command()
    command[command.index("--by") + 1] = "Somebody Else"
    found = labelled(pack, "another name", first.problems(Run(command)))
    with tempfile.TemporaryDirectory(prefix="schemepay-") as archive:
        Run(pack.command(), archive=archive)
        second = first.problems(Run(command, archive=archive))
        # Its number stands in the workbooks, which verify works out again.
        found += labelled(pack, "the second run", [name for name in second if not name.endswith(".xlsx")])
    return found


def main():
    """Try all on random packs and on the fixtures."""
    os.chdir(ROOT)
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="schemepay-") as folder:
        some = [*good_packs(folder, PACKS, 5000), fixture("2025-09"), local_fixture("2025-26")]
        some += [fixture("2025-26"), local_fixture("2025-06")] if IS_SOAK else []
        for what, try_one in (
            ("any number of threads", with_threads),
            ("any environment", with_settings),
            ("any folder", with_places),
            ("whoever prepares it, as often as it is repeated", by_others),
        ):
            tap.check(all_problems(try_one, some), f"the same bytes: {what}")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
