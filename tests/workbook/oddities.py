"""A small pack of inputs at which workbooks break: odd texts, odd names of sheets, amounts that are exactly a half."""

import csv
import io
import random
from pathlib import Path

YEAR = "2025-26"
ROUNDINGS = ("half-up", "half-even", "down")
SCHEME_COLUMNS = ("scheme,title,delivered_by,commissioned,payment,measured_by,value_basis,value,list_date,average_list,"
                  "in_year_share,instalment_months,pro_rata,rounding,recovery,source")
NAMES = ('=HYPERLINK("http://example.invalid","click")', "+SUM(A1:A9)", "-1+1", "@cmd", "\x01\x1b[31mred\x7f",
         "Practice \U0001f468‍⚕️ with an emoji", "عيادة الطبيب", "_x0041_ is no A",
         "'quoted'", "a" * 255, "two\nlines", "<b>&amp;</b>")
# Names of our own sheets, names alike but for case, long ones alike for 31 characters, signs that sheets may not have.
CODES = ("Summary", "Rules", "History", "odd", "ODD", "it's [odd]", "x" * 40 + "1", "x" * 40 + "2", "=1+1", "007")


def table(header, rows):
    """A CSV file as text."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header.split(","), *rows])
    return text.getvalue()


def write(folder, count=40):
    """Writes rules/ and inputs/ of so many providers below a folder."""
    dice = random.Random(2526)
    rules, inputs = Path(folder) / "rules" / YEAR, Path(folder) / "inputs"
    rules.mkdir(parents=True)
    inputs.mkdir()
    providers = [f"P{number:02}" for number in range(1, count + 1)]
    schemes, indicators, tariffs, participation = [], [], [], []
    for number, code in enumerate(CODES):
        rounding = ROUNDINGS[number % 3]
        if number % 2:
            schemes.append(achievement_scheme(code, number, rounding))
            indicators += indicators_of(code, number, dice)
        else:
            schemes.append([code, f"={code} title", "practice", "individual", "activity", "activity", "", "", "", "", "",
                            "", "", rounding, "", "=1+1"])
            tariffs += [[code, f"A{n}", "@title", "quantity", "", price, "2025-04-01", "2026-03-31", "\U0001f600"]
                        for n, price in enumerate(("0.005", "0.0150", "1.000005", "12.345", "7", "0.29", "1234.565"))]
        participation += spells(code, number, providers, dice)
    files = {
        rules / "schemes.csv": table(SCHEME_COLUMNS, schemes),
        rules / "indicators.csv": table("scheme,indicator,title,points,method,floor,target,steps,if_no_patients,source",
                                        indicators),
        rules / "tariffs.csv": table("scheme,activity,title,count,per,price,from,to,source", tariffs),
        inputs / "providers.csv": table("provider,name,type", [
            [code, NAMES[n % len(NAMES)], "practice"] for n, code in enumerate(providers)]),
        inputs / "participation.csv": table("scheme,provider,from,to,annual_value", participation),
        inputs / "list_sizes.csv": table("provider,as_at,registered,weighted", [
            [code, "2025-04-01", dice.randint(1, 20000), f"{dice.randint(1, 20000)}.{dice.randint(0, 999999):06}"]
            for code in providers[1:]]),
        inputs / "activity-=1+1.csv": table("month,scheme,provider,activity,quantity", claims(providers, dice)),
        inputs / "achievement.csv": table("scheme,provider,indicator,as_at,numerator,denominator,exceptions",
                                          achievement(indicators, providers, dice)),
        inputs / "adjustments.csv": table("scheme,provider,month,amount,reason,authorised_by", [
            ["odd", "P02", "2025-05", "-10.01", '=HYPERLINK("http://example.invalid")', "\u202eJo \x02"],
            ["Summary", "P03", "2025-06", "0.07", "+1", "=A1"]]),
    }
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="")


def achievement_scheme(code, number, rounding):
    """One of every basis and way of sharing the year."""
    basis, value, list_date, average = (("annual-value", "", "", ""), ("per-registered-patient", "1.2345", "2025-07-01", ""),
                                        ("per-weighted-patient", "0.875", "2025-07-01", ""),
                                        ("per-point", "187.63", "2025-07-01", "7985.5"),
                                        ("per-point", "10.005", "", ""))[number // 2]
    share, months = ("0.80", "0.5", "0.333333", "0.7", "1")[number // 2], ("12", "4", "2", "1", "12")[number // 2]
    return [code, "title " * 40, "practice", "individual", "achievement", "outcomes", basis, value, list_date, average,
            share, months, ("days", "months", "none", "days", "months")[number // 2], rounding, "", "paper \U0001f4c4"]


def indicators_of(code, number, dice):
    """One of every method, some with a better that is lower, points that do not share evenly."""
    rows = (("sliding", "0.40", "0.90", ""), ("sliding", "0.1234", "0.05", ""), ("all-or-nothing", "", "0.75", ""),
            ("all-or-nothing", "0.30", "0.25", ""), ("steps", "", "", "0.50:0.333|0.65:0.7|0.80:1"),
            ("steps", "", "", "0.75:1"))
    return [[code, f"I{n}", "=title", dice.choice(("1", "7", "3.5", "0.25")), method, floor, target, steps,
             ("full", "nothing")[(n + number // 2) % 2], "-source"]
            for n, (method, floor, target, steps) in enumerate(rows)]


def spells(code, number, providers, dice):
    """The whole year, a part of it, two spells, and one that was over before it began."""
    rows = []
    for n, provider in enumerate(providers):
        value = f"{dice.randint(0, 99999)}.{dice.randint(0, 99):02}"
        if n % 5 == 4:
            rows += [[code, provider, "2025-04-10", "2025-08-15", value], [code, provider, "2025-11-20", "", "1234.565"]]
        elif n % 7 == 3:
            rows.append([code, provider, "1890-01-01", "2026-01-15", value])
        elif n % 11 == 5 and number % 2:
            rows.append([code, provider, "1890-01-01", "1899-05-05", value])
        else:
            rows.append([code, provider, "2024-04-01", "", value])
    return rows


def claims(providers, dice):
    """Counts that make halves of pence, one beyond what a spreadsheet can multiply, and rows that are rejected."""
    rows = []
    for number, code in enumerate(CODES):
        if number % 2 == 0:
            for provider in providers[:20]:
                rows += [[f"2025-{dice.randint(4, 9):02}", code, provider, f"A{dice.randint(0, 6)}",
                          dice.choice((1, 3, 5, 101, 997))] for _ in range(6)]
    return rows + [["2025-04", "Summary", "P02", "A6", 799999999], ["2025-04", "Summary", "P01", "=1+1", "=1"],
                   ["2025-05", "=scheme", "\x03", "A1", "1"], ["2025-05", "Summary", "\U0001f468", "A1", "y" * 40000]]


def achievement(indicators, providers, dice):
    """Shares on the threshold, above and below it, of nobody, and of fractions of people."""
    rows = []
    for scheme, indicator, *_ in indicators:
        for provider in providers[:-2]:
            denominator = dice.choice((0, 1, 4, 8, 20, 40, 1000, 12.5, 0.75))
            exceptions = dice.choice((0, 0, denominator))
            left = denominator - exceptions
            numerator = left * dice.choice((0, 0.05, 0.25, 0.5, 0.75, 0.8, 0.625, 1))
            rows.append([scheme, provider, indicator, "2026-03-31", f"{numerator:.6f}", denominator, exceptions])
    return rows
