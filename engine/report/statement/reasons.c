#include "report/statement/reasons.h"

#include "base/poison.h"

#define SEND_AGAIN                                                                                 \
    "Correct it and send it again as a new submission. That replaces the one before: send all "    \
    "your claims for that scheme and month, or the indicator."
#define SEND_ACHIEVEMENT "Check the figures and send the indicator again, as a new submission."

const ReasonWords REASON_WORDS[REASON_COUNT] = {
    [REASON_NONE] = {"", "", ""},
    [REASON_BAD_NUMBER] = {"A number cannot be read",
                           "What stands where a number is needed is not a plain number",
                           SEND_AGAIN},
    [REASON_BAD_DATE] = {"A date cannot be read",
                         "What stands where a date is needed is not a date we can read",
                         SEND_AGAIN " Dates are written as 30/09/2025 or 2025-09-30."},
    [REASON_BAD_MONTH] = {"The month cannot be read",
                          "What stands where the month is needed is not a month we can read",
                          SEND_AGAIN " Months are written as 2025-09."},
    [REASON_MISSING_VALUE] = {"Something is missing",
                              "A field that is needed to pay the claim is empty", SEND_AGAIN},
    [REASON_TOO_LONG] = {"A field is too long",
                         "A field holds far more text than belongs there; often two rows have run "
                         "into one",
                         SEND_AGAIN},
    [REASON_UNKNOWN_SCHEME] = {"Unknown scheme", "There is no scheme of this code this year",
                               "Look the scheme's code up in its specification. " SEND_AGAIN},
    [REASON_UNKNOWN_PROVIDER] = {"Unknown provider",
                                 "There is no practice, PCN or federation of this code in our "
                                 "register",
                                 "Check the code. If it is right, tell us, so that we can add it "
                                 "to the register; the claim then counts by itself."},
    [REASON_UNKNOWN_ACTIVITY] = {"Unknown activity", "The scheme does not pay for this activity",
                                 "Look the activity's code up in the specification. " SEND_AGAIN},
    [REASON_UNKNOWN_INDICATOR] = {"Unknown indicator", "The scheme has no indicator of this code",
                                  "Look the code up in the specification. " SEND_ACHIEVEMENT},
    [REASON_NOT_CLAIMED] = {"Paid without claims",
                            "The scheme pays this by itself, so that a claim for it counts nothing",
                            "Nothing: it is paid all the same. You need not claim it."},
    [REASON_WRONG_LEVEL] = {"Not for this kind of provider",
                            "The scheme is not delivered by this kind of provider (practice, PCN "
                            "or federation)",
                            "Let whoever delivers the scheme claim for it, and leave it out of "
                            "your claims."},
    [REASON_NOT_PARTICIPATING] = {"Not signed up then",
                                  "On the day of the activity you were not signed up to the scheme",
                                  "If you were, send us the agreement with its dates; the claim "
                                  "then counts by itself."},
    [REASON_OUTSIDE_YEAR] = {"Outside the financial year",
                             "The claim is for a time before or after this financial year",
                             "Check the date. Claims for another year are made with that year's."},
    [REASON_AFTER_DUE] = {"After the due date",
                          "The achievement is as at a day after the month in which it was due",
                          "Send your achievement as at the end of that month, or earlier."},
    [REASON_MONTH_MISMATCH] = {"Date and month differ",
                               "The date of the activity is not in the month it is claimed for",
                               SEND_AGAIN},
    [REASON_LATE_CLAIM] = {"Too late",
                           "The claim came in after the last day on which the scheme accepts it",
                           "It is not paid. If it was late for a reason we should know, write to "
                           "us."},
    [REASON_MISSING_PATIENT] = {"Patient reference missing",
                                "The scheme pays once for each patient, and the claim does not "
                                "tell patients apart",
                                "Send the month's claims again with a reference of your own for "
                                "each patient. Never send NHS numbers or names."},
    [REASON_NO_PRICE] = {"No price then", "The scheme had no price for this activity on that day",
                         "Check the date. If it is right, ask us."},
    [REASON_EXCEEDS_DENOMINATOR] = {"More patients than there are",
                                    "The indicator counts more patients, or more exceptions, than "
                                    "its denominator has",
                                    SEND_ACHIEVEMENT},
    [REASON_DUPLICATE] = {"Claimed twice", "The same claim is counted already, once",
                          "Nothing, if it is the same. If it is another one that looks alike, send "
                          "the month again so that they can be told apart."},
    [REASON_REPEATED] = {"The same row twice",
                         "A row says the same as another one that is paid, and names no patient to "
                         "tell them apart",
                         "Tell us whether both are meant. If so, send the month again as one row "
                         "with the whole quantity, or with references that tell them apart."},
    [REASON_EXCLUSIVE_SCHEME] = {"Paid under another scheme",
                                 "The patient is already paid for in that month under a scheme "
                                 "that cannot be claimed together with this one",
                                 "Tell us which of the two is right. Until then this one is on "
                                 "hold."},
    [REASON_OTHER_PROVIDER] = {"Claimed by another provider, too",
                               "Another provider is already paid for this patient and activity in "
                               "the same time",
                               "We look into it with both of you. Tell us if the patient was not "
                               "yours. Until then this one is on hold."},
    [REASON_MISSING_FACT] = {"Figure missing",
                             "What is paid depends on a figure of yours that we do not have",
                             "Ask us for what is missing. It is paid as soon as we have it."},
    [REASON_OVER_CAP] = {"Over the limit",
                         "The number of these that the scheme pays for is used up",
                         "Nothing: up to the limit all is paid. Ask us if the limit seems wrong."},
    [REASON_NO_LIST_SIZE] = {"List size missing",
                             "What the scheme is worth depends on a list size, and we do not have "
                             "yours",
                             "Ask us for what is missing. It is paid as soon as we have it."},
    [REASON_HELD_BY_PERSON] = {"Stopped for now",
                               "We have stopped the payments of this scheme to you for the time "
                               "being",
                               "Ask us why. What you are owed is paid once the stop ends."},
    [REASON_MISSING_ACHIEVEMENT] = {"Achievement missing",
                                    "We have no achievement for this indicator, so that the year "
                                    "cannot be closed",
                                    "Send your achievement for the indicator. It is paid as soon "
                                    "as we have it."},
    [REASON_NOT_BROUGHT_FORWARD] = {"Not brought forward",
                                    "The last year-end carried an amount of a scheme or provider "
                                    "that we do not know any more",
                                    "We look into it. You need not do anything."},
};
