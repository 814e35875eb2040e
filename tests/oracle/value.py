"""The value of an achievement contract, and what part of it each indicator is worth."""

from fractions import Fraction

from money import to_pence
from pack import months_covered
from times import first_day


def contract_value(pack, scheme, provider):
    """V in pence; None where a list size or a factor that it needs is missing."""
    spells = pack.spells_of_year(scheme.code, provider)
    if not spells:
        return 0
    if scheme.pro_rata == "none":
        spells = spells[-1:]
    pounds = Fraction(0)
    for spell in spells:
        basis = _basis(pack, scheme, provider, spell)
        if basis is None:
            return None
        pounds += basis * _part_of_year(scheme, spell, pack.period.year)
    return to_pence(pounds, scheme.rounding)


def _basis(pack, scheme, provider, spell):
    """What a whole year is worth in pounds by a spell, or None."""
    if scheme.value_basis == "annual-value":
        return spell.annual_value
    pounds = scheme.value
    if scheme.needs_list:
        patients = _patients(pack, scheme, provider, spell)
        if patients is None:
            return None
        pounds *= patients
    if scheme.value_basis == "per-point":
        weights = part_weights(pack, scheme, provider)
        if None in weights:
            return None
        pounds *= sum(weights)
        if scheme.average_list is not None:
            pounds /= scheme.average_list
    return pounds


def _patients(pack, scheme, provider, spell):
    fact = "weighted" if scheme.value_basis == "per-weighted-patient" else "registered"
    return pack.facts.on(provider, fact, spell.list_date or pack.scheme_day(scheme))


def lacks_list(pack, scheme, provider):
    """Whether the value needs a list size that is not in force; the contract touches the year."""
    spells = pack.spells_of_year(scheme.code, provider)
    if scheme.pro_rata == "none":
        spells = spells[-1:]
    return scheme.needs_list and None in [_patients(pack, scheme, provider, s) for s in spells]


def factor_of(pack, scheme, provider, indicator):
    """What an indicator's points are multiplied by, or None where the fact is missing."""
    if indicator.factor is None:
        return Fraction(1)
    return pack.facts.on(provider, indicator.factor, pack.contract_day(scheme, provider))


def part_weights(pack, scheme, provider):
    """The points × factor of each of the scheme's parts; None where a factor is missing."""
    weights = []
    for part in scheme.parts:
        factor = factor_of(pack, scheme, provider, part[0])
        weights.append(None if factor is None else part[0].points * factor)
    return weights


def _part_of_year(scheme, spell, year):
    """The pro-rata fraction of a spell that touches the year."""
    if scheme.pro_rata == "none":
        return Fraction(1)
    if scheme.pro_rata == "months":
        covered = months_covered([spell], year.months,
                                 lambda s, month: s.start <= first_day(month) <= s.end)
        return Fraction(len(covered), 12)
    days = (min(spell.end, year.last) - max(spell.start, year.first)).days + 1
    return Fraction(days, year.days)


def shares(pack, scheme, provider, value):
    """V shared over the scheme's parts, in whole pence that add up to it; a list, or None."""
    if value is None:
        return None
    if not pack.spells_of_year(scheme.code, provider):
        return [0] * len(scheme.parts)
    weights = part_weights(pack, scheme, provider)
    if None in weights:
        return None
    return in_proportion(value, weights)


def in_proportion(pence, weights):
    """Whole pence in proportion to weights: the largest remainders get those left over."""
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    exact = [pence * Fraction(weight) / total for weight in weights]
    whole = [part.numerator // part.denominator for part in exact]
    by_remainder = sorted(range(len(whole)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[: pence - sum(whole)]:
        whole[place] += 1
    return whole
