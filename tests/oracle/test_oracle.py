"""The oracle against published figures.

    python3 tests/oracle/test_oracle.py
"""

import sys
import tempfile
import unittest
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from money import to_pence
from oracle import reckon
from pack import is_nhs_number
from small import column, rows_of
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
    return {name: rows_of(content) for name, content in found.items()}


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


if __name__ == "__main__":
    unittest.main()
