/* The part of a statement that says what is not paid as claimed, what that means, and what to do.
 *
 * Rows that differ in nothing but the line they stand on are told once, with their number; reasons
 * come in the order of their list. Never a patient reference: the words are those of
 * exceptions.csv. */
#include <string.h>

#include "report/statement_page.h"
#include "report/statement_words.h"
#include "report/wording.h"

#include "base/poison.h"

/* Beyond so many places of a group the rest is counted. */
#define MOST_PLACES 12

/* Exceptions that are told together. */
typedef struct {
    Reason reason;
    char *what;     /* provider, scheme, item and month */
    char *detail;   /* what is wrong with the row, or "" */
    GString *where; /* "claims.csv, line 12, 14" */
    const char *file;
    guint rows;
    bool has_risk;
    Sum at_risk;
} Group;

typedef struct {
    GPtrArray *groups; /* of Group, as they came */
    GHashTable *by_key;
} Grouping;

static void
group_free(gpointer pointer)
{
    Group *group = pointer;
    g_free(group->what);
    g_free(group->detail);
    g_string_free(group->where, TRUE);
    g_free(group);
}

/* "SPIRO, SPIRO-DIAG, Sep 2025", with the provider in front where the statement names several. */
static char *
what_of(const Statement *statement, const ExceptionText *text)
{
    GString *what = g_string_new(NULL);
    const char *const parts[] = {statement->has_other_providers ? text->provider : "", text->scheme,
                                 text->item};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i][0] != '\0')
            g_string_append_printf(what, "%s%s", what->len > 0 ? ", " : "", parts[i]);
    if (text->month != MONTH_NONE) {
        g_string_append(what, what->len > 0 ? ", " : "");
        wording_append_month(what, text->month);
    }
    return g_string_free(what, FALSE);
}

/* What a row has to say beyond its reason. */
static char *
detail_of(const ExceptionEntry *entry, const ExceptionText *text)
{
    if (entry->reason <= REASON_TOO_LONG)
        return g_strdup_printf("%s: %s", text->column, text->message);
    if (entry->reason <= REASON_UNKNOWN_INDICATOR || entry->is_part)
        return g_strdup(text->message);
    return g_strdup("");
}

static void
add_place(Group *group, const ExceptionText *text)
{
    if (text->line == 0 || group->rows > MOST_PLACES)
        return;
    bool is_same_file = group->file != NULL && strcmp(group->file, text->file) == 0;
    if (!is_same_file)
        g_string_append_printf(group->where, "%s%s, line ", group->where->len > 0 ? "; " : "",
                               text->file);
    g_string_append_printf(group->where, "%s%" G_GUINT64_FORMAT, is_same_file ? ", " : "",
                           text->line);
    group->file = text->file;
}

static void
add_exception(const Statement *statement, Grouping *grouping, const ExceptionEntry *entry,
              const ExceptionText *text)
{
    g_autofree char *what = what_of(statement, text);
    g_autofree char *detail = detail_of(entry, text);
    g_autofree char *key = g_strdup_printf("%d\n%s\n%s", (int)entry->reason, what, detail);
    Group *group = g_hash_table_lookup(grouping->by_key, key);
    if (group == NULL) {
        group = g_new0(Group, 1);
        group->reason = entry->reason;
        group->what = g_steal_pointer(&what);
        group->detail = g_steal_pointer(&detail);
        group->where = g_string_new(NULL);
        g_ptr_array_add(grouping->groups, group);
        g_hash_table_insert(grouping->by_key, g_steal_pointer(&key), group);
    }
    group->rows++;
    group->has_risk = group->has_risk || entry->has_risk;
    if (entry->has_risk)
        sum_add(&group->at_risk, entry->at_risk);
    add_place(group, text);
}

static GPtrArray *
form_groups(const Statement *statement)
{
    Grouping grouping = {g_ptr_array_new_with_free_func(group_free),
                         g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    g_autoptr(ExceptionReader) reader = exception_reader_new(statement->result);
    for (guint i = 0; i < statement->payee->exception_count; i++) {
        const ExceptionEntry *entry =
            payee_exception(statement->payees, statement->result, statement->payee, i);
        ExceptionText text;
        exception_reader_read(reader, entry, &text);
        add_exception(statement, &grouping, entry, &text);
        exception_text_clear(&text);
    }
    g_hash_table_unref(grouping.by_key);
    return grouping.groups;
}

/* "3 rows" or, where a contract is meant, nothing. */
static void
write_group(Statement *statement, const Group *group)
{
    g_autoptr(GString) how = g_string_new(group->detail);
    if (group->where->len > 0)
        g_string_append_printf(how, "%s%u row%s: %s", how->len > 0 ? "; " : "", group->rows,
                               group->rows == 1 ? "" : "s", group->where->str);
    if (group->where->len > 0 && group->rows > MOST_PLACES)
        g_string_append_printf(how, " and %u more", group->rows - MOST_PLACES);
    page_text(statement, COLUMN_WHAT, COLUMN_WHAT, group->what, STYLE_WRAP);
    page_text(statement, COLUMN_B, COLUMN_E, how->str, STYLE_WRAP);
    Money at_risk;
    if (group->has_risk && sum_money(group->at_risk, &at_risk))
        page_money(statement, COLUMN_F, at_risk, STYLE_MONEY);
    else
        page_text(statement, COLUMN_F, COLUMN_F, "", STYLE_MONEY);
    page_end_row(statement);
}

static void
write_reason(Statement *statement, Reason reason, const GPtrArray *groups)
{
    const ReasonWords *words = &REASON_WORDS[reason];
    g_autofree char *text = g_strdup_printf("%s.\nWhat to do: %s", words->meaning, words->remedy);
    bool is_named = false;
    for (guint i = 0; i < groups->len; i++) {
        const Group *group = g_ptr_array_index(groups, i);
        if (group->reason != reason)
            continue;
        if (!is_named) {
            page_text(statement, COLUMN_WHAT, COLUMN_WHAT, words->name, STYLE_TOTAL);
            page_text(statement, COLUMN_B, COLUMN_F, text, STYLE_WRAP);
            page_end_row(statement);
            is_named = true;
        }
        write_group(statement, group);
    }
}

void
statement_exceptions(Statement *statement)
{
    static const char *const HEADINGS[PAGE_COLUMNS] = {
        "Not paid as claimed", "What it means, and what to do", NULL, NULL, NULL, "Not paid"};
    if (statement->payee->exception_count == 0)
        return;
    g_autoptr(GPtrArray) groups = form_groups(statement);
    page_gap(statement);
    page_headings(statement, HEADINGS, COLUMN_F);
    for (Reason reason = REASON_NONE + 1; reason < REASON_COUNT; reason++)
        write_reason(statement, reason, groups);
}
