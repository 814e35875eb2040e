"""Random claims: activity and achievement with every reason to reject or hold a row."""

from datetime import date, timedelta
from fractions import Fraction

from dialect import read_threshold
from gen_inputs import month_first
from gen_rules import day_in
from gen_spelling import COMMAS_ALONE, Month, Plain, Whole
from pack import is_nhs_number

BAD_NUMBERS = [
    "1.5", "-1", "abc", "1,00", "1.", "1.01", ",100", "£5", "1000000000", "1e3", "+3", "0x1", "٣", "1 0", "½",
    "99999999999999999999",
]
BAD_COUNTS = [
    "-1", "abc", "1.", ".5", "1e3", "1000000000", "0.1234567", "+2", "1 0", "1/2", "NaN",
]
BAD_DATES = [
    "31/02/2026", "2026-02-30", "2025/09/01", "1/9/2025", "01-09-2025", "2025-9-1",
    "20250901", "soon", "2025-09-01T00:00", "29/02/2025", "2025-13-01", "00/01/2025",
    "01/00/2025", "Sep-25", "30-Sept-25", "9-Sep-25", "31-Sep-25", "30 Sep 25",
]
BAD_MONTHS = [
    "2025-13", "2025-00", "Sept-25", "02/09/2025", "2025-9", "06-2025", "Sep  25", "Sep-5",
    "xxx-25", "9", "September", "09/25", "13/2025", "Septem 25", "1/09/2025",
]
ODD_CODES = [
    "NOPE", "bad/code", ".dot", "'quote", "=1+1", "@a", "-x", "a,b", 'a"b', "NO\u200bPE", "\ufeff",
    "\u200e -x", "é", "x" * 65, "m83001 ",
]
LONG_TEXTS = ["p" * 257, "é" * 129, "p" * 100_000]


def patients(rng):
    """A small pool of patient references; at most one is an NHS number."""
    pool = ["P1", "p1", "P2", "P-3", "A 1", "x,y", "=1", "Ü7", "q" * 256, "é" * 128]
    pool += ["P\u200b1", "\u2060P2 ", "N/A", "unknown", "-", "\u00ad"]
    pool.append("943 476 591")
    while len(pool) < 15:
        digits = f"{rng.randint(0, 9_999_999_999):010d}"
        if not is_nhs_number(digits):
            pool.append(rng.choice([digits, f"{digits[:3]} {digits[3:6]} {digits[6:]}"]))
    pool = rng.sample(pool, rng.randint(2, 7))
    if rng.random() < 0.2:
        pool.append(rng.choice(["9434765919", "401-023-2137", "NHS 943.476.5919", "9434765919.0",
                                "\uff19\uff14\uff13\uff14\uff17\uff16\uff15\uff19\uff11\uff19"]))
    return pool


# --- activity ----------------------------------------------------------------------------------


def make_activity(world, count):
    """Activity rows, with mistakes, copies and resubmissions among them."""
    rng = world.rng
    contracts = [
        (scheme, provider)
        for scheme in world.schemes
        for provider in world.providers
        if scheme.activities and (scheme.code, provider) in world.contracts
    ]
    rows = []
    world.rows["activity"] = rows
    if not contracts:
        return
    pool = patients(rng)
    bad = rng.choice([0.03, 0.15, 0.35])
    dated = rng.choice([0.0, 0.6, 0.9, 1.0])
    alive = [(s, p) for s, p in contracts if _open_spells(world, s, p)]
    for _ in range(count):
        scheme, provider = rng.choice(alive if alive and world.chance(0.93) else contracts)
        row = _good_activity(world, scheme, provider, pool, dated)
        if world.chance(bad):
            for _ in range(rng.choice([1, 1, 1, 2, 3])):
                rng.choice(_ACTIVITY_MISTAKES)(world, scheme, row)
        rows.append(row)
    for row in rng.sample(rows, len(rows) // 6):
        copy = dict(row)
        rng.choice(_ACTIVITY_VARIATIONS)(world, contracts, copy)
        rows.append(copy)
    _resubmit_activity(world, contracts, pool, dated)
    if world.chance(0.3):
        rows.insert(rng.randint(0, len(rows)), COMMAS_ALONE)
    if world.chance(0.6):
        rng.shuffle(rows)


def _open_spells(world, scheme, provider):
    """The parts of a contract's spells from 1 April to the end of the run's month."""
    cut = [
        (max(start, world.first), min(end or world.month_end, world.month_end))
        for start, end in world.contracts[scheme.code, provider]
    ]
    return [(start, end) for start, end in cut if start <= end]


def _good_activity(world, scheme, provider, pool, dated):
    rng = world.rng
    month = world.some_month()
    spells = _open_spells(world, scheme, provider)
    if spells and world.chance(0.9):
        start, end = rng.choice(spells)
        day = start + timedelta(days=rng.randint(0, (end - start).days))
        month = day.year * 12 + day.month - 1
    else:
        day = month_first(month) + timedelta(days=rng.randint(0, 27))
    if world.chance(0.1):
        day = month_first(month)
    received = month_first(month) + timedelta(days=rng.randint(0, 100))
    return {
        "month": Month(month),
        "scheme": scheme.code,
        "provider": provider,
        "activity": _some_activity(world, scheme),
        "patient_ref": "" if world.chance(0.1) else rng.choice(pool),
        "activity_date": day if world.chance(dated) else None,
        "quantity": rng.choice([*map(Whole, (0, 1, 1, 2, 3, 7, 15, 30, 1234)), "1", "007"]),
        "submission": rng.choice(["", "", "", Whole(1)]),
        "received": rng.choice([None, None, received]),
    }


def _some_activity(world, scheme):
    """Mostly one that is claimed."""
    claimed = scheme.claimed
    some = scheme.activities if not claimed or world.chance(0.05) else claimed
    return world.rng.choice(some)


def _set(column, values):
    """A mistake that puts one of some texts into a column."""

    def mistake(world, scheme, row):
        row[column] = world.rng.choice(values)

    return mistake


def _any_scheme(world, scheme, row):
    row["scheme"] = world.rng.choice(world.schemes).code


def _wrong_level(world, scheme, row):
    others = [p for p, kind in world.providers.items() if kind not in scheme.types]
    if others:
        row["provider"] = world.rng.choice(others)


def _any_provider(world, scheme, row):
    row["provider"] = world.rng.choice(list(world.providers))


def _not_participating(world, scheme, row):
    row["activity_date"] = day_in(world.rng, world.year)
    if world.chance(0.5):
        row["month"] = Month(row["activity_date"].year * 12 + row["activity_date"].month - 1)


def _outside_year(world, scheme, row):
    index = world.april + world.rng.choice([-1, 12, -12, 20])
    row["month"] = Month(index)
    row["activity_date"] = world.rng.choice([None, month_first(index)])


def _month_mismatch(world, scheme, row):
    row["activity_date"] = day_in(world.rng, world.year)


def _late_claim(world, scheme, row):
    if isinstance(row["month"], Month):
        row["received"] = month_first(row["month"].index + world.rng.choice([1, 2, 3, 13]))
        row["received"] -= timedelta(days=world.rng.choice([0, 1]))


def _blank(world, scheme, row):
    row[world.rng.choice(["month", "scheme", "provider", "activity", "quantity"])] = ""


_ACTIVITY_MISTAKES = [
    _set("scheme", ODD_CODES),
    _set("provider", ODD_CODES),
    _set("activity", ODD_CODES),
    _set("quantity", BAD_NUMBERS),
    _set("submission", BAD_NUMBERS),
    _set("activity_date", BAD_DATES),
    _set("received", BAD_DATES),
    _set("month", BAD_MONTHS),
    _set("patient_ref", LONG_TEXTS),
    _set("activity_date", LONG_TEXTS),
    _set("patient_ref", [""]),
    _set("quantity", ["0"]),
    _wrong_level,
    _any_provider,
    _any_scheme,
    _not_participating,
    _outside_year,
    _month_mismatch,
    _late_claim,
    _late_claim,
    _blank,
]


def _same(world, contracts, row):
    """An exact copy."""


def _same_of_nobody(world, contracts, row):
    """A copy that names no patient, and another one of it."""
    row["patient_ref"] = world.rng.choice(["", "n/a"])
    world.rows["activity"].append({**row, "patient_ref": ""})


def _other_quantity(world, contracts, row):
    row["quantity"] = world.rng.choice(["0", "1", "5", "60"])


def _other_provider(world, contracts, row):
    row["provider"] = world.rng.choice([p for _, p in contracts])


def _other_scheme(world, contracts, row):
    scheme, row["provider"] = world.rng.choice(contracts)
    row["scheme"] = scheme.code
    row["activity"] = world.rng.choice(scheme.activities)


def _other_day(world, contracts, row):
    row["activity_date"] = None if row["activity_date"] else day_in(world.rng, world.year)


_ACTIVITY_VARIATIONS = [
    _same, _same, _same_of_nobody, _other_quantity, _other_provider, _other_scheme, _other_day,
]


def _resubmit_activity(world, contracts, pool, dated):
    """Whole months claimed again, with more, less or nothing usable in them."""
    rng, rows = world.rng, world.rows["activity"]
    months = sorted(
        {
            (row["scheme"], row["provider"], row["month"].index)
            for row in rows
            if isinstance(row["month"], Month)
        }
    )
    for scheme_code, provider, index in rng.sample(months, len(months) // 5):
        scheme = next((s for s, p in contracts if (s.code, p) == (scheme_code, provider)), None)
        if scheme is None:
            continue
        number = rng.choice(["0", "2", "2", "3", "10", "002"])
        again = [dict(row) for row in rows if row["month"] == Month(index)]
        again = [r for r in again if (r["scheme"], r["provider"]) == (scheme_code, provider)]
        again = rng.sample(again, rng.randint(0, len(again)))
        fresh = _good_activity(world, scheme, provider, pool, dated)
        fresh["month"], fresh["activity_date"], fresh["received"] = Month(index), None, None
        again.append(fresh)
        for row in again:
            row["submission"] = number
            if world.chance(0.3):
                row["quantity"] = rng.choice(["0", "0", "4", "bad"])
            if world.chance(0.1):
                rng.choice(_ACTIVITY_MISTAKES)(world, scheme, row)
        rows.extend(again)


# --- achievement -------------------------------------------------------------------------------


def make_achievement(world):
    """Achievement rows, with mistakes, resubmissions and ties among them."""
    rng, rows = world.rng, []
    bad = rng.choice([0.0, 0.1, 0.3])
    missing = rng.choice([0.0, 0.05, 0.3])
    for scheme in world.schemes:
        for provider in world.providers:
            if (scheme.code, provider) not in world.contracts and world.chance(0.95):
                continue
            for indicator in scheme.indicators:
                if world.chance(missing):
                    continue
                for row in _achievements(world, scheme, provider, indicator):
                    if world.chance(bad):
                        for _ in range(rng.choice([1, 1, 2])):
                            rng.choice(_ACHIEVEMENT_MISTAKES)(world, scheme, row)
                    rows.append(row)
    if world.chance(0.2):
        rows.append(COMMAS_ALONE)
    if world.chance(0.5):
        rng.shuffle(rows)
    world.rows["achievement"] = rows


def _as_at(world, indicator):
    rng, due = world.rng, indicator.get("due")
    if isinstance(due, Month) and world.chance(0.85):
        last = min(month_first(due.index + 1) - timedelta(days=1), world.run_date)
        some = world.first + timedelta(days=rng.randint(0, (last - world.first).days))
        return rng.choice([last, some])
    days = [world.last, world.last, date(world.year + 1, 7, 31), date(world.year + 1, 5, 12)]
    days += [world.run_date, world.run_date + timedelta(days=1), world.first]
    day = rng.choice(days)
    if not world.is_year_end and world.chance(0.7):
        day = world.first + timedelta(days=rng.randint(0, (world.run_date - world.first).days))
    return min(day, date(world.year + 1, 7, 31))


def _achievements(world, scheme, provider, indicator):
    """One row mostly; at times further submissions, as_at days and ties."""
    rng = world.rng
    rows = []
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        patients_left = rng.choice([0, 1, 3, 10, 20, 100, 1000, rng.randint(1, 500)])
        exceptions = rng.choice([0, 0, 1, 7])
        given = Plain(Fraction(exceptions)) if exceptions or world.chance(0.5) else None
        done = _numerator(rng, indicator, patients_left)
        rows.append(
            {
                "scheme": scheme.code,
                "provider": provider,
                "indicator": indicator["indicator"],
                "as_at": rows[-1]["as_at"] if rows and world.chance(0.5) else _as_at(world, indicator),
                "numerator": Plain(done),
                "denominator": Plain(Fraction(patients_left + exceptions)),
                "exceptions": given,
                "submission": rng.choice(["", "", "1", "2"]) if rows else "",
            }
        )
    if world.chance(0.08):
        whole = Fraction(rng.randint(1, 10**15 - 1), 10**6)
        part = Fraction(rng.randint(0, whole.numerator), whole.denominator)
        part = Fraction(int(part * 10**6), 10**6)
        less = rng.choice([Fraction(0), Fraction(int((whole - part) * 10**5), 10**6)])
        rows[0].update(numerator=Plain(part), denominator=Plain(whole), exceptions=Plain(less))
    return rows


def _numerator(rng, indicator, most):
    """A numerator from 0 to `most`, often just at a threshold."""
    if rng.random() < 0.4:
        steps = [part for part in indicator.get("steps", "").split("|") if part]
        bounds = [read_threshold(part.split(":")[0]) for part in steps]
        for column in ("floor", "target"):
            if indicator.get(column):
                bounds.append(indicator[column].value)
        exact = most * rng.choice(bounds or [Fraction("0.5")])
        exact = Fraction(round(exact * 1_000_000), 1_000_000)
        if indicator.get("unit") == "rate":
            return exact
        return max(min(exact, Fraction(most)), Fraction(0))
    if indicator.get("unit") == "rate" and rng.random() < 0.5:
        return Fraction(rng.randint(-most, most * 3))
    if rng.random() < 0.1:
        return Fraction(rng.randint(0, most * 100), 100)
    return Fraction(rng.randint(0, most))


def _outside_achievement(world, scheme, row):
    before, after = world.first - timedelta(days=1), date(world.year + 1, 8, 1)
    row["as_at"] = world.rng.choice([before, after, date(world.year - 1, 9, 1)])


def _too_many(world, scheme, row):
    row["numerator"] = Plain(Fraction(world.rng.choice(["1000.5", "11", "2000"])))


def _too_many_exceptions(world, scheme, row):
    row["exceptions"] = Plain(Fraction(world.rng.choice(["5000", "1001", "8"])))


def _blank_achievement(world, scheme, row):
    columns = ["scheme", "provider", "indicator", "as_at", "numerator", "denominator"]
    row[world.rng.choice(columns)] = ""


_ACHIEVEMENT_MISTAKES = [
    _set("scheme", ODD_CODES),
    _set("provider", ODD_CODES),
    _set("indicator", ODD_CODES),
    _set("numerator", BAD_COUNTS[1:]),
    _set("denominator", BAD_COUNTS),
    _set("exceptions", BAD_COUNTS),
    _set("submission", BAD_NUMBERS),
    _set("as_at", BAD_DATES),
    _set("as_at", LONG_TEXTS),
    _wrong_level,
    _any_provider,
    _any_scheme,
    _outside_achievement,
    _too_many,
    _too_many_exceptions,
    _blank_achievement,
]
