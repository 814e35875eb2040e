"""Faults in clauses, facts, decisions and the columns that go with them; as in `gen_faults`."""

from datetime import timedelta

from gen_measures import FACTORS
from gen_spelling import Month


def _schemes(world, is_achievement=None):
    """The schemes of a sort, in random order."""
    some = [s for s in world.schemes if is_achievement in (None, s.is_achievement)]
    return world.rng.sample(some, len(some))


def _clause(is_achievement=None, **columns):
    """A bad clause in front of a scheme's others."""

    def fault(world):
        for scheme in _schemes(world, is_achievement):
            row = {"scheme": scheme.code, "clause": "BAD", "title": "Bad", "limit": "at-most"}
            row.update({"is": "5", "per": "", "source": "x", **columns})
            if row["per"] == "":
                scheme.limits.append(row)
            else:
                scheme.limits.insert(0, row)
            return True
        return False

    return fault


def _test(text):
    return _clause(limit="only-if", **{"is": text})


def _after_a_pot(world):
    return _clause(limit="pot")(world) and _same_scheme(world, "LAST")


def _same_scheme(world, code):
    row = next(row for s in world.schemes for row in s.limits if row["clause"] == "BAD")
    scheme = next(s for s in world.schemes if s.code == row["scheme"])
    scheme.limits.append({**row, "clause": code})
    return True


def _code_of_an_item(world):
    for scheme in _schemes(world):
        for code in [*scheme.activities, *(row["indicator"] for row in scheme.indicators)]:
            return _clause(clause=code, scheme=scheme.code)(world)
    return False


def _not_claimed(world):
    for scheme in _schemes(world, False):
        known = {row["indicator"] for row in scheme.indicators}
        for code in scheme.activities:
            if code not in scheme.claimed and code not in known:
                return _clause(limit="only-if", scheme=scheme.code, **{"is": f"{code} > 1"})(world)
    return False


def _finer_than_a_tariff(world):
    for scheme in _schemes(world, False):
        paid = [r for r in scheme.tariffs if r["count"] not in ("quantity", "patients")]
        if any(row["per"] != "month" for row in paid):
            return _clause(per="month", scheme=scheme.code)(world)
    return False


def _tariff(wanted, **columns):
    """Change all rows of an activity of a sort."""

    def fault(world):
        for scheme in _schemes(world, False):
            for code in scheme.activities:
                rows = [row for row in scheme.tariffs if row["activity"] == code]
                if wanted(rows[0]):
                    for row in rows:
                        row.update(columns)
                    return True
        return False

    return fault


def _indicator(wanted, is_achievement=True, **columns):
    def fault(world):
        for scheme in _schemes(world, is_achievement):
            for row in scheme.indicators:
                if wanted(scheme, row):
                    row.update(columns)
                    return True
        return False

    return fault


def _is_claimed(row):
    return row["count"] in ("quantity", "patients")


def _no_part(world):
    for scheme in _schemes(world, False):
        if len(scheme.claimed) < len(scheme.activities):
            scheme.row["pro_rata"] = ""
            return True
    return False


NEW_RULE_FAULTS = {
    "unknown limit": _clause(limit="at-best"),
    "clause of no scheme": _clause(scheme="NOPE"),
    "amount not a number": _clause(**{"is": "a lot"}),
    "amount below 0": _clause(**{"is": "-5"}),
    "fact not a code": _clause(**{"is": "5 a 'x"}),
    "test of K above the tests": _test("3 of beds > 1 | beds > 2"),
    "test of K = 0": _test("0 of beds > 1"),
    "test without a number": _test("beds > many"),
    "test without a sign": _test("beds"),
    "test of two signs": _test("beds > 1 > 2"),
    "test of an unknown scheme": _test("scheme NOPE"),
    "times of nothing": _clause(limit="times", **{"is": "NOPE"}),
    "less an unknown scheme": _clause(limit="less", **{"is": "scheme NOPE"}),
    "keep-if in an activity scheme": _clause(False, limit="keep-if", **{"is": "beds > 1"}),
    "months in an achievement scheme": _clause(True, per="month"),
    "pot of a quarter": _clause(limit="pot", per="quarter"),
    "a clause after a pot": _after_a_pot,
    "a clause twice": lambda w: _clause()(w) and _same_scheme(w, "BAD"),
    "a clause with an item's code": _code_of_an_item,
    "a test on what is not claimed": _not_claimed,
    "a clause finer than a tariff": _finer_than_a_tariff,
    "paid where claims are paid": _tariff(_is_claimed, paid="first"),
    "cap_of without cap": _tariff(lambda row: not row["cap"], cap="", cap_of="beds"),
    "cap_per without cap": _tariff(lambda row: not row["cap"], cap="", cap_per="month"),
    "a cap where nothing is claimed": _tariff(lambda row: not _is_claimed(row), cap="5"),
    "no span": _tariff(lambda row: not _is_claimed(row), per=""),
    "a group beside quantity": _tariff(lambda row: row["count"] == "quantity", group="H"),
    "an episode alone": _tariff(lambda row: row["count"] == "patients", per="episode", group="H",
                                cap="", patient_cap="", cap_of="", cap_per="", again_after="2"),
    "again_after of 12": _tariff(lambda row: row.get("per") == "episode", again_after="12"),
    "again_after alone": _tariff(lambda row: row.get("per") == "month", again_after="2"),
    "no pro_rata for spans": _no_part,
    "due in another year": _indicator(lambda s, row: not row.get("group"), due=Month(2000 * 12)),
    "due beside in_year_of": _indicator(lambda s, row: s.row.get("in_year_of"), due="when-met"),
    "factor beside another basis": _indicator(
        lambda s, row: s.row["value_basis"] != "per-point", factor="x"
    ),
    "points in an activity scheme": _indicator(lambda s, row: True, False, points="1"),
    "due in an activity scheme": _indicator(lambda s, row: True, False, due="when-met"),
    "another due in a group": _indicator(lambda s, row: row.get("group"), due=Month(2000 * 12)),
    "unknown unit": _indicator(lambda s, row: True, None, unit="percent"),
}


# --- in the inputs -------------------------------------------------------------------------------


def _decision(kind, **columns):
    def fault(world):
        rows = [row for row in world.rows["participation"] if isinstance(row, dict)]
        if not rows:
            return False
        row = {name: world.rng.choice(rows)[name] for name in ("scheme", "provider")}
        row.update({"from": Month(world.month), "reason": "r", "authorised_by": "a"})
        if kind == "recoveries":
            row["monthly"] = "5"
        world.rows[kind].append({**row, **columns})
        return True

    return fault


def _overlapping(kind):
    def fault(world):
        if not _decision(kind)(world):
            return False
        row = dict(world.rows[kind][-1])
        row["from"] = Month(world.month - 3)
        world.rows[kind].append(row)
        return True

    return fault


def _fact(**columns):
    def fault(world):
        row = {"provider": sorted(world.providers)[0], "fact": "extra", "as_at": world.first}
        world.rows["facts"].append({**row, "number": "1", **columns})
        return True

    return fault


def _two_facts(world):
    return _fact()(world) and _fact()(world)


def _factor_below_0(world):
    named = [row["factor"] for s in world.schemes for row in s.indicators if row.get("factor")]
    if not named:
        return False
    assert named[0] in FACTORS
    day = world.first - timedelta(days=3000)
    return _fact(fact=named[0], number="-0.000001", as_at=day)(world)


def _spell(is_achievement, **columns):
    def fault(world):
        codes = {s.code for s in world.schemes if s.is_achievement == is_achievement}
        rows = [r for r in world.rows["participation"] if r["scheme"] in codes]
        if not rows:
            return False
        world.rng.choice(rows).update(columns)
        return True

    return fault


def _merged_with_itself(world):
    codes = {s.code for s in world.schemes if s.is_achievement}
    for row in world.rows["participation"]:
        if row["scheme"] in codes:
            row["merged_into"] = row["provider"]
            return True
    return False


NEW_INPUT_FAULTS = {
    "holds overlap": _overlapping("holds"),
    "recoveries overlap": _overlapping("recoveries"),
    "hold of nobody": _decision("holds", provider="NOPE"),
    "hold without reason": _decision("holds", reason=""),
    "recovery below 0": _decision("recoveries", monthly="-1"),
    "recovery of three decimals": _decision("recoveries", monthly="1.005"),
    "recovery without an amount": _decision("recoveries", monthly=""),
    "two facts for a day": _two_facts,
    "a list size among the facts": _fact(fact="weighted"),
    "a fact of seven decimals": _fact(number="1.0000001"),
    "a fact without a number": _fact(number=""),
    "a factor below 0": _factor_below_0,
    "a spell's list_date in an activity scheme": _spell(False, list_date="2025-04-01"),
    "merged in an activity scheme": _spell(False, merged_into="NOPE"),
    "merged into nobody": _spell(True, merged_into="NOPE"),
    "merged into itself": _merged_with_itself,
}
