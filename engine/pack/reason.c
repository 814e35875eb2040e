#include "pack/reason.h"

#include "base/poison.h"

const ReasonRow REASONS[REASON_COUNT] = {
    [REASON_NONE] = {"", STATE_ACCEPTED, ""},
    [REASON_BAD_NUMBER] = {"bad-number", STATE_REJECTED, "a number cannot be read"},
    [REASON_BAD_DATE] = {"bad-date", STATE_REJECTED, "a date cannot be read"},
    [REASON_BAD_MONTH] = {"bad-month", STATE_REJECTED, "the month cannot be read"},
    [REASON_MISSING_VALUE] = {"missing-value", STATE_REJECTED, "a field that is needed is empty"},
    [REASON_TOO_LONG] = {"too-long", STATE_REJECTED, "a field is longer than 256 bytes"},
    [REASON_UNKNOWN_SCHEME] = {"unknown-scheme", STATE_REJECTED, "the scheme is not in the rules"},
    [REASON_UNKNOWN_PROVIDER] = {"unknown-provider", STATE_REJECTED,
                                 "the provider is not in the register"},
    [REASON_UNKNOWN_ACTIVITY] = {"unknown-activity", STATE_REJECTED,
                                 "the scheme has no tariff for this activity"},
    [REASON_UNKNOWN_INDICATOR] = {"unknown-indicator", STATE_REJECTED,
                                  "the scheme has no such indicator"},
    [REASON_NOT_CLAIMED] = {"not-claimed", STATE_REJECTED, "this is paid without claims"},
    [REASON_WRONG_LEVEL] = {"wrong-level", STATE_REJECTED,
                            "the scheme is not delivered by this type of provider"},
    [REASON_NOT_PARTICIPATING] = {"not-participating", STATE_REJECTED,
                                  "the provider does not take part in the scheme then"},
    [REASON_OUTSIDE_YEAR] = {"outside-year", STATE_REJECTED, "not in the financial year"},
    [REASON_AFTER_DUE] = {"after-due", STATE_REJECTED,
                          "after the last day of the month in which the indicator is due"},
    [REASON_MONTH_MISMATCH] = {"month-mismatch", STATE_REJECTED,
                               "the date of the activity is not in the month claimed"},
    [REASON_LATE_CLAIM] = {"late-claim", STATE_REJECTED, "received after the last day for claims"},
    [REASON_MISSING_PATIENT] = {"missing-patient", STATE_REJECTED,
                                "paid by patient, but without a patient reference"},
    [REASON_NO_PRICE] = {"no-price", STATE_REJECTED, "no price is in force then"},
    [REASON_EXCEEDS_DENOMINATOR] = {"exceeds-denominator", STATE_REJECTED,
                                    "does not fit the denominator"},
    [REASON_DUPLICATE] = {"duplicate", STATE_REJECTED, "claimed before"},
    [REASON_REPEATED] = {"repeated", STATE_HELD,
                         "says the same as an earlier row that is paid, without a patient to tell "
                         "them apart"},
    [REASON_EXCLUSIVE_SCHEME] =
        {"exclusive-scheme", STATE_HELD,
         "the patient is already paid for under a scheme that excludes this one"},
    [REASON_OTHER_PROVIDER] = {"other-provider", STATE_HELD,
                               "another provider is already paid for this patient"},
    [REASON_MISSING_FACT] = {"missing-fact", STATE_HELD, "a fact that this needs is not in force"},
    [REASON_OVER_CAP] = {"over-cap", STATE_REJECTED, "the cap of the tariff is used up"},
    [REASON_NO_LIST_SIZE] = {"no-list-size", STATE_HELD,
                             "the list size that the value needs is missing"},
    [REASON_HELD_BY_PERSON] = {"held-by-person", STATE_HELD,
                               "a person has stopped the payments of this contract"},
    [REASON_MISSING_ACHIEVEMENT] = {"missing-achievement", STATE_HELD,
                                    "no achievement is accepted for this indicator"},
    [REASON_NOT_BROUGHT_FORWARD] = {"not-brought-forward", STATE_HELD,
                                    "carried by the last year-end, and its scheme or provider is "
                                    "not known any more"},
};

const char *const STATE_NAMES[STATE_COUNT] = {"accepted", "superseded", "later", "rejected",
                                              "held"};
