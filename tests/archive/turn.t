#!/usr/bin/env python3
"""The turn of the year: what a year-end carried is brought forward, and later year-ends settle the rest.

A little pack is closed with a year-end that carries debts. The next year's first months take them
off; what comes in late makes a second year-end, and the next year gives back what that settled. TAP
on standard output.
"""

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from suite import Tap, engine  # noqa: E402  pylint: disable=C0413
from tiny import Folder, write_inputs  # noqa: E402  pylint: disable=C0413

DONE, NOT_ALLOWED = 0, 77
FIRST, SECOND = "2025-26-YE/001", "2025-26-YE2/001"
SCHEMES = ("scheme,title,delivered_by,commissioned,payment,measured_by,value_basis,value,list_date,"
           "in_year_share,instalment_months,pro_rata,recovery,source\n")
ACH = "ACH,Quality,practice,mixed,achievement,outcomes,annual-value,,,50%,12,days,,paper\n"
OLD = "OLD,Ends in March,practice,mixed,achievement,outcomes,annual-value,,,50%,12,days,,paper\n"
INV = "INV,Invoiced,practice,mixed,achievement,outcomes,annual-value,,,50%,12,days,invoice,paper\n"
LST = ("LST,By list,practice,mixed,achievement,outcomes,per-registered-patient,1.20,2026-04-01,"
       "50%,12,days,,paper\n")
INDICATORS = "scheme,indicator,title,points,method,floor,target,source\n"
TARIFFS = "scheme,activity,title,count,price,from,source\n"


def rules(*schemes):
    """The tables of a year with these schemes, each with one indicator."""
    rows = "".join(f"{scheme[:3]},I,All,1,sliding,0,1,paper\n" for scheme in schemes)
    return {"schemes.csv": SCHEMES + "".join(schemes), "indicators.csv": INDICATORS + rows,
            "tariffs.csv": TARIFFS}


RULES = {f"{year}/{name}": text for year, tables in (
    ("2025-26", rules(ACH, OLD, INV, LST.replace("2026-04", "2025-04"))),
    ("2026-27", rules(ACH, INV, LST))) for name, text in tables.items()}
REGISTER = "provider,name,type\n" + "".join(f"{p},Practice {p},practice\n" for p in "ABCEFG")
PARTICIPATION = "scheme,provider,from,to,annual_value\n"
ACHIEVEMENT = "scheme,provider,indicator,as_at,numerator,denominator\n"
BEFORE = {
    "providers.csv": REGISTER + "D,Practice D,practice\n",
    "participation.csv": PARTICIPATION + "".join(
        f"{contract},2025-04-01,2026-03-31,1200\n"
        for contract in ("ACH,A", "ACH,B", "OLD,C", "ACH,D", "ACH,E", "INV,G"))
    + "LST,F,2025-04-01,2026-03-31,\n",
    "list_sizes.csv": "provider,as_at,registered\nF,2025-04-01,1000\n",
    "achievement-first.csv": ACHIEVEMENT + "ACH,A,I,2026-03-31,25,100\nACH,B,I,2026-03-31,0,100\n"
    "OLD,C,I,2026-03-31,25,100\nACH,D,I,2026-03-31,40,100\nINV,G,I,2026-03-31,30,100\n"
    "LST,F,I,2026-03-31,30,100\n",
}
LATE = {"achievement-late.csv": ACHIEVEMENT + "ACH,A,I,2026-07-31,45,100\nACH,E,I,2026-07-31,1,1\n"}
AFTER = {
    "providers.csv": REGISTER,
    "participation.csv": PARTICIPATION + "ACH,A,2026-04-01,,12000\nACH,E,2026-04-01,,1200\n"
    "INV,G,2026-04-01,,1200\nLST,F,2026-04-01,,\n",
    "activity.csv": "month,scheme,provider,activity,quantity\n2026-04,NONE,A,X,1\n",
}

LISTS = {"list_sizes.csv": "provider,as_at,registered\nF,2026-04-01,1000\n"}


class Place:
    """An archive, the inputs of two years and the rules of both."""

    def __init__(self, folder):
        self.folder = folder
        write_inputs(folder / "rules", RULES)
        write_inputs(folder / "before", BEFORE)
        write_inputs(folder / "after", AFTER)

    def run(self, line):
        """A command: its exit status and what it said."""
        ran = engine(*line.split(), "--rules", "rules", "--archive", "archive", cwd=self.folder)
        return ran.status, ran.said

    def expect(self, line, status=DONE, *words):
        """What is wrong where a command ends otherwise, or does not say some words."""
        got, said = self.run(line)
        wrong = [] if got == status else [f"{line}: exit {got} and not {status}: {said[-500:]}"]
        return wrong + [f"{line}: does not say {word!r}: {said}" for word in words if word not in said]

    def month(self, month, inputs, *more):
        """Ann works a month out."""
        return self.expect(f"month-end --month {month} --inputs {inputs} --by Ann --quiet", *more)

    def year_end(self, *more):
        """Ann works a year-end of 2025-26 out."""
        return self.expect("year-end --year 2025-26 --inputs before --by Ann --quiet", *more)

    def approve(self, run, *more):
        """Bob approves a run."""
        return self.expect(f"approve {run} --by Bob --yes --quiet", *more)

    def rows(self, run, name):
        """The rows of an output."""
        year = "2025-26" if run < "2026-04" else "2026-27"
        path = self.folder / "archive" / year / run / "outputs" / name
        with open(path, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def counted(self, run):
        """The runs that a manifest says were counted."""
        year = "2025-26" if run < "2026-04" else "2026-27"
        text = (self.folder / "archive" / year / run / "manifest").read_text(encoding="utf-8")
        return [line.split()[-1] for line in text.splitlines() if line.startswith("counted ")]


def differ(got, wanted, what):
    """A complaint where two values differ."""
    return [] if got == wanted else [f"{what}: {got}, not {wanted}"]


def payments(here, run, wanted):
    """Owed and status by contract."""
    rows = here.rows(run, "payments.csv")
    got = {f"{r['scheme']}/{r['provider']}": f"{r['owed']} {r['status']}" for r in rows}
    return differ(got, wanted, f"payments of {run}")


def brought(here, run, source, month, wanted):
    """The lines that bring forward, each the first of its contract, in April, with empty cells."""
    firsts, others = {}, []
    for row in here.rows(run, "lines.csv"):
        contract = f"{row['scheme']}/{row['provider']}"
        if contract not in firsts:
            firsts[contract] = list(row.values())[2:]
        elif row["kind"] == "brought-forward":
            others.append(contract)
    got = {c: cells[-1] for c, cells in firsts.items() if cells[0] == "brought-forward"}
    cells = [cells[:-1] for cells in firsts.values() if cells[0] == "brought-forward"]
    wrong = differ(got, wanted, f"brought forward in {run}")
    wrong += differ(cells, [["brought-forward", source, month, "", "", ""]] * len(wanted), "cells")
    return wrong + [f"{contract}: not its first line" for contract in others]


def lost(here, run):
    """What could not be brought forward stands last."""
    rows = [list(row.values())[:10] for row in here.rows(run, "exceptions.csv")][-2:]
    held = ["", "", "", "not-brought-forward", "held"]
    wanted = [[*held, "ACH", "D", "", "", "-120.00"], [*held, "OLD", "C", "", "", "-300.00"]]
    return differ(rows, wanted, f"last exceptions of {run}")


def closing(tap, here):
    """March and the first year-end: debts are carried, one contract waits, one is invoiced."""
    wrong = here.month("2026-03", "before") + here.approve("2026-03/001")
    wrong += here.year_end() + here.approve(FIRST)
    wrong += payments(here, FIRST, {
        "ACH/A": "-300.00 carry", "ACH/B": "-600.00 carry", "ACH/D": "-120.00 carry",
        "ACH/E": "0.00 hold", "OLD/C": "-300.00 carry", "INV/G": "-240.00 invoice",
        "LST/F": "-240.00 carry"})
    tap.check(wrong, "a year is closed with debts that are carried")
    wrong = here.month("2026-02", "before", NOT_ALLOWED) + here.month("2026-03", "before", NOT_ALLOWED)
    tap.check(wrong, "after an approved year-end no month of its year is worked out")


def new_year(tap, here):
    """April and May take the debts off."""
    run, carried = "2026-04/001", {"ACH/A": "-300.00", "ACH/B": "-600.00"}
    wrong = here.month("2026-04", "after") + brought(here, run, FIRST, "2026-04", carried)
    wrong += differ(here.counted(run), [FIRST], "counted")
    tap.check(wrong, "April: what was carried is the contract's first line, and its run is counted")
    wrong = payments(here, run, {"ACH/A": "200.00 pay", "ACH/B": "-600.00 carry",
                                 "ACH/E": "50.00 pay", "INV/G": "50.00 pay", "LST/F": "0.00 hold"})
    tap.check(wrong, "April: debts come off, also of who takes part no longer; a held contract waits")
    tap.check(lost(here, run), "April: of a scheme or provider that is gone, it is held and listed last")
    wrong = here.expect(f"explain {run} A", DONE, f"what run {FIRST} carried", "-£300.00")
    tap.check(wrong, "explain says where it comes from")
    run = "2026-05/001"
    wrong = here.approve("2026-04/001") + here.month("2026-05", "after")
    wrong += brought(here, run, FIRST, "2026-04", carried) + lost(here, run)
    wrong += differ(here.counted(run), [FIRST, "2026-04/001"], "counted")
    wrong += payments(here, run, {"ACH/A": "500.00 pay", "ACH/B": "-600.00 carry",
                                  "ACH/E": "50.00 pay", "INV/G": "50.00 pay", "LST/F": "0.00 hold"})
    tap.check(wrong, "May: the same line again; what April took off is not taken off twice")


def later(tap, here):
    """A late achievement pays what was held, and settles a part of a debt."""
    write_inputs(here.folder / "before", LATE)
    wrong = here.expect("check --year 2025-26 --inputs before --quiet")
    wrong += here.year_end()
    wrong += payments(here, SECOND, {
        "ACH/A": "-60.00 carry", "ACH/B": "-600.00 carry", "ACH/D": "-120.00 carry",
        "ACH/E": "600.00 pay", "OLD/C": "-300.00 carry", "INV/G": "0.00 nil",
        "LST/F": "-240.00 carry"})
    wrong += differ(here.counted(SECOND), ["2026-03/001", FIRST], "counted")
    ids = {row["payment_id"][:11] for row in here.rows(SECOND, "payments.csv")}
    wrong += differ(ids, {"2025-26-YE2"}, "payment_id")
    tap.check(wrong, "a second year-end works out all that has come in, on what the first one paid")
    wrong = here.approve(SECOND) + here.approve("2026-05/001", NOT_ALLOWED, "2026-05/001")
    tap.check(wrong, "once it is approved, a month that brought the first one forward is worked out again")
    run = "2026-05/002"
    write_inputs(here.folder / "after", LISTS)
    wrong = here.month("2026-05", "after")
    wrong += brought(here, run, SECOND, "2026-04",
                     {"ACH/A": "-60.00", "ACH/B": "-600.00", "LST/F": "-240.00"})
    wrong += differ(here.counted(run), [SECOND, "2026-04/001"], "counted") + lost(here, run)
    wrong += payments(here, run, {"ACH/A": "740.00 pay", "ACH/B": "-600.00 carry",
                                  "ACH/E": "50.00 pay", "INV/G": "50.00 pay", "LST/F": "-140.00 carry"})
    wrong += here.expect(f"explain {run} A", DONE, "£200.00 paid before")
    tap.check(wrong, "the next month gives back what it settled; a contract held till then takes its debt off")
    moved = here.expect("compare 2026-05/001 2026-05/002", 1, "ACH/A", "£240.00")
    tap.check(moved + here.expect(f"compare {FIRST} {SECOND}", 1, "£600.00") + here.approve(run),
              "compare says what moved")
    wrong = here.year_end()
    wrong += differ({row["period"] for row in here.rows("2025-26-YE3/001", "payments.csv")},
                    {"2025-26-YE3"}, "period")
    wrong += here.month("2026-03", "before", NOT_ALLOWED)
    tap.check(wrong, "after it comes a third; months stay closed")


def main():
    """One after the other: each leaves the archive to the next."""
    tap = Tap()
    with Folder() as folder:
        here = Place(folder)
        for test in (closing, new_year, later):
            test(tap, here)
        tap.check(here.expect("verify --all", DONE, "verifies"), "all of it verifies")
        tap.check(here.expect("runs", DONE, "2025-26-YE2"), "runs lists the later year-ends")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
