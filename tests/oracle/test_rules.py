"""What refuses a run in facts, clauses, decisions and the columns that go with them."""

import unittest

from small import ACHIEVED, CLAIMED, Small, claim, facts, takes_part

RULES, INPUT = 78, 65
MONTH = "2025-06"


def activity(change=None, limits=(), tariffs=(), **more):
    """A sound activity scheme; `change` changes the row of its tariff."""
    row = {"scheme": "S", "activity": "T", "count": "quantity", "price": "1", **(change or {})}
    schemes = [{"scheme": "S", **CLAIMED, "pro_rata": "days"}, {"scheme": "U", **CLAIMED}]
    row_of_u = {"scheme": "U", "activity": "T", "count": "quantity", "price": "1"}
    tables = {"tariffs": [row, *tariffs, row_of_u], "participation": takes_part("A", "B")}
    tables["limits"] = [{"scheme": "S", "clause": f"L{n}", **limit} for n, limit in enumerate(limits)]
    return Small(**{"schemes": schemes, **tables, **more})


def achievement(change=None, scheme=None, limits=(), indicators=(), **more):
    """A sound achievement scheme; `change` changes its indicator, `scheme` its row."""
    first = {"scheme": "S", "indicator": "I", "points": 1, **(change or {})}
    tables = {
        "schemes": [{"scheme": "S", **ACHIEVED, **(scheme or {})}],
        "indicators": [first, *({"scheme": "S", **row} for row in indicators)],
        "participation": takes_part("A", "B", annual_value=1),
        "limits": [{"scheme": "S", "clause": f"L{n}", **limit} for n, limit in enumerate(limits)],
    }
    return Small(**{**tables, **more})


def limit(kind, what, **more):
    """A row of limits.csv."""
    return {"limit": kind, "is": what, **more}


class Refused(unittest.TestCase):
    """Each fault is found, with its status and column; what is sound is not refused."""

    def refuses(self, status, column, packs):
        for number, pack in enumerate(packs):
            with self.subTest(column=column, number=number):
                found, columns = pack.faults(MONTH)
                self.assertEqual((found, columns[:1]), (status, [column]))

    def accepts(self, packs):
        for number, pack in enumerate(packs):
            with self.subTest(number=number):
                self.assertEqual(pack.faults(MONTH), (0, []))

    def test_what_a_clause_is(self):
        tests = ("T >", "> 5", "T >= five", "T = 5", "T => 5", "T= >= 5", "T > 5 | T > 6", "Scheme S",
                 "scheme NOPE", "0 of T > 5", "3 of T > 5 | T > 6", "1 of",
                 "T > 40%", "T >= 1 <= 5", "T/ > 5")
        self.refuses(RULES, "is", [activity(limits=[limit("only-if", text)]) for text in tests])
        amounts = ("-1", "40%", "1 an beds", "5 a", "a beds", "scheme S", "1 a a/b", "5 a beds > 3")
        self.refuses(RULES, "is", [activity(limits=[limit("at-most", text)]) for text in amounts])
        self.refuses(RULES, "is", [activity(limits=[limit("pot", "1 a beds")]),
                                   activity(limits=[limit("times", "T")]),
                                   activity(limits=[limit("less", "scheme U")]),
                                   activity(limits=[limit("less", "scheme S")]),
                                   activity(limits=[limit("less", "scheme NOPE")])])
        each = {"count": "each", "per": "month"}
        self.refuses(RULES, "is", [activity(each, limits=[limit("only-if", "T > 5")])])

    def test_sound_clauses(self):
        tests = ("T >= -5", "T>5", "beds < 1,000", "scheme U", "2 of T > 5|scheme S | x=y > 1")
        self.accepts([activity(limits=[limit("only-if", text)]) for text in tests])
        amounts = ("£1,234.567891", "0", "0.000001 a beds", "£5 a two words")
        self.accepts([activity(limits=[limit("less", text)]) for text in amounts])
        self.accepts([
            activity(limits=[limit("at-most", "1", per="month"), limit("at-least", "1", per="quarter"),
                             limit("pot", "5")]),
            activity({"count": "each", "per": "quarter"}, [limit("at-most", "1", per="half-year")]),
            achievement(limits=[limit("keep-if", "I > 0"), limit("times", "I")]),
        ])

    def test_spans_and_places_of_clauses(self):
        one = limit("at-most", "1", per="month")
        self.refuses(RULES, "per", [
            activity(limits=[limit("at-most", "1", per="quarter"), one]),
            activity(limits=[limit("at-most", "1"), one]),
            activity(limits=[limit("pot", "1", per="quarter")]),
            activity({"count": "each", "per": "quarter"}, [one]),
            activity(limits=[limit("at-most", "1", per="episode")]),
            achievement(limits=[one]),
        ])
        self.refuses(RULES, "limit", [
            activity(limits=[limit("pot", "1"), limit("at-most", "1")]),
            activity(limits=[limit("pot", "1"), limit("whole-pot", "1")]),
            activity(limits=[limit("keep-if", "T > 1")]),
            activity(limits=[limit("at-best", "1")]),
        ])
        self.refuses(RULES, "clause", [
            activity(limits=[limit("at-most", "1", clause="T")]),
            activity(limits=[limit("at-most", "1", clause="L1"), limit("at-most", "1")]),
            achievement(limits=[limit("at-most", "1", clause="I")]),
        ])
        self.refuses(RULES, "scheme", [activity(limits=[limit("at-most", "1", scheme="NOPE")])])

    def test_tariffs(self):
        patients = {"count": "patients", "per": "quarter"}
        each = {"count": "each", "per": "month"}
        for column, changes in (
            ("paid", [{"paid": "first"}, {**patients, "paid": "last"}, {**each, "paid": "never"}]),
            ("cap_of", [{"cap_of": "beds"}]),
            ("cap_per", [{"cap_per": "month"}, {"cap": 1, "cap_per": "day"}]),
            ("cap", [{"cap": "0.5"}, {"cap": "-1", "cap_of": "beds"}, {**each, "cap": 1}]),
            ("patient_cap", [{**each, "patient_cap": 1}, {**patients, "group": "G", "patient_cap": 1}]),
            ("per", [{"count": "each"}, {"count": "beds"}, {"per": "month"}]),
            ("group", [{"group": "G"}, {**each, "group": "G"}]),
            ("count", [{**each, "count": "a/b"}]),
            ("again_after", [{**patients, "group": "G", "again_after": 3},
                             {**each, "again_after": 3}]),
        ):
            for change in changes:
                with self.subTest(column=column, change=change):
                    status, columns = activity(change).faults(MONTH)
                    self.assertEqual((status, column in columns), (RULES, True))
        self.accepts([activity(each), activity({"cap": "0.5", "cap_of": "beds"}),
                      activity({**patients, "per": "half-year"})])
        rows = [{"scheme": "S", "activity": code, "count": "patients", "price": 1, "group": "G"}
                for code in "VWX"]
        spans = ({"per": "month"}, {"per": "quarter"}, {"per": "episode", "again_after": 1})
        self.refuses(RULES, "per", [activity(tariffs=[{**rows[0], **spans[0]}, {**rows[1], **spans[1]}]),
                                    activity(tariffs=[{**rows[0], **spans[2]}])])
        self.accepts([activity(tariffs=[{**rows[0], **spans[0]}, {**rows[1], **spans[2]}])])
        again = [{**spans[2], "again_after": number} for number in (0, 12)]
        self.refuses(RULES, "again_after", [
            activity(tariffs=[{**rows[0], **spans[0]}, {**rows[1], **span}]) for span in again
        ])
        without = activity(each)
        without.tables["schemes"][0].pop("pro_rata")
        self.refuses(RULES, "pro_rata", [without])

    def test_indicators(self):
        rate = {"unit": "rate", "floor": "-1", "target": "2.5"}
        self.accepts([achievement(change) for change in (
            rate, {"against": "base", "floor": "-10%", "target": "2"}, {"due": "when-met"},
            {"due": "Sep-25"}, {"min_patients": 3}, {"method": "steps", "steps": "0.5:9|0.2:1"},
        )])
        same = {"indicator": "J", "points": 1, "group": "G", "due": "2025-06"}
        point = {"value_basis": "per-point", "value": 1}
        self.accepts([achievement({**same, "indicator": "I"}, indicators=[same]),
                      achievement({"factor": "prev"}, point)])
        self.refuses(RULES, "due", [
            achievement({"due": "2025-03"}), achievement({"due": "later"}),
            achievement({"due": "2025-06"}, {"in_year_of": "last"}),
            achievement({**same, "indicator": "I", "due": "2025-07"}, indicators=[same]),
        ])
        self.refuses(RULES, "points", [
            achievement({**same, "indicator": "I", "points": 2}, indicators=[same])])
        self.refuses(RULES, "factor", [
            achievement({"factor": "prev"}),
            achievement({"group": "G", "factor": "prev"}, point,
                        indicators=[{"indicator": "J", "points": 1, "group": "G"}]),
        ])
        self.refuses(RULES, "steps", [
            achievement({"method": "steps", "steps": text})
            for text in ("0.5:9.1", "0.5:1|0.5:2", "0.2:1|0.5:2|0.3:3", "-0.1:1", "1.1:1")
        ])
        self.refuses(RULES, "target", [achievement({"target": "1.1"}), achievement({"target": "-0.1"})])
        self.refuses(RULES, "unit", [achievement({"unit": "ratio"})])
        self.refuses(RULES, "achieved_by", [achievement(scheme={"achieved_by": "pcn"})])
        score = {"scheme": "S", "indicator": "Q", "points": 0}
        self.accepts([activity(indicators=[score])])
        for column, value in (("points", 1), ("group", "G"), ("due", "when-met"), ("factor", "x")):
            self.refuses(RULES, column, [activity(indicators=[{**score, column: value}])])

    def test_facts(self):
        point = {"value_basis": "per-point", "value": 1}
        twice = facts("2025-04-01", A_beds=1) * 2
        self.refuses(INPUT, "as_at", [activity(facts=twice)])
        self.refuses(INPUT, "fact", [activity(facts=facts("2025-04-01", A_weighted=1))])
        self.refuses(INPUT, "number", [
            activity(facts=facts("2025-04-01", A_beds="1.0000001")),
            achievement({"factor": "prev"}, point, facts=facts("2025-04-01", A_prev="-0.1")),
        ])
        self.accepts([activity(facts=facts("2025-04-01", Z_beds=1) * 2),
                      activity(facts=facts("2025-04-01", A_beds="-£1,000.5"))])

    def test_participation(self):
        spell = {"scheme": "S", "provider": "A", "to": "2025-05-31", "annual_value": 1}
        other = {"scheme": "S", "provider": "B", "annual_value": 1}
        again = {**spell, "from": "2025-07-01", "to": ""}
        self.refuses(INPUT, "merged_into", [
            achievement(participation=rows) for rows in (
                [{**spell, "merged_into": "A"}, other],
                [{**spell, "merged_into": "Z"}, other],
                [{**spell, "merged_into": "B"}, again, other],
                [{**spell, "merged_into": "B"}, other, {**other, "provider": "C", "merged_into": "A"}],
            )
        ])
        merged = {"scheme": "S", "provider": "A", "merged_into": "B"}
        self.refuses(INPUT, "merged_into", [activity(participation=[merged, takes_part("B")[0]])])
        self.refuses(INPUT, "list_date", [
            activity(participation=takes_part("A", list_date="2025-04-01"))])
        self.accepts([achievement(participation=[spell, {**again, "merged_into": "B"}, other])])

    def test_decisions(self):
        hold = {"scheme": "S", "provider": "A", "from": "2025-06"}
        debt = {**hold, "monthly": "5.00"}
        self.refuses(INPUT, "from", [activity(holds=[hold, {**hold, "from": "2025-09"}]),
                                     activity(holds=[{**hold, "to": "2025-05"}])])
        self.refuses(INPUT, "monthly", [activity(recoveries=[{**debt, "monthly": text}])
                                        for text in ("-5", "5.001", "", "five")])
        self.refuses(INPUT, "provider", [activity(holds=[{**hold, "provider": "Z"}])])
        self.refuses(INPUT, "authorised_by", [activity(recoveries=[{**debt, "authorised_by": ""}])])
        self.accepts([activity(holds=[{**hold, "to": "2025-06"}, {**hold, "from": "Jul-25"}]),
                      activity(recoveries=[{**debt, "from": "2019-01"}], holds=[hold])])

    def test_numerators_below_nothing(self):
        """Of a share it exceeds the denominator, of a rate it counts."""
        row = {"scheme": "S", "provider": "A", "indicator": "I", "as_at": "2025-06-30",
               "numerator": "-1", "denominator": 2}
        for unit, expected in (("", ["exceeds-denominator"]), ("rate", [])):
            found = achievement({"unit": unit}, achievement=[row]).run(MONTH)["exceptions.csv"]
            self.assertEqual([line["reason"] for line in found], expected)

    def test_claims_are_read_as_before(self):
        pack = activity(activity=[claim("2025-06", "T", quantity=2)])
        self.assertEqual(pack.owed(MONTH), ["2.00", "0.00"])


if __name__ == "__main__":
    unittest.main()
