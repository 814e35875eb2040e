#!/usr/bin/env python3
"""A practice's year, as the practice sees it: a claim form, a statement, an exception, its answer, the next statement.

The practice is sent its claim form for the year. It fills April in and leaves a patient reference out; LibreOffice
saves the form as CSV, April is paid, and the statement that comes as PDF says which claim is not paid and what to do.
In May the practice answers on the same form by a new submission, and claims May. The next statement must say that the
first claims were replaced, and pay what was missing; by the year-end all of it is paid, once. The figures expected are
worked out here. Prints TAP; skips where LibreOffice or pdftotext is not installed. KEEP=FOLDER keeps all papers.
"""

import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from macro import run_macro  # noqa: E402
from suite import Tap, must, run_period  # noqa: E402

MACRO = Path(__file__).with_name("forms.bas")
PRACTICE = "QP7"
PRICES = {"TRACE": Decimal("42.50"), "RING": Decimal("61.00")}
SCHEMES = """scheme,title,delivered_by,commissioned,payment,measured_by,value_basis,value,list_date,average_list,\
in_year_share,instalment_months,pro_rata,rounding,claim_months,source
HEART,Heart rhythm tests,practice,individual,activity,activity-per-patient,,,,,,,,,3,Plan 4
CARE,Care of long illness,practice,individual,achievement,outcomes,annual-value,,,,0.8,12,none,half-even,,Plan 5
"""
INDICATORS = """scheme,indicator,title,points,method,floor,target,source
CARE,C1,Reviewed within a year,10,sliding,0.4,0.9,Plan 5.2
"""
TARIFFS = f"""scheme,activity,title,count,per,price,from,to,group,cap,source
HEART,TRACE,Trace read and reported,patients,year,{PRICES["TRACE"]},2025-04-01,,,,Plan 4.1
HEART,RING,Ring worn for a week,patients,year,{PRICES["RING"]},2025-04-01,,,,Plan 4.2
"""
OFFICE = "name,email,telephone,reply_by\nPrimary Care Finance,pay@icb.example,,within 10 working days\n"
INPUTS = {
    "providers.csv": "provider,name,type,email\n"
                     f"{PRACTICE},Larkmoor and Stówe Surgery,practice,payments@larkmoor.example\nQP8,Ottermead,practice,\n",
    "participation.csv": "scheme,provider,from,to,annual_value\n"
                         f"HEART,{PRACTICE},2025-04-01,,\nCARE,{PRACTICE},2025-04-01,,12000\nHEART,QP8,2025-04-01,,\n",
    "achievement-2026-03.csv": "scheme,provider,indicator,as_at,numerator,denominator\n"
                               f"CARE,{PRACTICE},C1,2026-03-31,85,100\n"}
# What the practice claims, in the order of the form: month, activity, patient, quantity, submission.
APRIL = [("2025-04", "TRACE", "L101", 1, None), ("2025-04", "TRACE", "L102", 1, None),
         ("2025-04", "RING", None, 1, None)]  # whose ring it was is left out
ANSWER = [("2025-04", "TRACE", "L101", 1, 2), ("2025-04", "TRACE", "L102", 1, 2), ("2025-04", "RING", "L103", 1, 2)]
MAY = [("2025-05", "TRACE", "L104", 1, None)]
CARE_A_MONTH = Decimal(12000) * 8 / 10 / 12
EARNED = Decimal(12000) * (85 - 40) / (90 - 40)  # at 85 of 100, between 40 % and 90 %


def worth(claims):
    """What claims for patients are worth."""
    return sum((PRICES[activity] for _, activity, patient, *_ in claims if patient), Decimal(0))


def pounds(amount):
    """As a statement writes it."""
    return f"£{amount:,.2f}"


def steps_of(form, claims, saved):
    """The steps that fill a form in and save it as CSV and as a workbook."""
    yield f"open\t{form.as_uri()}"
    for row, (month, activity, patient, quantity, submission) in enumerate(claims, start=2):
        year, number = map(int, month.split("-"))
        yield f"number\t0\tA{row}\t{(date(year, number, 1) - date(1899, 12, 30)).days}"
        yield f"text\t0\tD{row}\t{activity}"
        yield f"number\t0\tG{row}\t{quantity}"
        if patient:
            yield f"text\t0\tE{row}\t{patient}"
        if submission:
            yield f"number\t0\tH{row}\t{submission}"
    yield "show\t1\tE3:E4"
    yield f"show\t1\tG7:G{6 + len(claims)}"
    yield f"csv\t{saved.as_uri()}"
    yield f"xlsx\t{saved.with_suffix('.xlsx').as_uri()}"
    yield "close"


class Office:
    """The finance team: its inputs, its archive, and what it sends."""

    def __init__(self, folder):
        self.folder, self.inputs, self.archive = folder, folder / "inputs", folder / "archive"
        self.rules = folder / "rules"
        for name, text in {**{f"inputs/{name}": text for name, text in INPUTS.items()},
                           "rules/2025-26/schemes.csv": SCHEMES, "rules/2025-26/tariffs.csv": TARIFFS,
                           "rules/2025-26/indicators.csv": INDICATORS, "rules/2025-26/office.csv": OFFICE}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        (self.inputs / "activity").mkdir()

    def pay(self, period):
        """Works a period out, approves it and makes the mailing: the practice's row of it and its statement's text."""
        outputs = run_period(self.archive, period, self.inputs, self.rules)
        must("approve", f"{period}/001", "--rules", self.rules, "--archive", self.archive, "--by", "Bob", "--yes",
             "--quiet")
        mail = self.folder / f"mail-{period}"
        must("statements", f"{period}/001", "--archive", self.archive, "--output", mail)
        with open(mail / "mailing.csv", encoding="utf-8", newline="") as file:
            row = next(row for row in csv.DictReader(file) if row["payee"] == PRACTICE)
        text = subprocess.run(["pdftotext", "-layout", mail / row["file"], "-"], check=True, capture_output=True)
        return outputs, row, text.stdout.decode("utf-8")


def states(outputs, file):
    """How the rows of a file ended: rows, accepted, superseded, held and rejected."""
    with open(outputs / "controls.csv", encoding="utf-8", newline="") as rows:
        row = next(row for row in csv.DictReader(rows) if row["file"] == file)
    return tuple(int(row[name]) for name in ("rows", "accepted", "superseded", "held", "rejected"))


def head_of(text):
    """The amount that stands at the head of a statement."""
    return re.search(r"Paid to you for .*?(£[\d,.]+)", text)[1]


def play(tap, office):
    """The year."""
    must("forms", "--year", "2025-26", "--inputs", office.inputs, "--rules", office.rules, "--archive", office.archive,
         "--output", office.folder / "forms")
    form = office.folder / "forms" / f"2025-26 claim HEART {PRACTICE}.xlsx"
    april, again = office.folder / "april.csv", office.folder / "again.csv"
    parts = run_macro(MACRO, [*steps_of(form, APRIL, april), *steps_of(form, APRIL + ANSWER + MAY, again)], office.folder)
    remarks = [line for line in parts[1] if line]
    tap.ok(len(remarks) == 1 and "patient_ref" in remarks[0] and parts[1][2] == remarks[0],
           "the form says in which row a patient is missing", parts)

    replaced = "submission: a higher one of the month takes this row's place"
    tap.ok(parts[3] == [replaced] * 3 + [""] * 4 and [int(float(line)) for line in parts[2]] == [7, 3],
           "the form with the answer says which rows count no more, and finds nothing in the others", parts)

    file = f"activity/{PRACTICE}.csv"
    shutil.copy(april, office.inputs / file)
    outputs, row, text = office.pay("2025-04")
    paid = worth(APRIL) + CARE_A_MONTH
    tap.ok(states(outputs, file) in ((3, 2, 0, 1, 0), (3, 2, 0, 0, 1)), "April: two rows are accepted and one is not",
           states(outputs, file))
    tap.ok(head_of(text) == pounds(paid) and Decimal(row["amount"]) == paid, "the statement begins with what is paid",
           head_of(text), row)
    tap.ok(row["email"] == "payments@larkmoor.example" and row["new_exceptions"] == "1" and
           row["reply_by"] == "within 10 working days",
           "the mailing knows the address, the exception, and by when to answer", row)
    tap.ok("Not paid as claimed" in text and "What to do:" in text and f"{file}, line 4" in " ".join(text.split()),
           "the statement says which claim is not paid and what to do", text)
    tap.ok("Stówe" in text, "the name is whole")

    shutil.copy(again, office.inputs / file)
    outputs, row, text = office.pay("2025-05")
    answered = worth(ANSWER) - worth(APRIL)
    paid = answered + worth(MAY) + CARE_A_MONTH
    tap.ok(states(outputs, file) == (7, 4, 3, 0, 0), "May: the answer replaces the first claims", states(outputs, file))
    tap.ok(head_of(text) == pounds(paid) and Decimal(row["amount"]) == paid,
           "the next statement pays May, and what April lacked", head_of(text), row)
    tap.ok(row["new_exceptions"] == "0" and "Not paid as claimed" not in text and "replaced" in text.lower(),
           "the next statement says that claims were replaced, and asks for nothing", row, text)
    tap.ok(pounds(answered) in text, "what the answer brought stands in it", text)

    office.pay("2026-03")
    _, row, text = office.pay("2025-26-YE")
    total = EARNED + worth(ANSWER) + worth(MAY)
    balance = EARNED - CARE_A_MONTH * 12
    tap.ok(pounds(total) in text, "the year-end's statement has what the year came to", total, text)
    tap.ok(Decimal(row["amount"]) == balance == 1200, "and the balance by achievement alone is left", row, balance)


def main():
    tools = {"soffice": "LibreOffice (libreoffice-calc-nogui)", "pdftotext": "pdftotext (poppler-utils)"}
    for tool, name in tools.items():
        if shutil.which(tool) is None:
            print(f"1..0 # SKIP {name} is not installed")
            return 0
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        play(tap, Office(Path(name)))
        if os.environ.get("KEEP"):
            shutil.copytree(name, os.environ["KEEP"], dirs_exist_ok=True)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
