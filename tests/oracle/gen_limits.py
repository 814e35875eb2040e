"""Random clauses: amounts, tests, pots, in every span that they may have."""

from gen_measures import MONEY, SIZES
from gen_rules import SOURCES
from gen_spans import SPANS

CLAUSE_CODES = "L1 L2 L3 L4 L5 L6 =MIN @pot -less +c".split()
POUNDS = ["0", "0.01", "1", "12.345", "100", "£750", "1,000", "6156", "12,500.005", "250,000"]
WHENEVER = ["only-if", "only-if", "times", "less", "less", "on-account", "at-most", "at-least"]


def add_limits(rng, schemes):
    """Clauses for most schemes, in an order that the rules allow."""
    for scheme in schemes:
        if rng.random() < 0.2:
            continue
        shortest = _shortest(scheme)
        spans = [12] if scheme.is_achievement else [m for m in (1, 3, 6, 12) if m >= shortest]
        lengths = sorted(rng.choice(spans) for _ in range(rng.randint(0, 4)))
        codes = rng.sample(CLAUSE_CODES, 6)
        for months in lengths:
            limit = rng.choice([*WHENEVER, *(["keep-if"] * 6 if scheme.is_achievement else [])])
            _add(rng, schemes, scheme, codes.pop(), limit, months)
        if rng.random() < 0.35:
            limit = rng.choice(["pot", "pot", "whole-pot"])
            _add(rng, schemes, scheme, codes.pop(), limit, 12)


def _shortest(scheme):
    """The length of the finest span that a clause may have, in months."""
    paid = [row for row in scheme.tariffs if row["count"] not in ("quantity", "patients")]
    return max((SPANS[row["per"]] for row in paid), default=1)


def _add(rng, schemes, scheme, code, limit, months):
    indicators = [row["indicator"] for row in scheme.indicators]
    if limit == "times" and not indicators:
        limit = "at-most"
    per = {length: name for name, length in SPANS.items()}[months]
    row = {"scheme": scheme.code, "clause": code, "title": "Clause", "limit": limit}
    row["per"] = "" if months == 12 and rng.random() < 0.5 else per
    row["source"] = rng.choice(SOURCES)
    earlier = schemes[: schemes.index(scheme)]
    if limit in ("only-if", "keep-if"):
        row["is"] = _test(rng, schemes, scheme)
    elif limit == "times":
        row["is"] = rng.choice(indicators)
    elif limit == "less" and earlier and months == 12 and rng.random() < 0.5:
        row["is"] = f"scheme {rng.choice(earlier).code}"
    elif limit in ("pot", "whole-pot"):
        row["is"] = rng.choice(POUNDS)
    else:
        row["is"] = _amount(rng)
    scheme.limits.append(row)


def _amount(rng):
    if rng.random() < 0.4:
        return f"{rng.choice(['0.95', '1', '£0.125', '2.50'])} a {rng.choice(MONEY + SIZES)}"
    return rng.choice(POUNDS)


def _test(rng, schemes, scheme):
    """A test, one in four of several."""
    if rng.random() < 0.75:
        return _single(rng, schemes, scheme)
    tests = [_single(rng, schemes, scheme) for _ in range(rng.randint(1, 4))]
    between = rng.choice(["|", " | ", " |  "])
    return f"{rng.randint(1, len(tests))} of {between.join(tests)}"


def _single(rng, schemes, scheme):
    sign = rng.choice([">=", ">", "<=", "<"])
    sign = rng.choice([f" {sign} ", sign, f"{sign} "])
    luck = rng.random()
    if luck < 0.25:
        return f"scheme {rng.choice(schemes).code}"
    codes = [row["indicator"] for row in scheme.indicators]
    if codes and luck < 0.6:
        number = rng.choice(["0.5", "0", "0.75", "-0.1", "1"])
        return f"{rng.choice(codes)}{sign}{number}"
    claimed = [code for code in scheme.claimed if code not in codes]
    if claimed and luck < 0.85:
        return f"{rng.choice(claimed)}{sign}{rng.choice(['0', '1', '2', '5', '40'])}"
    return f"{rng.choice(SIZES + MONEY)}{sign}{rng.choice(['-5', '0', '100', '5,000'])}"
