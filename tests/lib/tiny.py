"""A tiny pack, and what becomes of it in an archive."""

import os
import shutil
import tempfile
from pathlib import Path

from suite import ROOT, engine

TINY_RULES = ROOT / "tests/fuzz/rules"
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


class Folder:
    """A temporary folder, in memory where there is such a place, or on the disk."""

    def __init__(self, on_disk=False):
        self.on_disk = on_disk

    def __enter__(self):
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) and not self.on_disk else None
        self.path = Path(tempfile.mkdtemp(prefix="schemepay-", dir=memory))
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
    """The arguments of a command such as "month-end --month 2025-05"."""
    line = [*command.split(), "--archive", str(archive), "--rules", str(TINY_RULES)]
    line += ["--inputs", str(inputs)] if inputs else []
    return line + (["--by", by] if by else [])


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
    ran = engine(*arguments("verify --all", archive, by=None), timeout=900)
    return [] if ran.status == 0 else [f"verify --all: exit {ran.status}: {ran.err}"]
