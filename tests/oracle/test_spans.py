"""Spans in the oracle: exclusion, groups, episodes, caps, and what is paid without claims."""

import unittest

from small import CLAIMED, Small, claim, column, facts, lists, month, takes_part

PATIENTS = {"scheme": "S", "activity": "T", "count": "patients", "price": "10"}


def reasons(outputs):
    """The reasons of rows and contracts."""
    return column(outputs, "exceptions.csv", "reason")


class Patients(unittest.TestCase):
    """Patients in spans."""

    def exclusive(self, per, other, months):
        """The reasons where one patient is claimed under two exclusive schemes."""
        two = {**PATIENTS, "scheme": "U", "per": other}
        if other == "":
            two["count"] = "quantity"
        pack = Small(
            schemes=[{"scheme": "S", **CLAIMED, "exclusive_with": "U"}, {"scheme": "U", **CLAIMED}],
            tariffs=[{**PATIENTS, "per": per}, two],
            participation=takes_part("A") + takes_part("A", scheme="U"),
            activity=[claim(months[0], "T", patient_ref="P"),
                      claim(months[1], "T", patient_ref="P", scheme="U")],
        )
        return reasons(pack.run("2026-03"))

    def test_exclusion_in_the_longer_span(self):
        for per, other, months, is_held in (
            ("quarter", "quarter", ("2025-04", "2025-06"), True),
            ("quarter", "quarter", ("2025-06", "2025-07"), False),
            ("quarter", "month", ("2025-04", "2025-06"), True),
            ("month", "half-year", ("2025-04", "2025-09"), True),
            ("month", "", ("2025-04", "2025-05"), False),
            ("year", "", ("2025-04", "2026-03"), True),
        ):
            with self.subTest(per=per, other=other, months=months):
                held = ["exclusive-scheme"] if is_held else []
                self.assertEqual(self.exclusive(per, other, months), held)

    def group(self, activity, price="15", again="1", per="quarter"):
        """A pack with a group of two activities, and an episode."""
        return Small(
            schemes=[{"scheme": "S", **CLAIMED}],
            tariffs=[
                {**PATIENTS, "per": per, "group": "G"},
                {**PATIENTS, "activity": "U", "per": per, "group": "G", "price": price},
                {**PATIENTS, "activity": "E", "per": "episode", "again_after": again, "group": "G",
                 "price": "100"},
            ],
            participation=takes_part("A", "B"),
            activity=activity,
        )

    def test_the_dearest_moves_the_month(self):
        pack = self.group([claim("2025-04", "T", patient_ref="P"),
                           claim("2025-05", "U", patient_ref="P")])
        outputs = pack.run("2025-05")
        self.assertEqual(column(outputs, "lines.csv", "month"), ["2025-05"])
        payment = outputs["payments.csv"][0]
        self.assertEqual((payment["owed"], payment["of_which_prior"]), ("15.00", "10.00"))

    def test_of_equal_ones_the_first(self):
        pack = self.group([claim("2025-04", "T", patient_ref="P"),
                           claim("2025-05", "U", patient_ref="P")], price="10")
        self.assertEqual(column(pack.run("2025-05"), "lines.csv", "month"), ["2025-04"])

    def test_what_counts_nothing_still_holds_the_patient(self):
        pack = self.group([claim("2025-04", "T", patient_ref="P"),
                           claim("2025-05", "E", patient_ref="P"),
                           claim("2025-06", "E", "B", patient_ref="P")])
        outputs = pack.run("2025-06")
        self.assertEqual(reasons(outputs), ["other-provider"])
        self.assertEqual(column(outputs, "payments.csv", "owed"), ["10.00", "0.00"])

    def test_whole_months_between(self):
        for again, expected in ((2, "200.00"), (3, "100.00")):
            pack = self.group([claim("2025-04", "E", patient_ref="P"),
                               claim("2025-07", "E", patient_ref="P")], again=again)
            self.assertEqual(pack.earned("2025-07")[0], expected)


class Caps(unittest.TestCase):
    """Caps by fact."""

    def capped(self, **more):
        """A pack with claims in April, June and July, three a quarter at £10 each."""
        return Small(
            schemes=[{"scheme": "S", **CLAIMED}],
            tariffs=[{"scheme": "S", "activity": "T", "count": "quantity", "price": "10", **more}],
            participation=takes_part("A"),
            activity=[claim(when, "T", quantity=2) for when in ("2025-04", "2025-06", "2025-07")],
        )

    def test_cap_of_a_quarter(self):
        outputs = self.capped(cap=3, cap_per="quarter").run("2025-07")
        self.assertEqual(column(outputs, "payments.csv", "owed"), ["50.00"])
        self.assertEqual(column(outputs, "exceptions.csv", "outcome"), ["part"])

    def test_the_fact_of_the_span(self):
        pack = self.capped(cap="1", cap_of="beds", cap_per="quarter")
        pack.tables["facts"] = facts("2025-04-01", A_beds=4) + facts("2025-05-01", A_beds=-1)
        outputs = pack.run("2025-07")
        self.assertEqual(column(outputs, "payments.csv", "owed"), ["40.00"])
        self.assertEqual(reasons(outputs), ["over-cap"])

    def test_no_fact(self):
        outputs = self.capped(cap="1", cap_of="beds").run("2025-04")
        row = outputs["exceptions.csv"][0]
        found = [row[name] for name in ("column", "reason", "outcome", "at_risk")]
        self.assertEqual(found, ["provider", "missing-fact", "held", "20.00"])
        self.assertEqual(column(outputs, "payments.csv", "status"), ["nil"])


class WithoutClaims(unittest.TestCase):
    """Tariffs that count each or a fact."""

    def paid(self, participation, pro_rata, tariffs, year="2025-26", **more):
        """A pack with one scheme."""
        rows = [{"scheme": "S", "activity": "T", "price": "91", **row} for row in tariffs]
        return Small(
            year=year,
            schemes=[{"scheme": "S", **CLAIMED, "pro_rata": pro_rata}],
            tariffs=rows,
            participation=participation,
            **more,
        )

    def test_first_last_monthly(self):
        for paid, expected in (
            ("first", ["91.00", "91.00", "91.00", "182.00"]),
            ("", ["0.00", "0.00", "91.00", "91.00"]),
            ("monthly", ["30.33", "60.67", "91.00", "121.33"]),
        ):
            pack = self.paid(takes_part("A"), "none",
                             [{"count": "each", "per": "quarter", "paid": paid}])
            self.assertEqual([pack.earned(month(n))[0] for n in (1, 2, 3, 4)], expected)

    def test_part_spans(self):
        spell = takes_part("A", **{"from": "2025-05-15"})
        for pro_rata, fraction, owed in (("days", "47/91", "47.00"), ("months", "1/3", "30.33"),
                                         ("none", "1/1", "91.00")):
            pack = self.paid(spell, pro_rata, [{"count": "each", "per": "quarter"}])
            line = pack.run("2025-06")["lines.csv"][0]
            self.assertEqual((line["fraction"], line["amount"]), (fraction, owed))

    def test_days_of_a_leap_year(self):
        pack = self.paid(takes_part("A", **{"from": "2027-10-01"}), "days",
                         [{"count": "each", "per": "year", "from": "2027-04-01"}], "2027-28")
        self.assertEqual(pack.run("2028-03")["lines.csv"][0]["fraction"], "1/2")

    def test_days_after_the_month_count_too(self):
        pack = self.paid(takes_part("A", to="2025-05-15"), "days",
                         [{"count": "each", "per": "quarter", "paid": "first"}])
        self.assertEqual(pack.run("2025-04")["lines.csv"][0]["fraction"], "45/91")

    def test_prices_within_a_span(self):
        two = [{"count": "each", "per": "quarter", "to": "2025-04-30"},
               {"count": "each", "per": "quarter", "from": "2025-05-01", "price": "182"}]
        for pro_rata, amounts in (("days", ["30.00", "122.00"]), ("none", ["91.00"])):
            pack = self.paid(takes_part("A"), pro_rata, two)
            self.assertEqual(column(pack.run("2025-06"), "lines.csv", "amount"), amounts)
        two[1]["price"] = "91"
        lines = self.paid(takes_part("A"), "days", two).run("2025-06")["lines.csv"]
        self.assertEqual([line["fraction"] for line in lines], ["1/1"])

    def test_the_fact_in_force(self):
        pack = self.paid(takes_part("A"), "days", [{"count": "beds", "per": "month"}],
                         facts=facts("2025-04-01", A_beds="1.50") + facts("2025-05-02", A_beds=-2)
                         + facts("2025-06-30", A_beds=0))
        lines = pack.run("2025-08")["lines.csv"]
        found = [(line["month"], line["count"]) for line in lines]
        self.assertEqual(found, [("2025-04", "1.5"), ("2025-05", "1.5"), ("2025-06", "-2")])

    def test_missing_fact_holds_the_contract(self):
        pack = self.paid(takes_part("A"), "days", [{"count": "beds", "per": "quarter"}])
        outputs = pack.run("2025-05")
        self.assertEqual((reasons(outputs), column(outputs, "payments.csv", "status")), ([], ["nil"]))
        outputs = pack.run("2025-06")
        row = outputs["exceptions.csv"][0]
        self.assertEqual([row[n] for n in ("file", "reason", "item", "at_risk")],
                         ["", "missing-fact", "T", ""])
        self.assertEqual(column(outputs, "lines.csv", "item"), ["missing-fact"])

    def test_not_claimed(self):
        pack = self.paid(takes_part("A"), "days", [{"count": "registered", "per": "month"}],
                         list_sizes=lists(A=1), activity=[claim("2025-04", "T")])
        row = pack.run("2025-04")["exceptions.csv"][0]
        self.assertEqual([row[n] for n in ("column", "reason", "outcome", "at_risk")],
                         ["activity", "not-claimed", "rejected", ""])


if __name__ == "__main__":
    unittest.main()
