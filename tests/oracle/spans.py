"""What is paid without claims: a tariff that counts `each` or a fact, span by span."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from times import first_day, last_day


@dataclass
class SpanLine:
    """One price in one span: count × price × fraction is due."""

    month: int
    price: Fraction
    count: Fraction
    fraction: Fraction


def span_lines(pack, scheme, provider, activity, month):
    """The lines of an activity by a month; the count is None where its fact is not in force."""
    lines = []
    for start in pack.period.year.months[:: activity.months]:
        part, paid_in = part_due(activity, start, month)
        if part == 0:
            continue
        count = Fraction(1)
        if activity.fact is not None:
            count = pack.span_fact(scheme, provider, activity.fact, start)
        parts = parts_covered(pack, scheme, provider, activity, start)
        for price, covered in sorted(parts.items()):
            if covered and count != 0:
                lines.append(SpanLine(paid_in, price, count, covered * part))
    return lines


def part_due(activity, start, month):
    """How much of a span is due by a month, and the month in which it is paid."""
    last = start + activity.months - 1
    if activity.paid == "monthly":
        so_far = min(max(month - start + 1, 0), activity.months)
        return Fraction(so_far, activity.months), min(last, month)
    paid_in = start if activity.paid == "first" else last
    return Fraction(1 if month >= paid_in else 0), paid_in


def parts_covered(pack, scheme, provider, activity, start):
    """Price → the part of a span that the contract's spells cover while the price is in force."""
    spells = pack.spells.get((scheme.code, provider), ())
    first, last = first_day(start), last_day(start + activity.months - 1)
    if scheme.pro_rata == "days":
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    elif scheme.pro_rata == "months":
        days = [first_day(start + n) for n in range(activity.months)]
    else:
        return _price_of_first_day(spells, activity, first, last)
    found = {}
    for day in days:
        price = activity.price_on(day)
        if price is not None and any(spell.start <= day <= spell.end for spell in spells):
            found[price] = found.get(price, 0) + Fraction(1, len(days))
    return found


def _price_of_first_day(spells, activity, first, last):
    """The price in force on the first day so covered, in full."""
    starts = []
    for spell in spells:
        for price in activity.prices:
            start = max(spell.start, price.start, first)
            if start <= min(spell.end, price.end, last):
                starts.append((start, price.amount))
    return {min(starts)[1]: Fraction(1)} if starts else {}
