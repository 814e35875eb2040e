"""Small packs for tests: tables as text, run by the oracle, outputs as rows."""

import csv
import io
import tempfile
from fractions import Fraction
from pathlib import Path

from money import money_text, to_pence
from oracle import Refused, reckon
from times import month_period, year_period

_SCHEME = {
    "title": "T", "delivered_by": "practice|pcn", "commissioned": "individual",
    "measured_by": "outcomes", "source": "paper",
}
_DEFAULTS = {
    "schemes": _SCHEME,
    "indicators": {"title": "T", "method": "sliding", "floor": "0", "target": "1", "source": "p"},
    "tariffs": {"title": "T", "from": "2025-04-01", "source": "p"},
    "limits": {"title": "T", "source": "p"},
    "participation": {"from": "2025-04-01"},
    "adjustments": {"reason": "r", "authorised_by": "A"},
    "holds": {"reason": "r", "authorised_by": "A"},
    "recoveries": {"reason": "r", "authorised_by": "A"},
    "providers": {"name": "Surgery", "type": "practice"},
    "activity": {"quantity": "1"},
}
_NEEDED = ("schemes", "indicators", "tariffs")
ACHIEVED = dict(payment="achievement", value_basis="annual-value", in_year_share="0.8",
                instalment_months="12", pro_rata="days")
CLAIMED = dict(payment="activity")


def table(kind, rows):
    """A table as CSV text; every row gets what a kind needs."""
    rows = [{**_DEFAULTS.get(kind, {}), **row} for row in rows]
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["scheme"]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


class Small:
    """A pack of a few rows a table, given as lists of dictionaries."""

    def __init__(self, year="2025-26", **tables):
        self.year, self.tables = year, tables
        if "providers" not in tables:
            contracts = tables.get("participation", ())
            codes = dict.fromkeys(row["provider"] for row in contracts)
            tables["providers"] = [{"provider": code} for code in codes]

    def run(self, when):
        """The four outputs for `2025-09` or `2025-26` as lists of rows; raises Refused."""
        period = month_period(when) if "-" in when and int(when[5:]) <= 12 else year_period(when)
        with tempfile.TemporaryDirectory() as folder:
            rules, inputs = Path(folder) / "rules" / self.year, Path(folder) / "inputs"
            rules.mkdir(parents=True)
            inputs.mkdir()
            for name in _NEEDED:
                if not self.tables.get(name):
                    header = "scheme,indicator,title,points,method,source\n"
                    if name == "tariffs":
                        header = "scheme,activity,title,count,price,from,source\n"
                    (rules / f"{name}.csv").write_text(header)
            for kind, rows in self.tables.items():
                is_rule = kind in (*_NEEDED, "limits")
                if rows:
                    place = rules if is_rule else inputs
                    (place / f"{kind}.csv").write_text(table(kind, rows))
            found = reckon(inputs, rules.parent, period)
        return {name: rows_of(content) for name, content in found.items()}

    def faults(self, when):
        """The exit status and the columns that are at fault, 0 where nothing is."""
        try:
            self.run(when)
        except Refused as refused:
            return refused.status, [line.split(":")[2] for line in refused.lines]
        return 0, []

    def owed(self, when):
        """What is owed to each contract, in their order."""
        return [row["owed"] for row in self.run(when)["payments.csv"]]

    def earned(self, when):
        """The entitlement of each contract, in their order."""
        return [row["entitlement_to_date"] for row in self.run(when)["payments.csv"]]


def rows_of(content):
    """The rows of an output."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def column(outputs, file, name):
    """A column of an output."""
    return [row[name] for row in outputs[file]]


def steps(amounts):
    """What each cumulative amount adds to the one before."""
    pairs = zip([Fraction(0), *map(Fraction, amounts)], map(Fraction, amounts))
    return [money_text(to_pence(b - a, "down")) for a, b in pairs]


def month(number):
    """`2025-04` for 1, up to `2026-03` for 12."""
    return f"{2025 + (number + 2) // 12}-{(number + 2) % 12 + 1:02d}"


def lists(**sizes):
    """Rows of list_sizes as at 1 April 2025: registered patients by provider."""
    return [{"provider": p, "as_at": "2025-04-01", "registered": n} for p, n in sizes.items()]


def facts(day, **numbers):
    """Rows of facts: `A_beds=5` is the fact `beds` of the provider A."""
    return [
        {"provider": key.split("_")[0], "fact": key.split("_")[1], "as_at": day, "number": number}
        for key, number in numbers.items()
    ]


def takes_part(*providers, scheme="S", **more):
    """Rows of participation from 1 April 2025."""
    return [{"scheme": scheme, "provider": provider, **more} for provider in providers]


def achieved(indicator, numerator, denominator, provider="A", as_at="2025-06-30", **more):
    """A row of achievement."""
    return {"scheme": "S", "provider": provider, "indicator": indicator, "as_at": as_at,
            "numerator": numerator, "denominator": denominator, **more}


def claim(when, activity, provider="A", scheme="S", **more):
    """A row of activity."""
    return {"month": when, "scheme": scheme, "provider": provider, "activity": activity, **more}
