"""The year of the fixtures as it comes in: what the inputs folder holds in each month."""

import csv
import importlib.util
import re
import sys
from decimal import Decimal

from suite import ROOT

_SPEC = importlib.util.spec_from_file_location("generate", ROOT / "fixtures" / "generate.py")
generate = importlib.util.module_from_spec(_SPEC)
sys.modules["generate"] = generate
_SPEC.loader.exec_module(generate)

MONTHS, FINAL = generate.MONTHS, generate.ARRIVALS[-1]


def make_claims():
    """All claims of the year, made once for every month that is asked for."""
    practices = generate.make_practices()
    claims = generate.make_claims(generate.make_participation(practices), practices)
    generate.make_claims = lambda *_: claims
    return claims


def files_of(month):
    """The inputs as they were in a month, bytes by path."""
    return generate.all_files(month)


def by_hand(inputs):
    """What was paid before the engine, by contract."""
    paid = {}
    with open(inputs / "payments_before.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            contract = row["scheme"], row["provider"]
            paid[contract] = paid.get(contract, Decimal(0)) + Decimal(re.sub("[£,]", "", row["amount"]))
    return paid
