"""Golden cases as packs: what a case runs, in a folder of its own, so that other suites can look at its workbooks."""

import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "golden"))
import golden  # noqa: E402
from suite import ENGINE  # noqa: E402


def prepare(case, place):
    """Fills a case's folder: rules, register, and its own files."""
    for table in golden.SHARED_RULES.glob("*/*.csv"):
        target = place / "rules" / table.relative_to(golden.SHARED_RULES)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(table, target)
    for name in case.without_register():
        (place / name).mkdir(parents=True)
        shutil.copyfile(golden.SHARED_REGISTER, place / name / golden.SHARED_REGISTER.name)
    for name in case.files():
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(case.content(name))


def workbooks(beginnings, place):
    """Runs the cases whose names begin so, and that need no more than files; {"folder/name period": workbook}."""
    made = {}
    for case in golden.all_cases():
        if not case.name.startswith(beginnings) or "setup" in case.sections:
            continue
        folder = place / case.name.replace("/", "-")
        folder.mkdir(parents=True)
        prepare(case, folder)
        for command in case.commands:
            subprocess.run([ENGINE, *command], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        for path in sorted((folder / "archive").glob("*/*/*/outputs/payments-*.xlsx")):
            label = f"{case.name} {path.parents[1].name}".replace("/", " ")
            made[f"{label} {path.stem.removeprefix('payments-')}"] = path
    return made
