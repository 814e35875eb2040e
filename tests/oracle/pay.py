"""Entitlement, paid to date, owed and status of every contract of a run."""

from dataclasses import dataclass, field
from fractions import Fraction

from judge import Exceptional
from money import TOO_MUCH, decimal_text, fraction_text, money_text, to_pence
from pack import month_has_day, months_covered
from times import first_day, month_text

_INSTALMENT_CALENDAR = {12: range(1, 13), 4: (6, 9, 12, 3), 2: (9, 3), 1: (3,)}


@dataclass
class Line:
    """A line of lines.csv; the amount is in pence, the other figures are text."""

    kind: str
    item: str
    month: str
    count: str
    rate: str
    fraction: str
    pence: int
    month_number: int | None = None


@dataclass
class Payment:
    """A row of payments.csv with its lines and exceptions; amounts are in pence."""

    scheme: object
    provider: str
    payee: str
    paid: int
    contract_value: int | None = None
    entitlement: int = 0
    prior: int = 0
    status: str = ""
    lines: list = field(default_factory=list)
    exceptions: list = field(default_factory=list)

    @property
    def owed(self):
        """Entitlement to date less paid to date."""
        return self.entitlement - self.paid


def payments(pack, judge, faults):
    """All payments of a run in the order of payments.csv."""
    earned = judge.accepted_achievement()
    counted = _activity_counts(judge)
    found = []
    for scheme, provider in _listed(pack):
        payee = pack.provider_now(provider).payee
        paid = pack.paid.get((scheme.code, provider), 0)
        payment = Payment(scheme, provider, payee, paid)
        if scheme.is_achievement:
            _work_out_achievement(pack, payment, earned)
        else:
            _work_out_activity(pack, payment, counted)
        found.append(payment)
        _check_size(payment, faults)
    _mark(found)
    return found


def _listed(pack):
    """The contracts of the run: participating so far, paid or adjusted."""
    first, last = pack.period.year.first, pack.period.month_end
    contracts = {c for c in pack.spells if pack.participates(*c, first, last)}
    contracts |= set(pack.paid) | set(pack.adjustments)
    listed = [(pack.schemes[scheme], provider) for scheme, provider in contracts]
    return sorted(listed, key=lambda c: (c[0].place, c[1].encode()))


# --- the contract value ------------------------------------------------------------------------


def contract_value(pack, scheme, provider):
    """V in pence; None where the list size it needs is missing."""
    year = pack.period.year
    every = pack.spells.get((scheme.code, provider), [])
    spells = [s for s in every if s.start <= year.last and year.first <= s.end]
    if not spells:
        return 0
    if scheme.value_basis == "annual-value":
        if scheme.pro_rata == "none":
            pounds = spells[-1].annual_value
        else:
            pounds = sum(s.annual_value * _part_of_year(scheme, [s], year) for s in spells)
        return to_pence(pounds, scheme.rounding)
    pounds = scheme.value
    if scheme.needs_list:
        size = pack.list_on(provider, scheme.list_date)
        by_weight = scheme.value_basis == "per-weighted-patient"
        patients = None if size is None else size.weighted if by_weight else size.registered
        if patients is None:
            return None
        pounds *= patients
    if scheme.value_basis == "per-point":
        pounds *= scheme.points
        if scheme.average_list is not None:
            pounds /= scheme.average_list
    return to_pence(pounds * _part_of_year(scheme, spells, year), scheme.rounding)


def _part_of_year(scheme, spells, year):
    """The pro-rata fraction of spells that do not overlap and that touch the year."""
    if scheme.pro_rata == "none":
        return Fraction(1)
    if scheme.pro_rata == "months":
        covered = months_covered(
            spells, year.months, lambda spell, month: spell.start <= first_day(month) <= spell.end
        )
        return Fraction(len(covered), 12)
    days = sum(
        (min(spell.end, year.last) - max(spell.start, year.first)).days + 1 for spell in spells
    )
    return Fraction(days, year.days)


# --- achievement schemes -----------------------------------------------------------------------


def _work_out_achievement(pack, payment, earned):
    """Value, lines, entitlement and prior of an achievement contract."""
    scheme, provider, period = payment.scheme, payment.provider, pack.period
    value = contract_value(pack, scheme, provider)
    payment.contract_value = value
    touches = pack.touches_year(scheme.code, provider)
    if value is None:
        _hold(payment, "no-list-size", "", None)
    shares = _shares(scheme, value)
    rows = {code: earned.get((scheme.code, provider, code)) for code in scheme.indicators}
    if period.is_year_end and touches:
        for code, row in rows.items():
            if row is None:
                _hold(payment, "missing-achievement", code, shares.get(code))
    if payment.status == "hold":
        payment.entitlement = payment.paid
        reason = payment.exceptions[0].reason
        payment.lines = [Line("held", reason, "", "", "", "", payment.paid)]
        return
    if period.is_year_end:
        _add_indicators(payment, shares, rows)
        payment.entitlement = sum(line.pence for line in payment.lines)
    else:
        _add_instalment(pack, payment)
    _add_adjustments(pack, payment)


def _hold(payment, reason, item, at_risk):
    """Hold a contract for one more reason."""
    payment.status = "hold"
    payment.exceptions.append(
        Exceptional(
            "", "", "", reason, "held", payment.scheme.code, payment.provider, "", item, at_risk
        )
    )


def _shares(scheme, value):
    """V shared over the indicators by points, in whole pence that add up to V."""
    if value is None:
        return {}
    exact = {code: value * i.points / scheme.points for code, i in scheme.indicators.items()}
    shares = {code: part.numerator // part.denominator for code, part in exact.items()}
    left = value - sum(shares.values())
    by_remainder = sorted(shares, key=lambda code: shares[code] - exact[code])
    for code in by_remainder[:left]:
        shares[code] += 1
    return shares


def _add_indicators(payment, shares, rows):
    """A line for each indicator with an accepted achievement."""
    scheme = payment.scheme
    for code, indicator in scheme.indicators.items():
        row = rows[code]
        if row is None:
            continue
        part = indicator.fraction(row["numerator"], row["denominator"], row["exceptions"] or 0)
        payment.lines.append(
            Line(
                kind="indicator",
                item=code,
                month="",
                count=decimal_text(row["numerator"], 0),
                rate=money_text(shares[code]),
                fraction=fraction_text(part),
                pence=to_pence(Fraction(shares[code], 100) * part, scheme.rounding),
            )
        )


def _instalments(pack, scheme, provider, month):
    """Instalments due by a month and instalments in all."""
    months = pack.period.year.months
    spells = pack.spells.get((scheme.code, provider), [])
    calendar = _INSTALMENT_CALENDAR[scheme.instalment_months]
    covered = [
        m for m in months_covered(spells, months, month_has_day) if m % 12 + 1 in calendar
    ]
    if not covered:
        covered = [months[11]]
    return sum(1 for m in covered if m <= month), len(covered)


def _add_instalment(pack, payment):
    """The instalment line, the entitlement and the entitlement of the month before."""
    scheme, month = payment.scheme, pack.period.month
    value = payment.contract_value

    def by(m):
        due, all_of_them = _instalments(pack, scheme, payment.provider, m)
        fraction = scheme.in_year_share * due / all_of_them
        return due, fraction, to_pence(Fraction(value, 100) * fraction, scheme.rounding)

    due, fraction, pence = by(month)
    payment.lines.append(
        Line(
            kind="instalment",
            item="in-year",
            month=month_text(month),
            count=str(due),
            rate=money_text(value),
            fraction=fraction_text(fraction),
            pence=pence,
        )
    )
    payment.entitlement = pence
    payment.prior = by(month - 1)[2] - payment.paid


# --- activity schemes --------------------------------------------------------------------------


def _activity_counts(judge):
    """(scheme, provider) → {(activity, month, price): count}."""
    counts = {}
    for claim in judge.accepted_activity():
        values = claim.values
        of_contract = counts.setdefault((values["scheme"], values["provider"]), {})
        key = (values["activity"], values["month"], claim.price)
        of_contract[key] = of_contract.get(key, 0) + claim.units
    return counts


def _work_out_activity(pack, payment, counted):
    """Lines, entitlement and prior of an activity contract."""
    scheme, period = payment.scheme, pack.period
    places = {code: place for place, code in enumerate(scheme.activities)}
    counts = counted.get((scheme.code, payment.provider), {})
    for key in sorted(counts, key=lambda key: (places[key[0]], *key[1:])):
        activity, month, price = key
        payment.lines.append(
            Line(
                kind="activity",
                item=activity,
                month=month_text(month),
                count=str(counts[key]),
                rate=decimal_text(price, 2),
                fraction="",
                pence=to_pence(counts[key] * price, scheme.rounding),
                month_number=month,
            )
        )
    payment.entitlement = sum(line.pence for line in payment.lines)
    before = [line.pence for line in payment.lines if line.month_number < period.month]
    payment.prior = 0 if period.is_year_end else sum(before) - payment.paid
    _add_adjustments(pack, payment)


def _add_adjustments(pack, payment):
    """Adjustments to date, as read; they add to the entitlement."""
    for adjustment in pack.adjustments.get((payment.scheme.code, payment.provider), ()):
        month = month_text(adjustment.month)
        pence = adjustment.pence
        payment.lines.append(Line("adjustment", adjustment.reason, month, "", "", "", pence))
        payment.entitlement += pence
        if not pack.period.is_year_end and adjustment.month < pack.period.month:
            payment.prior += pence


# --- the whole run -----------------------------------------------------------------------------


def _mark(found):
    """The status of every payment, payee by payee."""
    of_payee = {}
    for payment in found:
        of_payee.setdefault(payment.payee, []).append(payment)
    for group in of_payee.values():
        others, short = group, sum(p.owed for p in group) < 0
        if short:
            invoiced = [p for p in group if p.scheme.invoices and p.owed < 0]
            for payment in invoiced:
                payment.status = "invoice"
            others = [p for p in group if p.status != "invoice"]
        carried = short and sum(p.owed for p in others) < 0
        for payment in others:
            if payment.status == "hold":
                continue
            if payment.owed == 0:
                payment.status = "nil"
            else:
                payment.status = "carry" if carried else "pay"


def _check_size(payment, faults):
    """Note a fault where an amount of a contract is out of range."""
    amounts = [payment.contract_value or 0, payment.entitlement, payment.paid, payment.owed]
    amounts += [payment.prior, payment.owed - payment.prior]
    amounts += [line.pence for line in payment.lines]
    amounts += [line.at_risk or 0 for line in payment.exceptions]
    if any(abs(pence) >= TOO_MUCH for pence in amounts):
        contract = f"{payment.scheme.code}/{payment.provider}"
        faults.add(contract, "", "", "an amount of £1,000,000,000,000 or more")
