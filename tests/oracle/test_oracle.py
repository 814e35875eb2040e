"""The oracle against published figures and against itself on random packs.

    python3 tests/oracle/test_oracle.py
"""

import csv
import io
import json
import sys
import tempfile
import unittest
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import packs
from money import to_pence
from oracle import Refused, reckon
from pack import is_nhs_number
from times import month_period, year_period

SCHEME_NAMES = (
    "scheme,title,delivered_by,commissioned,payment,measured_by,value_basis,value,list_date,"
    "average_list,in_year_share,instalment_months,pro_rata,source\n"
)
INDICATOR_NAMES = "scheme,indicator,title,points,method,floor,target,source\n"
TARIFF_NAMES = "scheme,activity,title,count,per,price,from,cap,source\n"
ACTIVITY_NAMES = "month,scheme,provider,activity,patient_ref,activity_date,quantity\n"
REGISTER = "provider,name,type\nA,Surgery,practice\nB,Surgery,practice\nC,Surgery,practice\n"
PARTICIPATION = "scheme,provider,from,to,annual_value\n"


def run(period, scheme, indicators="", tariffs="", year="2025-26", **inputs):
    """The four outputs of a small pack as lists of rows."""
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules" / year
        rules.mkdir(parents=True)
        (rules / "schemes.csv").write_text(SCHEME_NAMES + scheme + "\n")
        (rules / "indicators.csv").write_text(INDICATOR_NAMES + indicators)
        (rules / "tariffs.csv").write_text(TARIFF_NAMES + tariffs)
        source = Path(folder) / "inputs"
        source.mkdir()
        (source / "providers.csv").write_text(REGISTER)
        for kind, text in inputs.items():
            (source / f"{kind}.csv").write_text(text)
        found = reckon(source, rules.parent, period)
    return {name: _rows(content) for name, content in found.items()}


def _rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def column(outputs, file, name):
    """A column of an output."""
    return [row[name] for row in outputs[file]]


class Vectors(unittest.TestCase):
    """Published figures."""

    def test_points_times_value_times_list(self):
        outputs = run(
            month_period("2025-04"),
            "S,S,practice,individual,achievement,outcomes,per-point,201.16,2025-04-01,9103,0.8,12,"
            "none,x",
            "S,I,I,74,sliding,0,1,x\n",
            participation=PARTICIPATION + "".join(f"S,{p},2025-04-01,,\n" for p in "ABC"),
            list_sizes="provider,as_at,registered\nA,2025-01-01,9103\nB,2025-01-01,4550\n"
            "C,2025-04-01,18200\n",
        )
        expected = ["14885.84", "7440.47", "29761.87"]
        self.assertEqual(column(outputs, "payments.csv", "contract_value"), expected)

    def test_cumulative_twelfths_and_balance(self):
        scheme = (
            "S,S,practice,individual,achievement,outcomes,per-point,225.49,,,0.80,12,none,x"
        )
        paid, steps = "scheme,provider,month,amount\n", []
        for number in range(12):
            month = f"{2025 + (number + 3) // 12}-{(number + 3) % 12 + 1:02d}"
            outputs = run(
                month_period(month),
                scheme,
                "S,I,I,564,sliding,0,1,x\n",
                participation=PARTICIPATION + "S,A,2025-04-01,,\n",
                payments_before=paid,
            )
            payment = outputs["payments.csv"][0]
            self.assertEqual(payment["contract_value"], "127176.36")
            self.assertEqual(payment["of_which_prior"], "0.00")
            steps.append(payment["owed"])
            paid += f"S,A,{month},{payment['owed']}\n"
        self.assertEqual(set(steps), {"8478.42", "8478.43"})
        self.assertEqual(sum(Fraction(step) for step in steps), Fraction("101741.09"))
        outputs = run(
            year_period("2025-26"),
            scheme,
            "S,I,I,564,sliding,0,1,x\n",
            participation=PARTICIPATION + "S,A,2025-04-01,,\n",
            payments_before=paid,
            achievement="scheme,provider,indicator,as_at,numerator,denominator\n"
            "S,A,I,2026-03-31,5,5\n",
        )
        self.assertEqual(outputs["payments.csv"][0]["owed"], "25435.27")

    def test_sliding_scale(self):
        percents = {"15": "0.00", "20": "0.00", "34": "20.53", "35": "22.00", "50": "44.00"}
        for percent, expected in {**percents, "80": "44.00"}.items():
            outputs = run(
                year_period("2025-26"),
                "S,S,practice,individual,achievement,outcomes,per-point,1,,,0.8,12,none,x",
                "S,I,I,44,sliding,0.2,0.5,x\n",
                participation=PARTICIPATION + "S,A,2025-04-01,,\n",
                achievement="scheme,provider,indicator,as_at,numerator,denominator\n"
                f"S,A,I,2026-03-31,{percent},100\n",
            )
            self.assertEqual(outputs["payments.csv"][0]["owed"], expected)

    def test_quarters(self):
        outputs = run(
            month_period("2025-06"),
            "S,S,practice,individual,achievement,outcomes,annual-value,,,,1,4,none,x",
            "S,I,I,1,sliding,0,1,x\n",
            participation=PARTICIPATION + "S,A,2025-04-01,,150\n",
        )
        self.assertEqual(outputs["payments.csv"][0]["owed"], "37.50")

    def test_pro_rata_days(self):
        for year, first, last, expected in (
            ("2025-26", "2025-04-01", "2025-09-30", "6016.44"),
            ("2027-28", "2027-04-01", "2027-09-30", "6000.00"),
        ):
            outputs = run(
                month_period(first[:7]),
                "S,S,practice,individual,achievement,outcomes,annual-value,,,,1,1,days,x",
                "S,I,I,1,sliding,0,1,x\n",
                year=year,
                participation=PARTICIPATION + f"S,A,{first},{last},12000\n",
            )
            self.assertEqual(outputs["payments.csv"][0]["contract_value"], expected)

    def test_prices_and_cap(self):
        activity = "S,S,practice,individual,activity,activity,,,,,,,,x"
        for price, claims, expected, risk in (
            ("111", (194,), "21534.00", []),
            ("198", (58,), "11484.00", []),
            ("140", (15, 30), "5600.00", ["700.00"]),
        ):
            cap = "40" if risk else ""
            outputs = run(
                month_period("2025-04"),
                activity,
                tariffs=f"S,T,T,quantity,,{price},2025-04-01,{cap},x\n",
                participation=PARTICIPATION + "S,A,2025-04-01,,\n",
                activity=ACTIVITY_NAMES + "".join(f"2025-04,S,A,T,,,{n}\n" for n in claims),
            )
            self.assertEqual(outputs["payments.csv"][0]["owed"], expected)
            self.assertEqual(column(outputs, "exceptions.csv", "at_risk"), risk)
            self.assertEqual(column(outputs, "exceptions.csv", "outcome"), ["part"] * len(risk))

    def test_rounding(self):
        for pounds, rounding, pence in (
            ("0.005", "half-up", 1),
            ("-0.005", "half-up", -1),
            ("0.005", "half-even", 0),
            ("0.015", "half-even", 2),
            ("-0.019", "down", -1),
        ):
            self.assertEqual(to_pence(Fraction(pounds), rounding), pence)

    def test_nhs_numbers(self):
        self.assertTrue(is_nhs_number("9434765919"))
        self.assertTrue(is_nhs_number("4010232137"))
        self.assertFalse(is_nhs_number("4010232138"))


class RandomPacks(unittest.TestCase):
    """Random packs close to the penny and to the row."""

    def test_random_packs(self):
        for seed in range(120):
            with self.subTest(seed=seed), tempfile.TemporaryDirectory() as folder:
                packs.small_pack(seed, Path(folder))
                case = json.loads((Path(folder) / "case.json").read_text(encoding="utf-8"))
                kind, when = case["arguments"]
                period = month_period(when) if kind == "--month" else year_period(when)
                status = 0
                try:
                    found = reckon(Path(folder) / "inputs", Path(folder) / "rules", period)
                except Refused as refused:
                    status = refused.status
                self.assertEqual(status, case["expected_exit"])
                if status == 0:
                    self.close({name: _rows(content) for name, content in found.items()})

    def close(self, outputs):
        """Every pound and every row is accounted for."""
        pounds = {}
        for line in outputs["lines.csv"]:
            key = line["scheme"], line["provider"]
            pounds[key] = pounds.get(key, 0) + Fraction(line["amount"])
        for payment in outputs["payments.csv"]:
            money = {
                name: Fraction(payment[name])
                for name in ("entitlement_to_date", "paid_to_date", "owed")
            }
            key = payment["scheme"], payment["provider"]
            self.assertEqual(pounds.pop(key, 0), money["entitlement_to_date"])
            self.assertEqual(money["entitlement_to_date"] - money["paid_to_date"], money["owed"])
            current, prior = payment["of_which_current"], payment["of_which_prior"]
            self.assertEqual(Fraction(current) + Fraction(prior), money["owed"])
        self.assertEqual(pounds, {})
        listed = [row["outcome"] for row in outputs["exceptions.csv"] if row["file"]]
        for state in ("rejected", "held"):
            total = sum(int(number) for number in column(outputs, "controls.csv", state))
            self.assertEqual(listed.count(state), total)


if __name__ == "__main__":
    unittest.main()
