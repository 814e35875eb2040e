/* The part of a statement that says what is not paid as claimed, what that means, and what to do.
 *
 * Rows that differ in nothing but the line they stand on are told once, with their number; reasons
 * come in the order of their list. Never a patient reference: the words are those of
 * exceptions.csv. */
#include <string.h>

#include "pay/exception_text.h"
#include "report/statement/page.h"
#include "report/statement/words.h"
#include "report/figures/wording.h"

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
    Tally by_numbers; /* scheme and provider; reason, activity and month: to a group's number */
    ExceptionReader *reader;
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
add_place(Group *group, const char *file, guint64 line)
{
    bool is_same_file = group->file != NULL && strcmp(group->file, file) == 0;
    if (!is_same_file)
        g_string_append_printf(group->where, "%s%s, line ", group->where->len > 0 ? "; " : "",
                               file);
    g_string_append_printf(group->where, "%s%" G_GUINT64_FORMAT, is_same_file ? ", " : "", line);
    group->file = file;
}

/* Counts one more exception of a group. */
static void
count(Group *group, const ExceptionEntry *entry)
{
    group->rows++;
    group->has_risk = group->has_risk || entry->has_risk;
    if (entry->has_risk)
        sum_add(&group->at_risk, entry->at_risk);
}

/* Adds an exception by its words; its group's number is returned. */
static guint
add_by_words(const Statement *statement, Grouping *grouping, const ExceptionEntry *entry)
{
    ExceptionText text;
    exception_reader_read(grouping->reader, entry, &text);
    g_autofree char *what = what_of(statement, &text);
    g_autofree char *detail = detail_of(entry, &text);
    g_autofree char *key = g_strdup_printf("%d\n%s\n%s", (int)entry->reason, what, detail);
    gpointer known = g_hash_table_lookup(grouping->by_key, key);
    guint number = known == NULL ? grouping->groups->len : GPOINTER_TO_UINT(known) - 1;
    if (known == NULL) {
        Group *group = g_new0(Group, 1);
        group->reason = entry->reason;
        group->what = g_steal_pointer(&what);
        group->detail = g_steal_pointer(&detail);
        group->where = g_string_new(NULL);
        g_ptr_array_add(grouping->groups, group);
        g_hash_table_insert(grouping->by_key, g_steal_pointer(&key), GUINT_TO_POINTER(number + 1));
    }
    Group *group = g_ptr_array_index(grouping->groups, number);
    count(group, entry);
    if (text.line > 0 && group->rows <= MOST_PLACES)
        add_place(group, text.file, text.line);
    exception_text_clear(&text);
    return number;
}

/* The same by numbers, for claims that failed against others: all their codes are known, they have
 * no details, and so the words are those of the numbers. They may be many. */
static void
add_by_numbers(const Statement *statement, Grouping *grouping, const ExceptionEntry *entry)
{
    const Pack *pack = statement->result->pack;
    const Claim *claim = &pack->claims->rows[entry->index];
    bool is_new;
    int64_t *number = tally_add(
        &grouping->by_numbers, (guint64)claim->scheme << 32 | claim->provider,
        (guint64)claim->activity << 32 | (guint64)claim->month << 8 | (guint8)entry->reason,
        &is_new);
    if (is_new) {
        *number = add_by_words(statement, grouping, entry);
        return;
    }
    Group *group = g_ptr_array_index(grouping->groups, *number);
    count(group, entry);
    if (group->rows <= MOST_PLACES)
        add_place(group, input_file(pack->inputs, place_file(claim->place))->name, entry->line);
}

static GPtrArray *
form_groups(const Statement *statement)
{
    Grouping grouping = {.groups = g_ptr_array_new_with_free_func(group_free),
                         .by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                         .reader = exception_reader_new(statement->result)};
    tally_init(&grouping.by_numbers);
    for (guint i = 0; i < statement->payee->exception_count; i++) {
        const ExceptionEntry *entry =
            payee_exception(statement->payees, statement->result, statement->payee, i);
        bool has_words =
            entry->kind != EXCEPTION_CLAIM || entry->is_part || entry->reason < REASON_DUPLICATE;
        if (has_words)
            (void)add_by_words(statement, &grouping, entry);
        else
            add_by_numbers(statement, &grouping, entry);
    }
    g_hash_table_unref(grouping.by_key);
    tally_clear(&grouping.by_numbers);
    exception_reader_free(grouping.reader);
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
