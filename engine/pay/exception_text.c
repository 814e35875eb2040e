#include "pay/exception_text.h"

#include <string.h>

#include "base/near.h"
#include "base/nhsnumber.h"
#include "pack/claims/row_lookup.h"

#include "base/poison.h"

struct ExceptionReader {
    const Result *result;
    RowLookup *lookup;
    NearCodes *schemes, *providers; /* NULL until they are needed */
    GPtrArray *items;               /* of NearCodes: of all schemes, then scheme by scheme */
};

/* Which columns of a table tell what an exception is about. */
typedef struct {
    guint scheme, provider, item;
    int month; /* -1: none */
} TextColumns;

static const TextColumns ACTIVITY_TEXT = {ACTIVITY_SCHEME, ACTIVITY_PROVIDER, ACTIVITY_ACTIVITY,
                                          ACTIVITY_MONTH};
static const TextColumns ACHIEVEMENT_TEXT = {ACHIEVEMENT_SCHEME, ACHIEVEMENT_PROVIDER,
                                             ACHIEVEMENT_INDICATOR, -1};

ExceptionReader *
exception_reader_new(const Result *result)
{
    ExceptionReader *reader = g_new0(ExceptionReader, 1);
    reader->result = result;
    reader->lookup = row_lookup_new(result->pack->inputs);
    reader->items = g_ptr_array_new_with_free_func((GDestroyNotify)near_codes_free);
    return reader;
}

void
exception_reader_free(ExceptionReader *reader)
{
    if (reader == NULL)
        return;
    row_lookup_free(reader->lookup);
    near_codes_free(reader->schemes);
    near_codes_free(reader->providers);
    g_ptr_array_unref(reader->items);
    g_free(reader);
}

void
exception_text_clear(ExceptionText *text)
{
    g_free(text->message);
    for (guint i = 0; i < G_N_ELEMENTS(text->owned); i++)
        g_free(text->owned[i]);
    memset(text, 0, sizeof *text);
}

const char *
exception_outcome(Reason reason, bool is_part)
{
    return is_part ? "part" : STATE_NAMES[REASONS[reason].state];
}

/* The codes that one of the row may have been meant for, listed when they are first needed. */
static NearCodes *
near_schemes(ExceptionReader *reader)
{
    if (reader->schemes == NULL)
        reader->schemes = rules_near_schemes(reader->result->pack->rules);
    return reader->schemes;
}

static NearCodes *
near_providers(ExceptionReader *reader)
{
    if (reader->providers == NULL)
        reader->providers = register_near(reader->result->pack->reg);
    return reader->providers;
}

/* A table of the reader's, made where it is not there yet; *is_new tells. */
static NearCodes *
items_at(ExceptionReader *reader, guint at, bool *is_new)
{
    if (reader->items->len <= at)
        g_ptr_array_set_size(reader->items, (gint)at + 1);
    *is_new = g_ptr_array_index(reader->items, at) == NULL;
    if (*is_new)
        g_ptr_array_index(reader->items, at) = near_codes_new();
    return g_ptr_array_index(reader->items, at);
}

static void
add_indicators(const Rules *rules, guint32 scheme, NearCodes *items)
{
    for (guint i = 0; i < rules->indicators->len; i++)
        if (scheme == CODE_NONE || rules_indicator(rules, i)->scheme == scheme)
            near_codes_add(items, rules_indicator(rules, i)->code);
}

static void
add_activities(const Rules *rules, guint32 scheme, NearCodes *items)
{
    for (guint i = 0; i < rules->activities->len; i++)
        if (scheme == CODE_NONE || rules_activity(rules, i)->scheme == scheme)
            near_codes_add(items, rules_activity(rules, i)->code);
}

/* The indicators of a scheme, or its activities. */
static NearCodes *
near_items_of(ExceptionReader *reader, guint32 scheme, bool is_activity)
{
    bool is_new;
    NearCodes *items = items_at(reader, 1 + 2 * scheme + (is_activity ? 1 : 0), &is_new);
    if (is_new)
        (is_activity ? add_activities : add_indicators)(reader->result->pack->rules, scheme, items);
    return items;
}

/* The indicators and activities of all schemes. */
static NearCodes *
near_items(ExceptionReader *reader)
{
    bool is_new;
    NearCodes *items = items_at(reader, 0, &is_new);
    if (is_new) {
        add_indicators(reader->result->pack->rules, CODE_NONE, items);
        add_activities(reader->result->pack->rules, CODE_NONE, items);
    }
    return items;
}

/* A code of the row as it was written; empty where it cannot be read. Fields of a shorter row may
 * stand in the wrong columns: what is no code there, nor near one, may be a patient's reference,
 * and is left empty, too (engine/report/README.md, exceptions.csv). */
static const char *
cell_of(ExceptionReader *reader, const Value *value, guint32 code,
        NearCodes *(*near)(ExceptionReader *reader), char **owned)
{
    bool is_shown =
        value->fault == REASON_NONE && (code != CODE_NONE || !row_lookup_is_short(reader->lookup) ||
                                        near_codes_hint(near(reader), value->text)[0] != '\0');
    *owned =
        is_shown ? code == CODE_NONE ? nhs_number_mask(value->text) : span_copy(value->text) : NULL;
    return *owned == NULL ? "" : *owned;
}

/* The date of a row's activity, else the first or the last day of its month. */
static Day
day_of_row(const Value *values, bool is_last)
{
    Month month = (Month)values[ACTIVITY_MONTH].number;
    if (values[ACTIVITY_DATE].is_given)
        return (Day)values[ACTIVITY_DATE].number;
    return is_last ? month_last_day(month) : month_first_day(month);
}

static void
append_day(GString *message, Day day)
{
    g_string_append(message, ": ");
    day_append(message, day);
}

/* Adds what the row says about its reason: a date, or how much was accepted. */
static void
append_claim_detail(GString *message, const ExceptionReader *reader, const ExceptionEntry *entry,
                    const Value *values)
{
    const Pack *pack = reader->result->pack;
    const Claim *claim = &pack->claims->rows[entry->index];
    switch (entry->reason) {
    case REASON_NOT_PARTICIPATING:
        append_day(message, day_of_row(values, true));
        break;
    case REASON_MONTH_MISMATCH:
    case REASON_NO_PRICE:
        append_day(message, day_of_row(values, false));
        break;
    case REASON_LATE_CLAIM:
        append_day(message, (Day)values[ACTIVITY_RECEIVED].number);
        break;
    case REASON_OVER_CAP:
        g_string_append_printf(message, ": %u of %u accepted", claim->counted,
                               rules_activity(pack->rules, claim->activity)->count == COUNT_PATIENTS
                                   ? 1
                                   : claim->quantity);
        break;
    default:
        break;
    }
}

/* ": did you mean M83001?" of a code that is not known, or "". */
static const char *
hint_of(ExceptionReader *reader, Reason reason, guint32 scheme, Span code)
{
    switch (reason) {
    case REASON_UNKNOWN_SCHEME:
        return near_codes_hint(near_schemes(reader), code);
    case REASON_UNKNOWN_PROVIDER:
        return near_codes_hint(near_providers(reader), code);
    case REASON_UNKNOWN_ACTIVITY:
        return near_codes_hint(near_items_of(reader, scheme, true), code);
    case REASON_UNKNOWN_INDICATOR:
        return near_codes_hint(near_items_of(reader, scheme, false), code);
    default:
        return "";
    }
}

/* The message of a row: what is wrong, with the value where a field is at fault. */
static char *
row_message(ExceptionReader *reader, const ExceptionEntry *entry, const InputFile *file,
            const Value *values, guint32 scheme, guint column)
{
    GString *message = g_string_new(NULL);
    InputKind kind = file->kind;
    bool has_column = column < MAX_COLUMNS;
    bool is_field = has_column && entry->reason <= REASON_TOO_LONG;
    bool is_unknown = has_column && entry->reason >= REASON_UNKNOWN_SCHEME &&
                      entry->reason <= REASON_UNKNOWN_INDICATOR;
    if (is_field) {
        bool is_private = (kind == INPUT_ACTIVITY && column == ACTIVITY_PATIENT_REF) ||
                          row_lookup_is_short(reader->lookup);
        value_describe(message, &file->columns[column], &values[column], is_private);
        return g_string_free(message, FALSE);
    }
    if (is_unknown && !row_lookup_is_short(reader->lookup)) {
        text_append_quoted(message, values[column].text);
        g_string_append(message, ": ");
    }
    g_string_append(message, REASONS[entry->reason].meaning);
    if (is_unknown)
        g_string_append(message, hint_of(reader, entry->reason, scheme, values[column].text));
    if (kind == INPUT_ACTIVITY)
        append_claim_detail(message, reader, entry, values);
    return g_string_free(message, FALSE);
}

/* The column that decided, found by testing the row again. */
static guint
deciding_column(const RowContext *context, const ExceptionEntry *entry, const Value *values,
                const Parties *parties)
{
    guint column = MAX_COLUMNS;
    if (entry->reason == REASON_MISSING_FACT)
        return ACTIVITY_PROVIDER; /* the provider's fact that the cap follows */
    if (entry->reason >= REASON_DUPLICATE)
        return MAX_COLUMNS;
    Reason reason = entry->kind == EXCEPTION_CLAIM
                        ? claim_test(context, values, parties, &column)
                        : achievement_test(context, values, parties, &column);
    /* A file that somebody changes meanwhile may read otherwise now: see row_lookup.c. */
    return reason == entry->reason ? column : MAX_COLUMNS;
}

static void
read_row(ExceptionReader *reader, const ExceptionEntry *entry, RowPlaceId place,
         const TextColumns *columns, ExceptionText *text)
{
    const Pack *pack = reader->result->pack;
    const InputFile *file = input_file(pack->inputs, place_file(place));
    const Value *values = row_lookup_values(reader->lookup, place);
    RowContext context = {pack->rules, pack->reg, pack->contracts, &pack->period};
    Parties parties = parties_find(&context, file->kind, values);
    guint column = deciding_column(&context, entry, values, &parties);
    text->file = file->name;
    text->line = entry->line;
    text->column = column == MAX_COLUMNS ? "" : file->columns[column].name;
    text->scheme =
        cell_of(reader, &values[columns->scheme], parties.scheme, near_schemes, &text->owned[0]);
    text->provider = cell_of(reader, &values[columns->provider], parties.provider, near_providers,
                             &text->owned[1]);
    text->item = cell_of(reader, &values[columns->item], parties.item, near_items, &text->owned[2]);
    if (columns->month >= 0 && values[columns->month].fault == REASON_NONE)
        text->month = (Month)values[columns->month].number;
    text->message = row_message(reader, entry, file, values, parties.scheme, column);
}

/* The code of the item that an exception of a contract is about. */
static const char *
item_of(const Rules *rules, const ExceptionEntry *entry)
{
    if (entry->item == CODE_NONE)
        return "";
    switch (entry->item_kind) {
    case ITEM_INDICATOR:
        return rules_indicator(rules, entry->item)->code;
    case ITEM_ACTIVITY:
        return rules_activity(rules, entry->item)->code;
    case ITEM_CLAUSE:
        return rules_clause(rules, entry->item)->code;
    case ITEM_KINDS:
        break;
    }
    return "";
}

static void
read_contract(const ExceptionReader *reader, const ExceptionEntry *entry, ExceptionText *text)
{
    const Contract *contract = result_contract(reader->result, (guint)entry->index);
    text->file = "";
    text->column = "";
    text->scheme = contract->scheme->code;
    text->provider = contract->provider->code;
    text->item = item_of(reader->result->pack->rules, entry);
    text->message = g_strdup(REASONS[entry->reason].meaning);
}

static void
read_lost(const ExceptionReader *reader, const ExceptionEntry *entry, ExceptionText *text)
{
    const LedgerEntry *lost =
        &g_array_index(reader->result->pack->payments->lost, LedgerEntry, entry->index);
    text->file = text->column = text->item = "";
    text->scheme = lost->scheme;
    text->provider = lost->provider;
    text->message = g_strdup(REASONS[entry->reason].meaning);
}

void
exception_reader_read(ExceptionReader *reader, const ExceptionEntry *entry, ExceptionText *text)
{
    const Pack *pack = reader->result->pack;
    memset(text, 0, sizeof *text);
    text->month = MONTH_NONE;
    text->outcome = exception_outcome(entry->reason, entry->is_part);
    switch (entry->kind) {
    case EXCEPTION_CLAIM:
        read_row(reader, entry, pack->claims->rows[entry->index].place, &ACTIVITY_TEXT, text);
        break;
    case EXCEPTION_ACHIEVEMENT:
        read_row(reader, entry,
                 g_array_index(pack->achievements->rows, AchievementRow, entry->index).place,
                 &ACHIEVEMENT_TEXT, text);
        break;
    case EXCEPTION_CONTRACT:
        read_contract(reader, entry, text);
        break;
    case EXCEPTION_LOST:
        read_lost(reader, entry, text);
        break;
    }
}
