"""The four CSV outputs of a run as bytes."""

import csv
import io
from collections import Counter

from money import money_text
from pack import STATES

PAYMENT_NAMES = (
    "payment_id",
    "period",
    "scheme",
    "provider",
    "payee",
    "contract_value",
    "entitlement_to_date",
    "paid_to_date",
    "owed",
    "of_which_current",
    "of_which_prior",
    "status",
)
LINE_NAMES = ("scheme", "provider", "kind", "item", "month", "count", "rate", "fraction", "amount")
EXCEPTION_NAMES = (
    "file",
    "line",
    "column",
    "reason",
    "outcome",
    "scheme",
    "provider",
    "month",
    "item",
    "at_risk",
    "since",
    "message",
)
CONTROL_NAMES = ("file", "sha256", "rows", *STATES)
MESSAGES = {
    "part": "partly over the cap",
    "held": "needs a decision",
    "rejected": "not paid",
}


def guarded(text):
    """A text cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text


def _quoted(cell):
    if any(mark in cell for mark in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _table(names, rows):
    lines = [",".join(_quoted(cell) for cell in row) + "\n" for row in (names, *rows)]
    return "".join(lines).encode("utf-8")


def _optional(pence):
    return "" if pence is None else money_text(pence)


def payments_csv(period, payments):
    """The record of what is owed, a row a contract."""
    rows = []
    for payment in payments:
        scheme, provider = payment.scheme.code, payment.provider
        rows.append(
            (
                guarded(f"{period.label}/{scheme}/{provider}"),
                period.label,
                guarded(scheme),
                guarded(provider),
                guarded(payment.payee),
                _optional(payment.contract_value),
                money_text(payment.entitlement),
                money_text(payment.paid),
                money_text(payment.owed),
                money_text(payment.owed - payment.prior),
                money_text(payment.prior),
                payment.status,
            )
        )
    return _table(PAYMENT_NAMES, rows)


def lines_csv(payments):
    """How each entitlement comes about."""
    rows = []
    for payment in payments:
        for line in payment.lines:
            rows.append(
                (
                    guarded(payment.scheme.code),
                    guarded(payment.provider),
                    line.kind,
                    guarded(line.item),
                    line.month,
                    line.count,
                    line.rate,
                    line.fraction,
                    money_text(line.pence),
                )
            )
    return _table(LINE_NAMES, rows)


def _key(row):
    """What makes two exceptions the same: file, reason, outcome, scheme, provider, month, item."""
    return (row[0], *row[3:9])


def _listed(content):
    """How often a sealed exceptions.csv lists each exception, by its cells."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    names = [EXCEPTION_NAMES[place] for place in (0, *range(3, 9))]
    return Counter(tuple(row[name] for name in names) for row in rows)


def _since(rows, period, before):
    """The period since which each row is listed; before: (period, exceptions.csv), first to last."""
    listed = [(label, _listed(content)) for label, content in before]
    met = Counter()
    for row in rows:
        key = _key(row)
        met[key] += 1
        since = period.label
        for label, counts in reversed(listed):
            if counts[key] < met[key]:
                break
            since = label
        yield since


def exceptions_csv(period, row_exceptions, payments, before=()):
    """Every row or contract that needs somebody's eye; contracts last."""
    everything = list(row_exceptions)
    for payment in payments:
        everything.extend(payment.exceptions)
    rows = []
    for line in everything:
        rows.append(
            (
                guarded(line.file),
                str(line.line),
                line.column,
                line.reason,
                line.outcome,
                guarded(line.scheme),
                guarded(line.provider),
                line.month,
                guarded(line.item),
                _optional(line.at_risk),
                MESSAGES[line.outcome],
            )
        )
    rows = [(*row[:-1], since, row[-1]) for row, since in zip(rows, _since(rows, period, before))]
    return _table(EXCEPTION_NAMES, rows)


def controls_csv(files):
    """The states of the rows of every input file."""
    rows = []
    for file in files:
        counts = [file.states[state] for state in STATES]
        rows.append(
            (guarded(file.name), file.sha256, str(sum(counts)), *[str(n) for n in counts])
        )
    return _table(CONTROL_NAMES, rows)
