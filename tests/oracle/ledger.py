"""What earlier accepted rows of activity claimed: copies, exclusive schemes, spans, caps, groups.

Rows are judged in one order: day, scheme, provider, file, line.  A row of a group is not counted
here: it takes part in a contest, which the dearest row up to a month wins (see `counts`).
"""

from money import to_pence
from pack import ACTIVITY_COLUMNS

_PATIENT_ROW = ("scheme", "provider", "activity", "month", "patient_ref", "activity_date")


class PatientLedger:
    """Judges claims that passed all tests above `duplicate`."""

    def __init__(self, pack):
        self.pack = pack
        self.april = pack.period.year.months[0]
        self.rows = set()
        self.patient_rows = set()
        self.visits = {}
        self.provider_of_span = {}
        self.counted = {}
        self.counted_for_patient = {}
        self.last_of_group = {}

    def judge(self, claim, scheme, submission):
        """Judge one claim."""
        values = claim.values
        if values["quantity"] == 0:
            claim.end("accepted")
            return
        activity = scheme.activities[values["activity"]]
        patient = values["patient_ref"]
        whole_row = tuple(
            submission if c.name == "submission" else values[c.name] for c in ACTIVITY_COLUMNS
        )
        patient_row = tuple(values[name] for name in _PATIENT_ROW)
        worth = 1 if activity.counts_patients else values["quantity"]
        span = self._span(scheme, activity, values)
        owner = self.provider_of_span.get(span)
        is_counted = owner is not None and activity.group is None
        refusal, fits = None, worth
        if activity.counts_patients and patient_row in self.patient_rows:
            refusal = ("rejected", "duplicate")
        elif whole_row in self.rows:
            refusal = ("rejected", "duplicate") if patient else ("held", "repeated")
        elif patient is not None and self._is_excluded(scheme, activity, values):
            refusal = ("held", "exclusive-scheme")
        elif owner is not None and owner != values["provider"]:
            refusal = ("held", "other-provider")
        elif is_counted:
            fits = 0
        else:
            limit = self._cap(scheme, activity, values)
            if activity.cap is not None and limit is None:
                refusal = ("held", "missing-fact", "provider")
            else:
                fits = self._fitting(values, activity, worth, limit)
                refusal = ("rejected", "over-cap") if fits <= 0 else None
        if refusal:
            claim.end(*refusal)
            claim.at_risk = to_pence(worth * claim.price, scheme.rounding)
            return
        claim.end("accepted")
        if not is_counted and fits < worth:
            claim.is_part = True
            claim.reason = "over-cap"
            claim.at_risk = to_pence((worth - fits) * claim.price, scheme.rounding)
        self.rows.add(whole_row)
        self.patient_rows.add(patient_row)
        if patient is not None:
            visit = (scheme.code, values["month"] - self.april, activity.months)
            self.visits.setdefault(patient, []).append(visit)
        if span is not None:
            self.provider_of_span.setdefault(span, values["provider"])
        if activity.group is None:
            claim.units = fits
            self._count(values, activity, fits)
        else:
            claim.contest = self._contest(claim, scheme, activity)

    # --- spans ---

    def _span(self, scheme, activity, values):
        """What a patient is counted in once, whoever the provider."""
        if not activity.counts_patients:
            return None
        place = (values["month"] - self.april) // activity.months
        return scheme.code, activity.code, values["patient_ref"], place

    def _is_excluded(self, scheme, activity, values):
        """Whether the patient is accepted under an exclusive scheme in the longer of the spans."""
        place, own = values["month"] - self.april, activity.months
        for other, visited, months in self.visits.get(values["patient_ref"], ()):
            longer = max(own, months)
            if other in scheme.exclusive and visited // longer == place // longer:
                return True
        return False

    # --- groups and episodes ---

    def _contest(self, claim, scheme, activity):
        """What a row of a group competes for; None where it begins no episode."""
        values = claim.values
        group = (scheme.code, values["provider"], activity.group, values["patient_ref"])
        before = self.last_of_group.get(group)
        self.last_of_group[group] = values["month"]
        if activity.is_episode and before is not None:
            if values["month"] - before - 1 < activity.again_after:
                return None
        return (*group, (values["month"] - self.april) // activity.months)

    # --- caps ---

    def _window(self, values, activity):
        """The number of the `cap_per` in which a row lies."""
        return (values["month"] - self.april) // activity.cap_months

    def _cap(self, scheme, activity, values):
        """So many at most, None where there is no cap or its fact is missing."""
        if activity.cap is None or activity.cap_of is None:
            return activity.cap
        start = self.april + self._window(values, activity) * activity.cap_months
        number = self.pack.span_fact(scheme, values["provider"], activity.cap_of, start)
        if number is None:
            return None
        return max((activity.cap * number).__floor__(), 0)

    def _keys(self, values, activity):
        provider = (values["scheme"], values["activity"], values["provider"])
        window = (*provider, self._window(values, activity))
        return window, (*provider, values["patient_ref"])

    def _fitting(self, values, activity, worth, limit):
        """How much of a row is within the caps."""
        window, patient = self._keys(values, activity)
        fits = worth
        if limit is not None:
            fits = min(fits, limit - self.counted.get(window, 0))
        if activity.patient_cap is not None and values["patient_ref"] is not None:
            fits = min(fits, activity.patient_cap - self.counted_for_patient.get(patient, 0))
        return max(fits, 0)

    def _count(self, values, activity, units):
        window, patient = self._keys(values, activity)
        self.counted[window] = self.counted.get(window, 0) + units
        if values["patient_ref"] is not None:
            self.counted_for_patient[patient] = self.counted_for_patient.get(patient, 0) + units


def counts(claims, month):
    """(scheme, provider) → {(activity, month, price): count}, by the rows up to a month.

    The claims are accepted ones in the order in which they were judged.
    """
    found, dearest = {}, {}

    def count(claim, units):
        values = claim.values
        of_contract = found.setdefault((values["scheme"], values["provider"]), {})
        key = (values["activity"], values["month"], claim.price)
        of_contract[key] = of_contract.get(key, 0) + units

    for claim in claims:
        if claim.values["month"] > month:
            continue
        if claim.units:
            count(claim, claim.units)
        if claim.contest is not None:
            best = dearest.get(claim.contest)
            if best is None or claim.price > best.price:
                dearest[claim.contest] = claim
    for claim in dearest.values():
        count(claim, 1)
    return found
