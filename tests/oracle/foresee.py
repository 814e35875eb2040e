"""An independent forecast: what is not claimed yet, and what the year will come to.

The rows of forecast.csv but for `how`: scheme, provider, kind, item, month, count, price, amount.
"""

import copy
from datetime import date
from fractions import Fraction
from pathlib import Path

from achieved import Achieved, Achievements
from dialect import Faults
from headings import read_headings
from indicators import WHEN_MET
from judge import Judge
from money import decimal_text, money_text, to_pence
from pack import KINDS, Pack
from pay import _listed, payments
from reckoning import Contract, Reckoning
from rules import read_rules
from times import Period, first_day, last_day, month_text
from value import lacks_list

REPORTED, HIGHEST, LOWEST = "year-end", "highest", "lowest"
CLAIM_MONTHS, BASIS = 3, 3  # where the scheme does not say; how many months are in a mean


class Verdict:
    """What is reached where a case decides: every comparison holds, or none does."""

    def __init__(self, is_met):
        self.is_met = is_met

    def __ge__(self, _other):
        return self.is_met

    __gt__ = __le__ = __lt__ = __ge__


class CaseAchievements(Achievements):
    """Achievement at the year-end in one of the three cases."""

    def __init__(self, base, case, by):
        super().__init__(base.pack, base.rows)
        self.base, self.case, self.by = base, case, by

    def of(self, scheme, provider, code):
        """What counts; what nobody reported is nothing, but it is there."""
        nothing = Achieved(Fraction(0), Fraction(1), Fraction(0), date(1, 1, 1))
        return self.base.of(scheme, provider, code) or nothing

    def _decided(self, scheme, provider, indicator):
        """True or False where the case decides, else None."""
        found = self.base.of(scheme, provider, indicator.code)
        if self.case == HIGHEST:
            return True
        if indicator.due == WHEN_MET:
            is_due = found is not None
        else:
            is_due = indicator.due is not None and indicator.due <= self.by
        if found is None or (self.case == LOWEST and not is_due):
            return False
        return None

    def reached(self, scheme, provider, indicator):
        """a, or a verdict."""
        decided = self._decided(scheme, provider, indicator)
        if decided is not None:
            return Verdict(decided)
        return self.base.reached(scheme, provider, indicator)

    def fraction(self, scheme, provider, indicator):
        """f; the highest that the method can pay is 1, of steps the highest step."""
        decided = self._decided(scheme, provider, indicator)
        if decided is None:
            return self.base.fraction(scheme, provider, indicator)
        if not decided:
            return Fraction(0)
        steps = indicator.steps if indicator.method == "steps" else [(None, Fraction(1))]
        return max(pays for _, pays in steps)

    def lacks_baseline(self, scheme, provider, indicator):
        """As it is, whatever the case."""
        return self.base.lacks_baseline(scheme, provider, indicator)


class View(Reckoning):
    """The reckoning with the counts that are expected: {(scheme, provider): {(activity, month, price): count}}."""

    expected = {}

    def counts(self, month):
        """What is counted and what is expected, up to a month."""
        found = {contract: dict(own) for contract, own in super().counts(month).items()}
        for contract, own in self.expected.items():
            for key, count in own.items():
                if key[1] <= month:
                    found.setdefault(contract, {})[key] = count
        return found

    @staticmethod
    def _add_line(earned, scheme, code, month, price, count, fraction=None):
        pence = to_pence(count * price * (1 if fraction is None else fraction), scheme.rounding)
        earned.parts.append((month, pence))


class Foreseen:
    """A forecast from the inputs and rules of a run that nothing refuses."""

    def __init__(self, inputs, rules, period):
        faults = Faults()
        folder = Path(rules) / period.year.label
        schemes = read_rules(folder, period.year, faults, [])
        headings = read_headings(folder, KINDS, faults, [])
        self.period = period
        self.pack = Pack(period, schemes, faults, [], headings)
        self.pack.read(inputs)
        judge = Judge(self.pack)
        judge.judge()
        self.found = payments(self.pack, judge, faults)
        if faults:
            raise ValueError(faults.lines())
        self.achievements = Achievements(self.pack, judge.accepted_achievement())
        self.claims = judge.accepted_activity()
        self.held = {self._key(p): p for p in self.found if p.status == "hold"}
        self.lines = {self._key(p): list(self._expected(p)) for p in self.found
                      if self._key(p) not in self.held}

    @staticmethod
    def _key(payment):
        return payment.scheme.code, payment.provider

    # --- what is expected ---

    def _expected(self, payment):
        """(activity, month, count, price) of each month in which a count is expected."""
        scheme, months = payment.scheme, self.period.year.months
        texts = {month_text(month): month for month in months}
        for code, activity in scheme.activities.items():
            if not activity.is_claimed:
                continue
            counts = dict.fromkeys(months, 0)
            for line in payment.lines:
                if line.kind == "activity" and line.item == code:
                    counts[texts[line.month]] += int(line.count)
            if not any(counts.values()):
                continue
            used = {}
            for month, count in counts.items():
                start = self._cap_start(activity, month)
                used[start] = used.get(start, Fraction(0)) + count
            for month in months:
                price = activity.price_on(first_day(month))
                if price is None or not self._is_open(payment, month, counts):
                    continue
                count = self._mean(counts, month)
                if activity.cap is not None:
                    start = self._cap_start(activity, month)
                    cap = self._cap(scheme, payment.provider, activity, start)
                    count = min(count, max(cap - used[start], Fraction(0)))
                    used[start] += count
                yield code, month, count, price

    def _cap_start(self, activity, month):
        april = self.period.year.months[0]
        return april + (month - april) // activity.cap_months * activity.cap_months

    def _cap(self, scheme, provider, activity, start):
        if activity.cap_of is None:
            return activity.cap
        number = self.pack.span_fact(scheme, provider, activity.cap_of, start)
        return 0 if number is None else max((activity.cap * number).__floor__(), 0)

    def _is_open(self, payment, month, counts):
        in_time = CLAIM_MONTHS if payment.scheme.claim_months is None else payment.scheme.claim_months
        return (counts[month] == 0 and month + in_time >= self.period.month
                and self.pack.participates(*self._key(payment), first_day(month), last_day(month)))

    @staticmethod
    def _mean(counts, month):
        before = [counts[m] for m in counts if m < month and counts[m] > 0][-BASIS:]
        if before:
            return Fraction(sum(before), len(before))
        return Fraction(next(counts[m] for m in counts if m > month and counts[m] > 0))

    # --- what the year will come to ---

    def _entitlements(self, period, achievements):
        """(scheme, provider) → pence, and whether it is held, in a view of the pack."""
        pack = copy.copy(self.pack)
        pack.period = period
        contracts = [
            Contract(scheme, p, pack.paid.get((scheme.code, p), 0), pack.touches_year(scheme.code, p))
            for scheme, p in _listed(pack)
        ]
        work = View(pack, achievements, self.claims, contracts)
        work.expected = {
            key: {(code, month, price): count for code, month, count, price in lines if count > 0}
            for key, lines in self.lines.items()
        }
        for contract in contracts:
            contract.is_held = contract.key in self.held or (contract.touches and self._is_held(work, contract))
        earned = work.work_out(period.month)
        found = {}
        for contract in contracts:
            pence = contract.paid
            if not contract.is_held:
                pence = earned[contract.key].pence
                pence += sum(a.pence for a in pack.adjustments.get(contract.key, ()))
            found[contract.key] = pence
        return found

    @staticmethod
    def _is_held(work, contract):
        period = work.pack.period
        months = [period.month] if period.is_year_end else [period.month, period.month - 1]
        return bool(
            any(work.missing(contract, month) for month in months)
            or (contract.scheme.is_achievement and lacks_list(work.pack, contract.scheme, contract.provider))
            or work.pack.holds.of(contract.key, period.month)
        )

    def rows(self):
        """The rows, in the order of forecast.csv."""
        year = self.period.year
        year_end = Period(year, year.months[11], True)
        march = year_end if self.period.is_year_end else Period(year, year.months[11], False)
        cases = {
            case: self._entitlements(year_end, CaseAchievements(self.achievements, case, self.period.month))
            for case in (REPORTED, HIGHEST, LOWEST)
        }
        by_march = cases[REPORTED] if self.period.is_year_end else self._entitlements(march, self.achievements)
        to_date = {self._key(payment): payment.entitlement for payment in self.found}
        order = {code: place for place, code in enumerate(self.pack.schemes)}
        for key in sorted(by_march, key=lambda key: (order[key[0]], key[1].encode())):
            if key in self.held:
                yield (*key, "held", "", "", "", "", money_text(to_date[key]))
                continue
            yield from self._rows_of(key, to_date.get(key, 0), by_march[key],
                                     {case: cases[case].get(key, by_march[key]) for case in cases})

    def _rows_of(self, key, to_date, march, outturns):
        scheme, known = self.pack.schemes[key[0]], to_date
        yield (*key, "to-date", "", "", "", "", money_text(to_date))
        for code, month, count, price in self.lines.get(key, ()):
            pence = to_pence(count * price, scheme.rounding)
            known += pence
            kind = "to-come" if month > self.period.month else "accrual"
            yield (*key, kind, code, month_text(month), str(count), decimal_text(price, 2), money_text(pence))
        if march != known:
            yield (*key, "by-rule", "", "", "", "", money_text(march - known))
        if any(pence != march for pence in outturns.values()):
            for case, pence in outturns.items():
                yield (*key, case, "", "", "", "", money_text(pence - march))
