"""Random new things in tariffs: each, facts, half-years, caps by fact, groups, episodes."""

from datetime import date
from fractions import Fraction

from gen_measures import SIZES
from gen_rules import AMOUNTS, ITEM_CODES, SOURCES, amount
from gen_spelling import Amount, Whole

SPANS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def renew_activity(rng, scheme, year):
    """New columns in the tariffs of an activity scheme."""
    for code in scheme.activities:
        rows = [row for row in scheme.tariffs if row["activity"] == code]
        luck = rng.random()
        if luck < 0.35:
            _without_claims(rng, scheme, rows)
        elif rows[0]["cap"] != "" or luck < 0.55:
            _cap(rng, rows)
        if rows[0]["count"] == "patients" and rng.random() < 0.3:
            _all(rows, per="half-year")
    if rng.random() < 0.5:
        _add_group(rng, scheme, year)


def _all(rows, **columns):
    for row in rows:
        row.update(columns)


def _without_claims(rng, scheme, rows):
    """An activity that is paid span by span."""
    _all(
        rows,
        count=rng.choice(["each", *SIZES]),
        per=rng.choice(list(SPANS)),
        paid=rng.choice(["", "last", "first", "first", "monthly", "monthly"]),
        cap="",
        patient_cap="",
    )
    scheme.row["pro_rata"] = rng.choice(["days", "months", "none"])


def _cap(rng, rows):
    """A cap that follows a fact, or of a shorter span."""
    columns = {"cap_per": rng.choice(["", *SPANS])}
    if rng.random() < 0.6:
        columns["cap_of"] = rng.choice(SIZES)
        cap = rng.choice(["0", "0.009", "0.0005", "0.12", "0.000001", "1", "2.5"])
        columns["cap"] = Amount(Fraction(cap))
    else:
        columns["cap"] = rng.choice([Whole(0), Whole(1), Whole(3), Whole(10), "40"])
    _all(rows, **columns)


def _add_group(rng, scheme, year):
    """Activities of which a patient's dearest is paid, an episode's mostly among them."""
    free = [code for code in ITEM_CODES if code not in scheme.activities]
    codes = rng.sample(free, min(len(free), rng.randint(2, 3)))
    per = rng.choice(["month", "quarter", "quarter", "half-year", "year"])
    has_episode = rng.random() < 0.7
    for place, code in enumerate(codes):
        row = {"scheme": scheme.code, "activity": code, "title": "Group", "count": "patients"}
        row.update(per=per, group="G", cap="", patient_cap="", source=rng.choice(SOURCES))
        if has_episode and place == 0:
            row.update(per="episode", again_after=rng.choice([Whole(1), "2", "3", Whole(11)]))
        start = date(year, 4, 1)
        row.update(price=amount(rng.choice(AMOUNTS)))
        row["from"] = rng.choice([start, start, date(year - 1, 4, 1)])
        if rng.random() < 0.3:
            row["to"] = date(year, rng.choice([6, 9, 11]), 30)
            later = {**row, "from": date(year, row["to"].month + 1, 1), "to": None}
            later["price"] = amount(rng.choice(AMOUNTS))
            scheme.tariffs.append(later)
        scheme.tariffs.append(row)
