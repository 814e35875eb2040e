#include "report/screen/attention.h"

#include "pay/exception_text.h"
#include "report/figures/claims.h"

#include "base/poison.h"

/* Beyond so many of a kind the rest is counted. */
#define MOST_LISTED 10

static const Provider *
provider_of(const Result *result, guint32 contract)
{
    const Pack *pack = result->pack;
    return register_provider(pack->reg, contracts_key(pack->contracts, contract)->provider);
}

static const Scheme *
scheme_of(const Result *result, guint32 contract)
{
    const Pack *pack = result->pack;
    return rules_scheme(pack->rules, contracts_key(pack->contracts, contract)->scheme);
}

/* "M83001 Alpha Surgery". */
static void
append_provider(GString *text, const Provider *provider)
{
    g_autofree char *name = text_shown(provider->in_force->name);
    g_string_append_printf(text, "%s %s", provider->code, name);
}

static void
append_rest(GString *text, guint count)
{
    if (count > MOST_LISTED)
        g_string_append_printf(text, "  and %u more\n", count - MOST_LISTED);
}

/* What came of a file's first row. */
static void
read_first(const Result *result, const RejectedFile *file, ExceptionText *row)
{
    g_autoptr(ExceptionReader) reader = exception_reader_new(result);
    exception_reader_read(reader, result_exception(result, file->exception), row);
}

static const ReasonRow *
reason_of(const Result *result, const RejectedFile *file)
{
    return &REASONS[result_exception(result, file->exception)->reason];
}

static void
append_rejected_files(const Result *result, GString *text)
{
    g_autoptr(GArray) files = claims_rejected_files(result);
    for (guint i = 0; i < MIN(files->len, MOST_LISTED); i++) {
        const RejectedFile *rejected = &g_array_index(files, RejectedFile, i);
        const InputFile *file = input_file(result->pack->inputs, rejected->file);
        const ReasonRow *reason = reason_of(result, rejected);
        ExceptionText row;
        read_first(result, rejected, &row);
        if (file->rows == 1)
            g_string_append_printf(text, "%s: its only row is rejected\n", file->name);
        else
            g_string_append_printf(text, "%s: all %" G_GUINT64_FORMAT " rows are rejected\n",
                                   file->name, file->rows);
        g_string_append_printf(text, "  line %" G_GUINT64_FORMAT "%s%s: %s: %s\n", row.line,
                               row.column[0] == '\0' ? "" : ", ", row.column, reason->name,
                               row.message);
        g_string_append_printf(text, "  what to do: %s\n", reason->cure);
        exception_text_clear(&row);
    }
    append_rest(text, files->len);
}

/* A workbook may be claims that somebody takes for handed in. */
static void
append_left_out(const Result *result, GString *text)
{
    const GPtrArray *names = result->pack->inputs->left_out;
    if (names->len > 0)
        g_string_append_printf(text,
                               "%u workbook%s among the inputs %s not read: what %s not paid\n",
                               names->len, text_plural(names->len), names->len == 1 ? "is" : "are",
                               names->len == 1 ? "it claims is" : "they claim is");
    for (guint i = 0; i < MIN(names->len, MOST_LISTED); i++)
        g_string_append_printf(text, "  %s\n", (const char *)g_ptr_array_index(names, i));
    append_rest(text, names->len);
}

static void
append_missing(const Result *result, GString *text)
{
    g_autoptr(GArray) schemes = claims_missing(result);
    for (guint s = 0; s < schemes->len; s++) {
        const SchemeClaims *claims = &g_array_index(schemes, SchemeClaims, s);
        g_string_append_printf(
            text, "%s: %u of %u contract%s that claimed before %s nothing for %s\n",
            claims->scheme->code, claims->missing->len, claims->claimed_before,
            claims->claimed_before == 1 ? "" : "s", claims->missing->len == 1 ? "has" : "have",
            words_month(result->pack->period.month).text);
        for (guint i = 0; i < MIN(claims->missing->len, MOST_LISTED); i++) {
            const Contract *contract = g_ptr_array_index(claims->missing, i);
            g_string_append(text, "  ");
            append_provider(text, contract->provider);
            g_string_append_c(text, '\n');
        }
        append_rest(text, claims->missing->len);
    }
}

/* The largest first; those of equal money as they stand. */
static int
compare_replacements(gconstpointer left, gconstpointer right)
{
    const Replacement *a = *(const Replacement *const *)left,
                      *b = *(const Replacement *const *)right;
    Int128 less_a = a->before.money.pence - a->now.money.pence,
           less_b = b->before.money.pence - b->now.money.pence;
    if (less_a != less_b)
        return less_a > less_b ? -1 : 1;
    return (a > b) - (a < b);
}

static int
compare_unusual(gconstpointer left, gconstpointer right)
{
    const Unusual *a = *(const Unusual *const *)left, *b = *(const Unusual *const *)right;
    if (a->above.pence != b->above.pence)
        return a->above.pence > b->above.pence ? -1 : 1;
    return (a > b) - (a < b);
}

/* Those that withdraw something: of const Replacement *, into replaced. */
static GPtrArray *
find_withdrawals(const GArray *replaced)
{
    GPtrArray *withdrawals = g_ptr_array_new();
    for (guint i = 0; i < replaced->len; i++) {
        const Replacement *replacement = &g_array_index(replaced, Replacement, i);
        if (replacement->withdraws)
            g_ptr_array_add(withdrawals, (gpointer)replacement);
    }
    return withdrawals;
}

static void
append_withdrawals(const Result *result, GString *text)
{
    g_autoptr(GArray) replaced = claims_replaced(result);
    g_autoptr(GPtrArray) withdrawals = find_withdrawals(replaced);
    g_ptr_array_sort(withdrawals, compare_replacements);
    if (withdrawals->len > 0)
        g_string_append_printf(text, "%u resubmission%s fewer rows or pounds than what %s\n",
                               withdrawals->len, withdrawals->len == 1 ? " has" : "s have",
                               withdrawals->len == 1 ? "it replaces" : "they replace");
    for (guint i = 0; i < MIN(withdrawals->len, MOST_LISTED); i++) {
        const Replacement *at = g_ptr_array_index(withdrawals, i);
        g_string_append_printf(text, "  %s, ", scheme_of(result, at->contract)->code);
        append_provider(text, provider_of(result, at->contract));
        g_string_append_printf(text, ", %s: submission %u has %s; submission %u had %s\n",
                               words_month(at->month).text, at->now.submission,
                               words_submission(&at->now).text, at->before.submission,
                               words_submission(&at->before).text);
    }
    append_rest(text, withdrawals->len);
}

static void
append_unusual(const Result *result, GString *text)
{
    const Rules *rules = result->pack->rules;
    g_autoptr(GPtrArray) unusual = g_ptr_array_new();
    for (guint i = 0; i < result->unusual->len; i++)
        g_ptr_array_add(unusual, &g_array_index(result->unusual, Unusual, i));
    g_ptr_array_sort(unusual, compare_unusual);
    if (unusual->len > 0)
        g_string_append_printf(text, "%u count%s unusual: above %s × the median, by more than %s\n",
                               unusual->len, unusual->len == 1 ? " is" : "s are",
                               words_count(rules->unusual.times).text,
                               words_price(rules->unusual.pounds).text);
    for (guint i = 0; i < MIN(unusual->len, MOST_LISTED); i++) {
        const Unusual *at = g_ptr_array_index(unusual, i);
        const Contract *contract = result_contract(result, at->contract);
        g_string_append_printf(text, "  %s, ", contract->scheme->code);
        append_provider(text, contract->provider);
        g_string_append_printf(text, ", %s, %s: %s against a median of %s %s: %s more\n",
                               rules_activity(rules, at->activity)->code,
                               words_month(at->month).text, words_count(at->count).text,
                               words_count(unusual_median(at)).text, unusual_basis(at),
                               words_money(at->above).text);
    }
    append_rest(text, unusual->len);
}

void
attention_text(const Result *result, GString *text)
{
    static void (*const PARTS[])(const Result *, GString *) = {
        append_left_out, append_rejected_files, append_missing, append_withdrawals, append_unusual};
    gsize before = text->len;
    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++)
        PARTS[i](result, text);
    if (text->len == before)
        return;
    g_string_insert(text, (gssize)before, "needs attention\n");
    g_string_append_c(text, '\n');
}

static void
write_provider(Json *json, const Provider *provider)
{
    json_text(json, "provider", provider->code);
    json_text(json, "name", provider->in_force->name);
}

static void
write_month(Json *json, Month month)
{
    g_autoptr(GString) text = g_string_new(NULL);
    month_append(text, month);
    json_text(json, "month", text->str);
}

static void
write_rejected_files(const Result *result, Json *json)
{
    g_autoptr(GArray) files = claims_rejected_files(result);
    json_open_array(json, "files_rejected");
    for (guint i = 0; i < files->len; i++) {
        const RejectedFile *rejected = &g_array_index(files, RejectedFile, i);
        const InputFile *file = input_file(result->pack->inputs, rejected->file);
        ExceptionText row;
        read_first(result, rejected, &row);
        json_open_object(json, NULL);
        json_text(json, "file", file->name);
        json_whole(json, "rows", file->rows);
        json_whole(json, "line", row.line);
        json_text(json, "column", row.column);
        json_text(json, "reason", reason_of(result, rejected)->name);
        json_text(json, "message", row.message);
        json_text(json, "cure", reason_of(result, rejected)->cure);
        json_close_object(json);
        exception_text_clear(&row);
    }
    json_close_array(json);
}

static void
write_left_out(const Result *result, Json *json)
{
    const GPtrArray *names = result->pack->inputs->left_out;
    json_open_array(json, "workbooks_not_read");
    for (guint i = 0; i < names->len; i++)
        json_text(json, NULL, g_ptr_array_index(names, i));
    json_close_array(json);
}

static void
write_missing(const Result *result, Json *json)
{
    g_autoptr(GArray) schemes = claims_missing(result);
    json_open_array(json, "claims_missing");
    for (guint s = 0; s < schemes->len; s++) {
        const SchemeClaims *claims = &g_array_index(schemes, SchemeClaims, s);
        json_open_object(json, NULL);
        json_text(json, "scheme", claims->scheme->code);
        json_whole(json, "claimed_before", claims->claimed_before);
        json_open_array(json, "missing");
        for (guint i = 0; i < claims->missing->len; i++) {
            json_open_object(json, NULL);
            write_provider(json,
                           ((const Contract *)g_ptr_array_index(claims->missing, i))->provider);
            json_close_object(json);
        }
        json_close_array(json);
        json_close_object(json);
    }
    json_close_array(json);
}

static void
write_submission(Json *json, const char *key, const SubmissionTotal *submission)
{
    json_open_object(json, key);
    json_whole(json, "submission", submission->submission);
    json_whole(json, "rows", submission->rows);
    json_whole(json, "unpriced", submission->unpriced);
    json_figure(json, "amount", figure_sum(submission->money));
    json_close_object(json);
}

static void
write_withdrawals(const Result *result, Json *json)
{
    g_autoptr(GArray) replaced = claims_replaced(result);
    g_autoptr(GPtrArray) withdrawals = find_withdrawals(replaced);
    json_open_array(json, "withdrawn");
    for (guint i = 0; i < withdrawals->len; i++) {
        const Replacement *at = g_ptr_array_index(withdrawals, i);
        json_open_object(json, NULL);
        json_text(json, "scheme", scheme_of(result, at->contract)->code);
        write_provider(json, provider_of(result, at->contract));
        write_month(json, at->month);
        write_submission(json, "now", &at->now);
        write_submission(json, "before", &at->before);
        json_close_object(json);
    }
    json_close_array(json);
}

static void
write_unusual(const Result *result, Json *json)
{
    json_open_array(json, "unusual");
    for (guint i = 0; i < result->unusual->len; i++) {
        const Unusual *at = &g_array_index(result->unusual, Unusual, i);
        const Contract *contract = result_contract(result, at->contract);
        json_open_object(json, NULL);
        json_text(json, "scheme", contract->scheme->code);
        write_provider(json, contract->provider);
        json_text(json, "activity", rules_activity(result->pack->rules, at->activity)->code);
        write_month(json, at->month);
        json_figure(json, "count", figure_count(at->count));
        json_figure(json, "median", figure_fraction(at->median));
        json_bool(json, "is_by_list", at->is_by_list);
        json_money(json, "above", at->above);
        json_close_object(json);
    }
    json_close_array(json);
}

void
attention_json(const Result *result, Json *json)
{
    static void (*const PARTS[])(const Result *, Json *) = {
        write_left_out, write_rejected_files, write_missing, write_withdrawals, write_unusual};
    json_open_object(json, "attention");
    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++)
        PARTS[i](result, json);
    json_close_object(json);
}
