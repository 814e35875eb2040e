"""Faults that refuse a run: each breaks a good pack in one way."""

import re
from datetime import date, timedelta
from fractions import Fraction

from gen_spelling import Amount, Month
from pack import is_nhs_number, ten_digits

RULES, INPUT = 78, 65
BLANKS = re.compile(rb"\xc2\xa0|[ \t\xa0]")


def _pick(world, kind, wanted=lambda row: True):
    """A row of a kind, or None."""
    rows = [row for row in world.rows.get(kind, []) if isinstance(row, dict) and wanted(row)]
    return world.rng.choice(rows) if rows else None


# --- in the rules --------------------------------------------------------------------------------


def _rule(world, kind, change, wanted=lambda scheme: True):
    """Change a random scheme of the wanted sort."""
    wants_achievement = kind == "achievement"
    schemes = [s for s in world.schemes if s.is_achievement == wants_achievement and wanted(s)]
    if not schemes:
        return False
    change(world, world.rng.choice(schemes))
    return True


def _set_row(column, value):
    def change(world, scheme):
        scheme.row[column] = value

    return change


def _twice(world):
    world.schemes.append(world.rng.choice(world.schemes))
    return True


def _basis(scheme):
    return scheme.row["value_basis"]


def _indicator(world, change):
    def apply(_, scheme):
        change(world.rng.choice(scheme.indicators))

    return _rule(world, "achievement", apply, lambda scheme: scheme.indicators)


def _tariff(world, change):
    def apply(_, scheme):
        change(world.rng.choice(scheme.tariffs))

    return _rule(world, "activity", apply)


def _repeat_indicator(world):
    def apply(_, scheme):
        scheme.indicators.append(dict(scheme.indicators[0]))

    return _rule(world, "achievement", apply, lambda scheme: scheme.indicators)


def _no_indicators(world):
    return _rule(world, "achievement", lambda _, scheme: scheme.indicators.clear())


def _no_points(world):
    def apply(_, scheme):
        for row in scheme.indicators:
            row["points"] = "0"

    return _rule(world, "achievement", apply)


def _overlap(world):
    def apply(_, scheme):
        copy = dict(world.rng.choice(scheme.tariffs))
        copy["to"] = None
        copy["from"] -= timedelta(days=3)
        scheme.tariffs.append(copy)

    return _rule(world, "activity", apply)


def _disagree(world):
    def apply(_, scheme):
        row = dict(scheme.tariffs[0])
        row["from"], row["to"], row["cap"] = date(1999, 4, 1), date(1999, 4, 2), "77"
        scheme.tariffs.append(row)

    return _rule(world, "activity", apply)


def _steps(text):
    def fault(world):
        return _indicator(world, lambda row: row.update(method="steps", steps=text))

    return fault


def _backwards_price(world):
    return _tariff(world, lambda row: row.update(to=row["from"] - timedelta(days=1)))


RULE_FAULTS = {
    "scheme given twice": _twice,
    "unknown provider type": lambda w: _rule(
        w, "activity", _set_row("delivered_by", "practice|hospital")
    ),
    "no source": lambda w: _rule(w, "activity", _set_row("source", "")),
    "bad code": lambda w: _rule(w, "activity", _set_row("scheme", "a/b")),
    "unknown rounding": lambda w: _rule(w, "activity", _set_row("rounding", "nearest")),
    "unknown payment": lambda w: _rule(w, "activity", _set_row("payment", "both")),
    "claim_months of 1.5": lambda w: _rule(w, "activity", _set_row("claim_months", "1.5")),
    "exclusive with nothing": lambda w: _rule(w, "activity", _set_row("exclusive_with", "NONE")),
    "share above 1": lambda w: _rule(w, "achievement", _set_row("in_year_share", "1.000001")),
    "no pro_rata": lambda w: _rule(w, "achievement", _set_row("pro_rata", "")),
    "no value_basis": lambda w: _rule(w, "achievement", _set_row("value_basis", "")),
    "three instalments": lambda w: _rule(w, "achievement", _set_row("instalment_months", "3")),
    "value beside annual-value": lambda w: _rule(
        w, "achievement", _set_row("value", "5"), lambda s: _basis(s) == "annual-value"
    ),
    "no value": lambda w: _rule(
        w, "achievement", _set_row("value", ""), lambda s: _basis(s) != "annual-value"
    ),
    "no list_date": lambda w: _rule(
        w,
        "achievement",
        _set_row("list_date", None),
        lambda s: _basis(s).endswith("patient") or s.row.get("average_list"),
    ),
    "average_list beside another basis": lambda w: _rule(
        w, "achievement", _set_row("average_list", "9000"), lambda s: _basis(s) != "per-point"
    ),
    "indicator given twice": _repeat_indicator,
    "no indicators": _no_indicators,
    "no points": _no_points,
    "sliding without floor": lambda w: _indicator(
        w, lambda row: row.update(method="sliding", floor=None, target="0.5", steps="")
    ),
    "sliding with equal ends": lambda w: _indicator(
        w, lambda row: row.update(method="sliding", floor="0.5", target="0.50", steps="")
    ),
    "steps up and down": _steps("0.6:0.5|0.5:1|0.7:1"),
    "steps equal": _steps("0.6:0.5|0.60:1"),
    "steps above 9": _steps("0.6:0.5|0.7:9.000001"),
    "steps of 60 and 80": _steps("60:0.5|80:1"),
    "floor of 40": lambda w: _indicator(w, lambda row: row.update(method="sliding", floor="40", target="0.8")),
    "target of 101%": lambda w: _indicator(w, lambda row: row.update(target="101%")),
    "steps not numbers": _steps("0.6:0.5|0.7"),
    "per beside quantity": lambda w: _tariff(
        w, lambda row: row.update(count="quantity", per="month")
    ),
    "patients without per": lambda w: _tariff(w, lambda row: row.update(count="patients", per="")),
    "from after to": _backwards_price,
    "prices overlap": _overlap,
    "activity rows disagree": _disagree,
    "price of 7 decimals": lambda w: _tariff(w, lambda row: row.update(price="1.0000001")),
    "price below 0": lambda w: _tariff(w, lambda row: row.update(price="-1")),
}


# --- in the inputs -------------------------------------------------------------------------------


def _change(kind, wanted=lambda row: True, **values):
    def fault(world):
        row = _pick(world, kind, wanted)
        if row is None:
            return False
        row.update(values)
        return True

    return fault


def _add(kind, change, wanted=lambda row: True):
    def fault(world):
        row = _pick(world, kind, wanted)
        if row is None:
            return False
        copy = dict(row)
        change(world, copy)
        world.rows[kind].append(copy)
        return True

    return fault


def _two_lists(world):
    row = _pick(world, "list_sizes", lambda row: row["provider"] in world.providers)
    if row is None:
        return False
    world.rows["list_sizes"].append(dict(row))
    return True


def _case_of_payee(world):
    taken = {row["payee"] or row["provider"] for row in world.rows["providers"]}
    some = sorted(code for code in taken if code.swapcase() != code)
    if not some:
        return False
    payee = some[0].swapcase()
    world.rows["providers"].append(
        {"provider": "NEW", "name": "New", "type": "practice", "payee": payee}
    )
    return True


def _wrong_type(world):
    for scheme in world.schemes:
        for provider, kind in world.providers.items():
            if kind not in scheme.types:
                row = {"scheme": scheme.code, "provider": provider, "from": world.first}
                row["annual_value"] = "5"
                world.rows["participation"].append(row)
                return True
    return False


def _overlapping_spell(world, row):
    row["to"] = row["from"]


def _nhs(world):
    good = []
    while len(good) < 3:
        digits = f"{world.rng.randint(1_000_000_000, 9_999_999_999)}"
        if is_nhs_number(digits):
            good.append(digits)
    rows = [row for row in world.rows["activity"] if isinstance(row, dict)]
    if not rows:
        return False
    for row in rows:
        if len(row.get("patient_ref") or "") < 200:
            digits = world.rng.choice(good)
            spaced = f"{digits[:3]}-{digits[3:6]} {digits[6:]}"
            row["patient_ref"] = world.rng.choice([digits, spaced])
    return True


def _too_much(world):
    # a held contract's adjustments wait, and then nothing is too large
    paying = {scheme.code for scheme in world.schemes if not scheme.is_achievement}
    row = _pick(world, "participation", lambda row: row["scheme"] in paying)
    if row is None:
        return False
    for _ in range(2):
        world.rows["adjustments"].append(
            {
                "scheme": row["scheme"],
                "provider": row["provider"],
                "month": Month(world.april),
                "amount": Amount(Fraction("999999999999.99"), 2),
                "reason": "too much",
                "authorised_by": "nobody",
            }
        )
    return True


def _claim_too_large(world):
    paying = [s for s in world.schemes if not s.is_achievement]
    open_ended = [
        (scheme, row)
        for scheme in paying
        for row in scheme.tariffs
        if row["from"] <= world.first and row.get("to") is None
    ]
    if not open_ended:
        return False
    scheme, row = world.rng.choice(open_ended)
    row["price"] = Amount(Fraction("999999999999.995"))
    claim = {"month": Month(world.april), "scheme": scheme.code, "provider": "NOPE"}
    claim.update(activity=row["activity"], quantity="2", submission="999")
    world.rows["activity"].append(claim)
    return scheme.row.get("rounding") != "down" or row["count"] == "quantity"


def _payment(**values):
    def fault(world):
        row = _pick(world, "participation")
        if row is None:
            return False
        payment = {"scheme": row["scheme"], "provider": row["provider"]}
        payment.update(month=Month(world.april), amount="1.00")
        payment.update(values)
        world.rows["payments_before"].append(payment)
        return True

    return fault


def _adjustment(**values):
    def fault(world):
        row = _pick(world, "participation")
        if row is None:
            return False
        adjustment = {"scheme": row["scheme"], "provider": row["provider"]}
        adjustment.update(month=Month(world.april), amount="1.00", reason="r", authorised_by="a")
        adjustment.update(values)
        world.rows["adjustments"].append(adjustment)
        return True

    return fault


def _outside(fault):
    """A payment or adjustment of the month before the year."""

    def apply(world):
        return fault(month=Month(world.april - world.rng.choice([1, 12, -12])))(world)

    return apply


def _long_provider(world):
    world.rows["providers"].append({"provider": "N" * 65, "name": "x", "type": "practice"})
    return True


INPUT_FAULTS = {
    "provider type": _change("providers", type="Practice"),
    "provider without name": _change("providers", name=""),
    "payee not a code": _change("providers", payee="a:b"),
    "address of a provider": _change("providers", email="a b@practice.example"),
    "pcn not a code": _change("providers", pcn="U1."),
    "provider code too long": _long_provider,
    "payees differ in case": _case_of_payee,
    "provider history overlaps": _add("providers", lambda w, row: None),
    "bad date in the register": _change("providers", **{"from": "2025-02-30"}),
    "participation without from": _change("participation", **{"from": ""}),
    "participation from after to": _change(
        "participation", **{"from": date(2031, 1, 2), "to": date(2031, 1, 1)}
    ),
    "participation overlaps": _add("participation", _overlapping_spell),
    "participation of no scheme": _change("participation", scheme="NOPE"),
    "participation of no provider": _change("participation", provider="NOPE"),
    "wrong type of provider": _wrong_type,
    "annual_value below 0": _change("participation", annual_value="-5"),
    "two lists for a day": _two_lists,
    "list not a number": _change("list_sizes", registered="88,27"),
    "list without a number": _change("list_sizes", registered=""),
    "weighted not a number": _change("list_sizes", weighted="1.0000001"),
    "payment of three decimals": _payment(amount="1.001"),
    "payment of no contract": _payment(scheme="NOPE"),
    "payment without participation": _payment(provider="NOPE"),
    "payment outside the year": _outside(_payment),
    "payment without amount": _payment(amount=""),
    "adjustment outside the year": _outside(_adjustment),
    "adjustment of a bad month": _adjustment(month="2025-13"),
    "adjustment without reason": _adjustment(reason=""),
    "adjustment without authority": _adjustment(authorised_by=""),
    "adjustment of + money": _adjustment(amount="+5"),
    "adjustment of £-5": _adjustment(amount="£-5"),
    "adjustment of misplaced commas": _adjustment(amount="12,34.00"),
    "adjustment of 13 digits": _adjustment(amount="1000000000000"),
    "too much money": _too_much,
    "claim too large": _claim_too_large,
    "NHS numbers": _nhs,
}


# --- in the bytes --------------------------------------------------------------------------------


def _append(text):
    """A line at the end of a file."""

    def fault(rng, content):
        return content.rstrip(b"\r\n") + b"\n" + text

    return fault


def _byte(text):
    def fault(rng, content):
        return content + text

    return fault


def _repeat_header(rng, content):
    return b"provider,provider,scheme,Scheme,Month,month,as at,as_at\n"


def _same_header(rng, content):
    lines = [line for line in re.split(b"[\r\n]+", content.removeprefix(b"\xef\xbb\xbf"))]
    header = next(line for line in lines if BLANKS.sub(b"", line))
    return content.rstrip(b"\r\n") + b"\n" + header + b"\n"


def _drop_header(rng, content):
    return b"nothing,here\n1,2\n"


BYTE_FAULTS = {
    "unclosed quote": _append(b'a,"b\nc,d\n'),
    "text after a quote": _append(b'"a"b,c\n'),
    "quote inside a field": _append(b'a"b",c\n'),
    "NUL byte": _byte(b"\0"),
    "neither encoding": _byte(b"\n\x81\n"),
    "too many fields": _append(b"," * 40 + b"x\n"),
    "cut off": _append(b"x"),
    "the header again": _same_header,
    "another line end in the header": lambda rng, content: b"\x0b" + content,
    "column named twice": _repeat_header,
    "columns missing": _drop_header,
    "empty file": lambda rng, content: b"",
}


def nearly_nhs(rows):
    """Whether a file's rows would be refused for NHS numbers."""
    found = {(row.get("patient_ref") or "") for row in rows if isinstance(row, dict)}
    ten = set(map(ten_digits, found)) - {None}
    return bool(ten) and 2 * sum(map(is_nhs_number, ten)) >= len(ten)


