#!/usr/bin/env python3
"""National files as they come drive capitation schemes for the practices of Staffordshire.

The list of patients is put into NHS England's form and the register into that of `epraccur`, with
the project's own headings.csv beside two schemes. The practices, and the lists of those that have
one, are real; they are not part of the project, and looked for in ../shared/real from its root.
"""

import csv
import io
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

from trials import Pack

from suite import REAL, RULES, Tap, engine

PLACE, ALL = "staffordshire-2021-22", "england-2021-22"
HEAD, QUARTER = Fraction("1.37"), Fraction("0.355")
SCHEMES = f"""\
scheme,title,delivered_by,commissioned,payment,measured_by,value_basis,value,list_date,\
in_year_share,instalment_months,pro_rata,source
HEAD,Pounds a head,practice,individual,achievement,outcomes,per-registered-patient,\
{float(HEAD)},2025-04-01,1,12,none,a test
CAP,Capitation by the quarter,practice,individual,activity,activity,,,,,,days,a test
"""
INDICATORS = """\
scheme,indicator,title,points,method,target,source
HEAD,H,All of it,1,all-or-nothing,0.5,a test
"""
TARIFFS = f"""\
scheme,activity,title,count,per,paid,price,from,source
CAP,LIST,A registered patient,registered,quarter,first,{float(QUARTER)},2025-04-01,a test
"""
LONG = ("PUBLICATION,EXTRACT_DATE,TYPE,SUB_ICB_LOCATION_CODE,ONS_SUB_ICB_LOCATION_CODE,CODE,POSTCODE,"
        "SEX,AGE,NUMBER_OF_PATIENTS").split(",")
SHORT = [name for name in LONG if "LOCATION" not in name]


def read(pack, name):
    """The rows of a real file."""
    with open(REAL / pack / "inputs" / name, encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def text(rows, quoting=csv.QUOTE_MINIMAL):
    """Rows as CSV."""
    stream = io.StringIO()
    csv.writer(stream, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def published(header, day, sizes):
    """NHS England's file: totals, rows by sex, a location, and a practice of elsewhere."""
    def row(kind, code, sex, number):
        cells = {"PUBLICATION": "GP_PRAC_PAT_LIST", "EXTRACT_DATE": day, "TYPE": kind, "CODE": code,
                 "SUB_ICB_LOCATION_CODE": "05D", "ONS_SUB_ICB_LOCATION_CODE": "E38000153",
                 "POSTCODE": "ST1 1AA", "SEX": sex, "AGE": "ALL", "NUMBER_OF_PATIENTS": number}
        return [cells[name] for name in header]

    rows = [header, row("SUB_ICB_LOC", "05D", "ALL", sum(sizes.values()))]
    for code, number in sizes.items():
        rows += [row("GP", code, "FEMALE", number // 2), row("GP", code, "ALL", number),
                 row("GP", code, "MALE", number - number // 2)]
    return text([*rows, row("GP", "Z99999", "ALL", 4321)])


def epraccur(practices):
    """The register: every practice, a closed one and a prison among them."""
    def row(code, name, setting="4", closed=""):
        cells = [""] * 27
        cells[0:4] = code, name.upper(), "Y60", "QNC"
        cells[9:13] = "ST1 1AA", "19740401", closed, "C" if closed else "A"
        cells[25] = setting
        return cells

    rows = [row(practice["provider"], practice["name"]) for practice in practices]
    rows += [row("Z99998", "Closed, long ago", closed="20100331"), row("Z99997", "A prison", "10")]
    return text(rows, csv.QUOTE_ALL)


def write(folder, files):
    """Files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")


def half_up(pounds):
    """Whole pence."""
    return int(pounds * 100 + Fraction(1, 2))


def payments(folder):
    """Pence owed by scheme and provider in a run's payments."""
    with open(folder / "payments.csv", encoding="utf-8") as stream:
        return {(row["scheme"], row["provider"]): half_up(Fraction(row["owed"]))
                for row in csv.DictReader(stream)}


def expected(april, july):
    """What September's run owes: half a year's instalments, and the quarters from April and July."""
    owed = {}
    for code, number in april.items():
        value = half_up(HEAD * number)
        owed["HEAD", code] = half_up(Fraction(value, 100) * Fraction(6, 12))
        owed["CAP", code] = half_up(QUARTER * number) + half_up(QUARTER * july[code])
    return owed


def main():
    """A register and two lists as published; the same money as by files of our own."""
    tap = Tap()
    if not (REAL / PLACE).is_dir() or not (REAL / ALL).is_dir():
        tap.skip("national files as they come", "the real packs are not here")
        return tap.done()
    practices = [row for row in read(PLACE, "providers.csv") if row["type"] == "practice"]
    known = {row["provider"]: int(row["registered"]) for row in read(PLACE, "list_sizes.csv")}
    april = {row["provider"]: known.get(row["provider"], 5000) for row in practices}
    july = {code: number + number % 97 - 40 for code, number in april.items()}
    with tempfile.TemporaryDirectory(prefix="schemepay-") as name:
        folder = Path(name)
        headings = (RULES / "2025-26" / "headings.csv").read_text(encoding="utf-8")
        write(folder / "rules" / "2025-26", {"schemes.csv": SCHEMES, "indicators.csv": INDICATORS,
                                             "tariffs.csv": TARIFFS, "headings.csv": headings})
        taking_part = text([["scheme", "provider", "from"],
                            *([s, code, "2025-04-01"] for s in ("HEAD", "CAP") for code in april)])
        write(folder / "national", {
            "participation.csv": taking_part,
            "epraccur.csv": epraccur(
                [row for row in read(ALL, "providers.csv") if row["type"] == "practice"]),
            "gp-reg-pat-prac-all-2025-04.csv": published(LONG, "01APR2025", april),
            "gp-reg-pat-prac-all-2025-07.csv": published(SHORT, "2025-07-01", july)})
        sizes = [(code, day, number) for day, some in (("2025-04-01", april), ("2025-07-01", july))
                 for code, number in some.items()]
        write(folder / "own", {
            "participation.csv": taking_part,
            "providers.csv": text([["provider", "name", "type"],
                                   *([p["provider"], p["name"], "practice"] for p in practices)]),
            "list_sizes.csv": text([["provider", "as_at", "registered"], *sizes])})
        pack, own_pack = (Pack(kind, folder / kind, folder / "rules", ["--month", "2025-09"])
                          for kind in ("national", "own"))
        (found, run), own = pack.disagreements(), own_pack.run()
        tap.check(found, "engine and oracle agree on national files")
        same = [table for table in ("payments.csv", "lines.csv", "exceptions.csv")
                if run.outputs.get(table) != own.outputs.get(table) or table not in run.outputs]
        tap.check(same, "the same payments, lines and exceptions as by files of our own")
        archive = folder / "archive"
        done = engine(*pack.command(), "--archive", archive)
        outputs = archive / "2025-26" / "2025-09" / "001" / "outputs"
        owed, wanted = payments(outputs), expected(april, july)
        tap.ok(len(april) == 145 and owed == wanted, f"{len(owed)} contracts, each to the penny",
               *(f"{key}: {owed.get(key)} of {pence}" for key, pence in wanted.items()
                 if owed.get(key) != pence))
        tap.ok(sum(owed.values()) == sum(wanted.values()), "the sum of all, to the penny")
        warned = [f"{len(july) * 2 + 1} rows with another TYPE, SEX or AGE", "1 row with another #26",
                  "1 row of providers that are not in the register"]
        tap.check([word for word in warned if word not in done.err], "what is not ours is counted")
        with open(outputs / "controls.csv", encoding="utf-8") as stream:
            rows = {row["file"]: row for row in csv.DictReader(stream)}
        lists = rows["gp-reg-pat-prac-all-2025-07.csv"]
        tap.ok(lists["rows"] == lists["accepted"] == str(len(july) * 3 + 2), "every row is accounted for",
               lists)
        again = engine("approve", "2025-09/001", "--archive", archive, "--rules", folder / "rules",
                       "--by", "Sam", "--yes", "--quiet")
        verified = engine("verify", "2025-09/001", "--archive", archive)
        sealed = archive / "2025-26" / "2025-09" / "001" / "inputs" / "epraccur.csv"
        tap.ok(again.status == 0 and verified.status == 0 and
               sealed.read_bytes() == (folder / "national" / "epraccur.csv").read_bytes(),
               "approved and verified; the archive has the file as it came", again.said, verified.said)
        first = practices[0]["provider"]
        told = engine("explain", "2025-09/001", first, "HEAD", "--archive", archive)
        tap.ok("gp-reg-pat-prac-all-2025-04.csv:4" in told.out, "an explanation names its line",
               told.said)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
