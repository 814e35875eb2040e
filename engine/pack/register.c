#include "pack/register.h"

#include <string.h>

#include "base/poison.h"

/* What the register is gathered from, before it is sorted. */
typedef struct {
    Codes *codes;       /* in the order of the files */
    GPtrArray *rows;    /* of GArray of ProviderRow, by code */
    GHashTable *payees; /* folded payee -> payee as first written */
} Gathering;

static void
provider_row_clear(gpointer pointer)
{
    ProviderRow *row = pointer;
    g_free(row->name);
    g_free(row->pcn);
    g_free(row->payee);
    g_free(row->email);
}

static void
provider_free(gpointer pointer)
{
    Provider *provider = pointer;
    g_free(provider->code);
    g_array_unref(provider->rows);
    g_free(provider);
}

void
register_free(Register *reg)
{
    if (reg == NULL)
        return;
    g_ptr_array_unref(reg->providers);
    codes_free(reg->codes);
    g_free(reg);
}

guint
register_count(const Register *reg)
{
    return reg->providers->len;
}

const Provider *
register_provider(const Register *reg, guint32 provider)
{
    return g_ptr_array_index(reg->providers, provider);
}

NearCodes *
register_near(const Register *reg)
{
    NearCodes *near = near_codes_new();
    for (guint i = 0; i < register_count(reg); i++)
        near_codes_add(near, register_provider(reg, i)->code);
    return near;
}

/* Payees that differ in letter case alone would share a statement's file name. */
static void
check_payee(Gathering *gathering, const InputRow *row, const char *payee)
{
    char *folded = g_ascii_strdown(payee, -1);
    const char *known = g_hash_table_lookup(gathering->payees, folded);
    if (known == NULL) {
        g_hash_table_insert(gathering->payees, folded, g_strdup(payee));
        return;
    }
    g_free(folded);
    if (strcmp(known, payee) != 0)
        input_row_fault(row, PROVIDERS_PAYEE,
                        "the payee %s differs from the payee %s in letter case alone", payee,
                        known);
}

static void
gather_row(const InputRow *row, gpointer user)
{
    Gathering *gathering = user;
    const Value *values = row->values;
    row->file->states[STATE_ACCEPTED]++;
    Span payee = values[PROVIDERS_PAYEE].is_given ? values[PROVIDERS_PAYEE].text
                                                  : values[PROVIDERS_PROVIDER].text;
    ProviderRow added = {
        .type = provider_type_read(values[PROVIDERS_TYPE].text),
        .from = values[PROVIDERS_FROM].is_given ? (Day)values[PROVIDERS_FROM].number : DAY_NONE,
        .to = values[PROVIDERS_TO].is_given ? (Day)values[PROVIDERS_TO].number : DAY_OPEN,
        .place = row->place};
    if (added.type == TYPE_COUNT) {
        g_autoptr(GString) message = g_string_new(NULL);
        text_append_quoted(message, values[PROVIDERS_TYPE].text);
        input_row_fault(row, PROVIDERS_TYPE, "%s is not one of practice, pcn, federation or other",
                        message->str);
        return;
    }
    if (added.from > added.to) {
        input_row_fault(row, PROVIDERS_TO, "lies before from");
        return;
    }
    if (values[PROVIDERS_EMAIL].is_given && !span_is_address(values[PROVIDERS_EMAIL].text)) {
        g_autoptr(GString) message = g_string_new(NULL);
        text_append_quoted(message, values[PROVIDERS_EMAIL].text);
        input_row_fault(row, PROVIDERS_EMAIL, "%s is not an e-mail address", message->str);
        return;
    }
    added.name = value_text(&values[PROVIDERS_NAME]);
    added.pcn = span_copy(values[PROVIDERS_PCN].text);
    added.payee = span_copy(payee);
    added.email = span_copy(values[PROVIDERS_EMAIL].text);
    check_payee(gathering, row, added.payee);
    guint32 number = codes_add(gathering->codes, values[PROVIDERS_PROVIDER].text);
    if (number == gathering->rows->len) {
        GArray *rows = g_array_new(FALSE, FALSE, sizeof(ProviderRow));
        g_array_set_clear_func(rows, provider_row_clear);
        g_ptr_array_add(gathering->rows, rows);
    }
    g_array_append_val((GArray *)g_ptr_array_index(gathering->rows, number), added);
}

static int
compare_rows(gconstpointer left, gconstpointer right)
{
    const ProviderRow *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

/* Rows of one provider must not overlap. */
static void
check_history(const Provider *provider, const InputFiles *inputs, Faults *faults)
{
    for (guint i = 1; i < provider->rows->len; i++) {
        const ProviderRow *before = &g_array_index(provider->rows, ProviderRow, i - 1);
        const ProviderRow *row = &g_array_index(provider->rows, ProviderRow, i);
        if (row->from > before->to)
            continue;
        guint later = row->place > before->place ? 0 : 1;
        const ProviderRow *fault = later == 0 ? row : before, *other = later == 0 ? before : row;
        const InputFile *file = input_file(inputs, place_file(fault->place));
        faults_add(faults, FAULT_INPUT, file->name, input_place_line(inputs, fault->place),
                   file->columns[PROVIDERS_FROM].name,
                   "overlaps another row of the provider %s (%s, line %" G_GUINT64_FORMAT ")",
                   provider->code, input_file(inputs, place_file(other->place))->name,
                   input_place_line(inputs, other->place));
    }
}

/* The row that holds on a day: the one that covers it, else the last that began before it, else
 * the first. */
static const ProviderRow *
row_in_force(const GArray *rows, Day day)
{
    const ProviderRow *held = &g_array_index(rows, ProviderRow, 0);
    for (guint i = 0; i < rows->len; i++) {
        const ProviderRow *row = &g_array_index(rows, ProviderRow, i);
        if (row->from <= day)
            held = row; /* by from, and without overlaps: the last to begin is the one to cover */
    }
    return held;
}

static int
compare_providers(gconstpointer left, gconstpointer right)
{
    const Provider *a = *(const Provider *const *)left, *b = *(const Provider *const *)right;
    return strcmp(a->code, b->code);
}

Register *
register_read(InputFiles *inputs, Day register_day, Faults *faults)
{
    Gathering gathering = {codes_new(), g_ptr_array_new(),
                           g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    input_rows_each(inputs, INPUT_PROVIDERS, faults, gather_row, &gathering);
    Register *reg = g_new0(Register, 1);
    reg->providers = g_ptr_array_new_with_free_func(provider_free);
    reg->codes = codes_new();
    for (guint i = 0; i < gathering.rows->len; i++) {
        Provider *provider = g_new0(Provider, 1);
        provider->code = g_strdup(codes_text(gathering.codes, i));
        provider->rows = g_ptr_array_index(gathering.rows, i);
        g_array_sort(provider->rows, compare_rows);
        check_history(provider, inputs, faults);
        provider->in_force = row_in_force(provider->rows, register_day);
        g_ptr_array_add(reg->providers, provider);
    }
    g_ptr_array_sort(reg->providers, compare_providers);
    for (guint i = 0; i < reg->providers->len; i++) {
        const char *code = register_provider(reg, i)->code;
        codes_add(reg->codes, (Span){code, strlen(code)});
    }
    codes_free(gathering.codes);
    g_ptr_array_unref(gathering.rows);
    g_hash_table_unref(gathering.payees);
    return reg;
}
