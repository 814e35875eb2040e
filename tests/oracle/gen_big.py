"""A larger pack: many providers, plain spelling, mostly good rows."""

from datetime import date, timedelta
from fractions import Fraction

from gen_inputs import World, month_first
from gen_rules import Scheme, amount
from gen_spelling import Month, Plain, Style, write_table
from pack import KINDS
from indicators import INDICATOR_COLUMNS
from rules import SCHEME_COLUMNS
from tariffs import TARIFF_COLUMNS

YEAR = 2025
SOURCE = "illustrative"


def _scheme(code, payment, **more):
    row = {"scheme": code, "title": code, "delivered_by": "practice", "commissioned": "individual"}
    row.update(payment=payment, measured_by="activity", source=SOURCE, **more)
    return Scheme(row)


def _schemes():
    quality = _scheme(
        "QIF",
        "achievement",
        value_basis="per-registered-patient",
        value=amount("5.4321"),
        list_date=date(YEAR, 4, 1),
        in_year_share=amount("0.80"),
        instalment_months="12",
        pro_rata="days",
    )
    for number, points in enumerate(("10", "7", "3")):
        row = {"scheme": "QIF", "indicator": f"Q{number}", "title": "Q", "points": amount(points)}
        row.update(method="sliding", floor=amount("0.4"), target=amount("0.9"), source=SOURCE)
        quality.indicators.append(row)
    spirometry = _scheme("SPIRO", "activity", claim_months="3")
    doac = _scheme("DOAC", "activity", exclusive_with="JOINT", rounding="half-even")
    joint = _scheme("JOINT", "activity", recovery="invoice")
    shapes = (
        (spirometry, "TEST", "quantity", "", "37.505", "4000", ""),
        (doac, "REVIEW", "patients", "quarter", "12.345", "", "3"),
        (joint, "MONITOR", "patients", "month", "9.99", "2000", ""),
    )
    for scheme, code, count, per, price, cap, patient_cap in shapes:
        row = {"scheme": scheme.code, "activity": code, "title": code, "count": count, "per": per}
        row.update(cap=cap, patient_cap=patient_cap, source=SOURCE)
        dear = {**row, "price": amount(price), "from": date(YEAR, 4, 1), "to": date(YEAR, 9, 14)}
        dearer = {**row, "price": amount(str(Fraction(price) * 2)), "from": date(YEAR, 9, 15)}
        scheme.tariffs.extend([dear, dearer])
    return [quality, spirometry, doac, joint]


def _activity(rng, providers, schemes, count):
    paying = [scheme for scheme in schemes if scheme.tariffs]
    april = YEAR * 12 + 3
    for number in range(count):
        scheme = rng.choice(paying)
        month = april + number * 12 // count
        day = month_first(month) + timedelta(days=rng.randint(0, 27))
        yield {
            "month": Month(month),
            "scheme": scheme.code,
            "provider": rng.choice(providers) if rng.random() > 0.001 else "GONE",
            "activity": scheme.activities[0],
            "patient_ref": f"R{rng.randint(1, max(50, count // 4))}",
            "activity_date": day if rng.random() < 0.8 else None,
            "quantity": str(rng.randint(0, 5)),
            "received": day + timedelta(days=rng.randint(0, 130)),
        }


def _achievement(rng, providers, schemes):
    for provider in providers:
        for indicator in schemes[0].indicators:
            left = rng.randint(0, 400)
            yield {
                "scheme": "QIF",
                "provider": provider,
                "indicator": indicator["indicator"],
                "as_at": date(YEAR + 1, 3, 31),
                "numerator": Plain(Fraction(rng.randint(0, left))),
                "denominator": Plain(Fraction(left + 5)),
                "exceptions": Plain(Fraction(5)),
            }


def make_big(rng, count):
    """(world, input files, rule files) of a valid year-end pack with `count` activity rows."""
    schemes = _schemes()
    world = World(rng, YEAR, YEAR * 12 + 3 + 11, True, schemes)
    providers = [f"V{number:05d}" for number in range(max(3, min(7000, count // 100)))]
    contracts = [(scheme.code, provider) for scheme in schemes for provider in providers]
    started = date(YEAR, 4, 1)
    rows = {
        "providers": [
            {"provider": p, "name": f"Surgery {p}", "type": "practice"} for p in providers
        ],
        "participation": [{"scheme": s, "provider": p, "from": started} for s, p in contracts],
        "list_sizes": [
            {"provider": p, "as_at": started, "registered": str(rng.randint(900, 30000))}
            for p in providers
        ],
        "achievement": list(_achievement(rng, providers, schemes)),
        "activity": list(_activity(rng, providers, schemes, count)),
    }
    style = Style(plain_values=True)
    inputs = {
        f"{kind}.csv": _bytes(rng, KINDS[kind], part, style) for kind, part in rows.items()
    }
    tables = {
        "schemes.csv": (SCHEME_COLUMNS, [scheme.row for scheme in schemes]),
        "indicators.csv": (INDICATOR_COLUMNS, schemes[0].indicators),
        "tariffs.csv": (TARIFF_COLUMNS, [row for s in schemes for row in s.tariffs]),
    }
    rules = {name: _bytes(rng, columns, part, style) for name, (columns, part) in tables.items()}
    return world, inputs, rules


def _bytes(rng, columns, rows, style):
    required = {column.name for column in columns if column.required}
    return write_table(rng, [column.name for column in columns], required, rows, style)
