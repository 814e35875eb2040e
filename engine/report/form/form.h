/* What the form of a contract has to know: the months that are open, the activities and their
 * prices.
 *
 * A claim form is for one contract of a scheme that is paid for claims. A month is open where the
 * contract takes part on a day on which one of the claimed activities has a price. */
#pragma once

#include "pack/pack.h"

/* An open month. */
typedef struct {
    Month month;
    Day received_by; /* the last day on which its claims may be received; DAY_OPEN: any day */
} FormMonth;

/* An activity in an open month, at a price: from … to are the days of the month that have it. */
typedef struct {
    Month month;
    const Activity *activity;
    guint group; /* its group of the scheme, or itself where it has none: from 1 */
    const Price *price;
    Day from, to;
} FormPrice;

typedef struct {
    const Pack *pack;
    const ContractKey *key;
    const Scheme *scheme;
    const Provider *provider;
    const char *period; /* "2025-26" or "2025-09", not owned */
    char *name;         /* of its file, without .xlsx; no two are alike, whatever the letter case */
    guint rows;         /* that can be filled in */
    GArray *months;     /* of FormMonth */
    GArray *activities; /* of const Activity *, as in the rules, those with a price */
    GArray *prices;     /* of FormPrice, by month, activity and day */
} Form;

/* The forms of a period: of all months of its year where it is a year-end, else of its month. By
 * scheme, then provider; of Form. The pack and the text of the period must outlive them. Free with
 * g_ptr_array_unref. */
GPtrArray *forms_of(const Pack *pack, const char *period) G_GNUC_WARN_UNUSED_RESULT;
const Form *form_at(const GPtrArray *forms, guint number);

const FormMonth *form_month(const Form *form, guint number);
const Activity *form_activity(const Form *form, guint number);
const FormPrice *form_price(const Form *form, guint number);
/* Whether an activity is paid for patients and not for quantities. */
bool form_counts_patients(const Activity *activity);
