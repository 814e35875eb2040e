"""Clauses, pots, decisions of people, and whose achievement counts, in the oracle."""

import unittest

from small import (
    ACHIEVED, CLAIMED, Small, achieved, claim, column, facts, lists, month, takes_part,
)

QUANTITY = {"scheme": "S", "activity": "T", "count": "quantity", "price": "1"}


def clause(limit, what, code="L", **more):
    """A row of limits.csv."""
    return {"scheme": "S", "clause": code, "limit": limit, "is": what, **more}


def claimed(limits, earned, **more):
    """An activity scheme: earned is pounds by month, or by provider and month."""
    if not isinstance(next(iter(earned)), tuple):
        earned = {("A", n): pounds for n, pounds in earned.items()}
    return Small(
        schemes=[{"scheme": "S", **CLAIMED}],
        tariffs=[QUANTITY],
        limits=limits,
        participation=takes_part(*dict.fromkeys(provider for provider, _ in earned)),
        activity=[claim(month(n), "T", p, quantity=pounds) for (p, n), pounds in earned.items()],
        **more,
    )


def effects(outputs, name="amount"):
    """A column of the limit lines."""
    return [line[name] for line in outputs["lines.csv"] if line["kind"] == "limit"]


class Clauses(unittest.TestCase):
    """One clause, or some after another."""

    def test_on_account(self):
        pack = claimed([clause("on-account", "100", per="quarter")], {1: 10, 3: 5, 4: 1000})
        earned = [pack.earned(month(n))[0] for n in (1, 2, 3, 4)]
        self.assertEqual(earned, ["33.33", "66.67", "15.00", "48.33"])
        outputs = pack.run(month(4))
        self.assertEqual([effects(outputs, n) for n in ("month", "rate", "amount")],
                         [["2025-07"], ["100.00"], ["-966.67"]])
        self.assertEqual(column(outputs, "payments.csv", "of_which_prior"), ["15.00"])

    def test_at_least_from_the_last_month_on(self):
        pack = claimed([clause("at-least", "750", per="quarter")], {1: 10, 4: 2000})
        self.assertEqual([pack.earned(month(n))[0] for n in (2, 3, 4, 6)],
                         ["10.00", "750.00", "2750.00", "2750.00"])

    def test_rows_in_their_order(self):
        rows = [clause("at-most", "5", "A", per="month"), clause("less", "3", "B", per="quarter")]
        outputs = claimed(rows, {1: 10, 2: 4}).run(month(3))
        self.assertEqual(effects(outputs), ["-5.00", "-3.00"])
        self.assertEqual(column(outputs, "payments.csv", "owed"), ["6.00"])

    def test_only_if_counts_to_date(self):
        pack = claimed([clause("only-if", "T >= 12")], {1: 10, 5: 2})
        self.assertEqual([pack.earned(month(n))[0] for n in (4, 5)], ["0.00", "12.00"])
        outputs = pack.run(month(5))
        self.assertEqual(column(outputs, "payments.csv", "of_which_prior"), ["0.00"])

    def test_tests(self):
        for text, is_met in (
            ("beds > 5", False), ("beds >= 5", True), ("beds <= -0.5", False), ("beds<6", True),
            ("scheme S", True), ("1 of beds < 0 | scheme S", True),
            ("2 of beds < 0 | scheme S", False), ("1 of T > 1|T > 2|T > 3", True),
        ):
            with self.subTest(text=text):
                pack = claimed([clause("only-if", text)], {1: 2},
                               facts=facts("2025-04-01", A_beds=5))
                self.assertEqual(pack.earned(month(1)), ["2.00" if is_met else "0.00"])

    def test_what_nobody_achieved(self):
        for limit, text, expected in (("only-if", "1 of T >= 0 | Q >= 0", "0.00"),
                                      ("times", "Q", "8.00")):
            pack = claimed([clause(limit, text)], {1: 8})
            pack.tables["indicators"] = [{"scheme": "S", "indicator": "Q", "points": 0}]
            self.assertEqual(pack.earned(month(1)), [expected])
            outputs = pack.run("2025-26")
            self.assertEqual(column(outputs, "lines.csv", "item"), ["missing-achievement"])
            self.assertEqual(column(outputs, "exceptions.csv", "at_risk"), [""])

    def test_fewer_than_enough_patients(self):
        for full, expected in (("full", "8.00"), ("nothing", "0.00")):
            pack = claimed([clause("only-if", "Q >= 0.9")], {1: 8},
                           achievement=[achieved("Q", 0, 4)])
            pack.tables["indicators"] = [{"scheme": "S", "indicator": "Q", "points": 0,
                                          "min_patients": 5, "if_no_patients": full}]
            self.assertEqual(pack.earned(month(3)), [expected])

    def test_less_scheme(self):
        pack = Small(
            schemes=[{"scheme": "R", **CLAIMED}, {"scheme": "S", **CLAIMED}],
            tariffs=[QUANTITY, {**QUANTITY, "scheme": "R"}],
            limits=[clause("less", "scheme R")],
            participation=takes_part("A") + takes_part("A", scheme="R"),
            activity=[claim(month(1), "T", quantity=100),
                      claim(month(1), "T", scheme="R", quantity=30)],
            payments_before=[{"scheme": "R", "provider": "A", "month": "2025-04", "amount": "7"}],
        )
        self.assertEqual(pack.earned(month(1)), ["30.00", "70.00"])
        pack.tables["holds"] = [{"scheme": "R", "provider": "A", "from": "2025-04"}]
        self.assertEqual(pack.earned(month(1)), ["7.00", "93.00"])

    def test_keep_if(self):
        pack = Small(
            schemes=[{"scheme": "S", **ACHIEVED}],
            indicators=[{"scheme": "S", "indicator": "I", "points": 1}],
            limits=[clause("keep-if", "I >= 0.3")],
            participation=takes_part("A", annual_value=1000),
        )
        for reached, expected in ((90, "900.00"), (40, "800.00"), (29, "290.00")):
            pack.tables["achievement"] = [achieved("I", reached, 100)]
            self.assertEqual(pack.earned("2025-26"), [expected])
        self.assertEqual(pack.earned("2026-03"), ["800.00"])

    def test_missing_fact_of_a_clause(self):
        rows = [clause("at-least", "1 a beds", per="quarter")]
        pack = claimed(rows, {1: 10})
        self.assertEqual(pack.earned(month(2)), ["10.00"])
        outputs = pack.run(month(3))
        row = outputs["exceptions.csv"][0]
        self.assertEqual([row[n] for n in ("reason", "item", "scheme")], ["missing-fact", "L", "S"])
        self.assertEqual(column(outputs, "payments.csv", "status"), ["hold"])


class Pots(unittest.TestCase):
    """What all contracts share."""

    def pot(self, pounds, earned, limit="pot", **more):
        """A scheme with a pot; earned is pounds by provider."""
        earned = {(provider, 1): number for provider, number in earned.items()}
        return claimed([clause(limit, pounds)], earned, **more)

    def test_a_penny_over_three(self):
        pack = self.pot("0.01", {"A": 1, "B": 1, "C": 2})
        self.assertEqual(pack.earned(month(1)), ["0.00", "0.00", "0.01"])
        self.assertEqual(effects(pack.run(month(1)), "rate"), ["0.01"] * 3)

    def test_enough_for_all(self):
        self.assertEqual(effects(self.pot("4", {"A": 1, "B": 3}).run(month(1))), [])
        self.assertEqual(effects(self.pot("9", {"A": 1, "B": 2}).run("2025-26")), [])
        whole = self.pot("9", {"A": 1, "B": 2, "C": 0}, "whole-pot")
        self.assertEqual(effects(whole.run("2025-26")), ["2.00", "4.00"])
        self.assertEqual(effects(self.pot("9", {"A": 0}, "whole-pot").run("2025-26")), [])

    def test_held_contracts_keep_what_they_were_paid(self):
        pack = self.pot("100", {"A": 60, "B": 60, "C": 60}, holds=[
            {"scheme": "S", "provider": "B", "from": "2025-04", "to": "2025-04"}])
        pack.tables["payments_before"] = [
            {"scheme": "S", "provider": "B", "month": "2025-04", "amount": "40"}]
        outputs = pack.run(month(1))
        self.assertEqual(column(outputs, "payments.csv", "entitlement_to_date"),
                         ["30.00", "40.00", "30.00"])
        # Without the hold each has a third; B, in the middle, 33.33.
        self.assertEqual(column(outputs, "exceptions.csv", "at_risk"), ["-6.67"])
        self.assertEqual(pack.earned(month(2)), ["33.34", "33.33", "33.33"])
        pack.tables["payments_before"][0]["amount"] = "400"
        outputs = pack.run(month(1))
        self.assertEqual(column(outputs, "payments.csv", "owed"), ["0.00", "0.00", "0.00"])
        self.assertEqual(effects(outputs, "rate"), ["100.00", "100.00"])


class Decisions(unittest.TestCase):
    """Holds and recoveries."""

    def test_deferred(self):
        pack = claimed([], {1: 10}, recoveries=[
            {"scheme": "S", "provider": "A", "from": "2025-05", "monthly": "12.50"}])
        pack.tables["payments_before"] = [
            {"scheme": "S", "provider": "A", "month": "2025-04", "amount": "100"}]
        self.assertEqual(pack.owed(month(1)), ["-90.00"])
        for paid, owed in (("22.50", "-12.50"), ("22.51", "-12.50"), ("15", "-5.00"), ("4", "6.00")):
            pack.tables["payments_before"][0]["amount"] = paid
            self.assertEqual(pack.owed(month(2)), [owed])
        kinds = column(pack.run(month(2)), "lines.csv", "kind")
        self.assertEqual(kinds, ["activity"])
        pack.tables["payments_before"][0]["amount"] = "100"
        outputs = pack.run(month(2))
        line, payment = outputs["lines.csv"][-1], outputs["payments.csv"][0]
        self.assertEqual([line[n] for n in ("kind", "item", "month", "amount")],
                         ["deferred", "r", "2025-05", "77.50"])
        self.assertEqual([payment[n] for n in ("owed", "of_which_prior", "of_which_current")],
                         ["-12.50", "-90.00", "77.50"])

    def test_held_for_several_reasons(self):
        pack = Small(
            schemes=[{"scheme": "S", **ACHIEVED, "value_basis": "per-point", "value": 1,
                      "list_date": "2025-04-01", "average_list": 5}],
            indicators=[{"scheme": "S", "indicator": "I", "points": 1, "factor": "prev"}],
            limits=[clause("less", "1 a beds")],
            participation=takes_part("A"),
            holds=[{"scheme": "S", "provider": "A", "from": "2026-03"}],
        )
        outputs = pack.run("2025-26")
        found = [(row["reason"], row["item"]) for row in outputs["exceptions.csv"]]
        self.assertEqual(found, [
            ("missing-fact", "I"), ("missing-fact", "L"), ("no-list-size", ""),
            ("held-by-person", ""), ("missing-achievement", "I"),
        ])
        self.assertEqual(column(outputs, "exceptions.csv", "at_risk"), ["", "", "", "0.00", ""])
        self.assertEqual(column(outputs, "lines.csv", "item"), ["held-by-person"])
        self.assertEqual(column(outputs, "payments.csv", "contract_value"), [""])

    def test_whoever_does_not_touch_the_year_is_never_held(self):
        pack = claimed([], {1: 0}, holds=[{"scheme": "S", "provider": "A", "from": "2020-01"}])
        pack.tables["participation"][0]["to"] = "2025-03-31"
        pack.tables["participation"][0]["from"] = "2024-04-01"
        pack.tables["payments_before"] = [
            {"scheme": "S", "provider": "A", "month": "2025-04", "amount": "100"}]
        self.assertEqual(pack.owed(month(1)), ["-100.00"])


class Achievement(unittest.TestCase):
    """Whose achievement counts, and when it is due."""

    def network(self, **more):
        """Two practices of a network and one of none; A 90 of 100, B 420 of 900, C 1 of 1."""
        return Small(
            schemes=[{"scheme": "S", **ACHIEVED, "achieved_by": "network"}],
            indicators=[{"scheme": "S", "indicator": "I", "points": 1, **more}],
            providers=[{"provider": "A", "pcn": "N"}, {"provider": "B", "pcn": "N"},
                       {"provider": "C"}],
            participation=takes_part("A", "B", "C", annual_value=100),
            achievement=[achieved("I", 90, 100), achieved("I", 420, 900, "B"),
                         achieved("I", 1, 1, "C")],
        )

    def test_the_networks_rate(self):
        """510 of 1,000 is 51 %, whatever the mean of the practices' rates."""
        outputs = self.network().run("2025-26")
        self.assertEqual(column(outputs, "payments.csv", "owed"), ["51.00", "51.00", "100.00"])
        self.assertEqual(column(outputs, "lines.csv", "count"), ["510", "510", "1"])

    def test_enough_patients_in_the_network(self):
        outputs = self.network(min_patients=1000).run("2025-26")
        self.assertEqual(column(outputs, "lines.csv", "fraction"), ["51/100", "51/100", "0/1"])

    def test_when_met_by_the_network(self):
        pack = self.network(due="when-met")
        pack.tables["achievement"][1]["as_at"] = "2025-08-01"
        self.assertEqual(pack.earned("2025-07"), ["90.00", "90.00", "100.00"])
        self.assertEqual(pack.earned("2025-08"), ["51.00", "51.00", "100.00"])
        prior = column(pack.run("2025-08"), "payments.csv", "of_which_prior")
        self.assertEqual(prior, ["0.00", "0.00", "100.00"])

    def test_due_without_achievement(self):
        pack = Small(
            schemes=[{"scheme": "S", **ACHIEVED}],
            indicators=[{"scheme": "S", "indicator": "I", "points": 1, "due": "2025-06"},
                        {"scheme": "S", "indicator": "J", "points": 3}],
            participation=takes_part("A", annual_value=100),
            achievement=[achieved("I", 1, 1, as_at="2025-07-01")],
        )
        outputs = pack.run("2025-06")
        self.assertEqual(column(outputs, "lines.csv", "rate"), ["75.00", "25.00"])
        self.assertEqual(column(outputs, "lines.csv", "fraction"), ["1/5", "0/1"])
        self.assertEqual(column(outputs, "payments.csv", "status"), ["pay"])
        outputs = pack.run("2025-07")
        names = ("reason", "column", "at_risk")
        found = [[row[n] for n in names] for row in outputs["exceptions.csv"]]
        self.assertEqual(found, [["after-due", "as_at", ""], ["missing-achievement", "", "25.00"]])

    def test_after_due_takes_no_part(self):
        pack = Small(
            schemes=[{"scheme": "S", **ACHIEVED}],
            indicators=[{"scheme": "S", "indicator": "I", "points": 1, "due": "2025-06"}],
            participation=takes_part("A", annual_value=100),
            achievement=[achieved("I", 1, 2), achieved("I", 2, 2, as_at="2025-07-01", submission=2)],
        )
        outputs = pack.run("2025-07")
        self.assertEqual(column(outputs, "payments.csv", "owed"), ["50.00"])
        self.assertEqual(column(outputs, "exceptions.csv", "reason"), ["after-due"])

    def test_without_points_but_asked_for(self):
        pack = Small(
            schemes=[{"scheme": "S", **ACHIEVED}],
            indicators=[{"scheme": "S", "indicator": "I", "points": 1},
                        {"scheme": "S", "indicator": "J", "points": 0},
                        {"scheme": "S", "indicator": "K", "points": 0}],
            limits=[clause("only-if", "J > 0")],
            participation=takes_part("A", annual_value=100),
            achievement=[achieved("I", 1, 2)],
        )
        outputs = pack.run("2025-26")
        found = [(row["item"], row["at_risk"]) for row in outputs["exceptions.csv"]]
        self.assertEqual(found, [("J", "")])
        pack.tables["limits"] = []
        outputs = pack.run("2025-26")
        found = [(row["item"], row["count"], row["fraction"]) for row in outputs["lines.csv"]]
        self.assertEqual(found, [("I", "1", "1/2"), ("J", "", "0/1"), ("K", "", "0/1")])

    def test_a_network_without_what_became_part_of_another(self):
        pack = self.network()
        pack.tables["participation"][1]["merged_into"] = "A"
        outputs = pack.run("2025-26")
        self.assertEqual(column(outputs, "lines.csv", "count"), ["90", "90", "1"])

    def test_best_of_a_group(self):
        same = {"scheme": "S", "points": 1, "group": "G"}
        pack = Small(
            schemes=[{"scheme": "S", **ACHIEVED}],
            indicators=[{**same, "indicator": code} for code in "XYZ"]
            + [{"scheme": "S", "indicator": "W", "points": 1}],
            participation=takes_part("A", annual_value=100),
            achievement=[achieved("Y", 2, 4), achieved("Z", 1, 4), achieved("W", 1, 1)],
        )
        outputs = pack.run("2025-26")
        self.assertEqual(column(outputs, "lines.csv", "rate"), ["0.00", "50.00", "0.00", "50.00"])
        self.assertEqual(column(outputs, "payments.csv", "owed"), ["75.00"])
        pack.tables["achievement"] = [achieved("W", 1, 1)]
        outputs = pack.run("2025-26")
        self.assertEqual(column(outputs, "exceptions.csv", "item"), ["X"])
        self.assertEqual(column(outputs, "exceptions.csv", "at_risk"), ["50.00"])

    def test_against_a_baseline(self):
        pack = Small(
            schemes=[{"scheme": "S", **ACHIEVED}],
            indicators=[{"scheme": "S", "indicator": "I", "points": 1, "method": "steps",
                         "floor": "", "target": "", "steps": "5%:2|0:1|-5%:0.5",
                         "against": "last"}],
            participation=takes_part("A", annual_value=100),
            achievement=[achieved("I", 60, 100)],
        )
        for last, expected in (("0.54", "0.00"), ("0.55", "200.00"), ("0.6", "100.00"),
                               ("0.65", "50.00"), ("0.650001", "50.00")):
            pack.tables["facts"] = facts("2025-04-01", A_last=last)
            self.assertEqual(pack.earned("2025-26"), [expected])
        pack.tables["achievement"] = []
        pack.tables["facts"] = []
        self.assertEqual(column(pack.run("2025-26"), "exceptions.csv", "reason"),
                         ["missing-achievement"])


class OwnLists(unittest.TestCase):
    """Spells with a day of their own."""

    def test_without_pro_rata_the_last_spell_counts(self):
        scheme = {**ACHIEVED, "value_basis": "per-registered-patient", "value": 1,
                  "list_date": "2025-04-01", "pro_rata": "none"}
        pack = Small(
            schemes=[{"scheme": "S", **scheme}],
            indicators=[{"scheme": "S", "indicator": "I", "points": 1}],
            participation=[{"scheme": "S", "provider": "A", "to": "2025-06-30"},
                           {"scheme": "S", "provider": "A", "from": "2025-07-01",
                            "list_date": "2025-07-01"}],
            list_sizes=lists(A=10) + [{"provider": "A", "as_at": "2025-07-01", "registered": 20}],
        )
        values = column(pack.run("2025-07"), "payments.csv", "contract_value")
        self.assertEqual(values, ["20.00"])


if __name__ == "__main__":
    unittest.main()
