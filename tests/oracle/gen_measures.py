"""Random new things in indicators: due months, rates, baselines, groups, factors, networks."""

from fractions import Fraction

from gen_rules import ITEM_CODES, SOURCES, amount
from gen_spelling import Month, Share, Whole, spell_share

FACTORS = ("prev-1", "prev 2", "=PREV")
BASELINES = ("base", "last%", "@base")
MONEY = ("last-year", "FREED", "+alloc")
SIZES = ("BEDS", "obesity", "swpe", "registered", "weighted")
RATES = "-1 -0.05 -0.000001 0 0.01 0.02 0.5 0.95 1 1.161 1.2 2 10".split()


def renew_achievement(rng, scheme, year):
    """New columns in an achievement scheme and its indicators."""
    row = scheme.row
    if rng.random() < 0.25:
        row["in_year_of"] = rng.choice(MONEY)
    _renew_network(rng, row)
    for indicator in scheme.indicators:
        _renew_indicator(rng, indicator)
        if not row.get("in_year_of") and rng.random() < 0.5:
            months = [year * 12 + 3 + n for n in (0, 2, 5, 5, 8, 8, 11, 11)]
            indicator["due"] = rng.choice([*map(Month, months), *["when-met"] * 5])
        if row["value_basis"] == "per-point" and rng.random() < 0.4:
            indicator["factor"] = rng.choice(FACTORS)
    if rng.random() < 0.5:
        _group(rng, scheme)


def measured_activity(rng, scheme):
    """Indicators of an activity scheme, which clauses ask for."""
    _renew_network(rng, scheme.row)
    taken = scheme.activities
    codes = [code for code in ITEM_CODES if code not in taken or rng.random() < 0.1]
    for code in rng.sample(codes, rng.randint(1, 2)):
        row = {"scheme": scheme.code, "indicator": code, "title": "Score", "points": amount("0")}
        row.update(method="sliding", floor=Share(Fraction(0)), target=Share(Fraction(1)))
        row["source"] = rng.choice(SOURCES)
        row["if_no_patients"] = rng.choice(["", "full"])
        _renew_indicator(rng, row)
        scheme.indicators.append(row)


def _renew_network(rng, row):
    if rng.random() < 0.35:
        row["achieved_by"] = rng.choice(["network", "network", "provider"])


def _renew_indicator(rng, row):
    """Rates, baselines, thresholds beyond 0 and 1, falling steps, steps above 1."""
    if rng.random() < 0.3:
        row["min_patients"] = rng.choice([Whole(0), Whole(1), Whole(5), Whole(20), Whole(900)])
    if rng.random() < 0.25:
        row["against"] = rng.choice(BASELINES)
    if rng.random() < 0.3:
        row["unit"] = rng.choice(["rate", "rate", "share"])
    is_free = row.get("unit") == "rate" or row.get("against")
    if is_free and row["method"] != "steps" and rng.random() < 0.6:
        low, high = rng.sample(RATES, 2)
        if row.get("floor"):
            row["floor"] = Share(Fraction(low))
        row["target"] = Share(Fraction(high))
    if row["method"] == "steps" and rng.random() < 0.7:
        bounds = RATES if is_free else "0 0.2 0.40 0.5 0.666667 0.9 1".split()
        bounds = sorted(map(Fraction, rng.sample(bounds, rng.randint(1, 4))))
        if rng.random() < 0.5:
            bounds.reverse()
        pays = [Fraction(rng.choice(["0", "0.1", "0.5", "1", "1.3", "2.5", "9"])) for _ in bounds]
        pairs = zip(bounds, pays)
        row["steps"] = "|".join(":".join(spell_share(rng, n) for n in pair) for pair in pairs)


def _group(rng, scheme):
    """Some indicators become one group, the same in what a group must have in common."""
    if len(scheme.indicators) < 2:
        return
    some = rng.sample(scheme.indicators, rng.randint(2, len(scheme.indicators)))
    example = max(some, key=lambda row: row["points"].value)
    for row in some:
        row["group"] = "BEST"
        for column in ("points", "due", "factor"):
            row[column] = example.get(column)
