#include "pack/inputtables.h"

#include "base/poison.h"

static const Column PROVIDER_TABLE[] = {
    [PROVIDERS_PROVIDER] = {"provider", COLUMN_CODE, true},
    [PROVIDERS_NAME] = {"name", COLUMN_PROSE, true},
    [PROVIDERS_TYPE] = {"type", COLUMN_TEXT, true},
    [PROVIDERS_PCN] = {"pcn", COLUMN_CODE, false},
    [PROVIDERS_PAYEE] = {"payee", COLUMN_CODE, false},
    [PROVIDERS_FROM] = {"from", COLUMN_DATE, false},
    [PROVIDERS_TO] = {"to", COLUMN_DATE, false},
    [PROVIDERS_EMAIL] = {"email", COLUMN_TEXT, false},
};
static const Column PARTICIPATION_TABLE[] = {
    [PARTICIPATION_SCHEME] = {"scheme", COLUMN_CODE, true},
    [PARTICIPATION_PROVIDER] = {"provider", COLUMN_CODE, true},
    [PARTICIPATION_FROM] = {"from", COLUMN_DATE, true},
    [PARTICIPATION_TO] = {"to", COLUMN_DATE, false},
    [PARTICIPATION_ANNUAL_VALUE] = {"annual_value", COLUMN_RATE, false},
    [PARTICIPATION_LIST_DATE] = {"list_date", COLUMN_DATE, false},
    [PARTICIPATION_MERGED_INTO] = {"merged_into", COLUMN_CODE, false},
};
static const Column LIST_TABLE[] = {
    [LIST_PROVIDER] = {"provider", COLUMN_KEY, true},
    [LIST_AS_AT] = {"as_at", COLUMN_DATE, true},
    [LIST_REGISTERED] = {"registered", COLUMN_WHOLE, true},
    [LIST_WEIGHTED] = {"weighted", COLUMN_COUNT, false},
};
static const Column FACT_TABLE[] = {
    [FACT_PROVIDER] = {"provider", COLUMN_KEY, true},
    [FACT_FACT] = {"fact", COLUMN_KEY, true},
    [FACT_AS_AT] = {"as_at", COLUMN_DATE, true},
    [FACT_NUMBER] = {"number", COLUMN_NUMBER, true},
};
static const Column ACTIVITY_TABLE[] = {
    [ACTIVITY_MONTH] = {"month", COLUMN_MONTH, true},
    [ACTIVITY_SCHEME] = {"scheme", COLUMN_KEY, true},
    [ACTIVITY_PROVIDER] = {"provider", COLUMN_KEY, true},
    [ACTIVITY_ACTIVITY] = {"activity", COLUMN_KEY, true},
    [ACTIVITY_PATIENT_REF] = {"patient_ref", COLUMN_REFERENCE, false},
    [ACTIVITY_DATE] = {"activity_date", COLUMN_DATE, false},
    [ACTIVITY_QUANTITY] = {"quantity", COLUMN_WHOLE, true},
    [ACTIVITY_SUBMISSION] = {"submission", COLUMN_WHOLE, false},
    [ACTIVITY_RECEIVED] = {"received", COLUMN_DATE, false},
};
static const Column ACHIEVEMENT_TABLE[] = {
    [ACHIEVEMENT_SCHEME] = {"scheme", COLUMN_KEY, true},
    [ACHIEVEMENT_PROVIDER] = {"provider", COLUMN_KEY, true},
    [ACHIEVEMENT_INDICATOR] = {"indicator", COLUMN_KEY, true},
    [ACHIEVEMENT_AS_AT] = {"as_at", COLUMN_DATE, true},
    [ACHIEVEMENT_NUMERATOR] = {"numerator", COLUMN_SIGNED_COUNT, true},
    [ACHIEVEMENT_DENOMINATOR] = {"denominator", COLUMN_COUNT, true},
    [ACHIEVEMENT_EXCEPTIONS] = {"exceptions", COLUMN_COUNT, false},
    [ACHIEVEMENT_SUBMISSION] = {"submission", COLUMN_WHOLE, false},
};
static const Column BEFORE_TABLE[] = {
    [BEFORE_SCHEME] = {"scheme", COLUMN_CODE, true},
    [BEFORE_PROVIDER] = {"provider", COLUMN_CODE, true},
    [BEFORE_MONTH] = {"month", COLUMN_MONTH, true},
    [BEFORE_AMOUNT] = {"amount", COLUMN_MONEY, true},
    [BEFORE_REFERENCE] = {"reference", COLUMN_TEXT, false},
};
static const Column ADJUSTMENT_TABLE[] = {
    [ADJUSTMENT_SCHEME] = {"scheme", COLUMN_CODE, true},
    [ADJUSTMENT_PROVIDER] = {"provider", COLUMN_CODE, true},
    [ADJUSTMENT_MONTH] = {"month", COLUMN_MONTH, true},
    [ADJUSTMENT_AMOUNT] = {"amount", COLUMN_MONEY, true},
    [ADJUSTMENT_REASON] = {"reason", COLUMN_PROSE, true},
    [ADJUSTMENT_AUTHORISED_BY] = {"authorised_by", COLUMN_TEXT, true},
};
static const Column HOLD_TABLE[] = {
    [HOLD_SCHEME] = {"scheme", COLUMN_CODE, true},
    [HOLD_PROVIDER] = {"provider", COLUMN_CODE, true},
    [HOLD_FROM] = {"from", COLUMN_MONTH, true},
    [HOLD_TO] = {"to", COLUMN_MONTH, false},
    [HOLD_REASON] = {"reason", COLUMN_PROSE, true},
    [HOLD_AUTHORISED_BY] = {"authorised_by", COLUMN_TEXT, true},
};
static const Column RECOVERY_TABLE[] = {
    [RECOVERY_SCHEME] = {"scheme", COLUMN_CODE, true},
    [RECOVERY_PROVIDER] = {"provider", COLUMN_CODE, true},
    [RECOVERY_FROM] = {"from", COLUMN_MONTH, true},
    [RECOVERY_TO] = {"to", COLUMN_MONTH, false},
    [RECOVERY_MONTHLY] = {"monthly", COLUMN_SUM, true},
    [RECOVERY_REASON] = {"reason", COLUMN_PROSE, true},
    [RECOVERY_AUTHORISED_BY] = {"authorised_by", COLUMN_TEXT, true},
};

const InputTable INPUT_TABLES[INPUT_KINDS] = {
    [INPUT_PROVIDERS] = {"providers", PROVIDER_TABLE, PROVIDERS_COLUMNS},
    [INPUT_PARTICIPATION] = {"participation", PARTICIPATION_TABLE, PARTICIPATION_COLUMNS},
    [INPUT_LIST_SIZES] = {"list_sizes", LIST_TABLE, LIST_COLUMNS},
    [INPUT_FACTS] = {"facts", FACT_TABLE, FACT_COLUMNS},
    [INPUT_ACTIVITY] = {"activity", ACTIVITY_TABLE, ACTIVITY_COLUMNS},
    [INPUT_ACHIEVEMENT] = {"achievement", ACHIEVEMENT_TABLE, ACHIEVEMENT_COLUMNS},
    [INPUT_PAYMENTS_BEFORE] = {"payments_before", BEFORE_TABLE, BEFORE_COLUMNS},
    [INPUT_ADJUSTMENTS] = {"adjustments", ADJUSTMENT_TABLE, ADJUSTMENT_COLUMNS},
    [INPUT_HOLDS] = {"holds", HOLD_TABLE, HOLD_COLUMNS},
    [INPUT_RECOVERIES] = {"recoveries", RECOVERY_TABLE, RECOVERY_COLUMNS},
};
