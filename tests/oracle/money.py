"""Money in whole pence, rounded from exact fractions of a pound, and numbers as text."""

from fractions import Fraction

TOO_MUCH = 100_000_000_000_000  # pence: £1,000,000,000,000


def to_pence(pounds, rounding):
    """Whole pence from a fraction of pounds: `half-up`, `half-even` or `down`."""
    scaled = Fraction(pounds) * 100
    size = abs(scaled)
    whole = size.numerator // size.denominator
    twice = 2 * (size - whole)
    if rounding == "half-up":
        up = twice >= 1
    elif rounding == "half-even":
        up = twice > 1 or (twice == 1 and whole % 2 == 1)
    elif rounding == "down":
        up = False
    else:
        raise ValueError(rounding)
    pence = whole + (1 if up else 0)
    return pence if scaled >= 0 else -pence


def money_text(pence):
    """Pence as pounds with two decimals."""
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def decimal_text(number, least):
    """A fraction of at most six decimals, with `least` decimals or as many as are not 0."""
    millionths = Fraction(number) * 1_000_000
    assert millionths.denominator == 1
    sign = "-" if millionths < 0 else ""
    digits = f"{abs(millionths.numerator):07d}"
    before, after = digits[:-6], digits[-6:].rstrip("0").ljust(least, "0")
    return f"{sign}{before}.{after}" if after else f"{sign}{before}"


def fraction_text(number):
    """A fraction as `n/d` in lowest terms."""
    number = Fraction(number)
    return f"{number.numerator}/{number.denominator}"
