#include "report/statement/content.h"

#include "report/statement/header.h"
#include "report/statement/paid.h"
#include "report/statement/replaced.h"
#include "report/statement/unpaid.h"
#include "report/statement/workings.h"

#include "base/poison.h"

Page *
content_new(const Result *result, const char *run, bool is_approved, const Payees *payees,
            const Payee *payee)
{
    static void (*const PARTS[])(Page *) = {header_write,   paid_write,     unpaid_write,
                                            replaced_write, workings_write, paid_write_year};
    Page *page = page_new(result, run, payees, payee);
    page->is_approved = is_approved;
    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++)
        PARTS[i](page);
    return page;
}
