#include "pack/nextinputs.h"

#include <string.h>

#include "base/poison.h"

/* The inputs of the year before, being carried over. */
typedef struct {
    const Pack *pack;
    NextYear *next;
    NextTable written;
    Day start;                  /* 1 April of the new year */
    GHashTable *contracts;      /* "scheme/provider" of those that go on; keys owned by the texts */
    GHashTable *providers;      /* those that are needed */
    const InputFile *published; /* the register of somebody else's that was spoken of last */
} Carrying;

static const Value *
value_of(const InputRow *row, guint column)
{
    return &row->values[column];
}

/* Whether a row with an end that may be open goes on after 31 March. */
static bool
goes_on(const InputRow *row, guint to, Day start)
{
    return !value_of(row, to)->is_given || value_of(row, to)->number >= start;
}

/* "SPIRO/ALPHA", in the texts of the new year. */
static const char *
contract_text(NextYear *next, Span scheme, Span provider)
{
    g_autofree char *text = g_strdup_printf("%.*s/%.*s", (int)scheme.length, scheme.text,
                                            (int)provider.length, provider.text);
    return g_string_chunk_insert(next->texts, text);
}

/* Notes which contracts go on. */
static void
note_contract(const InputRow *row, gpointer user)
{
    Carrying *carrying = user;
    Span scheme = value_of(row, PARTICIPATION_SCHEME)->text;
    Span provider = value_of(row, PARTICIPATION_PROVIDER)->text;
    if (!goes_on(row, PARTICIPATION_TO, carrying->start))
        return;
    g_hash_table_add(carrying->contracts,
                     (gpointer)contract_text(carrying->next, scheme, provider));
    g_hash_table_add(carrying->providers, (gpointer)next_text(carrying->next, provider));
}

/* The cells of a row as they are, days as 2026-04-01. */
static void
take_cells(const InputRow *row, const InputTable *table, NextYear *next, const char **cells)
{
    for (guint c = 0; c < table->column_count; c++) {
        const Value *value = value_of(row, c);
        bool is_day = table->columns[c].kind == COLUMN_DATE && value->is_given;
        cells[c] = is_day ? next_day(next, (Day)value->number) : next_text(next, value->text);
    }
}

/* Takes a merger off whose provider's contract does not go on. */
static void
check_merger(Carrying *carrying, const InputRow *row, const char **cells)
{
    Span into = value_of(row, PARTICIPATION_MERGED_INTO)->text;
    const char *target =
        contract_text(carrying->next, value_of(row, PARTICIPATION_SCHEME)->text, into);
    if (into.length == 0 || g_hash_table_contains(carrying->contracts, target))
        return;
    cells[PARTICIPATION_MERGED_INTO] = "";
    next_year_leave_out(carrying->next, row->file->name, row->line,
                        "merged_into of this row: %s does not go on", target);
}

static void
carry_spell(const InputRow *row, gpointer user)
{
    Carrying *carrying = user;
    const char *cells[MAX_COLUMNS];
    const Value *list_date = value_of(row, PARTICIPATION_LIST_DATE);
    carrying->written.file->of++;
    if (!goes_on(row, PARTICIPATION_TO, carrying->start))
        return;
    take_cells(row, &INPUT_TABLES[INPUT_PARTICIPATION], carrying->next, cells);
    if (value_of(row, PARTICIPATION_FROM)->number < carrying->start)
        cells[PARTICIPATION_FROM] = next_day(carrying->next, carrying->start);
    if (list_date->is_given)
        cells[PARTICIPATION_LIST_DATE] =
            next_day(carrying->next, day_a_year_on((Day)list_date->number));
    check_merger(carrying, row, cells);
    next_table_row(&carrying->written, cells);
    if (cells[PARTICIPATION_ANNUAL_VALUE][0] != '\0')
        next_table_confirm(&carrying->written, PARTICIPATION_ANNUAL_VALUE, "%s",
                           cells[PARTICIPATION_ANNUAL_VALUE]);
    if (list_date->is_given)
        next_table_confirm(&carrying->written, PARTICIPATION_LIST_DATE, "%s, was %.*s",
                           cells[PARTICIPATION_LIST_DATE], (int)list_date->text.length,
                           list_date->text.text);
}

/* Whether a row is the last one of a provider that is needed. */
static bool
is_needed(const Carrying *carrying, const InputRow *row)
{
    const Register *reg = carrying->pack->reg;
    Span code = value_of(row, PROVIDERS_PROVIDER)->text;
    const Provider *provider = register_provider(reg, codes_find(reg->codes, code));
    const ProviderRow *last = &g_array_index(provider->rows, ProviderRow, provider->rows->len - 1);
    return last->place == row->place && g_hash_table_contains(carrying->providers, provider->code);
}

/* Whether a row is one of a published register, which has everybody, about a provider that is not
 * needed. Says so once a file. */
static bool
is_published_alone(Carrying *carrying, const InputRow *row)
{
    g_autofree char *code = span_copy(value_of(row, PROVIDERS_PROVIDER)->text);
    if (row->file->headings == NULL || g_hash_table_contains(carrying->providers, code))
        return false;
    if (carrying->published != row->file)
        next_year_leave_out(carrying->next, row->file->name, row->line,
                            "this row and others, of providers without a contract: once the new "
                            "year's own file is there, delete providers.csv");
    carrying->published = row->file;
    return true;
}

static void
carry_provider(const InputRow *row, gpointer user)
{
    Carrying *carrying = user;
    const char *cells[MAX_COLUMNS];
    carrying->written.file->of++;
    if (is_published_alone(carrying, row) ||
        (!goes_on(row, PROVIDERS_TO, carrying->start) && !is_needed(carrying, row)))
        return;
    take_cells(row, &INPUT_TABLES[INPUT_PROVIDERS], carrying->next, cells);
    next_table_row(&carrying->written, cells);
}

static void
carry_kind(Carrying *carrying, InputKind kind)
{
    static const InputRowFunc CARRIERS[INPUT_KINDS] = {
        [INPUT_PROVIDERS] = carry_provider, [INPUT_PARTICIPATION] = carry_spell};
    const InputTable *table = &INPUT_TABLES[kind];
    g_autofree char *name = g_strconcat(table->name, ".csv", NULL);
    g_autoptr(Faults) ignored = faults_new(); /* the inputs have passed */
    carrying->written =
        next_table_begin(carrying->next, NEXT_INPUTS, name, table->columns, table->column_count);
    if (CARRIERS[kind] != NULL)
        input_rows_each(carrying->pack->inputs, kind, ignored, CARRIERS[kind], carrying);
}

void
next_inputs_carry(const Pack *pack, const GArray *debts, NextYear *next)
{
    g_autoptr(GHashTable) contracts = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) providers = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(Faults) ignored = faults_new();
    Carrying carrying = {.pack = pack,
                         .next = next,
                         .start = year_first_day(next->year),
                         .contracts = contracts,
                         .providers = providers};
    input_rows_each(pack->inputs, INPUT_PARTICIPATION, ignored, note_contract, &carrying);
    for (guint i = 0; i < debts->len; i++)
        g_hash_table_add(providers, g_array_index(debts, LedgerEntry, i).provider);
    for (guint kind = 0; kind < INPUT_KINDS; kind++)
        carry_kind(&carrying, (InputKind)kind);
}
