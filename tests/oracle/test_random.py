"""The oracle on random packs, of the old and the new kind: every pound and row is accounted for."""

import json
import random
import tempfile
import unittest
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import packs
from dialect import Faults
from oracle import Refused, reckon
from rules import read_rules
from small import column, rows_of
from times import month_period, year_period

OLD, NEW = range(120), range(150)
CLAUSES = ("only-if", "times", "less", "on-account", "at-most", "at-least", "keep-if", "pot",
           "whole-pot")
# What random packs of the new kind must show at least so often.
OFTEN = {
    **{f"clause {limit}": 8 for limit in CLAUSES if limit != "keep-if"},
    "clause keep-if": 4,
    "less scheme": 3,
    "pot shared by three": 3,
    "line deferred": 20,
    "line held": 100,
    "reason missing-fact of a row": 20,
    "reason missing-fact of a contract": 20,
    "reason held-by-person": 20,
    "reason not-claimed": 20,
    "reason after-due": 20,
    "reason missing-achievement in a month": 4,
    "reason exclusive-scheme": 20,
    "reason over-cap": 20,
    "part span": 20,
    "due line": 20,
    "network line": 20,
    "factor": 5,
    "in_year_of": 5,
    "group of indicators": 5,
    "group of activities": 20,
    "episode": 10,
    "negative achievement": 3,
    "fraction above 1": 5,
}


@dataclass
class Ran:
    """A pack that was run: the outputs by rows, the schemes, and the period."""

    outputs: dict
    schemes: dict
    period: object


def run_pack(seed, is_new):
    """(exit status, expected one, what came of it or None) of a random pack."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        packs.small_pack(seed, folder, is_new)
        case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
        kind, when = case["arguments"]
        period = month_period(when) if kind == "--month" else year_period(when)
        try:
            found = reckon(folder / "inputs", folder / "rules", period)
        except Refused as refused:
            return refused.status, case["expected_exit"], None
        rules = folder / "rules" / period.year.label
        schemes = read_rules(rules, period.year, Faults(), [])
    outputs = {name: rows_of(content) for name, content in found.items()}
    return 0, case["expected_exit"], Ran(outputs, schemes, period)


def faulty(fault, seed):
    """The exit status of the first pack of the new kind in which a fault can be made."""
    for number in range(seed, seed + 60):
        rng = random.Random(number)
        world = packs.make_world(rng, 20, True)
        if not fault(world):
            continue
        with tempfile.TemporaryDirectory() as folder:
            inputs, rules = packs.input_files(world, True), packs.rule_files(world)
            packs.write_case(Path(folder), world, number, 0, [], inputs, rules)
            case = json.loads((Path(folder) / "case.json").read_text(encoding="utf-8"))
            kind, when = case["arguments"]
            period = month_period(when) if kind == "--month" else year_period(when)
            try:
                reckon(Path(folder) / "inputs", Path(folder) / "rules", period)
            except Refused as refused:
                return refused.status
            return 0
    return None


class RandomPacks(unittest.TestCase):
    """Random packs close to the penny and to the row."""

    def all_close(self, seeds, is_new):
        """Run packs, check each; what came of them."""
        found = []
        for seed in seeds:
            with self.subTest(seed=seed):
                status, expected, ran = run_pack(seed, is_new)
                self.assertEqual(status, expected)
                if ran is not None:
                    self.close(ran.outputs)
                    found.append(ran)
        return found

    def test_random_packs(self):
        self.all_close(OLD, False)

    def test_random_packs_of_the_new_kind(self):
        seen = Counter()
        for ran in self.all_close(NEW, True):
            _note(ran, seen)
        self.assertEqual({what: seen[what] for what in OFTEN if seen[what] < OFTEN[what]}, {})

    def test_every_fault_of_the_new_kind(self):
        """Each refuses whatever pack it can be made in."""
        for table, expected in ((packs.NEW_RULE_FAULTS, 78), (packs.NEW_INPUT_FAULTS, 65)):
            for number, name in enumerate(table):
                with self.subTest(fault=name):
                    self.assertEqual(faulty(table[name], 1000 * number), expected)

    def close(self, outputs):
        """Every pound and every row is accounted for."""
        pounds, kinds = {}, {}
        for line in outputs["lines.csv"]:
            key = line["scheme"], line["provider"]
            pounds[key] = pounds.get(key, 0) + Fraction(line["amount"])
            kinds.setdefault(key, []).append(line["kind"])
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
            self.assertEqual(payment["status"] == "hold", kinds.get(key) == ["held"])
        self.assertEqual(pounds, {})
        order = ["instalment", "indicator", "activity", "limit", "adjustment", "deferred", "held"]
        for some in kinds.values():
            self.assertEqual(some, sorted(some, key=order.index))
        listed = [row["outcome"] for row in outputs["exceptions.csv"] if row["file"]]
        for state in ("rejected", "held"):
            total = sum(int(number) for number in column(outputs, "controls.csv", state))
            self.assertEqual(listed.count(state), total)


def _note(ran, seen):
    """Count what a pack of the new kind shows."""
    _note_lines(ran, seen)
    for row in ran.outputs["exceptions.csv"]:
        reason = row["reason"]
        if reason == "missing-fact":
            reason += " of a row" if row["file"] else " of a contract"
        if reason == "missing-achievement" and not ran.period.is_year_end:
            reason += " in a month"
        seen[f"reason {reason}"] += 1


def _note_lines(ran, seen):
    pots = Counter()
    for line in ran.outputs["lines.csv"]:
        scheme = ran.schemes[_plain(line["scheme"])]
        item, kind = _plain(line["item"]), line["kind"]
        fraction = Fraction(line["fraction"] or 0)
        seen[f"line {kind}"] += 1
        if kind == "limit":
            clause = next(c for c in scheme.clauses if c.code == item)
            seen[f"clause {clause.limit}"] += 1
            seen["less scheme"] += clause.limit == "less" and clause.scheme is not None
            pots[scheme.code] += clause.is_pot
        elif kind == "indicator":
            indicator = scheme.indicators[item]
            seen["due line"] += indicator.due is not None and not ran.period.is_year_end
            seen["network line"] += scheme.by_network
            seen["factor"] += indicator.factor is not None
            seen["group of indicators"] += indicator.group is not None
            seen["negative achievement"] += line["count"].startswith("-")
            seen["fraction above 1"] += fraction > 1
        elif kind == "activity":
            activity = scheme.activities[item]
            seen["part span"] += fraction.denominator > 1
            seen["group of activities"] += activity.group is not None
            seen["episode"] += activity.is_episode
        elif kind == "instalment":
            seen["in_year_of"] += scheme.in_year_of is not None
    seen["pot shared by three"] += sum(1 for count in pots.values() if count >= 3)


def _plain(text):
    """A code without the guard against formulas."""
    return text[1:] if text.startswith("'") else text


if __name__ == "__main__":
    unittest.main()
