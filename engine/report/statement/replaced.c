#include "report/statement/replaced.h"

#include "report/figures/claims.h"

#include "base/poison.h"

/* "SPIRO, Sep 2025", with the provider in front where the statement names several. */
static void
write_what(Page *page, const Contract *contract, const Replacement *replaced)
{
    page_text(page, COLUMN_WHAT, COLUMN_WHAT, STYLE_WRAP, "%s%s%s, %s",
              page->has_other_providers ? contract->provider->code : "",
              page->has_other_providers ? ", " : "", contract->scheme->code,
              words_month(replaced->month).text);
}

/* "submission 1, activity-2025-06.csv: 20 rows, £500.00", a line for each file. */
static char *
describe_parts(const Result *result, const Replacement *replaced, bool is_replaced)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < replaced->part_count; i++) {
        const SubmissionPart *part =
            &g_array_index(result->submissions, SubmissionPart, replaced->first_part + i);
        if (part->is_replaced != is_replaced)
            continue;
        g_string_append_printf(text, "%ssubmission %u, %s: %s", text->len > 0 ? "\n" : "",
                               part->submission, input_file(result->pack->inputs, part->file)->name,
                               words_part(part).text);
    }
    return g_string_free(text, FALSE);
}

static void
write_replacement(Page *page, const Contract *contract, const Replacement *replaced)
{
    g_autofree char *before = describe_parts(page->result, replaced, true);
    g_autofree char *now = describe_parts(page->result, replaced, false);
    write_what(page, contract, replaced);
    page_text(page, COLUMN_B, COLUMN_C, STYLE_WRAP, "%s", before);
    page_text(page, COLUMN_D, COLUMN_F, STYLE_WRAP, "%s", now);
    page_next(page);
}

void
replaced_write(Page *page)
{
    static const char *const HEADINGS[PAGE_COLUMNS] = {
        "Replaced by a later submission", "What was sent", NULL, "What counts instead", NULL, NULL};
    bool has_headings = false;
    for (guint i = 0; i < page->contracts->len; i++) {
        const Contract *contract = page_contract(page, i);
        g_autoptr(GArray) replaced = claims_replaced_of(page->result, contract->key);
        if (replaced->len > 0 && !has_headings) {
            page_next(page);
            page_headings(page, HEADINGS, PAGE_COLUMNS);
            has_headings = true;
        }
        for (guint r = 0; r < replaced->len; r++)
            write_replacement(page, contract, &g_array_index(replaced, Replacement, r));
    }
}
