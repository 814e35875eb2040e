#!/usr/bin/env python3
"""Prove that no golden case is missing: what the engine can say, some case makes it say.

Every name in the engine's tables, which `tables.c` prints, and every text in its sources must stand in
what a case expects or, where it describes a column, in the documentation.  A text is a string of two
words or more; a format matches what it can print.  What no case can bring about is listed in EXEMPT,
with the reason and, where another suite brings it about, its path; an entry that is not needed any
more is an error as well.
"""

import csv
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from csource import tokens  # noqa: E402  pylint: disable=wrong-import-position
from golden import RESULTS, all_cases  # noqa: E402  pylint: disable=wrong-import-position
from suite import BUILD, ROOT, Tap  # noqa: E402  pylint: disable=wrong-import-position

# Where fields are described for the documentation, which does not show all of them yet.
DESCRIBING = "engine/report/"
LATER = "the documentation is to show it"
DOCUMENTS = sorted({*ROOT.glob("*.md"), *ROOT.glob("*/*.md"), *ROOT.glob("engine/**/*.md")})
# What is no part of the program: tests/package/package.t holds it to --help.
PACKAGE = ROOT / "engine/package"
REASON_EXEMPT = {}
EXIT_EXEMPT = {"70": "a contradiction in the engine itself"}
# Beginning of the text, and why no case brings it about.
EXEMPT = {
    "cannot be opened": "the disk must fail: fault injection",
    "cannot be made read-only": "the disk must fail: fault injection",
    "cannot be put on the disk": "the disk must fail: fault injection",
    "cannot be written": "the disk must fail: fault injection",
    "cannot be replaced": "the disk must fail: fault injection",
    "cannot be removed": "the disk must fail: fault injection",
    "%s: cannot be created from %s: %s": "the disk must fail: fault injection",
    "%s: was renamed to %s, but: ": "the disk must fail: fault injection",
    "standard output: cannot be written: %s": "standard output must fail",
    "%s is sealed, but ": "standard output must fail",
    "%s is approved, but ": "standard output must fail",
    "%s is witnessed, but ": "standard output must fail",
    "has more than 1,048,576 fields": "a megabyte of commas is needed: tests/faults/resources.t",
    "a process of this run": "a process must be killed",
    "%s is not approved: nobody said yes": "a terminal is needed",
    "schemepay: a file was cut short while it was read": "a file must change meanwhile",
    "%s: was changed while it was read": "a file must change meanwhile: tests/faults/resources.t",
    "\nschemepay: interrupted": "somebody must stop it: tests/faults/interrupt.t",
    "working out": "progress is for terminals",
    "writing statements": "progress is for terminals",
    "working the run out again": "progress is for terminals",
    "writing and sealing": "progress is for terminals",
    "working the year out": "progress is for terminals",
    "writing the forms": "progress is for terminals",
    "a figure of the forecast is out of range": "the views refuse what would not fit",
    " compare forecast ": "the commands of an option, not a text",
    "%s by %s, process %ld on %s, since %s": "two runs must meet",
    " check ": "the commands of an option, not a text",
    " compare verify what-if": "the commands of an option, not a text",
    "reconcile witness": "the commands of an option, not a text",
    " month-end year-end": "the commands of an option, not a text",
    "%s is written, but ": "the disk must fail: tests/faults/readers.t",
    " approve month-end": "the commands of an option, not a text",
    "%s is not approved: it is not what was shown any more": "another run must meet the question",
    "schemepay: there is not enough memory": "memory must fail: tests/archive/odd.t",
    "a command failed without saying why": "a contradiction in the engine itself",
    "the payments of the contract %s/%s are out of range": "runs pay less than it takes",
    "the points of the scheme %s are out of range": "some 10^20 indicators are needed",
    "what an indicator earned": "a guard: no achievement and threshold have so many digits",
    "the payee's total": "92,000 contracts of £1,000,000,000,000 are needed",
    "what is brought forward": "a guard: the entitlement is out of range before it",
    "what the pot leaves": "92,000 contracts of £1,000,000,000,000 are needed",
    "what is paid to %s is out of range": "92,000 contracts of £1,000,000,000,000 are needed",
    "its payments add up to more": "92,000 contracts of £1,000,000,000,000 are needed",
    "takes the money at risk out of range": "runs shows a question mark: nobody is told",
    "%s: is being changed all the time": "somebody must write meanwhile",
    "%s: another run was sealed, approved": "somebody must write meanwhile",
    " is not there, which makes and checks": "a key is needed: tests/archive/signed.t",
    ": cannot be run": "the system must fail: fault injection",
    "%s: nothing can be signed with it": "a key is needed: tests/archive/signed.t",
    "its signature is none that": "a key is needed: tests/archive/signed.t",
    "is not signed, although": "a key is needed: tests/archive/signed.t",
    "is not signed by the certificate in it": "in words of OpenSSL's: tests/archive/witness.t",
    "is by %s, and by no authority": "in words of OpenSSL's: tests/archive/witness.t",
    "does not hold the certificate": "another query is needed: tests/archive/witness.t",
    "no reason is given": "a library must fail",
    "its approval is signed, but no": "a key is needed: tests/archive/signed.t",
    "providers: names, types": "no change of a provider alone was found that moves pounds",
    "what was sealed is not what this version": "another version must have sealed it",
    "cannot create %s": "the disk must fail: tests/faults/inject.t",
    "cannot begin a PDF document": "a library must fail",
    "cannot write %s: no memory": "a library must fail",
    "cannot write %s": "the disk must fail: tests/faults/inject.t",
    "cannot read %s back": "the disk must fail: tests/faults/inject.t",
    "Unknown provider": "who is not in the register has no statement",
    "There is no practice, PCN": "who is not in the register has no statement",
    "Check the code. If it is right": "who is not in the register has no statement",
    "All months": "a contract that owes nothing at year-end is nil, and told otherwise",
    "; %… not proved": "long amounts: tests/workbook/recalculate.t",
    ", or rounded line by line": "50,000 lines are needed",
    "(not in the ": "20,000 exceptions are needed: tests/workbook/recalculate.t",
    "More than 20,000": "20,000 exceptions are needed: tests/workbook/recalculate.t",
    " More than 50,000": "50,000 lines are needed",
    "see lines.csv": "50,000 lines are needed",
    "of which ": "the closing figures show four of the fields",
    "%s: this file system does not lock": "the system must fail: fault injection",
    "cannot be locked": "the system must fail: fault injection",
    "%s: another run is being sealed in it": "two runs must meet",
    "%s: is not what was written into it": "somebody must write meanwhile",
    " made what is no signature of this run": "ssh-keygen must fail",
    "Total of this sheet": "many lines: tests/workbook/recalculate.t",
}

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
_CONVERSION = re.compile(r"%(?:%|[-+ #0]*(?:\*|[0-9]*)(?:\.(?:\*|[0-9]+))?(?:l|ll|z|h)*[a-zA-Z])")
# Calls whose texts are for developers alone.
_INTERNAL = ("g_error", "g_debug", "g_assert", "g_assert_cmpint", "_Static_assert")


def unquote(literal):
    """The text of a C string literal, its hexadecimal bytes decoded."""
    text = re.sub(r"\\x([0-9a-fA-F]{2})", lambda m: chr(int(m[1], 16)), literal[1:-1])
    return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), text)


def texts_of(source):
    """(text as a list of literals and None for macros) of every run of literals in a source."""
    run, depth, internal = [], 0, None
    before = ""
    for token in tokens(source):
        if token == "(":
            depth += 1
            if before in _INTERNAL and internal is None:
                internal = depth
        if token.startswith('"'):
            run.append(unquote(token))
        elif run and re.fullmatch("[A-Z][A-Z0-9_]+", token):
            run.append(None)
        else:
            if any(run) and internal is None:
                yield run
            run = []
            if token == ")":
                internal = None if internal == depth else internal
                depth -= 1
        before = token


def pattern_of(run):
    """The regular expression of what a run of literals can print."""
    pattern = ""
    for part in run:
        if part is None:
            pattern += ".*?"
            continue
        at = 0
        part = re.sub("%$", "", part)
        for match in _CONVERSION.finditer(part):
            pattern += re.escape(part[at : match.start()])
            pattern += "%" if match[0] == "%%" else "[0-9]+" if match[0][-1] in "du" else ".*?"
            at = match.end()
        pattern += re.escape(part[at:])
    # Anything at an end, or anything twice, adds nothing but time.
    pattern = re.sub(r"(\.\*\?)+", ".*?", pattern)
    pattern = pattern.removeprefix(".*?").removesuffix(".*?")
    return f"(?s:{pattern})" if "\n" in pattern else pattern


def is_text(run):
    """Whether a run of literals is a text for people: two words side by side."""
    return re.search("[A-Za-z]{2,}[,:;]? [a-z]", "".join(part or "" for part in run)) is not None


def test_texts(tap, corpus):
    """Every text of the sources."""
    used = set()
    described = corpus + "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    for path in sorted((ROOT / "engine").rglob("*.c")):
        if path.parent == PACKAGE:
            continue
        for run in texts_of(path.read_text(encoding="utf-8")):
            if not is_text(run):
                continue
            text = "".join("…" if part is None else part for part in run)
            place = str(path.relative_to(ROOT))
            is_described = place.startswith(DESCRIBING)
            is_said = re.search(pattern_of(run), described if is_described else corpus) is not None
            exempt = next((start for start in EXEMPT if text.startswith(start)), None)
            if exempt is not None and not is_said:
                used.add(exempt)
                continue
            tap.check([] if is_said else ["no case says it"], f"{place}: {text[:100]}",
                      LATER if is_described and "/screen/" not in place and not is_said else None)
    for start, reason in EXEMPT.items():
        suite = re.search(r"tests/\S+\.t", reason)
        is_there = suite is None or (ROOT / suite[0]).is_file()
        tap.ok(start in used and is_there, f"exempt, as {reason}: {start}", "not needed, or gone")


def names_of_tables():
    """What the engine's tables name, by their kind."""
    said = subprocess.run([BUILD / "tests/golden/tables"], check=True, capture_output=True).stdout
    names = defaultdict(list)
    for line in said.decode().splitlines():
        kind, name = line.split("\t")
        names[kind].append(name)
    return names


def rows(cases, output):
    """The rows of an output in all cases that show it."""
    return [row for case in cases if f"outputs/{output}" in case.sections
            for row in csv.DictReader(case.content(f"outputs/{output}").decode().splitlines())]


def names_met(cases):
    """What the cases bring about, by the kinds of the tables."""
    given = [argument for case in cases for command in case.commands for argument in command]
    controls = rows(cases, "controls.csv")
    return {
        "reason": {f"{row['reason']},{row['outcome']}" for row in rows(cases, "exceptions.csv")}
                  | set(REASON_EXEMPT),
        "status": {row["status"] for row in rows(cases, "payments.csv")},
        "line": {row["kind"] for row in rows(cases, "lines.csv")},
        "state": {name for row in controls for name, cell in row.items() if cell not in ("0", "")},
        "command": {command[0] for case in cases for command in case.commands},
        "option": {argument.split("=")[0][2:] for argument in given if argument.startswith("--")},
        "exit": {case.sections["status"].strip() for case in cases} | set(EXIT_EXEMPT),
    }


def test_names(tap, cases):
    """Reasons with their outcomes, statuses, lines, states, commands, options and exit statuses."""
    names, met = names_of_tables(), names_met(cases)
    tap.check(sorted(names.keys() ^ met.keys()), "every table is read")
    for kind, wanted in names.items():
        for name in wanted:
            tap.ok(name in met[kind], f"{kind} {name}", "no case brings it about")
    strange = met["reason"] - set(names["reason"])
    tap.check(sorted(strange), "no reason leads to another outcome than its own")


def main():
    """Test everything; the exit status."""
    cases, tap = all_cases(), Tap()
    expected = []
    for case in cases:
        for name, text in case.sections.items():
            if name in ("stdout", "stderr") or name.startswith(RESULTS):
                text = case.content(name).decode("utf-8") if name in case.escaped else text
                expected.append(text)
                if case.commands[-1][0] == "explain":  # which wraps its lines
                    expected.append(re.sub("\n +", " ", text))
    corpus = "".join(expected)
    corpus += corpus.replace('""', '"')
    test_names(tap, cases)
    test_texts(tap, corpus)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
