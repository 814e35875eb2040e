"""Whose achievement counts for a contract, and what it reaches."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from times import month_of


class FactMissing(Exception):
    """A fact that the calculation needs is not in force."""


@dataclass
class Achieved:
    """What counts for a contract and an indicator: one row, or the sums of a network's."""

    numerator: Fraction
    denominator: Fraction
    exceptions: Fraction
    as_at: date

    @property
    def patients(self):
        """Those who are left without the exceptions."""
        return self.denominator - self.exceptions

    @property
    def month(self):
        """The month of the day as at which it was achieved."""
        return month_of(self.as_at)


class Achievements:
    """The rows that count, by contract and indicator."""

    def __init__(self, pack, rows):
        self.pack = pack
        self.rows = rows
        self.networks = {}

    def of(self, scheme, provider, code):
        """What counts for a contract's indicator, or None."""
        found = [self.rows.get((scheme.code, p, code)) for p in self._whose(scheme, provider)]
        found = [row for row in found if row is not None]
        if not found:
            return None
        return Achieved(
            sum(row["numerator"] for row in found),
            sum(row["denominator"] for row in found),
            sum((row["exceptions"] or 0 for row in found), Fraction(0)),
            max(row["as_at"] for row in found),
        )

    def _whose(self, scheme, provider):
        """The providers whose rows count for a contract."""
        provider = self.pack.merged_into(scheme.code, provider) or provider
        if not scheme.by_network:
            return [provider]
        key = scheme.code, provider
        if key not in self.networks:
            self.networks[key] = self._network(scheme, provider)
        return self.networks[key]

    def _network(self, scheme, provider):
        """The providers of a network that take part in the year and are no part of another."""
        pcn = self.pack.provider_now(provider).pcn
        if pcn is None:
            return [provider]
        return [
            other
            for code, other in self.pack.spells
            if code == scheme.code
            and self.pack.touches_year(code, other)
            and self.pack.provider_now(other).pcn == pcn
            and self.pack.merged_into(code, other) is None
        ]

    def reached(self, scheme, provider, indicator):
        """a, or None where nobody is left; there must be an achievement. Raises FactMissing."""
        achieved = self.of(scheme, provider, indicator.code)
        if indicator.has_nobody(achieved.patients):
            return None
        reached = achieved.numerator / achieved.patients
        if indicator.against is None:
            return reached
        day = self.pack.contract_day(scheme, provider)
        baseline = self.pack.facts.on(provider, indicator.against, day)
        if baseline is None:
            raise FactMissing(indicator.against)
        return reached - baseline

    def fraction(self, scheme, provider, indicator):
        """f, 0 where nothing is achieved."""
        if self.of(scheme, provider, indicator.code) is None:
            return Fraction(0)
        return indicator.fraction(self.reached(scheme, provider, indicator))

    def lacks_baseline(self, scheme, provider, indicator):
        """Whether an indicator that can be judged otherwise needs a fact that is not in force."""
        if self.of(scheme, provider, indicator.code) is None:
            return False
        try:
            self.reached(scheme, provider, indicator)
        except FactMissing:
            return True
        return False
