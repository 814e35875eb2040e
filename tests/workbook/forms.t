#!/usr/bin/env python3
"""Claim forms: made, filled in, saved as CSV by LibreOffice, and read.

What a form offers and refuses is read from the workbook's XML and held against the pack, worked out here day by day.
Then two forms are filled in with random rows, some of them wrong, saved as CSV files of UTF-8 (forms.bas), and put
among the inputs: each row that the form finds nothing in must be accepted, each other one must not, and what the form
is worth must be what the engine pays. Prints TAP; what needs LibreOffice is skipped where it is not installed.
"""

import csv
import random
import re
import shutil
import sys
import tempfile
import zipfile
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import sheets  # noqa: E402
from macro import run_macro  # noqa: E402
from suite import Tap, engine, must  # noqa: E402

MACRO = Path(__file__).with_name("forms.bas")
SCHEMES = """scheme,title,delivered_by,commissioned,payment,measured_by,value_basis,value,list_date,average_list,\
in_year_share,instalment_months,pro_rata,rounding,claim_months,source
QTY,Counted & paid,practice|pcn,mixed,activity,activity,,,,,,,,half-even,2,s
PAT,By patient,practice,individual,activity,activity-per-patient,,,,,,,,,,s
EACH,Unclaimed,practice,individual,activity,activity,,,,,,,days,,,s
VAL,Points,practice,individual,achievement,outcomes,annual-value,,,,0.5,12,none,,,s
"""
INDICATORS = """scheme,indicator,title,points,method,floor,target,source
VAL,I,only,5,sliding,0.1,0.9,s
"""
TARIFFS = """scheme,activity,title,count,per,price,from,to,group,cap,source
QTY,007,first,quantity,,12.345,2025-04-01,2025-09-15,,,s
QTY,007,first,quantity,,13,2025-09-16,2026-02-10,,,s
QTY,x y,"with a blank, and a comma",quantity,,0.005,2025-06-15,,,999999,s
QTY,old,last year's,quantity,,1,2024-04-01,2025-03-31,,,s
PAT,INIT,once a year,patients,year,40,2025-04-01,,,,s
PAT,VISIT,in a group,patients,quarter,7.50,2025-04-01,,VISITS,,s
PAT,HOME,dearer,patients,quarter,20,2025-05-20,2025-12-31,VISITS,,s
EACH,E,each,each,quarter,100,2025-04-01,,,,s
"""
PROVIDERS = "provider,name,type,payee\nM1,One & Sons,practice,\nM2,Two,practice,\nN1,Net,pcn,\nm1,Another,practice,M1\n"
PARTICIPATION = """scheme,provider,from,to,annual_value
QTY,M1,2025-04-01,2025-06-20,
QTY,M1,2025-08-05,,
QTY,N1,2024-04-01,2025-03-31,
QTY,m1,2026-02-11,2026-03-03,
PAT,M1,2025-04-01,,
PAT,M2,2025-09-10,2026-01-31,
EACH,M1,2025-04-01,,
VAL,M1,2025-04-01,,1200
"""
HEADER = ["month", "scheme", "provider", "activity", "patient_ref", "activity_date", "quantity", "submission",
          "received"]
FIRST, LAST = date(2025, 4, 1), date(2026, 3, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
EPOCH = date(1899, 12, 30)
ROWS = 90  # that are filled in, of each form
SUPERSEDED = "submission: a higher one of the month takes this row's place"
NHS_NUMBER = "patient_ref: ten digits look like an NHS number"


def write_pack(folder):
    """The rules and the inputs."""
    texts = {"rules/2025-26/schemes.csv": SCHEMES, "rules/2025-26/indicators.csv": INDICATORS,
             "rules/2025-26/tariffs.csv": TARIFFS, "inputs/providers.csv": PROVIDERS,
             "inputs/participation.csv": PARTICIPATION}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


# --- what the pack says ----------------------------------------------------------------------------


def rows_of(text):
    return list(csv.DictReader(text.splitlines()))


def covers(row, day):
    return date.fromisoformat(row["from"]) <= day <= (date.fromisoformat(row["to"]) if row["to"] else date.max)


class Offer(NamedTuple):
    """What a form has to offer: months by their first days, activities, prices by month, activity and day."""

    months: list
    activities: list
    prices: dict
    days: set  # on which the contract takes part


def offer(scheme, provider):
    """The offer of a contract, day by day."""
    spells = [row for row in rows_of(PARTICIPATION) if (row["scheme"], row["provider"]) == (scheme, provider)]
    tariffs = [row for row in rows_of(TARIFFS) if row["scheme"] == scheme and row["count"] != "each"]
    days = {day for day in DAYS if any(covers(spell, day) for spell in spells)}
    prices = {(day.replace(day=1), row["activity"], row["price"]) for row in tariffs for day in days
              if covers(row, day)}
    paid = {(day.replace(day=1), row["activity"], day): row["price"] for row in tariffs for day in DAYS
            if covers(row, day) and (day.replace(day=1), row["activity"], row["price"]) in prices}
    order = list(dict.fromkeys(row["activity"] for row in tariffs))
    return Offer(sorted({month for month, _, _ in paid}),
                 [code for code in order if any(code == other for _, other, _ in paid)], paid, days)


# --- what the form says ----------------------------------------------------------------------------


def serial(day):
    return (day - EPOCH).days


def day_of(value):
    return EPOCH + timedelta(days=int(float(value)))


class Form:
    """A form as it is stored."""

    def __init__(self, path):
        strings = sheets.shared_strings(path)
        self.cells = {key: strings[int(cell.value)] if cell.type == "s" else cell.value
                      for key, cell in sheets.read_cells(path, formulas_only=False).items()}
        with zipfile.ZipFile(path) as archive:
            book = archive.read("xl/workbook.xml").decode()
            self.sheets = [name for name, _ in sheets.sheet_parts(archive)]
            claim = archive.read("xl/worksheets/sheet1.xml").decode()
            self.protected = ["<sheetProtection sheet=\"1\"" in archive.read(part).decode()
                              for _, part in sheets.sheet_parts(archive)]
            self.styles = archive.read("xl/styles.xml").decode()
        self.names = {name: unescape(text) for name, text in
                      re.findall(r'<definedName name="([a-z_]+)">([^<]*)<', book)}
        self.claim = claim
        self.entries = {}
        for attributes, inside in re.findall(r"<dataValidation ([^>]*)>(.*?)</dataValidation>", claim, re.S):
            found = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
            formulas = [unescape(text) for text in re.findall(r"<formula\d>(.*?)</formula\d>", inside, re.S)]
            self.entries[found["sqref"][0]] = (found["type"], formulas, found)
        self.rows = int(re.search(r"(\d+)$", self.names["claim_month"])[1]) - 1

    def column(self, name):
        """The cells that a name stands for."""
        sheet, column, first, last = re.fullmatch(r"'(.+)'!\$([A-Z]+)\$(\d+)(?::\$[A-Z]+\$(\d+))?",
                                                  self.names[name]).groups()
        return [self.cells.get((sheet, f"{column}{row}"), "") for row in range(int(first), int(last or first) + 1)]

    def offer(self):
        """What it offers, in the form of the pack's own."""
        lines = zip(*(self.column(f"price_{name}") for name in ("month", "activity", "each", "from", "to")))
        prices = {}
        for month, activity, each, first, last in lines:
            for number in range(int(first), int(last) + 1):
                prices[day_of(month), activity, day_of(number)] = each
        days = {day_of(number) for first, last in zip(self.column("part_from"), self.column("part_to"))
                for number in range(int(first), int(last) + 1)}
        return Offer([day_of(value) for value in self.column("months")], self.column("activities"), prices, days)


def same_offer(found, wanted, only=None):
    """What is offered otherwise than the pack says."""
    months = [month for month in wanted.months if only is None or month == only]
    prices = {key: float(value) for key, value in wanted.prices.items() if key[0] in months}
    activities = [code for code in wanted.activities if any(code == key[1] for key in prices)]
    wrong = [] if found.months == months else [f"months {found.months}, not {months}"]
    wrong += [] if found.activities == activities else [f"activities {found.activities}, not {activities}"]
    if {key: float(value) for key, value in found.prices.items()} != prices:
        wrong.append(f"prices {set(found.prices.items()) ^ set(prices.items())}")
    last = (months[-1].replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    span = {day for day in DAYS if months[0] <= day <= last}
    return wrong + ([] if found.days & span == wanted.days & span else ["days of participation"])


def test_stored(tap, folder):
    """What is in the files, without LibreOffice."""
    year = folder / "year"
    paths = sorted(year.iterdir())
    contracts = {"QTY M1": ("QTY", "M1"), "QTY m1 (2)": ("QTY", "m1"), "PAT M1": ("PAT", "M1"), "PAT M2": ("PAT", "M2")}
    tap.ok({path.name for path in paths} == {f"2025-26 claim {name}.xlsx" for name in contracts},
           "a form for each contract that is paid for claims, under a name of its own", [p.name for p in paths])
    for name, contract in contracts.items():
        form = Form(year / f"2025-26 claim {name}.xlsx")
        tap.check(same_offer(form.offer(), offer(*contract)), f"{name}: months, activities, prices and days of the pack")
        entries = {column: (kind, formulas) for column, (kind, formulas, _) in form.entries.items()}
        tap.ok(entries["A"] == ("list", ["months"]) and entries["D"] == ("list", ["activities"]) and
               entries["G"] == ("whole", ["1", "999999"]) and set(entries) == set("ADEFGHI"),
               f"{name}: lists and whole numbers where they belong", entries)
        tap.ok(all(found["sqref"] == f"{column}2:{column}{form.rows + 1}" and found.get("errorStyle", "stop") == "stop"
                   and found["showErrorMessage"] == "1" for column, (_, _, found) in form.entries.items()),
               f"{name}: entries are looked at in every row", form.entries)
        tap.ok([form.cells["Claim", f"{letter}1"] for letter in "ABCDEFGHI"] == HEADER and
               not any(column > "I" for sheet, place in form.cells if sheet == "Claim" and (column := place[0])),
               f"{name}: the first row of Claim is the header of the contract")
        tap.ok(form.sheets[0] == "Claim" and all(form.protected), f"{name}: Claim stands first; sheets are protected")
    by_month = Form(folder / "month" / "2025-09 claim QTY M1.xlsx")
    tap.check(same_offer(by_month.offer(), offer("QTY", "M1"), date(2025, 9, 1)), "a form of a month has that month alone")
    received = dict(zip(form_months(year, "QTY M1"), Form(year / "2025-26 claim QTY M1.xlsx").column("received_by")))
    tap.ok(day_of(received[date(2025, 12, 1)]) == date(2026, 2, 28), "claims are received by the end of the second month")


def form_months(folder, name):
    return [day_of(value) for value in Form(folder / f"2025-26 claim {name}.xlsx").column("months")]


# --- filling in ------------------------------------------------------------------------------------


def random_rows(chance, wanted, has_patients):
    """Rows of a form: values by column, numbers for months, days and whole numbers; some of them wrong."""
    rows = []
    patients = [f"p{n}" for n in range(5)] + ["P1", "0012", "12", "Zoë"]
    for _ in range(ROWS):
        month = chance.choice(wanted.months)
        days = [day for day in DAYS if day.replace(day=1) == month]
        row = {"A": serial(month), "D": chance.choice(wanted.activities),
               "F": serial(chance.choice([days[0], days[0], days[-1], chance.choice(days)])),
               "G": chance.choice([1, 1, 2, 17, 40000]), "E": chance.choice(patients)}
        if not has_patients and chance.random() < 0.7:
            del row["E"]
        if chance.random() < 0.25:
            del row["F"]
        spoil = chance.random()
        if spoil < 0.04:
            row["A"] = chance.choice([serial(date(2025, 7, 1)), serial(date(2026, 4, 1)), "soon"])
        elif spoil < 0.08:
            row["D"] = chance.choice(["none", "OLD", "init", "old"])
        elif spoil < 0.12:
            row["F"] = chance.choice([serial(days[0]) - 1, serial(days[-1]) + 1, "yesterday"])
        elif spoil < 0.16:
            row["G"] = chance.choice([1.5, -1, "many"])
        elif spoil < 0.20:
            row["E"] = chance.choice(["n/a", "-", "Unknown"])
        elif spoil < 0.24:
            row["I"] = chance.choice([serial(days[-1]) + 10, serial(days[-1]) + 100, "late"])
        elif spoil < 0.28:
            row["H"] = chance.choice([1, 2, 1.25])
        elif spoil < 0.34 and rows:
            row = dict(chance.choice(rows))
        elif spoil < 0.36:
            del row[chance.choice("ADG")]
        rows.append(row)
    return rows


def fill(rows):
    """The steps that fill rows in, from the second of the sheet on."""
    for number, row in enumerate(rows, start=2):
        for column, value in row.items():
            kind = "text" if isinstance(value, str) else "number"
            yield f"{kind}\t0\t{column}{number}\t{value}"


TRIED = [  # column, value, other values of the row, whether it is taken
    ("E", "4857773456", {}, False), ("E", "485 777 3456", {}, False), ("E", "485-777-3456x", {}, False),
    ("E", "485777345", {}, True), ("E", "48577734567", {}, True), ("E", "p-1", {}, True),
    ("F", date(2025, 9, 1), {"A": date(2025, 9, 1)}, True), ("F", date(2025, 9, 30), {"A": date(2025, 9, 1)}, True),
    ("F", date(2025, 8, 31), {"A": date(2025, 9, 1)}, False), ("F", date(2025, 10, 1), {"A": date(2025, 9, 1)}, False),
    ("F", date(2025, 8, 4), {"A": date(2025, 8, 1)}, False), ("F", date(2025, 8, 5), {"A": date(2025, 8, 1)}, True),
    ("F", date(2025, 6, 21), {"A": date(2025, 6, 1)}, False), ("F", date(2025, 9, 1), {}, False),
    ("F", "soon", {"A": date(2025, 9, 1)}, False),
    ("I", date(2025, 11, 30), {"A": date(2025, 9, 1)}, True), ("I", date(2025, 12, 1), {"A": date(2025, 9, 1)}, False),
    ("I", date(2025, 8, 31), {"A": date(2025, 9, 1)}, False),
]


def try_entries(form):
    """The steps that ask the form's own tests about entries, a row each, in a column beside the claim."""
    yield "unprotect\t0"
    for number, (column, value, others, _) in enumerate(TRIED, start=200):
        for place, content in [(column, value), *others.items()]:
            content = serial(content) if isinstance(content, date) else content
            yield f"{'text' if isinstance(content, str) else 'number'}\t0\t{place}{number}\t{content}"
        formula = re.sub(r"(\$[A-I])2\b", rf"\g<1>{number}", form.entries[column][1][0]).replace(",", ";")
        yield f"formula\t0\tL{number}\t=IF({formula};1;0)"
    yield f"show\t0\tL200:L{199 + len(TRIED)}"


def states_of(inputs, folder, period):
    """What the engine makes of the inputs: reasons by file and line, entitlements, control totals."""
    archive = folder / "archive"
    must(*period, "--inputs", inputs, "--rules", folder / "rules", "--archive", archive, "--by", "Ann", "--quiet")
    run = next(path.parent for path in archive.rglob("manifest"))
    tables = {name: rows_of((run / "outputs" / f"{name}.csv").read_text(encoding="utf-8"))
              for name in ("exceptions", "payments", "controls")}
    reasons = {(row["file"], int(row["line"])): row["reason"] for row in tables["exceptions"] if row["file"]}
    paid = {(row["scheme"], row["provider"]): row["entitlement_to_date"] for row in tables["payments"]}
    return reasons, paid, {row["file"]: row for row in tables["controls"]}


def test_filled(tap, folder):
    """Forms filled in, saved, and read; why the engine rejected which rows."""
    names = {"QTY M1": False, "PAT M1": True}
    chance = random.Random(15)
    filled, steps = {}, []
    (folder / "inputs" / "activity").mkdir()
    for name, has_patients in names.items():
        path = folder / "year" / f"2025-26 claim {name}.xlsx"
        filled[name] = random_rows(chance, offer(*name.split()), has_patients)
        saved = folder / "inputs" / "activity" / f"{path.stem}.csv"
        form = Form(path)
        steps += [f"open\t{path.as_uri()}", *fill(filled[name]), f"show\t1\tG7:G{6 + ROWS}", f"show\t1\tF7:F{6 + ROWS}",
                  "show\t2\tJ3", "show\t1\tE3:E4", f"csv\t{saved.as_uri()}"]
        steps += try_entries(form) if name == "QTY M1" else ()
        steps.append("close")
    shown = iter(run_macro(MACRO, steps, folder))
    parts = {}
    for name in names:
        parts[name] = [next(shown) for _ in range(4)]
        if name == "QTY M1":
            tried = next(shown)
            tap.check([f"{column} {value} {others}: {'taken' if is_taken == '1' else 'refused'}"
                       for (column, value, others, wanted), is_taken in zip(TRIED, tried)
                       if is_taken != str(int(wanted))], "what may be typed into a form, and what not")
    reasons, paid, controls = states_of(folder / "inputs", folder, ["month-end", "--month", "2026-03"])
    for name in names:
        judge(tap, name, filled[name], parts[name], reasons, paid, controls)
    return reasons


def judge(tap, name, rows, parts, reasons, paid, controls):
    """Holds what a form said of its rows against what the engine did with them."""
    to_do, _, worth, counts = parts
    file = f"activity/2025-26 claim {name}.csv"
    wrong, found = [], set()
    for number, (row, said) in enumerate(zip(rows, to_do), start=2):
        reason = reasons.get((file, number))
        found.add(said)
        is_refused = bool(said) and said not in (SUPERSEDED, NHS_NUMBER)
        if is_refused != bool(reason) and not (said and row.get("G") == -1):
            wrong.append(f"row {number}, {row}: the form says {said!r}, the engine {reason}")
    tap.check(wrong, f"{name}: what the form finds is what the engine rejects or holds, row by row")
    tap.ok(len(found) >= 8, f"{name}: rows of many kinds", sorted(found))
    superseded = sum(said == SUPERSEDED for said in to_do)
    control = controls[file]
    tap.ok((int(control["rows"]), int(control["accepted"]), int(control["superseded"])) ==
           (ROWS, sum(not said for said in to_do), superseded),
           f"{name}: rows that nobody filled in are no rows, and all without a remark are accepted", control, superseded)
    tap.ok([int(float(line)) for line in counts] == [ROWS, sum(bool(said) for said in to_do)],
           f"{name}: the form counts its rows", counts)
    total, entitled = f"{float(worth[0]):.2f}", paid[tuple(name.split())]
    tap.ok(total == entitled and float(total) > 0, f"{name}: the claim is worth what is paid", total, entitled)


def test_accepted(tap, folder, reasons):
    """A form as people fill it in: every row of its CSV is accepted, with --strict."""
    inputs = folder / "clean"
    shutil.copytree(folder / "inputs", inputs)
    shutil.rmtree(inputs / "activity")
    (inputs / "activity").mkdir()
    path = folder / "inputs" / "activity" / "2025-26 claim PAT M1.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    tap.ok(lines[0] == ",".join(HEADER) and len(lines) > ROWS + 1 and set(lines[-1]) == {","},
           "the CSV begins with the header, and rows not filled in are commas", lines[0], lines[-1])
    dates = [row for row in csv.reader(lines[1:]) if row[5]]
    tap.ok(sum(bool(re.fullmatch("[0-9]{2}/[0-9]{2}/[0-9]{4}", row[5])) for row in dates) > ROWS / 2 and
           sum(bool(re.fullmatch("[0-9]{4}-[0-9]{2}", row[0])) for row in csv.reader(lines[1:])) > ROWS / 2,
           "dates and months are saved as the inputs have them", dates[:3])
    tap.ok(any(",Zoë," in line for line in lines) and any(",0012," in line for line in lines),
           "letters of other languages and noughts at the front are kept")
    bad = {line for (file, line) in reasons if file.endswith(path.name)}
    good = [line for number, line in enumerate(lines, start=1) if number not in bad and line.isascii()]
    (inputs / "activity" / path.name).write_text("\n".join(good) + "\n", encoding="utf-8")
    ran = engine("check", "--month", "2026-03", "--inputs", inputs, "--rules", folder / "rules", "--strict",
                 "--archive", folder / "none")
    tap.ok(ran.status == 0 and "activity/" not in ran.said, "without the rows remarked on, --strict finds nothing", ran.said)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pack(folder)
        line = ["forms", "--inputs", folder / "inputs", "--rules", folder / "rules"]
        must(*line, "--year", "2025-26", "--output", folder / "year")
        must(*line, "--year", "2025-26", "--output", folder / "again", "--threads", "3")
        must(*line, "--month", "Sep-25", "--output", folder / "month")
        test_stored(tap, folder)
        tap.ok(all(path.read_bytes() == (folder / "again" / path.name).read_bytes()
                   for path in (folder / "year").iterdir()), "the same bytes with any number of threads")
        if shutil.which("soffice") is None:
            tap.skip("forms filled in, saved and read", "LibreOffice (libreoffice-calc-nogui) is not installed")
        else:
            test_accepted(tap, folder, test_filled(tap, folder))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
