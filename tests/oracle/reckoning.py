"""What contracts have earned by a month: their lines, clauses and pots."""

from dataclasses import dataclass, field
from fractions import Fraction

import clauses
import ledger
from indicators import WHEN_MET
from money import decimal_text, fraction_text, money_text, to_pence
from pack import month_has_day, months_covered
from spans import span_lines
from times import month_text
from value import contract_value, factor_of, shares

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


@dataclass
class Contract:
    """A contract of the run; amounts are in pence."""

    scheme: object
    provider: str
    paid: int
    touches: bool
    value: int | None = None
    shares: list | None = None
    is_held: bool = False

    @property
    def key(self):
        """(scheme, provider)."""
        return self.scheme.code, self.provider


@dataclass
class Earned:
    """What a contract has earned by a month, adjustments apart."""

    lines: list = field(default_factory=list)
    parts: list = field(default_factory=list)  # (month, pence)

    @property
    def pence(self):
        """All of it."""
        return sum(pence for _, pence in self.parts)


class Reckoning:
    """Works contracts out, scheme by scheme; `is_held` of a contract is known before."""

    def __init__(self, pack, achievements, claims, contracts):
        self.pack = pack
        self.achievements = achievements
        self.claims = claims
        self.contracts = contracts
        self.by_key = {contract.key: contract for contract in contracts}
        self.counts_by_month = {}
        self.earned = {}
        for contract in contracts:
            if contract.scheme.is_achievement:
                known = (pack, contract.scheme, contract.provider)
                contract.value = contract_value(*known)
                contract.shares = shares(*known, contract.value)

    def counts(self, month):
        """What is counted by claims up to a month, by contract."""
        if month not in self.counts_by_month:
            self.counts_by_month[month] = ledger.counts(self.claims, month)
        return self.counts_by_month[month]

    def work_out(self, month):
        """(scheme, provider) → Earned by a month, of contracts that are not held."""
        self.earned = {}
        for scheme in self.pack.schemes.values():
            group = [c for c in self.contracts if c.scheme is scheme]
            for contract in group:
                if not contract.is_held:
                    self.earned[contract.key] = self._earned(contract, month)
            for clause in scheme.clauses:
                if clause.is_pot and month in self.pack.period.year.months:
                    self._share_pot(scheme, clause, group, month)
        return self.earned

    def earned_under(self, code, provider, month):
        """What a provider has earned under an earlier scheme; held: what it was paid."""
        contract = self.by_key.get((code, provider))
        if contract is None:
            return 0
        return contract.paid if contract.is_held else self.earned[contract.key].pence

    def _earned(self, contract, month):
        earned = Earned()
        if contract.scheme.is_achievement:
            self._add_achievement(contract, month, earned)
        else:
            self._add_activity(contract, month, earned)
        found = clauses.apply(self, contract.scheme, contract.provider, month, earned.parts)
        for clause, span, pence, rate, fraction in found:
            when = month_text(span.line_month)
            earned.lines.append(Line("limit", clause.code, when, "", rate, fraction, pence))
        return earned

    def _share_pot(self, scheme, clause, group, month):
        takers = [c for c in group if c.touches and not c.is_held]
        pot = to_pence(clause.amount.number, scheme.rounding)
        effects = clauses.share_pot(
            clause,
            pot,
            sum(c.paid for c in group if c.is_held),
            [self.earned[c.key].pence for c in takers],
            self.pack.period.is_year_end,
        )
        for contract, pence in zip(takers, effects):
            if pence:
                earned = self.earned[contract.key]
                line = Line("limit", clause.code, month_text(month), "", money_text(pot), "", pence)
                earned.lines.append(line)
                earned.parts.append((month, pence))

    # --- achievement schemes ---

    def _add_achievement(self, contract, month, earned):
        year = self.pack.period.year.months
        if not self.pack.period.is_year_end:
            earned.lines.append(self._instalment(contract, month))
        if contract.touches:
            earned.lines.extend(self._indicators(contract, month))
        earned.parts.extend((year[0], line.pence) for line in earned.lines)

    def in_year_base(self, contract):
        """B in pounds; None where the value or the fact that it is taken of is missing."""
        scheme = contract.scheme
        if not contract.touches:
            return Fraction(0)
        if scheme.in_year_of is not None:
            day = self.pack.contract_day(scheme, contract.provider)
            return self.pack.facts.on(contract.provider, scheme.in_year_of, day)
        if contract.shares is None:
            return None
        due = [s for part, s in zip(scheme.parts, contract.shares) if part[0].due is not None]
        return Fraction(contract.value - sum(due), 100)

    def instalments_in_full(self, scheme, provider):
        """The instalments of the year in pence."""
        base = self.in_year_base(self.by_key[scheme.code, provider])
        return to_pence(base * scheme.in_year_share, scheme.rounding)

    def _instalments(self, contract, month):
        """Instalments due by a month and instalments in all."""
        scheme, months = contract.scheme, self.pack.period.year.months
        spells = self.pack.spells.get(contract.key, [])
        calendar = _INSTALMENT_CALENDAR[scheme.instalment_months]
        covered = [
            m for m in months_covered(spells, months, month_has_day) if m % 12 + 1 in calendar
        ]
        covered = covered or [months[11]]
        return sum(1 for m in covered if m <= month), len(covered)

    def _instalment(self, contract, month):
        scheme, base = contract.scheme, self.in_year_base(contract)
        due, all_of_them = self._instalments(contract, month)
        fraction = scheme.in_year_share * due / all_of_them
        pence = to_pence(base * fraction, scheme.rounding)
        rate, part = decimal_text(base, 2), fraction_text(fraction)
        return Line("instalment", "in-year", month_text(month), str(due), rate, part, pence)

    def is_due(self, contract, indicator, month):
        """Whether an indicator is paid by a month; at year-end all are."""
        if self.pack.period.is_year_end:
            return True
        if indicator.due == WHEN_MET:
            found = self.achievements.of(contract.scheme, contract.provider, indicator.code)
            return found is not None and found.month <= month
        return indicator.due is not None and indicator.due <= month

    def _indicators(self, contract, month):
        """A line for each indicator that is due, in the order of the rules."""
        scheme, provider, lines = contract.scheme, contract.provider, {}
        for part, share in zip(scheme.parts, contract.shares):
            due = [i for i in part if self.is_due(contract, i, month)]
            parts = {i.code: self.achievements.fraction(scheme, provider, i) for i in due}
            best = max(due, key=lambda i: parts[i.code], default=None)
            for indicator in due:
                own = share if indicator is best else 0
                f = parts[indicator.code]
                found = self.achievements.of(scheme, provider, indicator.code)
                lines[indicator.code] = Line(
                    kind="indicator",
                    item=indicator.code,
                    month="",
                    count="" if found is None else decimal_text(found.numerator, 0),
                    rate=money_text(own),
                    fraction=fraction_text(f),
                    pence=to_pence(Fraction(own, 100) * f, scheme.rounding),
                )
        return [lines[code] for code in scheme.indicators if code in lines]

    # --- activity schemes ---

    def _add_activity(self, contract, month, earned):
        scheme = contract.scheme
        counts = self.counts(month).get(contract.key, {})
        places = {code: place for place, code in enumerate(scheme.activities)}
        for code, when, price in sorted(counts, key=lambda key: (places[key[0]], *key[1:])):
            self._add_line(earned, scheme, code, when, price, counts[code, when, price])
        for code, activity in scheme.activities.items():
            if not activity.is_claimed:
                for line in span_lines(self.pack, scheme, contract.provider, activity, month):
                    self._add_line(earned, scheme, code, line.month, line.price, line.count,
                                   line.fraction)
        earned.lines.sort(key=lambda line: places[line.item])

    @staticmethod
    def _add_line(earned, scheme, code, month, price, count, fraction=None):
        pence = to_pence(count * price * (1 if fraction is None else fraction), scheme.rounding)
        part = "" if fraction is None else fraction_text(fraction)
        rate = decimal_text(price, 2)
        line = Line("activity", code, month_text(month), decimal_text(count, 0), rate, part, pence)
        earned.lines.append(line)
        earned.parts.append((month, pence))

    # --- facts that are missing ---

    def missing(self, contract, month):
        """The items for which a fact is not in force, as (kind, item)."""
        scheme, provider, pack = contract.scheme, contract.provider, self.pack
        found = set()
        for part in scheme.parts:
            if factor_of(pack, scheme, provider, part[0]) is None:
                found.add(("indicators", part[0].code))
        for code, indicator in scheme.indicators.items():
            is_judged = scheme.is_achievement and self.is_due(contract, indicator, month)
            if is_judged and self.achievements.lacks_baseline(scheme, provider, indicator):
                found.add(("indicators", code))
        for code, activity in scheme.activities.items():
            if not activity.is_claimed:
                lines = span_lines(pack, scheme, provider, activity, month)
                if any(line.count is None for line in lines):
                    found.add(("activities", code))
        for clause in scheme.clauses:
            found |= self._missing_of_clause(contract, clause, month)
        needs_base = scheme.is_achievement and not pack.period.is_year_end
        needs_base |= pack.period.is_year_end and any(c.limit == "keep-if" for c in scheme.clauses)
        if needs_base and scheme.in_year_of and self.in_year_base(contract) is None:
            found.add(("in_year_of", ""))
        return found

    def _missing_of_clause(self, contract, clause, month):
        scheme, provider, found = contract.scheme, contract.provider, set()
        for span in clauses.spans(self, clause, scheme, provider, month):
            if any(span.fact(code) is None for code in clauses.facts_needed(span)):
                found.add(("clauses", clause.code))
            for code in clauses.indicators_needed(span):
                indicator = scheme.indicators[code]
                if self.achievements.lacks_baseline(scheme, provider, indicator):
                    found.add(("indicators", code))
        return found
