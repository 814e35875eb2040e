#include "pack/rules/words.h"

#include "base/poison.h"

const char *const COMMISSIONED_WORDS[] = {"individual", "mixed"};
const char *const PAYMENT_WORDS[] = {
    [PAYMENT_ACHIEVEMENT] = "achievement", [PAYMENT_ACTIVITY] = "activity"};
const char *const MEASURED_BY_WORDS[] = {"outcomes", "activity", "activity-per-patient"};
const char *const BASIS_WORDS[] = {
    [BASIS_NONE] = "",
    [BASIS_ANNUAL_VALUE] = "annual-value",
    [BASIS_PER_REGISTERED_PATIENT] = "per-registered-patient",
    [BASIS_PER_WEIGHTED_PATIENT] = "per-weighted-patient",
    [BASIS_PER_POINT] = "per-point",
};
const char *const PRO_RATA_WORDS[] = {
    [PRO_RATA_NONE] = "none", [PRO_RATA_DAYS] = "days", [PRO_RATA_MONTHS] = "months"};
const char *const ROUNDING_WORDS[] = {
    [ROUND_HALF_UP] = "half-up", [ROUND_HALF_EVEN] = "half-even", [ROUND_DOWN] = "down"};
const char *const RECOVERY_WORDS[] = {
    [RECOVERY_NEXT_PAYMENT] = "next-payment", [RECOVERY_INVOICE] = "invoice"};
const char *const METHOD_WORDS[] = {[METHOD_SLIDING] = "sliding",
                                    [METHOD_ALL_OR_NOTHING] = "all-or-nothing",
                                    [METHOD_STEPS] = "steps"};
const char *const IF_NO_PATIENTS_WORDS[] = {"nothing", "full"};
const char *const COUNT_WORDS[] = {
    [COUNT_QUANTITY] = "quantity", [COUNT_PATIENTS] = "patients", [COUNT_EACH] = "each"};
const char *const PER_WORDS[] = {[PER_NONE] = "",           [PER_MONTH] = "month",
                                 [PER_QUARTER] = "quarter", [PER_HALF_YEAR] = "half-year",
                                 [PER_YEAR] = "year",       [PER_EPISODE] = "episode"};
const char *const PAID_WORDS[] = {
    [PAID_LAST] = "last", [PAID_FIRST] = "first", [PAID_MONTHLY] = "monthly"};
const char *const DUE_WORDS[] = {
    [DUE_YEAR_END] = "", [DUE_MONTH] = "", [DUE_WHEN_MET] = "when-met"};
const char *const UNIT_WORDS[] = {[UNIT_SHARE] = "share", [UNIT_RATE] = "rate"};
const char *const ACHIEVED_BY_WORDS[] = {
    [ACHIEVED_BY_PROVIDER] = "provider", [ACHIEVED_BY_NETWORK] = "network"};
const char *const LIMIT_WORDS[] = {
    [LIMIT_ONLY_IF] = "only-if",    [LIMIT_TIMES] = "times",
    [LIMIT_LESS] = "less",          [LIMIT_ON_ACCOUNT] = "on-account",
    [LIMIT_AT_MOST] = "at-most",    [LIMIT_AT_LEAST] = "at-least",
    [LIMIT_KEEP_IF] = "keep-if",    [LIMIT_POT] = "pot",
    [LIMIT_WHOLE_POT] = "whole-pot"};
const char *const COMPARISON_WORDS[] = {[COMPARISON_AT_LEAST] = ">=",
                                        [COMPARISON_ABOVE] = ">",
                                        [COMPARISON_AT_MOST] = "<=",
                                        [COMPARISON_BELOW] = "<"};
const char *const PAYMENT_FIELDS[FIELD_COUNT] = {
    [FIELD_PAYMENT_ID] = "payment_id",     [FIELD_PAYEE] = "payee",
    [FIELD_PAYEE_NAME] = "payee_name",     [FIELD_SCHEME] = "scheme",
    [FIELD_SCHEME_TITLE] = "scheme_title", [FIELD_AMOUNT] = "amount",
    [FIELD_CURRENT] = "of_which_current",  [FIELD_PRIOR] = "of_which_prior",
    [FIELD_EARNED_FROM] = "earned_from",   [FIELD_EARNED_TO] = "earned_to",
    [FIELD_PAID_PERIOD] = "paid_period",   [FIELD_RUN_DATE] = "run_date",
    [FIELD_RUN_DATE_UK] = "run_date_uk",   [FIELD_LEDGER_CODE] = "ledger_code",
    [FIELD_PAYCODE] = "paycode",
};
