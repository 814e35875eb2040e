"""Numbers that hold for a provider from a day on: list sizes and facts."""

from dataclasses import dataclass, field
from fractions import Fraction

LIST_FACTS = ("registered", "weighted")


@dataclass
class Facts:
    """(provider, fact) → the numbers by the day from which they hold; None: none holds."""

    numbers: dict = field(default_factory=dict)

    def add(self, provider, fact, as_at, number):
        """Note a number from a day on."""
        known = self.numbers.setdefault((provider, fact), {})
        known.setdefault(as_at, None if number is None else Fraction(number))

    def on(self, provider, fact, day):
        """The number in force on a day, or None."""
        known = self.numbers.get((provider, fact), {})
        days = [as_at for as_at in known if as_at <= day]
        return known[max(days)] if days else None
