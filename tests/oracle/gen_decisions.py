"""Random facts, mergers, spells' own days, holds and recoveries."""

from datetime import date, timedelta
from fractions import Fraction

from gen_inputs import REASONS
from gen_measures import BASELINES, FACTORS, MONEY, SIZES
from gen_spelling import Amount, Month


def make_facts(world):
    """Facts of all kinds: several days, gaps, unregistered providers, unused ones."""
    rng, rows, seen = world.rng, [], set()
    missing = rng.choice([0.0, 0.0, 0.03, 0.15])
    sizes = [size for size in SIZES if size not in ("registered", "weighted")]
    for provider in [*world.providers, "NOBODY", "bad/code", "NOBODY"]:
        for fact in [*FACTORS, *BASELINES, *MONEY, *sizes, "unused", "bad/fact"]:
            is_known = provider in world.providers
            if world.chance(missing if is_known else 0.85):
                continue
            for number in range(rng.choice([1, 1, 2, 3])):
                day = world.first if number else date(world.year - 1, rng.randint(1, 12), 1)
                days = [-1, 0, 0, 1, 91, 183, 300] if number else [0, 0, 90]
                day += timedelta(days=rng.choice(days))
                if is_known and (provider, fact, day) in seen:
                    continue
                seen.add((provider, fact, day))
                row = {"provider": provider, "fact": fact, "as_at": day}
                rows.append({**row, "number": Amount(_number(rng, fact))})
    if world.chance(0.5):
        rng.shuffle(rows)
    world.rows["facts"] = rows


def _number(rng, fact):
    if fact in FACTORS:
        return Fraction(rng.choice(["0", "0.8", "1", "1.2", "0.000001", "1.333333", "0.95"]))
    if fact in BASELINES:
        return Fraction(rng.choice(["0", "0.5", "0.333333", "-0.2", "0.05", "1", "-0.000001"]))
    if fact in MONEY:
        pounds = ["0", "4000", "100000", "7,000", "0.01", "12345.675", "-250"]
        return Fraction(rng.choice(pounds).replace(",", ""))
    return Fraction(rng.choice([0, 1, 2, 5, 12, 40, 1153, 2310, rng.randint(0, 3000), -3]))


def renew_participation(world):
    """Spells with a day of their own, and providers that have become part of others."""
    rng, spells = world.rng, {}
    achieving = {scheme.code for scheme in world.schemes if scheme.is_achievement}
    for row in world.rows["participation"]:
        if row["scheme"] in achieving:
            spells.setdefault((row["scheme"], row["provider"]), []).append(row)
            if world.chance(0.3):
                row["list_date"] = rng.choice([row["from"], world.first, date(world.year, 10, 1)])
    merged, hosts = set(), set()
    for contract in sorted(spells):
        others = [c for c in spells if c[0] == contract[0] and c != contract and c not in merged]
        if others and contract not in hosts and world.chance(0.2):
            host = rng.choice(others)
            max(spells[contract], key=lambda row: row["from"])["merged_into"] = host[1]
            merged.add(contract)
            hosts.add(host)


def make_decisions(world):
    """Holds and recoveries, most of them of this month; those of one contract do not overlap."""
    rng = world.rng
    for kind in ("holds", "recoveries"):
        rows = []
        for scheme, provider in sorted(world.contracts):
            if not world.chance(0.15):
                continue
            first = world.month - rng.choice([-2, 0, 0, 1, 5])
            last = rng.choice([None, None, first, first + 3])
            pairs = [(first, last)]
            if world.chance(0.3):
                pairs.append((first - 7, first - rng.choice([1, 3])))
            for start, end in pairs:
                row = {"scheme": scheme, "provider": provider, "from": Month(start)}
                row["to"] = None if end is None else Month(end)
                row.update(reason=rng.choice(REASONS), authorised_by="A. Person")
                if kind == "recoveries":
                    row["monthly"] = Amount(Fraction(rng.choice([0, 1, 10000, 12345]), 100), 2)
                rows.append(row)
        rng.shuffle(rows)
        world.rows[kind] = rows
