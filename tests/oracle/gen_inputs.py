"""Random inputs of a year to date: register, participation, lists, payments, adjustments."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from gen_rules import AMOUNTS, TYPES, day_in
from gen_spelling import Amount, Month, Plain, Whole

PROVIDER_CODES = (
    "M83001 M83002 M83003001 Y00123 G7H8J U16318 A-1 +44 =P @x -7 P&Q don't (PCN) {f} 9 ~ m83001 "
    "a,b A;B #3 FED.1 V81%"
).split() + ["Two Words", "x  y"]
PAYEE_CODES = ["AGENT", "=PAY", "Fed, Ltd", "P.1", "@pay", "-9"]
NAMES = [
    "The Surgery", "Dr O'Neil & Partners", "Été Practice", "=HYPERLINK()",
    'The "Old" Mill', "A, B", "two\nlines", "lone\rcr", "three\r\n\r\nlines",
]
REASONS = [
    "late invoice",
    "=SUM(A1:A9)",
    "-correction",
    "+more",
    "@agreed",
    'see "minute 4", page 2',
    "two\nlines",
    "crlf\r\nline",
    "\rstarts with a return",
    "\nstarts with a line feed",
    "\r=both",
    "£5 é",
    "it's",
    "'quoted",
    "a,b",
    "for 943-476-5919, as agreed",
]


@dataclass
class World:
    """A pack in the making: the period, the rules and the rows of every kind."""

    rng: object
    year: int
    month: int
    is_year_end: bool
    schemes: list
    providers: dict = field(default_factory=dict)
    contracts: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    is_new: bool = False

    @property
    def first(self):
        """1 April."""
        return date(self.year, 4, 1)

    @property
    def last(self):
        """31 March."""
        return date(self.year + 1, 3, 31)

    @property
    def april(self):
        """The index of the year's first month."""
        return self.year * 12 + 3

    @property
    def month_end(self):
        """The last day of the run's month."""
        return month_first(self.month + 1) - timedelta(days=1)

    @property
    def run_date(self):
        """The date up to which achievement and lists are known."""
        return date(self.year + 1, 7, 31) if self.is_year_end else self.month_end

    def some_month(self, later=0.12):
        """Mostly a month up to the run's, sometimes a later one of the year."""
        if self.rng.random() < later:
            return self.rng.randint(self.april, self.april + 11)
        return self.rng.randint(self.april, self.month)

    def chance(self, likelihood):
        """True with the given likelihood."""
        return self.rng.random() < likelihood


def month_first(index):
    """The first day of a month."""
    return date(index // 12, index % 12 + 1, 1)


def make_register(world, count):
    """Providers with their history; payees never differ in case alone."""
    rng, rows, payees = world.rng, [], {}
    agents = rng.sample(PAYEE_CODES, 2)
    codes = rng.sample(PROVIDER_CODES, count)
    for code in codes:
        kind = rng.choice(["practice", "practice", "practice", *TYPES])
        history = []
        for start, end in _stretches(world):
            payee = rng.choice(["", "", "", code, *agents, rng.choice(codes)])
            if payees.setdefault((payee or code).lower(), payee or code) != (payee or code):
                payee = agents[0]
                payees.setdefault(payee.lower(), payee)
            history.append(
                {
                    "provider": code,
                    "name": rng.choice(NAMES),
                    "type": kind if world.chance(0.9) else rng.choice(TYPES),
                    "pcn": rng.choice(["", "", "U16318", "PCN 1"]),
                    "payee": payee,
                    "from": start,
                    "to": end,
                }
            )
        world.providers[code] = _type_now(history, world.month_end)
        rows.extend(history)
    if world.chance(0.3):
        rng.shuffle(rows)
    world.rows["providers"] = rows


def _stretches(world):
    """(from, to) pairs of one provider's history; None is open."""
    rng = world.rng
    if world.chance(0.55):
        start = rng.choice([None, None, date(2001, 1, 1), world.first, day_in(rng, world.year)])
        end = None
        if world.chance(0.1):
            end = max(start or world.first, day_in(rng, world.year))
        return [(start, end)]
    cuts = sorted({day_in(rng, world.year, 200, 100) for _ in range(rng.randint(1, 3))})
    if world.chance(0.3):
        cuts = sorted({*cuts, world.month_end, world.month_end + timedelta(days=1)})
    starts = [rng.choice([None, date(2010, 5, 1)]), *cuts]
    pairs = []
    for place, start in enumerate(starts):
        if place + 1 == len(starts):
            end = rng.choice([None, None, start + timedelta(days=rng.choice([0, 40]))])
        else:
            end = starts[place + 1] - timedelta(days=1)
            shorter = end - timedelta(days=rng.choice([0, 0, 10]))
            end = end if start and shorter < start else shorter
        pairs.append((start, end))
    return pairs


def _type_now(history, day):
    """The type in force on a day, as the register's rule has it."""
    ordered = sorted(history, key=lambda row: row["from"] or date.min)
    begun = [row for row in ordered if (row["from"] or date.min) <= day]
    for row in begun:
        if (row["to"] or date.max) >= day:
            return row["type"]
    return begun[-1]["type"] if begun else ordered[0]["type"]


# --- participation -----------------------------------------------------------------------------


def make_participation(world):
    """Spells of every shape for the providers that may deliver a scheme."""
    rng, rows = world.rng, []
    for scheme in world.schemes:
        for provider, kind in world.providers.items():
            if kind not in scheme.types or not world.chance(0.7):
                continue
            spells = _spells(world)
            world.contracts[scheme.code, provider] = spells
            for start, end in spells:
                row = {"scheme": scheme.code, "provider": provider, "from": start, "to": end}
                if scheme.row.get("value_basis") == "annual-value":
                    pounds = rng.choice(AMOUNTS + ["12000", "127176.36", "50000.005", "1234567.89"])
                    row["annual_value"] = Amount(Fraction(pounds))
                rows.append(row)
    if world.chance(0.3):
        rng.shuffle(rows)
    world.rows["participation"] = rows


def _spells(world):
    """The spells of one contract as (from, to); None is open."""
    rng, first, last = world.rng, world.first, world.last
    day = day_in(rng, world.year)
    shape = rng.choice(
        "whole whole whole open open open joins joins leaves leaves both single two three "
        "before after late short".split()
    )
    if shape == "whole":
        return [(first, last)]
    if shape == "open":
        return [(first - timedelta(days=rng.randint(0, 900)), None)]
    if shape == "joins":
        return [(day, rng.choice([None, last]))]
    if shape == "leaves":
        return [(rng.choice([first, date(first.year - 3, 1, 1)]), day)]
    if shape == "both":
        return [(day, day + timedelta(days=rng.choice([5, 27, 31, 95, 200])))]
    if shape == "single":
        return [(day, day)]
    if shape == "before":
        return [(first - timedelta(days=300), first - timedelta(days=rng.choice([1, 20])))]
    if shape == "after":
        return [(last + timedelta(days=rng.choice([1, 30])), None)]
    if shape == "late":
        return [(world.month_end + timedelta(days=rng.choice([0, 1, 20])), None)]
    if shape == "short":
        start = month_first(rng.randint(world.april, world.april + 11)) + timedelta(days=1)
        return [(start, start + timedelta(days=rng.choice([0, 10, 25])))]
    bounds = 4 if shape == "two" else 6
    days = sorted({day_in(rng, world.year, 100, 100) for _ in range(bounds)})
    pairs = [(days[i], days[i + 1]) for i in range(0, len(days) - 1, 2)]
    if world.chance(0.2) and len(pairs) > 1:
        next_day = pairs[0][1] + timedelta(days=1)
        pairs[1] = (next_day, max(pairs[1][1], next_day))
    if pairs and world.chance(0.3):
        pairs[-1] = (pairs[-1][0], None)
    pairs = pairs or [(first, None)]
    return [pair for i, pair in enumerate(pairs) if i == 0 or pair[0] > pairs[i - 1][1]]


# --- lists, payments, adjustments ---------------------------------------------------------------


def make_lists(world):
    """List sizes: several days, gaps, unregistered providers, odd codes."""
    rng, rows, seen = world.rng, [], set()
    days = [s.row["list_date"] for s in world.schemes if s.row.get("list_date")]
    days.append(date(world.year, 4, 1))
    for provider in [*world.providers, "NOBODY", "bad/code", "=1", ".dot"]:
        if provider in world.providers and world.chance(0.12):
            continue
        if provider not in world.providers and world.chance(0.85):
            continue
        for _ in range(rng.randint(1, 3)):
            day = rng.choice(days) + timedelta(days=rng.choice([-400, -90, -1, 0, 0, 1, 60, 200]))
            if (provider, day) in seen:
                continue
            seen.add((provider, day))
            size = rng.choice([0, 1, 4550, 9103, 18200, rng.randint(1, 30000), 30001])
            weighted = Plain(Fraction(rng.randint(0, 30_000_000), rng.choice([1000, 1000, 4])))
            rows.append(
                {
                    "provider": provider,
                    "as_at": day,
                    "registered": rng.choice([Whole(size), Whole(size), f"0{size}"]),
                    "weighted": rng.choice([None, weighted, weighted]),
                }
            )
    if world.chance(0.4):
        rng.shuffle(rows)
    world.rows["list_sizes"] = rows


def _pounds(world):
    """An amount of money, mostly small, negative at times, never 0."""
    rng = world.rng
    pence = rng.choice([1, 99, 100, 12345, rng.randint(1, 50_000), rng.randint(1, 2_000_000)])
    if world.chance(0.08):
        pence *= 100_000
    return Amount(Fraction(-pence if world.chance(0.3) else pence, 100), 2)


def make_payments(world):
    """Payments before and adjustments, later months included."""
    rng = world.rng
    paid, adjusted = [], []
    how_many = rng.choice([0, 1, 3])
    for scheme, provider in world.contracts:
        for _ in range(rng.randint(0, how_many)):
            paid.append(
                {
                    "scheme": scheme,
                    "provider": provider,
                    "month": Month(world.some_month()),
                    "amount": _pounds(world),
                    "reference": rng.choice(["", "BACS 1", "=ref", "a,b", "943 476 5919"]),
                }
            )
        if world.chance(0.25):
            for _ in range(rng.randint(1, 3)):
                adjusted.append(
                    {
                        "scheme": scheme,
                        "provider": provider,
                        "month": Month(world.some_month()),
                        "amount": _pounds(world),
                        "reason": rng.choice(REASONS),
                        "authorised_by": rng.choice(["A. Person", "Zoë", "B, C"]),
                    }
                )
    rng.shuffle(paid)
    rng.shuffle(adjusted)
    world.rows["payments_before"] = paid
    world.rows["adjustments"] = adjusted
