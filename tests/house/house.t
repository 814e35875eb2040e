#!/usr/bin/env python3
"""The rules of the house: how the engine is laid out, what includes and calls what, and sizes.

Each rule is a function from the project's files, {path: text}, to what breaks it. PLANTED breaks each
of them once, in memory, to show that it would be seen. TAP on standard output.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from csource import calls, items, tokens  # noqa: E402  pylint: disable=wrong-import-position
from suite import ROOT, Tap  # noqa: E402  pylint: disable=wrong-import-position

# Rules that do not hold yet, and why: their test points are marked TODO, and may fail.
LATER = {
    "size_of_engine": "it has grown since the bound was set, which stays as a goal",
    "size_of_shown": "it has grown since the bound was set, which stays as a goal",
    "size_of_wings": "it has grown since the bound was set, which stays as a goal",
}

# What the files of a room may include, besides those of the room itself.
PACK = {"pack", "pack/rules", "pack/claims"}
BELOW_REPORT = {"pay", "base"} | PACK
WING = BELOW_REPORT | {"report/figures", "sheet", "page"}
WINGS = ("record", "workbook", "statement", "bridge", "forecast", "form", "screen")
REPORTS = {"report/figures", *(f"report/{name}" for name in WINGS)}
MAY_INCLUDE = {
    "base": set(),
    "sheet": {"base"},
    "page": {"base"},
    "pack/rules": {"pack", "base"},
    "pack/claims": {"pack", "pack/rules", "base"},
    "pack": {"pack/rules", "pack/claims", "base"},
    "pay": {"base"} | PACK,
    "report/figures": BELOW_REPORT,
    **{f"report/{name}": WING for name in WINGS},
    "archive": REPORTS | BELOW_REPORT,
    "command": {"archive"} | REPORTS | BELOW_REPORT,
    "": {"command", "archive"} | REPORTS | BELOW_REPORT,  # main.c
    "package": {"", "command", "base"},  # no part of the program: prints its tables
}
# Libraries that one room alone knows.
LIBRARIES = {"xlsxwriter.h": "sheet", "zip.h": "archive", "hpdf.h": "page"}
# Rooms that have one file each in which binary floating point occurs.
FLOATING_ROOMS = ("sheet", "page")
FLOATS = {"float", "double", "HPDF_REAL"}
POISON = "engine/base/poison.h"
# Headers of what several files carry out, each file a row of a table.
SHARED_HEADERS = {
    "engine/command/command.h": "one file a command, one row each in the table of main.c",
    "engine/report/workbook/sheets.h": "one file a sheet, one row each in the table of workbook.c",
}

MOST_LINES = 600  # of a source
MOST_ENGINE, MOST_SHOWN = 26_000, 10_000  # lines of the engine; of sheet and report together
MOST_FILES, MOST_SHARE = 25, 15  # of sheet, and of a wing of report; the share in per cent

_INCLUDE = re.compile(r'^#include ["<]([^">]+)[">]', re.M)


def room_of(path):
    """The room of a source of the engine, "" for main.c."""
    return path.removeprefix("engine/").rpartition("/")[0]


def engine_files(files, ending=(".c", ".h")):
    """The engine's sources: (path, text)."""
    return [(p, t) for p, t in files.items() if p.startswith("engine/") and p.endswith(ending)]


def lines_of(files, *rooms):
    """The lines of the engine, or of some rooms."""
    return sum(text.count("\n") for path, text in engine_files(files)
               if not rooms or room_of(path) in rooms)


# ------------------------------------------------------------------------------------- the layout


def arrows(files):
    """Arrows point down, and no wing of report includes another but figures"""
    wrong = []
    for path, text in engine_files(files):
        room = room_of(path)
        if room not in MAY_INCLUDE:
            wrong.append(f"{path}: {room} is no room of the house")
        for name in _INCLUDE.findall(text):
            other = room_of(name)
            if f"engine/{name}" in files and other not in {room} | MAY_INCLUDE.get(room, set()):
                wrong.append(f"{path}: includes {name}")
    return wrong


def libraries(files):
    """A library of spreadsheets, archives or PDF is known to one room"""
    return [f"{path}: includes {name}" for path, text in engine_files(files)
            for name in _INCLUDE.findall(text)
            if room_of(path) != LIBRARIES.get(name, room_of(path))]


def headers_and_sources(files):
    """What a header declares, the source of the same name defines"""
    wrong = []
    for path, text in engine_files(files, ".h"):
        if path in SHARED_HEADERS:
            continue
        source = files.get(path[:-1] + "c", "")
        defined = {item.name for item in items(source) if item.name and "extern" not in item.head
                   and (item.is_function or "(" not in item.head or "=" in item.head)}
        wrong += [f"{path}: {item.name} is not defined in the source of this name"
                  for item in items(text)
                  if item.name and not item.is_function and item.name not in defined]
    return wrong


def modules_called(files):
    """By module, a header and source of one name, the modules that it calls."""
    own, public, parsed = defaultdict(set), {}, []
    for path, text in engine_files(files):
        module = path[:-2]
        functions = [item for item in items(text) if item.is_function]
        parsed.append((module, functions))
        own[module] |= {item.name for item in functions}
        public.update({item.name: module for item in functions if not item.is_static})
    called = defaultdict(lambda: defaultdict(set))
    for module, functions in parsed:
        for item in functions:
            for name in calls(item.body) - own[module]:
                if name in public:
                    called[module][public[name]].add(name)
    return called


def circles_of(called):
    """Sets of modules that reach one another."""
    reached = {}
    for start in called:
        seen, ahead = set(), [start]
        while ahead:
            for following in called.get(ahead.pop(), ()):
                if following not in seen:
                    seen.add(following)
                    ahead.append(following)
        reached[start] = seen
    found = {frozenset(m for m in reached if m in reached[start] and start in reached[m])
             for start in reached if start in reached[start]}
    return sorted(sorted(circle) for circle in found if len(circle) > 1)


def circles(files):
    """No circle of calls runs through several files"""
    called = modules_called(files)
    return ["; ".join(f"{module} calls {', '.join(sorted(called[module][other]))} of {other}"
                      for module in circle for other in circle if other in called[module])
            for circle in circles_of(called)]


# -------------------------------------------------------------------------------------- the sources


def floating_files(files):
    """The sources in which binary floating point occurs."""
    return [path for path, text in engine_files(files)
            if path != POISON and re.search(rf"\b({'|'.join(FLOATS)})\b", text)
            and FLOATS & set(tokens(text))]


def floating(files):
    """Binary floating point: in one file of sheet, and in one of page"""
    found = floating_files(files)
    wrong = [f"{path}: uses it" for path in found if room_of(path) not in FLOATING_ROOMS]
    for room in FLOATING_ROOMS:
        here = [path for path in found if room_of(path) == room]
        wrong += [f"{room}: several files use it: {', '.join(here)}"] if len(here) > 1 else []
    return wrong


def poison(files):
    """A source includes base/poison.h last"""
    spared = floating_files(files)
    return [path for path, text in engine_files(files, ".c")
            if path not in spared and _INCLUDE.findall(text)[-1:] != ["base/poison.h"]]


def openings(files):
    """A header opens with what it is for, and is read once"""
    return [path for path, text in engine_files(files, ".h")
            if path != POISON and not (text.startswith("/*") and "\n#pragma once\n" in text)]


def file_sizes(files):
    """A source has at most 600 lines"""
    return [f"{path}: has {text.count(chr(10))} lines" for path, text in files.items()
            if text.count("\n") > MOST_LINES]


# ------------------------------------------------------------------------------------------- sizes


def size_of_engine(files):
    """The engine is below 26,000 lines"""
    lines = lines_of(files)
    return [f"it has {lines}"] if lines >= MOST_ENGINE else []


def size_of_shown(files):
    """Sheet and report together are below 10,000 lines"""
    lines = lines_of(files, "sheet", *REPORTS)
    return [f"they have {lines}"] if lines >= MOST_SHOWN else []


def size_of_wings(files):
    """Neither sheet nor a wing of report has more than 25 files, or 15 % of the code"""
    wrong, whole = [], lines_of(files)
    for room in sorted({"sheet", *REPORTS}):
        count = sum(room_of(path) == room for path, _ in engine_files(files))
        share = 100 * lines_of(files, room) / whole
        if count > MOST_FILES or share > MOST_SHARE:
            wrong.append(f"{room}: {count} files, {share:.1f} % of the code")
    return wrong


RULES = (arrows, libraries, headers_and_sources, circles, floating, poison, openings, file_sizes,
         size_of_engine, size_of_shown, size_of_wings)

# What must be seen: rule, files, and the text that is put behind each (a new file begins with it).
PLANTED = [
    (arrows, {"engine/base/date.c": '#include "pack/pack.h"\n'}),
    (arrows, {"engine/sheet/cell.c": '#include "pack/pack.h"\n'}),
    (arrows, {"engine/pay/settle.c": '#include "sheet/cell.h"\n'}),
    (arrows, {"engine/archive/seal.c": '#include "command/command.h"\n'}),
    (arrows, {"engine/report/bridge/bridge.c": '#include "report/record/record.h"\n'}),
    (arrows, {"engine/report/figures/totals.c": '#include "report/record/record.h"\n'}),
    (arrows, {"engine/cellar/wine.c": "int wine;\n"}),
    (libraries, {"engine/report/workbook/workbook.c": "#include <xlsxwriter.h>\n"}),
    (libraries, {"engine/report/statement/statements.c": "#include <hpdf.h>\n"}),
    (headers_and_sources, {"engine/base/date.h": "bool date_is_fine(Date date);\n"}),
    (headers_and_sources, {"engine/base/date.h": "extern const char *const DATE_NAMES[];\n"}),
    (circles, {"engine/base/date.c": "int\nnew_a(int a)\n{\n    return new_b(a);\n}\n",
               "engine/pay/settle.c": "int\nnew_b(int b)\n{\n    return new_a(b);\n}\n"}),
    (floating, {"engine/pay/settle.c": "static double half = 0.5;\n"}),
    (floating, {"engine/page/new.c": "static HPDF_REAL half;\n"}),
    (floating, {"engine/sheet/new.c": "static float half;\n", "engine/sheet/cell.c": "double x;\n"}),
    (poison, {"engine/pay/settle.c": "#include <math.h>\n"}),
    (openings, {"engine/base/new.h": "#pragma once\n"}),
    (openings, {"engine/base/new.h": "/* Something new. */\n"}),
    (file_sizes, {"tests/unit/support.c": "\n" * MOST_LINES}),
    (size_of_engine, {"engine/base/new.c": "\n" * MOST_ENGINE}),
    (size_of_shown, {"engine/report/screen/new.c": "\n" * MOST_SHOWN}),
    (size_of_wings, {"engine/report/screen/new.c": "\n" * MOST_ENGINE}),
    (size_of_wings, {f"engine/report/screen/{n}.c": "\n" for n in range(MOST_FILES + 1)}),
]


def read_files():
    """The project's sources."""
    patterns = ("engine/**/*.[ch]", "tests/**/*.[ch]", "tests/**/*.py", "tests/**/*.t")
    paths = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
    return {str(p.relative_to(ROOT)): p.read_text(encoding="utf-8") for p in paths}


def main():
    """Test every rule, and that each can fail."""
    tap, files = Tap(), read_files()
    for rule in RULES:
        tap.check(rule(files), rule.__doc__, LATER.get(rule.__name__))
    for rule, additions in PLANTED:
        changed = {**files, **{path: files.get(path, "") + text for path, text in additions.items()}}
        tap.ok(set(rule(changed)) - set(rule(files)), f"{rule.__name__} sees {', '.join(additions)[:80]}")
    unbroken = {rule.__name__ for rule in RULES} - {rule.__name__ for rule, *_ in PLANTED}
    tap.check(sorted(unbroken), "each rule is broken once")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
