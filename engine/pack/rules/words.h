/* The words of the rules: each closed list once, for the readers of the tables and for whoever
 * prints a rule. Indexed by the enumerations of scheme.h, clause.h and rules.h; BASIS_NONE,
 * PER_NONE, DUE_YEAR_END and DUE_MONTH are the empty word. */
#pragma once

#include "pack/rules/rules.h"

extern const char *const COMMISSIONED_WORDS[2];
extern const char *const PAYMENT_WORDS[2];
extern const char *const MEASURED_BY_WORDS[3];
extern const char *const BASIS_WORDS[5];
extern const char *const PRO_RATA_WORDS[3];
extern const char *const ROUNDING_WORDS[3];
extern const char *const RECOVERY_WORDS[2];
extern const char *const METHOD_WORDS[3];
extern const char *const IF_NO_PATIENTS_WORDS[2];
/* Of count; any other code there is a fact. */
extern const char *const COUNT_WORDS[3];
extern const char *const PER_WORDS[6];
extern const char *const PAID_WORDS[3];
extern const char *const DUE_WORDS[3];
extern const char *const UNIT_WORDS[2];
extern const char *const ACHIEVED_BY_WORDS[2];
extern const char *const LIMIT_WORDS[LIMIT_COUNT];
extern const char *const COMPARISON_WORDS[COMPARISON_COUNT];
/* Of the payment file: what a column of it can hold. */
extern const char *const PAYMENT_FIELDS[FIELD_COUNT];
