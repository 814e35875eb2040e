"""Figures of published papers: sizes, caps, parts that are due, clauses, groups, mergers."""

import unittest

from small import (
    ACHIEVED, CLAIMED, Small, achieved, claim, column, facts, lists, month, steps, takes_part,
)

SPANS = {"scheme": "S", **CLAIMED, "pro_rata": "days"}
PATIENTS = {"scheme": "S", "activity": "T", "count": "patients", "price": "1"}


class Sizes(unittest.TestCase):
    """Money per size, without claims."""

    def test_pcn_clinical_director(self):
        """Doncaster LMC, Primary care networks 2024/25: £0.06 a patient and month."""
        pack = Small(
            schemes=[SPANS],
            tariffs=[{"scheme": "S", "activity": "CD", "count": "registered", "per": "month",
                      "price": "0.06"}],
            participation=takes_part("A"),
            list_sizes=lists(A=48317),
        )
        earned = [pack.earned(month(n))[0] for n in (1, 2, 12)]
        self.assertEqual(earned, ["2899.02", "5798.04", "34788.24"])
        self.assertEqual(pack.earned("2025-26"), ["34788.24"])
        lines = pack.run("2025-05")["lines.csv"]
        self.assertEqual([line["month"] for line in lines], ["2025-04", "2025-05"])
        self.assertEqual({line["count"] + " " + line["fraction"] for line in lines}, {"48317 1/1"})

    def test_pcn_core_funding(self):
        """BMA, PCN funding: £2.218 a patient and year, paid monthly."""
        pack = Small(
            schemes=[SPANS],
            tariffs=[{"scheme": "S", "activity": "CORE", "count": "registered", "per": "year",
                      "paid": "monthly", "price": "2.218"}],
            participation=takes_part("A"),
            list_sizes=lists(A=50000),
        )
        earned = [pack.earned(month(n))[0] for n in (1, 2, 3, 12)]
        self.assertEqual(earned, ["9241.67", "18483.33", "27725.00", "110900.00"])
        line = pack.run("2025-06")["lines.csv"][0]
        self.assertEqual((line["month"], line["fraction"]), ("2025-06", "1/4"))

    def test_part_of_a_quarter(self):
        """Londonwide LMCs, NEL scheme 2025-26: a quarter's payment to one who joins on 15 May."""
        pack = Small(
            schemes=[SPANS],
            tariffs=[{"scheme": "S", "activity": "Q", "count": "registered", "per": "quarter",
                      "price": "0.50"}],
            participation=takes_part("A", **{"from": "2025-05-15"}),
            list_sizes=lists(A=4550),
        )
        self.assertEqual(pack.earned("2025-05"), ["0.00"])
        self.assertEqual(pack.earned("2025-06"), ["1175.00"])
        self.assertEqual(pack.run("2025-06")["lines.csv"][0]["fraction"], "47/91")


class Caps(unittest.TestCase):
    """Caps that follow a size or an allocation."""

    def capped(self, price, cap, fact, number, claims, **more):
        """Entitlement and money at risk of so many claims in April."""
        known = {"list_sizes": lists(A=number)}
        if fact != "registered":
            known = {"facts": facts("2025-04-01", **{f"A_{fact}": number})}
        pack = Small(
            schemes=[{"scheme": "S", **CLAIMED}],
            tariffs=[{"scheme": "S", "activity": "T", "count": "quantity", "price": price,
                      "cap": cap, "cap_of": fact, **more}],
            participation=takes_part("A"),
            activity=[claim("2025-04", "T", quantity=claims)],
            **known,
        )
        outputs = pack.run("2025-04")
        paid = column(outputs, "payments.csv", "owed")[0]
        return paid, column(outputs, "exceptions.csv", "at_risk")

    def test_minor_surgery(self):
        """Pulse Intelligence, minor surgery DES: 9 for every 1,000 patients."""
        found = self.capped("43.54", "0.009", "registered", 7932, 100)
        self.assertEqual(found, ("3091.34", ["1262.66"]))

    def test_obesity_register(self):
        """Management in Practice, weight management: 12 % of the register."""
        found = self.capped("11.50", "0.12", "obesity", 1153, 138)
        self.assertEqual(found, ("1587.00", []))
        self.assertEqual(self.capped("11.50", "0.12", "obesity", 1153, 139)[1], ["11.50"])

    def test_allocation_raised(self):
        """Management in Practice, A&G enhanced service: an allocation of 40, then of 55."""
        self.assertEqual(self.capped("20", "1", "allocation", 40, 48), ("800.00", ["160.00"]))
        self.assertEqual(self.capped("20", "1", "allocation", 55, 48), ("960.00", []))


class InTheYear(unittest.TestCase):
    """Achieved and paid in the year."""

    def test_parts_with_a_month(self):
        """Unplanned Admissions DES briefing, April 2014: 45/20/10/10/15 % of £2.87 a patient."""
        dues = ("2025-06", "2025-09", "2025-12", "2026-02", "2026-03")
        parts = list(zip("VWXYZ", (45, 20, 10, 10, 15), dues))
        scheme = {**ACHIEVED, "value_basis": "per-registered-patient", "value": "2.87",
                  "list_date": "2025-04-01"}
        pack = Small(
            schemes=[{"scheme": "S", **scheme}],
            indicators=[
                {"scheme": "S", "indicator": code, "points": points, "due": due,
                 "method": "all-or-nothing", "floor": "", "target": "1"}
                for code, points, due in parts
            ],
            participation=takes_part("A"),
            list_sizes=lists(A=7000),
            achievement=[achieved(c, 1, 1, as_at=f"{due}-01") for c, _, due in parts],
        )
        earned = [pack.earned(due)[0] for due in dues]
        self.assertEqual(steps(earned), ["9040.50", "4018.00", "2009.00", "2009.00", "3013.50"])
        pack.tables["achievement"][2]["numerator"] = 0
        self.assertEqual(pack.earned("2025-26"), ["18081.00"])

    def test_parts_when_met(self):
        """Primary Care IT, IIF funding 2024/25: thirds of £1.185 a patient, on declaration."""
        scheme = {**ACHIEVED, "value_basis": "per-registered-patient", "value": "1.185",
                  "list_date": "2025-04-01"}
        pack = Small(
            schemes=[{"scheme": "S", **scheme}],
            indicators=[
                {"scheme": "S", "indicator": code, "points": 1, "due": "when-met"} for code in "XYZ"
            ],
            participation=takes_part("A"),
            list_sizes=lists(A=48000),
            achievement=[
                achieved("X", 1, 1, as_at="2025-05-20"), achieved("Z", 1, 1, as_at="2025-08-31"),
                achieved("Y", 1, 1, as_at="2026-03-31"),
            ],
        )
        earned = [pack.earned(month(n))[0] for n in (1, 2, 4, 5, 11, 12)]
        self.assertEqual(
            steps(earned), ["0.00", "18960.00", "0.00", "18960.00", "0.00", "18960.00"]
        )

    def test_aspiration(self):
        """BMA Focus on QOF payments 2007: 70 % of last year's £100,000 in the year."""
        pack = Small(
            schemes=[{"scheme": "S", **ACHIEVED, "in_year_share": "70%", "instalment_months": "4",
                      "in_year_of": "last-year"}],
            indicators=[{"scheme": "S", "indicator": "I", "points": 1}],
            participation=takes_part("A", annual_value="130000"),
            facts=facts("2025-04-01", **{"A_last-year": "100000"}),
        )
        self.assertEqual(pack.earned("2025-06"), ["17500.00"])
        line = pack.run("2025-06")["lines.csv"][0]
        self.assertEqual((line["rate"], line["fraction"]), ("100000.00", "7/40"))
        pack.tables["payments_before"] = [
            {"scheme": "S", "provider": "A", "month": "2026-03", "amount": "70000"}
        ]
        for part, balance in ((80, "34000.00"), (50, "-5000.00")):
            pack.tables["achievement"] = [achieved("I", part, 100)]
            self.assertEqual(pack.owed("2025-26"), [balance])


class Clauses(unittest.TestCase):
    """Floors, ceilings, conditions, factors and pots."""

    def test_freed_up_resources(self):
        """BMA 2007, TPBC DES component 2: 95p a patient less freed-up resources."""
        pack = Small(
            schemes=[{**SPANS}],
            tariffs=[{"scheme": "S", "activity": "T", "count": "registered", "per": "year",
                      "price": "0.95"}],
            limits=[{"scheme": "S", "clause": "FREED", "limit": "less", "is": "1 a freed"}],
            participation=takes_part("A", "B", "C"),
            list_sizes=lists(A=6480, B=6480, C=6480),
            facts=facts("2025-04-01", A_freed=0, B_freed="4,000", C_freed=7000),
        )
        self.assertEqual(pack.earned("2026-03"), ["6156.00", "2156.00", "0.00"])
        line = pack.run("2026-03")["lines.csv"][2]
        self.assertEqual(
            (line["kind"], line["item"], line["month"], line["rate"], line["amount"]),
            ("limit", "FREED", "2026-03", "4000.00", "-4000.00"),
        )

    def test_at_most_a_quarter(self):
        """Services Australia, PIP payment types: $5 a SWPE, at most $12,500 a quarter."""
        pack = Small(
            schemes=[{**SPANS}],
            tariffs=[{"scheme": "S", "activity": "T", "count": "swpe", "per": "quarter",
                      "price": "5"}],
            limits=[{"scheme": "S", "clause": "MOST", "limit": "at-most", "is": "12500",
                     "per": "quarter"}],
            participation=takes_part("A", "B"),
            facts=facts("2025-04-01", A_swpe=2600, B_swpe=2310),
        )
        self.assertEqual(pack.earned("2025-06"), ["12500.00", "11550.00"])
        self.assertEqual(pack.earned("2025-26"), ["50000.00", "46200.00"])

    def test_only_with_the_basket(self):
        """Pulse, on the NENC ADHD service: £117 a patient only with the medicines basket."""
        pack = Small(
            schemes=[{"scheme": "S", **CLAIMED}, {"scheme": "BASKET", **CLAIMED}],
            tariffs=[
                {**PATIENTS, "per": "quarter", "price": "29.25"},
                {"scheme": "BASKET", "activity": "M", "count": "quantity", "price": "1"},
            ],
            limits=[{"scheme": "S", "clause": "WITH", "limit": "only-if", "is": "scheme BASKET",
                     "per": "quarter"}],
            participation=takes_part("A")
            + takes_part("A", scheme="BASKET", **{"from": "2025-07-01"}),
            activity=[
                claim(month(n), "T", patient_ref=f"P{p}") for n in (1, 4, 7, 10) for p in range(14)
            ],
        )
        earned = [pack.earned(month(n))[0] for n in (3, 6, 9, 12)]
        self.assertEqual(steps(earned), ["0.00", "409.50", "409.50", "409.50"])
        self.assertEqual(earned[-1], "1228.50")

    def test_quality_score(self):
        """Gergen 2017: activity × a quality score that counts from 50 % on."""
        pack = Small(
            schemes=[{"scheme": "S", **CLAIMED}],
            tariffs=[{"scheme": "S", "activity": "T", "count": "quantity", "price": "100"}],
            indicators=[{"scheme": "S", "indicator": "Q", "points": 0}],
            limits=[
                {"scheme": "S", "clause": "ENOUGH", "limit": "only-if", "is": "Q >= 0.5"},
                {"scheme": "S", "clause": "SCORE", "limit": "times", "is": "Q"},
            ],
            participation=takes_part("A"),
            activity=[claim("2025-04", "T", quantity=10)],
        )
        for score, expected in ((62, "620.00"), (49, "0.00"), (50, "500.00")):
            pack.tables["achievement"] = [achieved("Q", score, 100)]
            self.assertEqual(pack.earned("2025-06"), [expected])

    def test_fixed_pot(self):
        """HSJ, Lincolnshire: £10,000 over what three have earned."""
        pack = Small(
            schemes=[{"scheme": "S", **CLAIMED}],
            tariffs=[{"scheme": "S", "activity": "T", "count": "quantity", "price": "1"}],
            limits=[{"scheme": "S", "clause": "POT", "limit": "whole-pot", "is": "10000"}],
            participation=takes_part("A", "B", "C"),
            activity=[
                claim("2025-04", "T", p, quantity=n) for p, n in (("A", 38), ("B", 61), ("C", 24))
            ],
        )
        self.assertEqual(pack.earned("2025-04"), ["38.00", "61.00", "24.00"])
        self.assertEqual(pack.earned("2025-26"), ["3089.43", "4959.35", "1951.22"])


class Measures(unittest.TestCase):
    """Rates, falling steps, prevalence, episodes and mergers."""

    def test_underspend_bands(self):
        """GP Prescribing Quality Scheme 2015-16: 10p to 100p a patient by underspend."""
        bands = "0:0.1|1%:0.2|5%:0.5|10%:1"
        pack = Small(
            schemes=[{"scheme": "S", **ACHIEVED, "value_basis": "per-registered-patient",
                      "value": "1", "list_date": "2025-04-01"}],
            indicators=[{"scheme": "S", "indicator": "U", "points": 1, "method": "steps",
                         "floor": "", "target": "", "steps": bands, "unit": "rate"}],
            participation=takes_part("A"),
            list_sizes=lists(A=6480),
        )
        for under, expected in ((2, "1296.00"), (19, "6480.00"), ("-0.5", "0.00")):
            pack.tables["achievement"] = [achieved("U", under, 100)]
            self.assertEqual(pack.earned("2025-26"), [expected])

    def test_prevalence(self):
        """Pulse PCN, IIF 2023/24: £198 a point × list ÷ average list × prevalence."""
        pack = Small(
            schemes=[{"scheme": "S", **ACHIEVED, "value_basis": "per-point", "value": "198",
                      "list_date": "2025-04-01", "average_list": "48000"}],
            indicators=[
                {"scheme": "S", "indicator": "X", "points": 36, "factor": "prev-x"},
                {"scheme": "S", "indicator": "Y", "points": 22, "factor": "prev-y"},
            ],
            participation=takes_part("A"),
            list_sizes=lists(A=50400),
            facts=facts("2025-04-01", **{"A_prev-x": "1.2", "A_prev-y": "0.8"}),
            achievement=[achieved("X", 1, 2), achieved("Y", 0, 2)],
        )
        outputs = pack.run("2025-26")
        self.assertEqual(outputs["payments.csv"][0]["contract_value"], "12640.32")
        self.assertEqual(column(outputs, "lines.csv", "rate"), ["8981.28", "3659.04"])
        self.assertEqual(column(outputs, "lines.csv", "amount"), ["4490.64", "0.00"])

    def test_first_quarter_fee(self):
        """Medeconomics, warfarin monitoring in Wales: £120, then £37.50 a quarter; a restart."""
        days = (("2025-05", "FIRST"), ("2025-08", "AGAIN"), ("2025-08", "FIRST"),
                ("2025-10", "AGAIN"), ("2026-02", "FIRST"))
        pack = Small(
            schemes=[{"scheme": "S", **CLAIMED}],
            tariffs=[
                {**PATIENTS, "activity": "FIRST", "per": "episode", "again_after": 3,
                 "price": "120", "group": "W"},
                {**PATIENTS, "activity": "AGAIN", "per": "quarter", "price": "37.50", "group": "W"},
            ],
            participation=takes_part("A"),
            activity=[claim(when, code, patient_ref="P") for when, code in days],
        )
        self.assertEqual(pack.earned("2025-26"), ["315.00"])
        earned = [pack.earned(month(n))[0] for n in (2, 5, 7, 11)]
        self.assertEqual(steps(earned), ["120.00", "37.50", "37.50", "120.00"])

    def test_merger(self):
        """Doncaster LMC, Primary care networks 2024/25: part of another from 1 October on."""
        pack = Small(
            schemes=[{"scheme": "S", **ACHIEVED, "value_basis": "per-registered-patient",
                      "value": "2", "list_date": "2025-04-01"}],
            indicators=[{"scheme": "S", "indicator": "I", "points": 1}],
            participation=[
                {"scheme": "S", "provider": "A", "to": "2025-09-30"},
                {"scheme": "S", "provider": "A", "from": "2025-10-01", "list_date": "2025-10-01"},
                {"scheme": "S", "provider": "B", "to": "2025-09-30", "merged_into": "A"},
            ],
            list_sizes=lists(A=6000, B=4000)
            + [{"provider": "A", "as_at": "2025-10-01", "registered": "10000"}],
            achievement=[achieved("I", 3, 5)],
        )
        outputs = pack.run("2025-26")
        self.assertEqual(
            column(outputs, "payments.csv", "contract_value"), ["15989.04", "4010.96"]
        )
        self.assertEqual(
            column(outputs, "payments.csv", "entitlement_to_date"), ["9593.42", "2406.58"]
        )


if __name__ == "__main__":
    unittest.main()
