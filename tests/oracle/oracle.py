"""An independent reckoning of a run: the same inputs and rules, the same four CSV outputs.

    python3 tests/oracle/oracle.py --inputs DIR --rules DIR (--month 2025-09 | --year 2025-26)
                                   --out DIR [--ledger FILE] [--before PERIOD=FILE...]

Exits 0, or with nothing written: 64 usage, 65 input, 66 no such folder, 78 rules.
"""

import argparse
import sys
from pathlib import Path

from dialect import Faults
from headings import read_headings
from judge import Judge
from money import TOO_MUCH
from outputs import controls_csv, exceptions_csv, lines_csv, payments_csv
from pack import KINDS, Pack
from pay import payments
from rules import read_rules
from times import month_period, year_period

USAGE, INPUT, NO_INPUT, RULES = 64, 65, 66, 78


class Parser(argparse.ArgumentParser):
    """A parser that exits as the engine does."""

    def error(self, message):
        """Say what is wrong and exit 64."""
        print(f"{self.prog}: {message}", file=sys.stderr)
        sys.exit(USAGE)


class Refused(Exception):
    """The run is refused with an exit status and its faults."""

    def __init__(self, status, lines):
        super().__init__(status)
        self.status = status
        self.lines = lines


def reckon(inputs, rules, period, ledger=None, warnings=None, before=()):
    """The four outputs by file name; raises Refused.

    before: of the approved runs counted of the year, first to last, period and exceptions.csv.
    """
    warnings = [] if warnings is None else warnings
    for folder in (inputs, rules):
        if not Path(folder).is_dir():
            raise Refused(NO_INPUT, [f"{folder}: no such folder"])
    faults = Faults()
    folder = Path(rules) / period.year.label
    schemes = read_rules(folder, period.year, faults, warnings)
    headings = read_headings(folder, KINDS, faults, warnings)
    if faults:
        raise Refused(RULES, faults.lines())
    for scheme in schemes.values():
        if scheme.review_from is not None and period.month_end >= scheme.review_from:
            warnings.append(f"{scheme.code}: due for review")
    pack = Pack(period, schemes, faults, warnings, headings)
    pack.read(inputs)
    if ledger:
        pack.read_ledger(ledger)
    if faults:
        raise Refused(INPUT, faults.lines())
    judge = Judge(pack)
    judge.judge()
    found = payments(pack, judge, faults)
    exceptions = judge.exceptions()
    for line in exceptions:
        if line.at_risk is not None and abs(line.at_risk) >= TOO_MUCH:
            contract = f"{line.scheme}/{line.provider}"
            faults.add(line.file, line.line, "", f"{contract}: an amount is too large")
    if faults:
        raise Refused(INPUT, faults.lines())
    return {
        "payments.csv": payments_csv(period, found),
        "lines.csv": lines_csv(found),
        "exceptions.csv": exceptions_csv(period, exceptions, found, before),
        "controls.csv": controls_csv(pack.files.values()),
    }


def main(arguments):
    """Run from the command line; the exit status."""
    parser = Parser(prog="oracle", allow_abbrev=False)
    parser.add_argument("--inputs", required=True)
    parser.add_argument("--rules", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--ledger")
    parser.add_argument("--before", action="append", default=[], metavar="PERIOD=FILE",
                        help="the exceptions.csv of an approved run counted, first to last")
    when = parser.add_mutually_exclusive_group(required=True)
    when.add_argument("--month", type=month_period)
    when.add_argument("--year", type=year_period)
    options = parser.parse_args(arguments)
    period = options.month or options.year
    if period is None:
        parser.error("a month such as 2025-09 or a year such as 2025-26 expected")
    warnings = []
    try:
        before = [tuple(word.split("=", 1)) for word in options.before]
        before = [(label, Path(path).read_bytes()) for label, path in before]
        outputs = reckon(options.inputs, options.rules, period, options.ledger, warnings, before)
    except Refused as refused:
        for line in refused.lines:
            print(line, file=sys.stderr)
        return refused.status
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    for name, content in outputs.items():
        (out / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
