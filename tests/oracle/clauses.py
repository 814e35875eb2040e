"""Clauses of limits.csv: what each does to what a contract has earned in a span.

A function a clause, by its name in the rules.  It is given a Span and what has been earned in it
so far, in pence, and returns what is earned after it, with the rate and fraction of its line.
"""

from dataclasses import dataclass
from fractions import Fraction

from limits import AtLeast, TakesPart
from money import fraction_text, money_text, to_pence
from times import first_day, last_day
from value import in_proportion


@dataclass
class Span:
    """A clause at work for a contract, in the months from `start` to `end`, known up to `month`."""

    work: object  # the reckoning, see `reckoning`
    clause: object
    scheme: object
    provider: str
    start: int
    end: int
    month: int

    @property
    def is_complete(self):
        """Whether the last month of the span has come."""
        return self.month >= self.end

    @property
    def line_month(self):
        """The month that the clause's line bears."""
        return min(self.end, self.month)

    def fact(self, code):
        """The fact in force for this span, or None."""
        return self.work.pack.span_fact(self.scheme, self.provider, code, self.start)

    def amount(self):
        """The clause's amount in pence."""
        amount = self.clause.amount
        number = Fraction(1) if amount.fact is None else self.fact(amount.fact)
        return to_pence(amount.number * number, self.scheme.rounding)

    # --- tests ---

    def is_met(self):
        """Whether the clause's test is met."""
        for code in self.clause.asked_for:
            if self.work.achievements.of(self.scheme, self.provider, code) is None:
                return False
        test = self.clause.test
        if isinstance(test, AtLeast):
            return sum(self._holds(single) for single in test.tests) >= test.count
        return self._holds(test)

    def _holds(self, test):
        if isinstance(test, TakesPart):
            day = last_day(self.line_month)
            return self.work.pack.participates(test.scheme, self.provider, day, day)
        if test.what == "facts":
            return test.holds(self.fact(test.code))
        if test.what == "activities":
            return test.holds(self._counted(test.code))
        indicator = self.scheme.indicators[test.code]
        reached = self.work.achievements.reached(self.scheme, self.provider, indicator)
        return indicator.full_if_no_patients if reached is None else test.holds(reached)

    def _counted(self, activity):
        counts = self.work.counts(self.month).get((self.scheme.code, self.provider), {})
        return sum(
            count
            for (code, month, _), count in counts.items()
            if code == activity and self.start <= month <= self.end
        )


def _only_if(span, earned):
    return earned if span.is_met() else 0, "", ""


def _times(span, earned):
    indicator = span.scheme.indicators[span.clause.indicator]
    achievements = span.work.achievements
    if achievements.of(span.scheme, span.provider, indicator.code) is None:
        return earned, "", ""
    part = achievements.fraction(span.scheme, span.provider, indicator)
    pence = to_pence(Fraction(earned, 100) * part, span.scheme.rounding)
    return pence, "", fraction_text(part)


def _less(span, earned):
    if span.clause.scheme is None:
        amount = span.amount()
    else:
        amount = span.work.earned_under(span.clause.scheme, span.provider, span.month)
    return max(earned - amount, 0), money_text(amount), ""


def _on_account(span, earned):
    if span.is_complete:
        return earned, "", ""
    amount = span.amount()
    part = Fraction(span.month - span.start + 1, span.end - span.start + 1)
    pence = to_pence(Fraction(amount, 100) * part, span.scheme.rounding)
    return pence, money_text(amount), ""


def _at_most(span, earned):
    amount = span.amount()
    return min(earned, amount), money_text(amount), ""


def _at_least(span, earned):
    if not span.is_complete:
        return earned, "", ""
    amount = span.amount()
    return max(earned, amount), money_text(amount), ""


def _keep_if(span, earned):
    if not span.work.pack.period.is_year_end or not span.is_met():
        return earned, "", ""
    in_full = span.work.instalments_in_full(span.scheme, span.provider)
    return max(earned, in_full), money_text(in_full), ""


_EFFECTS = {
    "only-if": _only_if,
    "times": _times,
    "less": _less,
    "on-account": _on_account,
    "at-most": _at_most,
    "at-least": _at_least,
    "keep-if": _keep_if,
}


def spans(work, clause, scheme, provider, month):
    """The spans in which a clause acts by a month: those in which the contract has a day."""
    for start in work.pack.period.year.months[:: clause.months]:
        end = start + clause.months - 1
        days = first_day(start), last_day(end)
        if start <= month and work.pack.participates(scheme.code, provider, *days):
            yield Span(work, clause, scheme, provider, start, end, month)


def apply(work, scheme, provider, month, earned):
    """Apply all clauses but pots; yields (clause, span, effect in pence, rate, fraction).

    `earned` are (month, pence); what clauses add to them is added here, too.
    """
    for clause in scheme.clauses:
        if clause.is_pot:
            continue
        for span in spans(work, clause, scheme, provider, month):
            before = sum(pence for m, pence in earned if span.start <= m <= span.end)
            after, rate, fraction = _EFFECTS[clause.limit](span, before)
            if after != before:
                earned.append((span.line_month, after - before))
                yield clause, span, after - before, rate, fraction


def share_pot(clause, pot, kept, earned, is_year_end):
    """The effects of a pot on what contracts have earned, in pence, in their order.

    `kept` is what held contracts were paid.
    """
    left = max(pot - kept, 0)
    sharing = [place for place, pence in enumerate(earned) if pence > 0]
    total = sum(earned[place] for place in sharing)
    is_shared = total > left or (clause.limit == "whole-pot" and is_year_end)
    effects = [0] * len(earned)
    if is_shared and sharing:
        parts = in_proportion(left, [earned[place] for place in sharing])
        for place, part in zip(sharing, parts):
            effects[place] = part - earned[place]
    return effects


def _is_idle(span):
    """Whether a clause does nothing yet, or nothing any more, in a span."""
    limit = span.clause.limit
    if limit == "on-account":
        return span.is_complete
    if limit == "at-least":
        return not span.is_complete
    return limit == "keep-if" and not span.work.pack.period.is_year_end


def indicators_needed(span):
    """The indicators that a clause judges in a span."""
    return set() if _is_idle(span) else span.clause.asked_for


def facts_needed(span):
    """The facts that a clause needs in a span."""
    clause, needed = span.clause, set()
    if _is_idle(span):
        return needed
    if clause.amount is not None and clause.amount.fact is not None:
        needed.add(clause.amount.fact)
    if clause.test is not None:
        needed |= {test.code for test in clause.comparisons() if test.what == "facts"}
    return needed
