"""What a person decided about a contract: its payments are held, or a debt is paid in parts."""

from dataclasses import dataclass

from dialect import Column

HOLD_COLUMNS = (
    Column("scheme", "code", True),
    Column("provider", "code", True),
    Column("from", "month", True),
    Column("to", "month"),
    Column("reason", "prose", True),
    Column("authorised_by", "text", True),
)
RECOVERY_COLUMNS = (
    Column("scheme", "code", True),
    Column("provider", "code", True),
    Column("from", "month", True),
    Column("to", "month"),
    Column("monthly", "pounds", True),
    Column("reason", "prose", True),
    Column("authorised_by", "text", True),
)
FOR_EVER = 12 * 10_000


@dataclass
class Decision:
    """A row of holds or recoveries; months are inclusive, `monthly` is in pence."""

    first: int
    last: int
    reason: str
    monthly: int | None


class Decisions:
    """The rows of one kind, by contract."""

    def __init__(self):
        self.of_contract = {}

    def add(self, contract, values, reason):
        """Add a row; what is wrong with its months, or nothing."""
        last = FOR_EVER if values["to"] is None else values["to"]
        decision = Decision(values["from"], last, reason, values.get("monthly"))
        if decision.first > decision.last:
            return "after to"
        others = self.of_contract.setdefault(contract, [])
        if any(decision.first <= o.last and o.first <= decision.last for o in others):
            return "overlaps another row"
        others.append(decision)
        return None

    def of(self, contract, month):
        """The row that covers a month, or None."""
        for decision in self.of_contract.get(contract, ()):
            if decision.first <= month <= decision.last:
                return decision
        return None
