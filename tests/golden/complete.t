#!/usr/bin/env python3
"""Prove that no golden case is missing: what the engine can say, some case makes it say.

Every reason, exit status, mark, kind of line, command and option, and every text in the sources
of engine/base, engine/pack, engine/pay, engine/command and main.c must stand in what a case
expects.  A text is a string of two words or more; a format matches what it can print.  What no
case can bring about is listed in EXEMPT, with the reason; an entry that is not needed any more is
an error as well.
"""

import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from golden import all_cases  # noqa: E402

ENGINE = Path(__file__).resolve().parents[2] / "engine"
SOURCES = ("base/*.c", "pack/*.c", "pay/*.c", "command/*.c", "main.c")
STATUS_EXEMPT = {70: "a contradiction in the engine itself"}
# Beginning of the text, and why no case brings it about.
EXEMPT = {
    "cannot be opened": "the disk must fail: fault injection",
    "cannot be put on the disk": "the disk must fail: fault injection",
    "cannot be written": "the disk must fail: fault injection",
    "cannot be replaced": "the disk must fail: fault injection",
    "cannot be removed": "the disk must fail: fault injection",
    "%s: cannot be created from %s: %s": "the disk must fail: fault injection",
    "%s: was renamed to %s, but: ": "the disk must fail: fault injection",
    "standard output: cannot be written: %s": "standard output must fail",
    "%s is sealed, but ": "standard output must fail",
    "%s is approved, but ": "standard output must fail",
    "has more than 1,048,576 fields": "a megabyte of commas is needed: tests/faults/resources.t",
    "a process of this run": "a process must be killed",
    "%s is not approved: nobody said yes": "a terminal is needed",
    "schemepay: a file was cut short while it was read": "a file must change meanwhile",
    "%s: was changed while it was read": "a file must change meanwhile: tests/faults/resources.t",
    "working out": "progress is for terminals",
    "working the run out again": "progress is for terminals",
    "writing and sealing": "progress is for terminals",
    "%s by %s, process %ld on %s, since %s": "two runs must meet",
    " check ": "the commands of an option, not a text",
    "a command failed without saying why": "a contradiction in the engine itself",
    "the payments of the contract %s/%s are out of range": "runs pay less than it takes",
    "the points of the scheme %s are out of range": "some 10^20 indicators are needed",
    "the instalment": "a guard: the value is in range, and so is a part of it",
    "the indicators' share": "a guard: the value is in range, and so is a part of it",
    "the payee's total": "92,000 contracts of £1,000,000,000,000 are needed",
}

_TOKEN = re.compile(
    r"""/\*.*?\*/|//[^\n]*|\#[^\n]*(?:\\\n[^\n]*)*"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\w+|\s+|.""",
    re.S,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
_CONVERSION = re.compile(r"%(?:%|[-+ #0]*(?:\*|[0-9]*)(?:\.(?:\*|[0-9]+))?(?:l|ll|z|h)*[a-zA-Z])")
# Calls whose texts are for developers alone.
_INTERNAL = ("g_error", "g_debug", "g_assert", "g_assert_cmpint", "_Static_assert")


def tokens(text):
    """The tokens of a C source without comments, blanks and preprocessor lines."""
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token.isspace() or token.startswith(("/*", "//", "#")):
            continue
        yield token


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


def names_in(path, table):
    """The first strings of the entries of a table."""
    text = (ENGINE / path).read_text(encoding="utf-8")
    body = text[text.index(f"{table}") :]
    body = body[body.index("{") : body.index("};")]
    return body


class Report:
    """The results as TAP."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def test(self, holds, name, note=""):
        """Report one."""
        self.count += 1
        self.failed += not holds
        name = " ".join(name.split()).replace("#", "\\#")
        print(f"{'ok' if holds else 'not ok'} {self.count} - {name}")
        if not holds and note:
            print(f"#   {note}")


def test_texts(report, corpus):
    """Every text of the sources."""
    used = set()
    for path in sorted(p for pattern in SOURCES for p in ENGINE.glob(pattern)):
        source = path.read_text(encoding="utf-8")
        for run in texts_of(source):
            if not is_text(run):
                continue
            text = "".join("…" if part is None else part for part in run)
            is_said = re.search(pattern_of(run), corpus) is not None
            exempt = next((start for start in EXEMPT if text.startswith(start)), None)
            if exempt is not None and not is_said:
                used.add(exempt)
                continue
            place = path.relative_to(ENGINE.parent)
            report.test(is_said, f"{place}: {text[:100]}", "no case says it")
    for start, reason in EXEMPT.items():
        report.test(start in used, f"exempt, as {reason}: {start}", "not needed, or gone")


def test_names(report, cases):
    """Reasons, states, marks, kinds, statuses, commands and options."""
    exceptions = "".join(c.sections.get("outputs/exceptions.csv", "") for c in cases)
    for reason in re.findall(r'= *\{"([a-z-]+)", STATE', names_in("pack/reason.c", "REASONS[")):
        report.test(re.search(f",{reason},(rejected|held|part),", exceptions), f"reason {reason}")
    payments = "".join(c.sections.get("outputs/payments.csv", "") for c in cases)
    for status in re.findall('"([a-z]+)"', names_in("pay/result.c", "STATUS_NAMES[")):
        report.test(re.search(f",{status}$", payments, re.M), f"mark {status}")
    lines = "".join(c.sections.get("outputs/lines.csv", "") for c in cases)
    for kind in re.findall('"([a-z]+)"', names_in("pay/result.c", "LINE_KIND_NAMES[")):
        report.test(re.search(f"^[^,]*,[^,]*,{kind},", lines, re.M), f"line {kind}")
    met = {int(case.sections["status"]) for case in cases}
    for status in map(int, re.findall(r"\{([0-9]+),", names_in("main.c", "EXITS["))):
        if status not in STATUS_EXEMPT:
            report.test(status in met, f"exit status {status}")
    given = [argument for case in cases for command in case.commands for argument in command]
    for name in re.findall(r'^    \{"([a-z-]+)",', names_in("main.c", "COMMANDS["), re.M):
        report.test(name in given, f"command {name}")
    rows = (ENGINE / "command/options.c").read_text(encoding="utf-8")
    for name in re.findall(r'^    \{"([a-z-]+)", (?:NULL|"[A-Z]+"),', rows, re.M):
        is_given = any(re.match(f"--{name}(=|$)", argument) for argument in given)
        report.test(is_given, f"option --{name}")


def main():
    """Test everything; the exit status."""
    cases, report = all_cases(), Report()
    expected = []
    for case in cases:
        for name, text in case.sections.items():
            if name in ("stdout", "stderr") or name.startswith("outputs/"):
                text = case.content(name).decode("utf-8") if name in case.escaped else text
                expected.append(text)
    corpus = "".join(expected)
    corpus += corpus.replace('""', '"')
    test_names(report, cases)
    test_texts(report, corpus)
    print(f"1..{report.count}")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
