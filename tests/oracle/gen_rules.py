"""Random rules of a financial year: schemes, indicators, tariffs."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from gen_spelling import Amount, Share, Whole, spell_share

TYPES = ("practice", "pcn", "federation", "other")
SCHEME_CODES = (
    "QIF QIF+ qif SPIRO =DOAC @JOINT -LES +X A&B C,1 it's (A) 100% #1 ~z {k} LES.2 a;b "
    "WARF DIAB x1 X1 Q_1 [s] ^ `t`"
).split() + ["LES 2", "A  B"]
ITEM_CODES = "A1 a1 INR DOAC SP-1 =FIT @2 +3 -4 R,1 o'k 50% I.1 N& COPD010 Z".split()
ITEM_CODES.append("two words")
AMOUNTS = (
    "0 0.01 0.05 1 1.50 2.675 12 12.345 100 150 140 37.5 111 198 0.005 0.333333 999.995"
).split()
SHARES = "0 1 0.80 0.8 0.75 0.5 0.333333 0.999999".split()
THRESHOLDS = "0 0.2 0.40 0.5 0.6 0.666667 0.70 0.75 0.8 0.9 0.95 1".split()
SOURCES = ("Spec 1, cl. 2", "=A1", "board paper £", 'the "blue" book', "two\nlines", "é 4")


@dataclass
class Scheme:
    """A generated scheme: its row and what the inputs need to know of it."""

    row: dict
    indicators: list = field(default_factory=list)
    tariffs: list = field(default_factory=list)
    limits: list = field(default_factory=list)

    @property
    def code(self):
        """The scheme's code."""
        return self.row["scheme"]

    @property
    def is_achievement(self):
        """Whether it pays for achievement."""
        return self.row["payment"] == "achievement"

    @property
    def types(self):
        """The provider types that deliver it."""
        return self.row["delivered_by"].split("|")

    @property
    def activities(self):
        """The codes of its activities."""
        return list(dict.fromkeys(row["activity"] for row in self.tariffs))

    @property
    def claimed(self):
        """The codes of its activities that are paid by claims."""
        paid = [row for row in self.tariffs if row["count"] in ("quantity", "patients")]
        return list(dict.fromkeys(row["activity"] for row in paid))


def amount(text):
    """An amount or rate from its decimal text."""
    return Amount(Fraction(text))


def day_in(rng, year, before=0, after=0):
    """A day of the year, give or take some days."""
    first, last = date(year, 4, 1), date(year + 1, 3, 31)
    return first + timedelta(days=rng.randint(-before, (last - first).days + after))


def make_rules(rng, year, least=2, most=6):
    """A list of schemes."""
    codes = rng.sample(SCHEME_CODES, rng.randint(least, most))
    achievement = rng.choice([0.2, 0.5, 0.8])
    schemes = [_scheme(rng, code, year, rng.random() < achievement) for code in codes]
    for scheme in schemes:
        others = [other.code for other in schemes if other is not scheme]
        if rng.random() < 0.35:
            some = rng.sample(others, rng.randint(1, min(2, len(others))))
            scheme.row["exclusive_with"] = "|".join(some)
    return schemes


def _scheme(rng, code, year, is_achievement):
    types = [t for t in TYPES if rng.random() < (0.9 if t == "practice" else 0.35)]
    row = {
        "scheme": code,
        "title": rng.choice(["Quality", "Spirometry, local", "=Title", "Été"]),
        "delivered_by": "|".join(types or ["practice"]),
        "commissioned": rng.choice(["individual", "mixed"]),
        "payment": "achievement" if is_achievement else "activity",
        "measured_by": rng.choice(["outcomes", "activity", "activity-per-patient"]),
        "review_from": rng.choice([None, day_in(rng, year)]),
        "rounding": rng.choice(["", "half-up", "half-even", "down"]),
        "recovery": rng.choice(["", "next-payment", "invoice", "invoice"]),
        "source": rng.choice(SOURCES),
    }
    scheme = Scheme(row)
    if is_achievement:
        _add_value(rng, row, year)
        for code_of in rng.sample(ITEM_CODES, rng.randint(1, 4)):
            scheme.indicators.append(_indicator(rng, code, code_of))
        rng.choice(scheme.indicators)["points"] = amount(rng.choice(["1", "2", "26", "0.5"]))
    else:
        row["claim_months"] = rng.choice(["", "", "0", Whole(1), "2", Whole(12), Whole(999999999)])
        for code_of in rng.sample(ITEM_CODES, rng.randint(1, 3)):
            scheme.tariffs.extend(_tariffs(rng, code, code_of, year))
        if rng.random() < 0.3:
            rng.shuffle(scheme.tariffs)
    return scheme


def _add_value(rng, row, year):
    basis = rng.choice(
        ["annual-value", "per-registered-patient", "per-weighted-patient", "per-point", "per-point"]
    )
    row["value_basis"] = basis
    if basis != "annual-value":
        row["value"] = amount(rng.choice(AMOUNTS + ["201.16", "227.02", "0.123456", "198.765432"]))
    needs_list = basis in ("per-registered-patient", "per-weighted-patient")
    if basis == "per-point" and rng.random() < 0.6:
        row["average_list"] = amount(rng.choice(["9103", "9085.512345", "3", "0.7"]))
        needs_list = True
    if needs_list or rng.random() < 0.3:
        row["list_date"] = rng.choice(
            [date(year, 1, 1), date(year, 4, 1), date(year, 10, 1), day_in(rng, year, 90, 90)]
        )
    row["in_year_share"] = Share(Fraction(rng.choice(SHARES)))
    row["instalment_months"] = rng.choice(["12", "12", "4", "2", "1"])
    row["pro_rata"] = rng.choice(["days", "days", "months", "none"])


def _indicator(rng, scheme, code):
    row = {
        "scheme": scheme,
        "indicator": code,
        "title": "Indicator, " + code,
        "points": amount(rng.choice(["0", "1", "1", "2", "3", "9", "26", "0.5", "1.333333"])),
        "method": rng.choice(["sliding", "sliding", "all-or-nothing", "steps"]),
        "if_no_patients": rng.choice(["", "nothing", "full"]),
        "source": rng.choice(SOURCES),
    }
    low, high = sorted(rng.sample(THRESHOLDS, 2), key=Fraction)
    if rng.random() < 0.4:
        low, high = high, low
    if row["method"] == "sliding":
        row["floor"], row["target"] = Share(Fraction(low)), Share(Fraction(high))
    elif row["method"] == "all-or-nothing":
        row["target"] = Share(Fraction(high))
        if rng.random() < 0.6:
            row["floor"] = Share(Fraction(low))
    else:
        bounds = sorted(rng.sample(THRESHOLDS, rng.randint(1, 4)), key=Fraction)
        parts = sorted(rng.choices(["0", "0.25", "0.5", "0.75", "1", "0.333333"], k=len(bounds)))
        pairs = [[spell_share(rng, Fraction(text)) for text in pair] for pair in zip(bounds, parts)]
        row["steps"] = "|".join(":".join(pair) for pair in pairs)
    return row


def _tariffs(rng, scheme, code, year):
    """The dated prices of one activity."""
    counts_patients = rng.random() < 0.6
    row = {
        "scheme": scheme,
        "activity": code,
        "title": "Activity " + code,
        "count": "patients" if counts_patients else "quantity",
        "per": rng.choice(["month", "quarter", "year"]) if counts_patients else "",
        "cap": rng.choice(["", "", *map(Whole, (0, 1, 3, 10, 40, 500, 1000))]),
        "patient_cap": rng.choice(["", "", "", "0", "1", "2", "5"]),
        "source": rng.choice(SOURCES),
    }
    first = date(year, 4, 1)
    start = rng.choice([date(year - 2, 4, 1), first, first, day_in(rng, year)])
    rows = []
    for number in range(rng.choice([1, 1, 2, 2, 3])):
        if number:
            previous = rows[-1]
            start = max(previous["from"], first)
            start += timedelta(days=rng.choice([1, 14, 45, 60, 91, 183]))
            if rng.random() < 0.5:
                start = start.replace(day=1) if start.replace(day=1) > previous["from"] else start
            gap = rng.choice([0, 0, 0, 1, 20])
            previous["to"] = max(previous["from"], start - timedelta(days=1 + gap))
            if previous["to"] >= start:
                start = previous["to"] + timedelta(days=1)
        price = amount(rng.choice(AMOUNTS))
        if number and rng.random() < 0.15:
            price = rows[-1]["price"]
        rows.append({**row, "price": price, "from": start})
    if rng.random() < 0.3:
        rows[-1]["to"] = rows[-1]["from"] + timedelta(days=rng.choice([0, 30, 200, 400]))
    return rows


def tables(schemes):
    """The rows of the three tables."""
    return {
        "schemes": [scheme.row for scheme in schemes],
        "indicators": [row for scheme in schemes for row in scheme.indicators],
        "tariffs": [row for scheme in schemes for row in scheme.tariffs],
        "limits": [row for scheme in schemes for row in scheme.limits],
    }
