"""Entitlement, paid to date, owed and status of every contract of a run."""

from dataclasses import dataclass, field

from achieved import Achievements
from judge import Exceptional
from fractions import Fraction

from money import TOO_MUCH
from reckoning import Contract, Line, Reckoning
from times import month_text
from value import lacks_list

# Of a contract, in the order of the table of reasons.
REASONS = ("missing-fact", "no-list-size", "held-by-person", "missing-achievement")


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
    achievements = Achievements(pack, judge.accepted_achievement())
    contracts = [
        Contract(scheme, p, pack.paid.get((scheme.code, p), 0), pack.touches_year(scheme.code, p))
        for scheme, p in _listed(pack)
    ]
    work = Reckoning(pack, achievements, judge.accepted_activity(), contracts)
    found = {}
    for contract in contracts:
        payee = pack.provider_now(contract.provider).payee
        payment = Payment(contract.scheme, contract.provider, payee, contract.paid, contract.value)
        found[contract.key] = payment
        if contract.touches:
            contract.is_held = _find_exceptions(work, contract, payment)
    _work_out(work, found)
    for contract in contracts:
        _put_at_risk(work, contract, found[contract.key])
    for payment in found.values():
        _check_size(payment, faults)
    _mark(list(found.values()))
    return list(found.values())


def _listed(pack):
    """The contracts of the run: participating so far, paid or adjusted."""
    first, last = pack.period.year.first, pack.period.month_end
    contracts = {c for c in pack.spells if pack.participates(*c, first, last)}
    contracts |= set(pack.paid) | set(pack.adjustments)
    listed = [(pack.schemes[scheme], provider) for scheme, provider in contracts]
    return sorted(listed, key=lambda c: (c[0].place, c[1].encode()))


# --- why a contract is held --------------------------------------------------------------------


def _find_exceptions(work, contract, payment):
    """Note a contract's exceptions in their order; whether it is held."""
    pack, scheme, provider = work.pack, contract.scheme, contract.provider
    months = [pack.period.month]
    if not pack.period.is_year_end:
        months.append(pack.period.month - 1)
    missing = set().union(*(work.missing(contract, month) for month in months))
    items = [("in_year_of", "")]
    items += [("indicators", code) for code in scheme.indicators]
    items += [("activities", code) for code in scheme.activities]
    items += [("clauses", clause.code) for clause in scheme.clauses]
    found = [("missing-fact", item[1], None) for item in items if item in missing]
    if scheme.is_achievement and lacks_list(pack, scheme, provider):
        found.append(("no-list-size", "", None))
    if pack.holds.of(contract.key, pack.period.month):
        found.append(("held-by-person", "", 0))
    without = _without_achievement(work, contract)
    for reason, item, at_risk in found + without:
        payment.exceptions.append(
            Exceptional("", "", "", reason, "held", scheme.code, provider, "", item, at_risk)
        )
    if not found and not (pack.period.is_year_end and without):
        return False
    payment.status = "hold"
    return True


def _without_achievement(work, contract):
    """(reason, item, share at risk) of what is to be judged, but for an achievement."""
    pack, scheme, asked_for = work.pack, contract.scheme, contract.scheme.asked_for
    shares = contract.shares or [None] * len(scheme.parts)
    found = []
    for part, share in zip(scheme.parts, shares):
        first = part[0]
        is_due = first.has_due_month and first.due <= pack.period.month
        is_asked_for = any(i.code in asked_for for i in part)
        if not pack.period.is_year_end and not is_due:
            continue
        if not (first.points or is_asked_for):
            continue
        if all(work.achievements.of(scheme, contract.provider, i.code) is None for i in part):
            at_risk = share if first.points else None
            found.append(("missing-achievement", first.code, at_risk))
    return found


# --- what is owed ------------------------------------------------------------------------------


def _work_out(work, found):
    """Lines, entitlement and prior of all contracts."""
    period = work.pack.period
    before = {} if period.is_year_end else dict(work.work_out(period.month - 1))
    earned = work.work_out(period.month)
    for contract in work.contracts:
        payment = found[contract.key]
        if contract.is_held:
            reasons = [line.reason for line in payment.exceptions]
            reason = "held-by-person" if "held-by-person" in reasons else reasons[0]
            payment.entitlement = payment.paid
            payment.lines = [Line("held", reason, "", "", "", "", payment.paid)]
            continue
        payment.lines = list(earned[contract.key].lines)
        payment.entitlement = earned[contract.key].pence
        if not period.is_year_end:
            payment.prior = before[contract.key].pence - payment.paid
        _add_adjustments(work.pack, payment)
        _defer(work.pack, payment)


def _add_adjustments(pack, payment):
    """Adjustments to date, as read; they add to the entitlement."""
    for adjustment in pack.adjustments.get((payment.scheme.code, payment.provider), ()):
        month = month_text(adjustment.month)
        pence = adjustment.pence
        payment.lines.append(Line("adjustment", adjustment.reason, month, "", "", "", pence))
        payment.entitlement += pence
        if not pack.period.is_year_end and adjustment.month < pack.period.month:
            payment.prior += pence


def _defer(pack, payment):
    """What is above the monthly part of an agreed recovery is left for later."""
    contract, month = (payment.scheme.code, payment.provider), pack.period.month
    recovery = pack.recoveries.of(contract, month)
    if recovery is not None and payment.owed < -recovery.monthly:
        pence = -recovery.monthly - payment.owed
        line = Line("deferred", recovery.reason, month_text(month), "", "", "", pence)
        payment.lines.append(line)
        payment.entitlement += pence


def _put_at_risk(work, contract, payment):
    """What would be owed if a contract were not held by a person, where it is by nothing else."""
    by_person = [line for line in payment.exceptions if line.reason == "held-by-person"]
    holding = [
        line for line in payment.exceptions
        if line.reason != "missing-achievement" or work.pack.period.is_year_end
    ]
    if not by_person or len(holding) > 1:
        return
    contract.is_held = False
    earned = work.work_out(work.pack.period.month)[contract.key]
    contract.is_held = True
    free = Payment(payment.scheme, payment.provider, payment.payee, payment.paid)
    free.entitlement = earned.pence
    _add_adjustments(work.pack, free)
    _defer(work.pack, free)
    by_person[0].at_risk = free.owed


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
    rates = [line.rate for line in payment.lines if line.kind == "limit" and line.rate]
    amounts += [int(Fraction(rate) * 100) for rate in rates]
    amounts += [line.at_risk or 0 for line in payment.exceptions]
    if any(abs(pence) >= TOO_MUCH for pence in amounts):
        contract = f"{payment.scheme.code}/{payment.provider}"
        faults.add(contract, "", "", "an amount of £1,000,000,000,000 or more")
