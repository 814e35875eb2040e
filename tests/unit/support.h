/* What the unit tests share: a pack from strings, read and worked out, and its figures as text.
 *
 * A Case holds rules and inputs in a temporary folder that goes with it. Figures come back as
 * compact text, one line a row, so that what a test expects reads like the paper. */
#pragma once

#include "pay/result.h"

typedef struct {
    char *folder;                  /* below it: rules/<year>/ and inputs/ */
    const GArray *ledger;          /* of LedgerEntry: what was paid; NULL, or the test's own */
    const BroughtForward *brought; /* from the year before; NULL, or the test's own */
    Faults *faults;
    Pack *pack;
    Result *result;
    GError *error;
    GString *text; /* what was asked for last */
} Case;

/* Header rows, and rows that most cases begin with. */
#define SCHEMES                                                                                    \
    "scheme,title,delivered_by,commissioned,payment,measured_by,value_basis,value,list_date,"      \
    "average_list,in_year_share,instalment_months,pro_rata,rounding,recovery,claim_months,"        \
    "exclusive_with,source\n"
#define INDICATORS "scheme,indicator,title,points,method,floor,target,steps,if_no_patients,source\n"
#define TARIFFS "scheme,activity,title,count,per,price,from,to,cap,patient_cap,source\n"
#define PROVIDERS "provider,name,type\nA,Alpha,practice\nB,Beta,practice\nC,Gamma,practice\n"
#define PARTICIPATION "scheme,provider,from,to,annual_value\n"
#define LISTS "provider,as_at,registered,weighted\n"
#define ACTIVITY "month,scheme,provider,activity,patient_ref,activity_date,quantity\n"
#define ACHIEVEMENT "scheme,provider,indicator,as_at,numerator,denominator,exceptions\n"
#define BEFORE "scheme,provider,month,amount\n"
#define ADJUSTMENTS "scheme,provider,month,amount,reason,authorised_by\n"

/* An empty case: tables of rules with headers alone, the register PROVIDERS, nothing else. */
Case *case_new(void);
void case_free(Case *c);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Case, case_free)

/* Write a file: below rules/2025-26 (of another year where a test says so), or below inputs. What
 * is there is replaced. */
void case_rule(Case *c, const char *file, const char *text);
void case_rule_of(Case *c, const char *year, const char *file, const char *text);
void case_input(Case *c, const char *file, const char *text);
void case_input_bytes(Case *c, const char *file, const char *bytes, gsize length);

/* A case of one scheme S by activity and its tariff rows (without the header), and participation
 * of A, B and C in the whole year. */
Case *case_of_activity(const char *tariffs);
/* A case of one scheme S by achievement: the columns from value_basis to pro_rata, and indicators
 * (without the header). Nobody takes part yet. */
Case *case_of_achievement(const char *value_columns, const char *indicators);

/* Reads and works out for "2025-09" or "2025-26-YE". False where something refuses it. May be
 * repeated. */
bool case_run(Case *c, const char *period);
bool case_run_on(Case *c, const char *period, guint threads);

/* Text, valid until the next call. */
/* "S/A value entitlement paid owed current+prior status", value "-" where there is none */
const char *case_payments(Case *c);
/* "S/A kind item month count rate fraction amount", "-" for an empty cell */
const char *case_lines(Case *c);
/* "file:line:column reason outcome scheme/provider/item risk" */
const char *case_exceptions(Case *c);
/* "file rows: accepted superseded later rejected held" */
const char *case_controls(Case *c);
/* Every fault that refuses the run, one a line; the folders of the case cut off file names. */
const char *case_faults(Case *c);
/* The places of the faults alone, a space between them: "schemes.csv:2:value". */
const char *case_fault_places(Case *c);
const char *case_warnings(Case *c);

/* "S/A" of a contract: its owed amount as "1.00". */
char *case_owed(Case *c, const char *scheme, const char *provider);

/* Text in place of every occurrence of a word. Free with g_free. */
char *text_replace(const char *text, const char *word, const char *by);
/* The span of a terminated text. */
Span span_of(const char *text);
