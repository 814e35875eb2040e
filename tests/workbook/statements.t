#!/usr/bin/env python3
"""Statements and the payment file: who gets them, what they add up to, and what is not in them.

The whole year of the fixtures is run and approved month by month; every statement of every run is
read back from its XML. TAP on standard output.
"""

import csv
import hashlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from shutil import copytree, which
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from suite import ENGINE, FIXTURES, MONTHS, RULES, TIME_LIMIT, Tap, engine, must, run_period  # noqa: E402

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SPREADSHEET_TEXTS = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
RULES_SHEET = "Rules"
FORMULA_NAME = '=HYPERLINK("https://example.org","Click")'


def table(path):
    """The rows of a CSV file as dictionaries."""
    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def tree(folder):
    """Every file below a folder, by path, with the digest of its bytes."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


# --- reading statements ------------------------------------------------------------------------


def texts_of(archive):
    """The shared strings of a workbook."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in item.iter(NAMESPACE + "t")) for item in root]


def rows_of(path, sheet=1):
    """The rows of a statement, or of a workbook's sheet: dictionaries of column letter to text or amount."""
    with zipfile.ZipFile(path) as archive:
        texts = texts_of(archive)
        names = re.findall(r'<sheet name="([^"]*)"', archive.read("xl/workbook.xml").decode())
        number = sheet if sheet == 1 else names.index(sheet) + 1
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
    rows = []
    for row in root.iter(NAMESPACE + "row"):
        cells = {}
        for cell in row:
            value = cell.find(NAMESPACE + "v")
            column = re.match("[A-Z]+", cell.get("r"))[0]
            if value is None:
                continue
            if cell.get("t") == "s":
                cells[column] = texts[int(value.text)]
            else:
                cells[column] = Decimal(value.text).quantize(Decimal("0.01"))
        rows.append(cells)
    return rows


def starting(rows, text):
    """The first row whose first cell starts with a text."""
    return next((row for row in rows if str(row.get("A", "")).startswith(text)), {})


def total_of(rows, heading, total):
    """The last row of a table, and the sum of the amounts above it by column."""
    sums, inside = Counter(), False
    for row in rows:
        first = row.get("A")
        if first == total and inside:
            return row, sums
        if inside:
            sums.update({c: v for c, v in row.items() if isinstance(v, Decimal)})
        inside = inside or (first == "Scheme" and heading in row.values())
    return {}, sums


def check_statement(path, payee, contracts):
    """What is wrong with the figures of a payee's statement."""
    rows = rows_of(path)
    paid = sum(Decimal(c["owed"]) for c in contracts if c["status"] == "pay")
    expected = {"B": sum(Decimal(c["entitlement_to_date"]) for c in contracts),
                "C": sum(Decimal(c["paid_to_date"]) for c in contracts),
                "D": paid,
                "F": sum(Decimal(c["owed"]) for c in contracts if c["status"] != "pay")}
    expected["E"] = expected["C"] + paid
    year, year_sums = total_of(rows, "Earned so far", "All schemes")
    now, now_sums = total_of(rows, "What happens", "To be paid to you")
    found = {"headline": starting(rows, "To be paid to you for").get("F"),
             "what is paid": now.get("F"), "rows of what is paid": now_sums["F"]}
    problems = [f"{path.name}: {name} is {amount}, not {paid}"
                for name, amount in found.items() if amount != paid]
    for column, amount in expected.items():
        for name, got in (("total", year.get(column)), ("rows", year_sums[column])):
            if got != amount:
                problems.append(f"{path.name}: the year's {name} in {column}: {got}, not {amount}")
    if f"({payee})" not in starting(rows, "To").get("B", "") and \
            starting(rows, "To").get("B") != payee:
        problems.append(f"{path.name}: is not to {payee}")
    titles = [str(row.get("A", "")) for row in rows]
    for contract in contracts:
        if not any(title.endswith(f"({contract['scheme']})") for title in titles):
            problems.append(f"{path.name}: does not name {contract['scheme']}")
    return problems


def check_statements(outputs):
    """Every payee has one statement, and its figures are those of the record."""
    by_payee = defaultdict(list)
    for row in table(outputs / "payments.csv"):
        by_payee[row["payee"]].append(row)
    names = sorted(path.name for path in (outputs / "statements").iterdir())
    if names != sorted(payee + ".xlsx" for payee in by_payee):
        return [f"{outputs}: statements are not those of the payees"]
    problems = []
    for payee, contracts in by_payee.items():
        path = outputs / "statements" / f"{payee}.xlsx"
        problems += check_statement(path, payee, contracts)
    return problems


def patients(inputs):
    """The patient references of a folder of inputs, as written and without blanks."""
    found = set()
    for path in sorted(inputs.glob("activity*/*.csv")) + sorted(inputs.glob("activity*.csv")):
        text = path.read_bytes().decode("utf-8", "replace")
        for row in csv.DictReader(text.lstrip("\ufeff").splitlines()):
            reference = (row.get("patient_ref") or "").strip()
            found.update((reference, re.sub("[ -]", "", reference)))
    return {reference for reference in found if len(reference) >= 4}


def leaks(outputs, secrets):
    """Statements that hold a patient reference anywhere in their XML."""
    problems = []
    for path in (outputs / "statements").iterdir():
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                text = archive.read(name).decode("utf-8")
                words = set(re.findall(r"[^\s<>\"',;:()=]+", text))
                problems += [f"{path}: {name} holds a patient reference" for _ in words & secrets]
    return problems


def check_payment_file(outputs):
    """The payment file is the record's payments by payee and scheme, and its control says so."""
    expected = defaultdict(Decimal)
    for row in table(outputs / "payments.csv"):
        if row["status"] == "pay":
            expected[f"{row['period']}/{row['payee']}/{row['scheme']}"] += Decimal(row["owed"])
    expected = {name: amount for name, amount in expected.items() if amount != 0}
    rows = table(outputs / "payment-file.csv")
    found = {row["payment_id"]: Decimal(row["amount"]) for row in rows}
    problems = []
    if len(found) != len(rows):
        problems.append(f"{outputs}: an id stands there twice")
    if found != expected:
        wrong = {name for name in found.keys() | expected.keys()
                 if found.get(name) != expected.get(name)}
        problems.append(f"{outputs}: {sorted(wrong)[:5]}")
    payees = defaultdict(Decimal)
    for row in rows:
        payees[row["payee"]] += Decimal(row["amount"])
    problems += [f"{outputs}: {payee} would get {sum_}" for payee, sum_ in payees.items() if sum_ < 0]
    content = (outputs / "payment-file.csv").read_bytes()
    control = {"period": outputs.parent.parent.name, "file": "payment-file.csv",
               "sha256": hashlib.sha256(content).hexdigest(), "rows": str(len(rows)),
               "payees": str(len(payees)), "amount": f"{sum(expected.values(), Decimal('0.00')):.2f}"}
    if table(outputs / "payment-file-control.csv") != [control]:
        problems.append(f"{outputs}: the control is {table(outputs / 'payment-file-control.csv')}")
    return problems


# --- packs of our own --------------------------------------------------------------------------


def small_pack(folder, *, practices=1, name="Alpha", rules=()):
    """A pack of one scheme by activity; (inputs, rules). rules: files that replace ours."""
    tables = {
        "schemes.csv": "scheme,title,delivered_by,commissioned,payment,measured_by,ledger_code,"
                       "paycode,source\nS,Scheme,practice,individual,activity,activity,L1,P9,src\n",
        "indicators.csv": "scheme,indicator,title,points,method,floor,target,steps,if_no_patients,"
                          "source\n",
        "tariffs.csv": "scheme,activity,title,count,per,price,from,to,cap,patient_cap,source\n"
                       "S,X,An activity,quantity,,48.00,2025-04-01,,,,src\n",
        **dict(rules)}
    codes = [f"P{number}" for number in range(practices)]
    quoted = name.replace('"', '""')
    inputs = {
        "providers.csv": "provider,name,type\n"
                         + "".join(f'{code},"{quoted}",practice\n' for code in codes),
        "participation.csv": "scheme,provider,from\n"
                             + "".join(f"S,{code},2025-04-01\n" for code in codes),
        "activity.csv": "month,scheme,provider,activity,quantity\n"
                        + "".join(f"2025-09,S,{code},X,12\n" for code in codes)}
    for part, files in (("rules/2025-26", tables), ("inputs", inputs)):
        (folder / part).mkdir(parents=True)
        for file, text in files.items():
            (folder / part / file).write_text(text, encoding="utf-8")
    return folder / "inputs", folder / "rules"


def check_rules(folder, rules, expected):
    """A fault of the rules ends with status 78 and names the place."""
    inputs, tables = small_pack(folder, rules=rules)
    ran = engine("month-end", "--month", "2025-09", "--inputs", inputs, "--rules", tables,
                 "--archive", folder / "archive", "--by", "Ann")
    problems = [] if ran.status == 78 else [f"exit {ran.status}: {ran.said}"]
    problems += [f"{text!r} is not said: {ran.said}" for text in expected if text not in ran.said]
    return problems + (["an archive is left"] if (folder / "archive").exists() else [])


RULES_FAULTS = [
    ("a field that is not there", {"payment-file.csv": "column,field\nRef,payment_id\n"
                                                       "Sum,total\nPay,amount\n"},
     ['payment-file.csv:3:field: "total" is not one of payment_id, payee,']),
    ("a column given twice", {"payment-file.csv": "column,field\nRef,payment_id\nRef,amount\n"},
     ["payment-file.csv:3:column: this column is given twice"]),
    ("a field and a constant", {"payment-file.csv": "column,field,constant\nRef,payment_id,\n"
                                                    "Sum,amount,5\n"},
     ["payment-file.csv:3:constant: a constant beside a field: a column has one of them"]),
    ("neither id nor amount", {"payment-file.csv": "column,field\nWho,payee\n"},
     ["payment-file.csv:1:field: no column holds payment_id",
      "payment-file.csv:1:field: no column holds amount"]),
    ("no column named", {"payment-file.csv": "column,field\n,payment_id\n"},
     ["payment-file.csv:2:column: is empty, and must be filled"]),
    ("two offices", {"office.csv": "name\nA\nB\n"},
     ["office.csv:3:name: there is one row in this table, and this is another"]),
    ("no office", {"office.csv": "name\n"}, ["office.csv:1: has no row that says whom to ask"]),
    ("an office without a name", {"office.csv": "name,email\n,a@example.org\n"},
     ["office.csv:2:name: is empty, and must be filled"]),
    ("no e-mail address", {"office.csv": "name,email\nA,a.example.org\n"},
     ['office.csv:2:email: "a.example.org" is not an e-mail address']),
]


def check_template(folder):
    """The columns of the payment file are those of the template, in its order; Rules has its codes."""
    template = ("column,field,constant\nValue Date,run_date_uk,\nAmount (£),amount,\n"
                "Company,,=NHS1\nReference,payment_id,\nEmpty,,\nLedger,ledger_code,\n"
                "Code,paycode,\nPart,of_which_prior,\nTitle,scheme_title,\n")
    inputs, rules = small_pack(folder, rules={"payment-file.csv": template})
    outputs = run_period(folder / "archive", "2025-09", inputs, rules)
    expected = ("Value Date,Amount (£),Company,Reference,Empty,Ledger,Code,Part,Title\n"
                "30/09/2025,576.00,'=NHS1,2025-09/P0/S,,L1,P9,0.00,Scheme\n")
    got = (outputs / "payment-file.csv").read_text(encoding="utf-8")
    problems = [] if got == expected else [got]
    manifest = (outputs.parent / "manifest").read_text(encoding="utf-8")
    if "rules/2025-26/payment-file.csv" not in manifest:
        problems.append("the template is not sealed")
    rules_sheet = rows_of(outputs / "payments-2025-09.xlsx", RULES_SHEET)
    codes = [starting(rules_sheet, label).get("B") for label in ("Ledger code", "Paycode")]
    if codes != ["L1", "P9"]:
        problems.append(f"Rules has {codes}")
    ran = engine("verify", "2025-09/001", "--archive", folder / "archive")
    return problems + ([] if ran.status == 0 else [ran.said])


def check_office(folder):
    """Whom to ask stands in the statement; dates are written out; nothing of it without a file."""
    office = "name,email,telephone,reply_by\nThe office,pay@example.org,01632 960000,31/10/2025\n"
    inputs, rules = small_pack(folder, rules={"office.csv": office})
    outputs = run_period(folder / "archive", "2025-09", inputs, rules)
    rows = rows_of(outputs / "statements" / "P0.xlsx")
    got = (starting(rows, "Whom to ask").get("B"), starting(rows, "Please reply by").get("B"))
    problems = []
    if got != ("The office, pay@example.org, 01632 960000", "31 October 2025"):
        problems.append(got)
    (rules / "2025-26" / "office.csv").unlink()
    outputs = run_period(folder / "archive", "2025-09", inputs, rules)
    if starting(rows_of(outputs / "statements" / "P0.xlsx"), "Whom to ask"):
        problems.append("an office is named without office.csv")
    return problems


def check_formula_name(folder):
    """A name that looks like a formula is a text."""
    inputs, rules = small_pack(folder, name=FORMULA_NAME)
    outputs = run_period(folder / "archive", "2025-09", inputs, rules)
    path = outputs / "statements" / "P0.xlsx"
    problems = []
    if starting(rows_of(path), "To").get("B") != f"{FORMULA_NAME} (P0)":
        problems.append(rows_of(path))
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
        if "HYPERLINK" in sheet or "hyperlink" in sheet:
            problems.append("the sheet holds a link")
    return problems


def children_of(process):
    """The children of a process."""
    path = Path(f"/proc/{process}/task/{process}/children")
    try:
        return [int(child) for child in path.read_text(encoding="utf-8").split()]
    except OSError:
        return []


def check_killed(folder):
    """A process of the run that is killed is an error, and nothing is sealed."""
    inputs, rules = small_pack(folder, practices=1500)
    with subprocess.Popen(
            [ENGINE, "month-end", "--month", "2025-09", "--inputs", inputs, "--rules", rules,
             "--archive", folder / "archive", "--by", "Ann", "--threads", "2"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        end = time.monotonic() + 60
        while not (children := children_of(running.pid)) and time.monotonic() < end:
            time.sleep(0.001)
        for child in children:
            os.kill(child, signal.SIGKILL)
        said = "".join(running.communicate(timeout=TIME_LIMIT))
    problems = [] if running.returncode == 74 else [f"exit {running.returncode}: {said}"]
    if "a process of this run was killed by signal 9 (Killed)" not in said:
        problems.append(said)
    left = [str(path) for path in (folder / "archive").rglob("*")
            if path.name not in (".lock", "index") and path.is_file()]
    return problems + left


def check_pages(outputs, pages):
    """Printed, statements are so many pages of A4, by payee; those of several repeat their title."""
    with tempfile.TemporaryDirectory(prefix="schemepay-") as name:
        files = [outputs / "statements" / f"{payee}.xlsx" for payee in pages]
        subprocess.run(["soffice", f"-env:UserInstallation=file://{name}/profile", "--headless",
                        "--convert-to", "pdf", "--outdir", name, *map(str, files)],
                       capture_output=True, timeout=TIME_LIMIT, check=True)
        problems = []
        for path in files:
            content = Path(name, f"{path.stem}.pdf").read_bytes()
            count = len(re.findall(rb"/Type\s*/Page\b", content))
            sizes = {tuple(round(float(x)) for x in box.split())
                     for box in re.findall(rb"/MediaBox\s*\[([^]]+)\]", content)}
            if count != pages[path.stem] or sizes != {(0, 0, 595, 842)}:
                problems.append(f"{path.stem}: {count} pages of {sizes}")
            with zipfile.ZipFile(path) as archive:
                if count > 1 and "Print_Titles" not in archive.read("xl/workbook.xml").decode():
                    problems.append(f"{path.stem}: no title on each of {count} pages")
        return problems


# --- the tests ---------------------------------------------------------------------------------


def run_year(archive):
    """Run and approve every month, then the year-end; the outputs by period."""
    outputs = {}
    for month in MONTHS:
        outputs[month] = run_period(archive, month)
        must("approve", f"{month}/001", "--archive", archive, "--by", "Bob", "--yes")
    outputs["2025-26-YE"] = run_period(archive, "2025-26-YE")
    return outputs


def year_tests(tap, folder):
    """The fixtures' year."""
    outputs = run_year(folder / "archive")
    secrets = patients(FIXTURES)
    every = list(outputs.values())
    tap.check([] if len(secrets) > 100 else [len(secrets)], "there are patient references to find")
    tap.check([p for o in every for p in check_statements(o)],
              "every payee has one statement, whose figures are those of payments.csv")
    tap.check([p for o in every for p in leaks(o, secrets)], "no statement holds a patient reference")
    tap.check([p for o in every for p in check_payment_file(o)],
              "the payment file closes to the penny, and its control says so")
    statuses = Counter(row["status"] for o in every for row in table(o / "payments.csv"))
    tap.check([s for s in ("pay", "nil", "hold", "carry", "invoice") if not statuses[s]],
              "the year has contracts of every status")
    alike = [tree(run_period(folder / f"threads-{n}", "2025-09", FIXTURES, RULES, "--threads", n))
             for n in (1, 2, 5)]
    tap.check([] if alike[0] == alike[1] == alike[2] else ["they differ"],
              "the same bytes with 1, 2 and 5 threads")
    copytree(outputs["2025-09"].parent.parent.parent.parent, folder / "copy")
    path = folder / "copy" / outputs["2025-09"].relative_to(folder / "archive") / "statements"
    (path / "ZP001.xlsx").write_bytes(b"another")
    ran = engine("verify", "2025-09/001", "--archive", folder / "copy")
    is_named = ran.status == 1 and "outputs/statements/ZP001.xlsx: was changed" in ran.said
    tap.check([] if is_named else [ran.said],
              "verify names a statement that was changed")
    name = "printed, a statement is one page of A4, and one that cannot be read so is two"
    if which("soffice"):
        tap.check(check_pages(outputs["2025-09"], {"ZP001": 1, "ZP049": 1, "ZP100": 1, "ZN17": 1})
                  + check_pages(outputs["2025-26-YE"],
                                {"ZP012": 1, "ZP018": 1, "ZP088": 1, "ZP036": 2, "ZP100": 2}), name)
    else:
        tap.skip(name, "LibreOffice is not here")


def main():
    """All tests; the exit status."""
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="schemepay-") as name:
        folder = Path(name)
        year_tests(tap, folder)
        tap.check(check_template(folder / "template"), "a template sets the columns and their order")
        tap.check(check_office(folder / "office"), "whom to ask comes from office.csv")
        tap.check(check_formula_name(folder / "formula"), "a name like a formula is a text")
        for number, (what, rules, expected) in enumerate(RULES_FAULTS):
            tap.check(check_rules(folder / f"rules-{number}", rules, expected),
                      f"a fault of the rules: {what}")
        if Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists():
            tap.check(check_killed(folder / "killed"), "a killed process is an error of the run")
        else:
            tap.skip("a killed process is an error of the run", "children cannot be listed here")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
