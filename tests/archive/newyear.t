#!/usr/bin/env python3
"""The files that new-year writes: every byte of a small year's, and that the fixtures' new year can begin.

TAP on standard output.
"""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from suite import FIXTURES, RULES, Tap, engine  # noqa: E402  pylint: disable=wrong-import-position
from tiny import Folder  # noqa: E402  pylint: disable=wrong-import-position

YEAR = {
    "rules/2025-26/schemes.csv":
        "title,scheme,delivered_by,commissioned,payment,measured_by,value_basis,value,list_date,in_year_share,"
        "instalment_months,pro_rata,source,ours\n"
        "\"A \"\"good\"\" scheme\",A,practice,individual,achievement,outcomes,per-registered-patient,\u00a31.50,"
        "29/02/2024,80%,4,days,\"paper, two\nlines\",x\n"
        "Second,B,practice,individual,activity,activity,,,,,,,-paper,\n",
    "rules/2025-26/indicators.csv":
        "scheme,indicator,title,points,method,floor,target,unit,due,source\n"
        "A,I,Title,1,sliding,-0.1,0.5,rate,Sep-25,paper\n",
    "rules/2025-26/tariffs.csv":
        "scheme,activity,title,count,price,from,to,source\n"
        "B,X,First,quantity,1,2025-04-01,2025-09-30,paper\n"
        "B,X,Second,quantity,2,2025-10-01,,paper\n"
        "B,Y,Third,quantity,3,2024-04-01,2026-03-31,paper\n"
        "B,Z,Gone,quantity,4,2025-04-01,2026-03-30,paper\n",
    "rules/2025-26/office.csv": "name,reply_by\nOffice,30/04/2026\n",
    "rules/2025-26/payment-file.csv": "column,field,constant\nId,payment_id,\nPay,amount,\nSort,,00-00-00\n",
    "inputs/providers/1.csv":
        "provider,name,type,payee,from,to\nP1,Old,practice,,,31/12/2025\nP1,New,practice,P2,01/01/2026,\n",
    "inputs/providers-2.csv":
        "provider,name,type,payee,from,to\nP2,Ended,practice,,,2026-03-31\nP3,Gone,practice,,,2026-03-31\n",
    "inputs/participation.csv":
        "scheme,provider,from,to,list_date\nA,P1,2025-04-01,,01-Feb-26\nA,P2,2025-04-01,2026-04-01,\n"
        "B,P1,2025-04-01,2026-03-31,\nB,P1,2026-05-01,,\nB,P3,2025-04-01,2026-03-31,\n",
}
NEW = {
    "rules/2026-27/schemes.csv":
        "scheme,title,delivered_by,commissioned,payment,measured_by,review_from,review_to,value_basis,value,"
        "list_date,average_list,in_year_share,in_year_of,achieved_by,instalment_months,pro_rata,rounding,recovery,"
        "claim_months,exclusive_with,ledger_code,paycode,source\n"
        "A,\"A \"\"good\"\" scheme\",practice,individual,achievement,outcomes,,,per-registered-patient,\u00a31.50,"
        "2025-02-28,,80%,,,4,days,,,,,,,\"paper, two\nlines\"\n"
        "B,Second,practice,individual,activity,activity,,,,,,,,,,,,,,,,,,-paper\n",
    "rules/2026-27/indicators.csv":
        "scheme,indicator,title,points,method,floor,target,steps,if_no_patients,min_patients,unit,against,group,"
        "due,factor,source\nA,I,Title,1,sliding,-0.1,0.5,,,,rate,,,2026-09,,paper\n",
    "rules/2026-27/tariffs.csv":
        "scheme,activity,title,count,per,paid,price,from,to,cap,cap_of,cap_per,patient_cap,group,again_after,source\n"
        "B,X,Second,quantity,,,2,2026-04-01,,,,,,,,paper\nB,Y,Third,quantity,,,3,2026-04-01,,,,,,,,paper\n",
    "rules/2026-27/office.csv": "name,email,telephone,reply_by,unusual_times,unusual_pounds\nOffice,,,2027-04-30,,\n",
    "rules/2026-27/payment-file.csv": "column,field,constant\nId,payment_id,\nPay,amount,\nSort,,00-00-00\n",
    "next/providers.csv":
        "provider,name,type,pcn,payee,from,to,email\nP2,Ended,practice,,,,2026-03-31,\n"
        "P1,New,practice,,P2,2026-01-01,,\n",
    "next/participation.csv":
        "scheme,provider,from,to,annual_value,list_date,merged_into\nA,P1,2026-04-01,,,2027-02-01,\n"
        "A,P2,2026-04-01,2026-04-01,,,\nB,P1,2026-05-01,,,,\n",
    "next/list_sizes.csv": "provider,as_at,registered,weighted\n",
    "next/facts.csv": "provider,fact,as_at,number\n",
    "next/activity.csv": "month,scheme,provider,activity,patient_ref,activity_date,quantity,submission,received\n",
    "next/achievement.csv": "scheme,provider,indicator,as_at,numerator,denominator,exceptions,submission\n",
    "next/payments_before.csv": "scheme,provider,month,amount,reference\n",
    "next/adjustments.csv": "scheme,provider,month,amount,reason,authorised_by\n",
    "next/holds.csv": "scheme,provider,from,to,reason,authorised_by\n",
    "next/recoveries.csv": "scheme,provider,from,to,monthly,reason,authorised_by\n",
}


def files_of(folder):
    """All files below a folder, by path."""
    return {str(path.relative_to(folder)): path.read_bytes().decode()
            for path in folder.rglob("*") if path.is_file()}


def small_year(tap, folder):
    """Every byte of what is written, and nothing of the year before touched."""
    for name, text in YEAR.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    before, printed = files_of(folder), set()
    for threads in ("1", "3"):
        shutil.rmtree(folder / "next", ignore_errors=True)
        shutil.rmtree(folder / "rules/2026-27", ignore_errors=True)
        ran = engine("new-year", "--year", "2026-27", "--inputs", "inputs", "--output", "next", "--threads", threads,
                     cwd=folder)
        printed.add(ran.said)
        tap.ok(ran.status == 0, f"{threads} threads: it is written", ran.said)
        got, wanted = files_of(folder), {**before, **NEW}
        tap.check(sorted(got.keys() ^ wanted.keys()), "these files and no others")
        for name, text in wanted.items():
            tap.ok(got.get(name) == text, f"{name}", text, got.get(name))
    tap.ok(len(printed) == 1, "any number of threads says the same", printed)
    ran = engine("check", "--month", "2026-04", "--inputs", "next", cwd=folder)
    tap.ok(ran.status == 0, "April is read without a fault", ran.said)


def fixtures(tap, folder):
    """The new year of the fixtures is read without a fault, and its April can be sealed."""
    shutil.copytree(RULES, folder / "rules")
    ran = engine("new-year", "--year", "2026-27", "--inputs", FIXTURES, "--output", "next", cwd=folder)
    tap.ok(ran.status == 0, "fixtures: it is written", ran.said)
    for command in ("check", "month-end"):
        by = ["--by", "Ann"] if command == "month-end" else []
        ran = engine(command, "--month", "2026-04", "--inputs", "next", *by, cwd=folder)
        tap.ok(ran.status == 0, f"fixtures: {command} of April", ran.said)
        others = [line for line in ran.err.splitlines()
                  if "has a header and no rows" not in line and "due for review" not in line]
        tap.check(others, f"fixtures: {command} warns of nothing but files that are empty yet")
    again = engine("new-year", "--year", "2026-27", "--inputs", FIXTURES, "--output", "other", cwd=folder)
    tap.ok(again.status == 73 and not (folder / "other").exists(), "fixtures: a second time is refused", again.said)


def main():
    """Both years."""
    tap = Tap()
    with Folder() as folder:
        small_year(tap, folder)
    with Folder() as folder:
        fixtures(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
