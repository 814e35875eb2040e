#include "pack/reason.h"

#include "base/poison.h"

#define SEND_CORRECTED "have it corrected and sent again as a new submission"

const ReasonRow REASONS[REASON_COUNT] = {
    [REASON_NONE] = {"", STATE_ACCEPTED, "", NULL},
    [REASON_BAD_NUMBER] = {"bad-number", STATE_REJECTED, "a number cannot be read", SEND_CORRECTED},
    [REASON_BAD_DATE] = {"bad-date", STATE_REJECTED, "a date cannot be read", SEND_CORRECTED},
    [REASON_BAD_MONTH] = {"bad-month", STATE_REJECTED, "the month cannot be read", SEND_CORRECTED},
    [REASON_MISSING_VALUE] = {"missing-value", STATE_REJECTED, "a field that is needed is empty",
                              SEND_CORRECTED},
    [REASON_TOO_LONG] = {"too-long", STATE_REJECTED, "a field is longer than 256 bytes",
                         "look for a quotation mark in the row: two rows may have run into one"},
    [REASON_UNKNOWN_SCHEME] = {"unknown-scheme", STATE_REJECTED, "the scheme is not in the rules",
                               "correct the code, or add the scheme to the rules"},
    [REASON_UNKNOWN_PROVIDER] = {"unknown-provider", STATE_REJECTED,
                                 "the provider is not in the register",
                                 "correct the code, or add the provider to providers"},
    [REASON_UNKNOWN_ACTIVITY] = {"unknown-activity", STATE_REJECTED,
                                 "the scheme has no tariff for this activity",
                                 "correct the code, or add the activity to tariffs.csv"},
    [REASON_UNKNOWN_INDICATOR] = {"unknown-indicator", STATE_REJECTED,
                                  "the scheme has no such indicator",
                                  "correct the code, or add the indicator to indicators.csv"},
    [REASON_WRONG_LEVEL] = {"wrong-level", STATE_REJECTED,
                            "the scheme is not delivered by this type of provider",
                            "look at the type in providers, and at delivered_by of the scheme"},
    [REASON_NOT_PARTICIPATING] = {"not-participating", STATE_REJECTED,
                                  "the provider does not take part in the scheme then",
                                  "if there is an agreement, enter its dates in participation"},
    [REASON_OUTSIDE_YEAR] =
        {"outside-year", STATE_REJECTED, "not in the financial year",
         "correct the date; claims for another year belong to that year's folder"},
    [REASON_MONTH_MISMATCH] = {"month-mismatch", STATE_REJECTED,
                               "the date of the activity is not in the month claimed",
                               SEND_CORRECTED},
    [REASON_LATE_CLAIM] = {"late-claim", STATE_REJECTED, "received after the last day for claims",
                           "leave it, or pay it by an adjustment"},
    [REASON_MISSING_PATIENT] = {"missing-patient", STATE_REJECTED,
                                "paid by patient, but without a patient reference",
                                "have the month sent again with a reference for each patient"},
    [REASON_NO_PRICE] = {"no-price", STATE_REJECTED, "no price is in force then",
                         "check the date; if it is right, the tariff lacks a price"},
    [REASON_EXCEEDS_DENOMINATOR] = {"exceeds-denominator", STATE_REJECTED,
                                    "more than the denominator allows",
                                    "have the figures checked and the indicator sent again"},
    [REASON_DUPLICATE] =
        {"duplicate", STATE_REJECTED, "claimed before",
         "nothing, if it is the same; else have it sent again so that the rows can be told apart"},
    [REASON_REPEATED] = {"repeated", STATE_HELD,
                         "says the same as an earlier row that is paid, without a patient to tell "
                         "them apart",
                         NULL},
    [REASON_EXCLUSIVE_SCHEME] =
        {"exclusive-scheme", STATE_HELD,
         "the patient is already paid for under a scheme that excludes this one", NULL},
    [REASON_OTHER_PROVIDER] = {"other-provider", STATE_HELD,
                               "another provider is already paid for this patient", NULL},
    [REASON_OVER_CAP] = {"over-cap", STATE_REJECTED, "the cap of the tariff is used up",
                         "nothing: it is paid up to the cap"},
    [REASON_NO_LIST_SIZE] = {"no-list-size", STATE_HELD,
                             "the list size that the value needs is missing", NULL},
    [REASON_MISSING_ACHIEVEMENT] = {"missing-achievement", STATE_HELD,
                                    "no achievement is accepted for this indicator", NULL},
    [REASON_NOT_BROUGHT_FORWARD] = {"not-brought-forward", STATE_HELD,
                                    "carried by the last year-end, and its scheme or provider is "
                                    "not known any more",
                                    NULL},
};

const char *const STATE_NAMES[STATE_COUNT] = {"accepted", "superseded", "later", "rejected",
                                              "held"};
