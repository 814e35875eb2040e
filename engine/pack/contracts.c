#include "pack/contracts.h"

#include <string.h>

#include "base/poison.h"

/* A row of participation before contracts are formed. */
typedef struct {
    guint32 scheme, provider;
    Spell spell;
} SpellRow;

typedef struct {
    const Rules *rules;
    const Register *reg;
    GArray *rows; /* of SpellRow */
} Gathering;

void
contracts_free(Contracts *contracts)
{
    if (contracts == NULL)
        return;
    g_array_unref(contracts->keys);
    g_array_unref(contracts->spells);
    tally_clear(&contracts->index);
    g_free(contracts);
}

guint
contracts_count(const Contracts *contracts)
{
    return contracts->keys->len;
}

const ContractKey *
contracts_key(const Contracts *contracts, guint contract)
{
    return &g_array_index(contracts->keys, ContractKey, contract);
}

const Spell *
contracts_spell(const Contracts *contracts, const ContractKey *key, guint spell)
{
    return &g_array_index(contracts->spells, Spell, key->first_spell + spell);
}

/* Adds a fault that quotes the code of a column, and names what it may be meant for. */
static void
unknown_code(const InputRow *row, guint column, const char *what, NearCodes *known)
{
    g_autoptr(NearCodes) near = known;
    Span code = row->values[column].text;
    g_autoptr(GString) message = g_string_new(NULL);
    text_append_quoted(message, code);
    input_row_fault(row, column, "%s %s%s", message->str, what, near_codes_hint(near, code));
}

/* Whether scheme, provider and the provider's type go together. */
static bool
check_parties(const Gathering *gathering, const InputRow *row, guint32 scheme, guint32 provider)
{
    if (scheme == CODE_NONE)
        unknown_code(row, PARTICIPATION_SCHEME, "is not a scheme of the rules",
                     rules_near_schemes(gathering->rules));
    if (provider == CODE_NONE &&
        !input_provider_may_be(row->inputs, row->values[PARTICIPATION_PROVIDER].text))
        unknown_code(row, PARTICIPATION_PROVIDER, "is not a provider of the register",
                     register_near(gathering->reg));
    if (scheme == CODE_NONE || provider == CODE_NONE)
        return false;
    const Scheme *rule = rules_scheme(gathering->rules, scheme);
    ProviderType type = register_provider(gathering->reg, provider)->in_force->type;
    if ((rule->delivered_by & 1u << type) != 0)
        return true;
    input_row_fault(row, PARTICIPATION_PROVIDER,
                    "%s is a provider of type %s, and the scheme %s is not delivered by that type",
                    register_provider(gathering->reg, provider)->code, PROVIDER_TYPES[type],
                    rule->code);
    return false;
}

/* What only achievement schemes have: a day of the spell's own, and a merger. */
static bool
check_achievement(const Gathering *gathering, const InputRow *row, SpellRow *added)
{
    static const guint COLUMNS[] = {PARTICIPATION_LIST_DATE, PARTICIPATION_MERGED_INTO};
    const Value *merged = &row->values[PARTICIPATION_MERGED_INTO];
    bool is_good = true;
    if (rules_scheme(gathering->rules, added->scheme)->payment != PAYMENT_ACHIEVEMENT) {
        for (guint i = 0; i < G_N_ELEMENTS(COLUMNS); i++)
            if (row->values[COLUMNS[i]].is_given) {
                input_row_fault(row, COLUMNS[i],
                                "is for achievement schemes, and this one is paid by activity");
                is_good = false;
            }
        return is_good;
    }
    if (!merged->is_given)
        return true;
    added->spell.merged_into = codes_find(gathering->reg->codes, merged->text);
    if (added->spell.merged_into == CODE_NONE && !input_provider_may_be(row->inputs, merged->text))
        unknown_code(row, PARTICIPATION_MERGED_INTO, "is not a provider of the register",
                     register_near(gathering->reg));
    if (added->spell.merged_into != CODE_NONE && added->spell.merged_into == added->provider) {
        input_row_fault(row, PARTICIPATION_MERGED_INTO, "names the provider itself");
        return false;
    }
    return added->spell.merged_into != CODE_NONE;
}

static void
gather_row(const InputRow *row, gpointer user)
{
    Gathering *gathering = user;
    const Value *values = row->values;
    row->file->states[STATE_ACCEPTED]++;
    SpellRow added = {
        codes_find(gathering->rules->scheme_codes, values[PARTICIPATION_SCHEME].text),
        codes_find(gathering->reg->codes, values[PARTICIPATION_PROVIDER].text),
        {.from = (Day)values[PARTICIPATION_FROM].number,
         .to = values[PARTICIPATION_TO].is_given ? (Day)values[PARTICIPATION_TO].number : DAY_OPEN,
         .has_annual_value = values[PARTICIPATION_ANNUAL_VALUE].is_given,
         .annual_value = values[PARTICIPATION_ANNUAL_VALUE].number,
         .list_date = values[PARTICIPATION_LIST_DATE].is_given
                          ? (Day)values[PARTICIPATION_LIST_DATE].number
                          : DAY_NONE,
         .merged_into = CODE_NONE,
         .place = row->place}};
    bool is_good = check_parties(gathering, row, added.scheme, added.provider);
    if (added.spell.from > added.spell.to) {
        input_row_fault(row, PARTICIPATION_TO, "lies before from");
        is_good = false;
    }
    if (is_good && rules_scheme(gathering->rules, added.scheme)->basis == BASIS_ANNUAL_VALUE &&
        !added.spell.has_annual_value) {
        input_row_fault(row, PARTICIPATION_ANNUAL_VALUE,
                        "is empty, and the scheme is paid by annual value");
        is_good = false;
    }
    if (added.scheme != CODE_NONE)
        is_good = check_achievement(gathering, row, &added) && is_good;
    if (is_good)
        g_array_append_val(gathering->rows, added);
}

static int
compare_spells(gconstpointer left, gconstpointer right)
{
    const SpellRow *a = left, *b = right;
    if (a->scheme != b->scheme)
        return a->scheme < b->scheme ? -1 : 1;
    if (a->provider != b->provider)
        return a->provider < b->provider ? -1 : 1;
    if (a->spell.from != b->spell.from)
        return a->spell.from < b->spell.from ? -1 : 1;
    return (a->spell.place > b->spell.place) - (a->spell.place < b->spell.place);
}

/* Spells of one contract must not overlap; the one that stands later in the files is named. */
static void
check_overlap(const InputFiles *inputs, const Spell *before, const Spell *spell, Faults *faults)
{
    if (spell->from > before->to)
        return;
    bool is_later = spell->place > before->place;
    RowPlaceId fault = is_later ? spell->place : before->place;
    RowPlaceId other = is_later ? before->place : spell->place;
    faults_add(faults, FAULT_INPUT, input_file(inputs, place_file(fault))->name,
               input_place_line(inputs, fault),
               input_place_column(inputs, fault, PARTICIPATION_FROM),
               "overlaps another spell of the contract (%s, line %" G_GUINT64_FORMAT ")",
               input_file(inputs, place_file(other))->name, input_place_line(inputs, other));
}

static SpellRow
row_of_entry(const LedgerEntry *entry, const Rules *rules, const Register *reg)
{
    return (SpellRow){codes_find(rules->scheme_codes, (Span){entry->scheme, strlen(entry->scheme)}),
                      codes_find(reg->codes, (Span){entry->provider, strlen(entry->provider)}),
                      {.from = DAY_OPEN,
                       .to = DAY_OPEN,
                       .list_date = DAY_NONE,
                       .merged_into = CODE_NONE,
                       .place = PLACE_NONE}};
}

/* Contracts that are brought forward: listed even where they no longer take part. */
static void
gather_brought(const BroughtForward *brought, const Rules *rules, const Register *reg, GArray *rows)
{
    for (guint i = 0; brought != NULL && i < brought->entries->len; i++) {
        SpellRow row = row_of_entry(&g_array_index(brought->entries, LedgerEntry, i), rules, reg);
        if (row.scheme != CODE_NONE && row.provider != CODE_NONE)
            g_array_append_val(rows, row);
    }
}

/* Contracts of the ledger that no row of participation names any more: they have no spell. */
static void
gather_ledger(const GArray *ledger, InputFiles *inputs, const Rules *rules, const Register *reg,
              GArray *rows, Faults *faults)
{
    for (guint i = 0; ledger != NULL && i < ledger->len; i++) {
        const LedgerEntry *entry = &g_array_index(ledger, LedgerEntry, i);
        SpellRow row = row_of_entry(entry, rules, reg);
        if (row.scheme == CODE_NONE)
            faults_add(faults, FAULT_INPUT, NULL, 0, NULL,
                       "the contract %s/%s was paid, and its scheme is no longer in the rules",
                       entry->scheme, entry->provider);
        if (row.provider == CODE_NONE &&
            !input_provider_may_be(inputs, (Span){entry->provider, strlen(entry->provider)}))
            faults_add(faults, FAULT_INPUT, NULL, 0, NULL,
                       "the contract %s/%s was paid, and its provider is no longer in the register",
                       entry->scheme, entry->provider);
        if (row.scheme != CODE_NONE && row.provider != CODE_NONE)
            g_array_append_val(rows, row);
    }
}

/* Sorted rows to contracts and their spells. */
static Contracts *
form_contracts(const GArray *rows, const InputFiles *inputs, Faults *faults)
{
    Contracts *contracts = g_new0(Contracts, 1);
    contracts->keys = g_array_new(FALSE, FALSE, sizeof(ContractKey));
    contracts->spells = g_array_new(FALSE, FALSE, sizeof(Spell));
    tally_init(&contracts->index);
    ContractKey *key = NULL;
    bool is_new;
    for (guint i = 0; i < rows->len; i++) {
        const SpellRow *row = &g_array_index(rows, SpellRow, i);
        if (key == NULL || key->scheme != row->scheme || key->provider != row->provider) {
            ContractKey added = {row->scheme, row->provider, contracts->spells->len, 0, CODE_NONE};
            *tally_add(&contracts->index, row->scheme, row->provider, &is_new) =
                contracts->keys->len;
            g_array_append_val(contracts->keys, added);
            key = &g_array_index(contracts->keys, ContractKey, contracts->keys->len - 1);
        }
        if (row->spell.place == PLACE_NONE)
            continue;
        if (key->spell_count > 0)
            check_overlap(inputs,
                          &g_array_index(contracts->spells, Spell, contracts->spells->len - 1),
                          &row->spell, faults);
        g_array_append_val(contracts->spells, row->spell);
        key->spell_count++;
    }
    return contracts;
}

static void
fault_merger(const InputFiles *inputs, const Spell *spell, const char *what, Faults *faults)
{
    faults_add(faults, FAULT_INPUT, input_file(inputs, place_file(spell->place))->name,
               input_place_line(inputs, spell->place),
               input_place_column(inputs, spell->place, PARTICIPATION_MERGED_INTO), "%s", what);
}

/* The contract whose achievement counts in place of that of a spell's own. */
static void
resolve_merger(Contracts *contracts, ContractKey *key, const Spell *spell, const InputFiles *inputs,
               const Register *reg, Faults *faults)
{
    const char *code = register_provider(reg, spell->merged_into)->code;
    guint32 other = contracts_find(contracts, key->scheme, spell->merged_into);
    const ContractKey *into = other == CODE_NONE ? NULL : contracts_key(contracts, other);
    if (into == NULL || into->spell_count == 0) {
        g_autofree char *what = g_strdup_printf("%s has no participation row in this scheme", code);
        if (contracts->is_whole)
            fault_merger(inputs, spell, what, faults);
        return;
    }
    for (guint i = 0; i < into->spell_count; i++)
        if (contracts_spell(contracts, into, i)->merged_into != CODE_NONE) {
            g_autofree char *what = g_strdup_printf("%s is merged into another one itself", code);
            fault_merger(inputs, spell, what, faults);
            return;
        }
    key->merged_into = other;
}

/* merged_into belongs to the last spell of a contract (fixtures/README.md, participation). */
static void
resolve_mergers(Contracts *contracts, const InputFiles *inputs, const Register *reg, Faults *faults)
{
    for (guint k = 0; k < contracts->keys->len; k++) {
        ContractKey *key = &g_array_index(contracts->keys, ContractKey, k);
        for (guint i = 0; i < key->spell_count; i++) {
            const Spell *spell = contracts_spell(contracts, key, i);
            if (spell->merged_into == CODE_NONE)
                continue;
            if (i + 1 < key->spell_count)
                fault_merger(inputs, spell, "is given in a spell that is not the contract's last",
                             faults);
            else
                resolve_merger(contracts, key, spell, inputs, reg, faults);
        }
    }
}

Contracts *
contracts_read(InputFiles *inputs, const Rules *rules, const Register *reg, const GArray *ledger,
               const BroughtForward *brought, Faults *faults)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(SpellRow));
    Gathering gathering = {rules, reg, rows};
    input_rows_each(inputs, INPUT_PARTICIPATION, faults, gather_row, &gathering);
    gather_ledger(ledger, inputs, rules, reg, rows, faults);
    gather_brought(brought, rules, reg, rows);
    g_array_sort(rows, compare_spells);
    Contracts *contracts = form_contracts(rows, inputs, faults);
    contracts->is_whole = input_kind_is_whole(inputs, INPUT_PARTICIPATION);
    resolve_mergers(contracts, inputs, reg, faults);
    return contracts;
}

guint32
contracts_find(const Contracts *contracts, guint32 scheme, guint32 provider)
{
    const int64_t *number = tally_find(&contracts->index, scheme, provider);
    return number == NULL ? CODE_NONE : (guint32)*number;
}

bool
contract_touches(const Contracts *contracts, guint32 contract, Day from, Day to)
{
    const ContractKey *key = contracts_key(contracts, contract);
    for (guint i = 0; i < key->spell_count; i++) {
        const Spell *spell = contracts_spell(contracts, key, i);
        if (spell->from <= to && from <= spell->to)
            return true;
    }
    return false;
}

guint32
contracts_of_row(const Contracts *contracts, const Rules *rules, const Register *reg,
                 const InputRow *row, guint scheme, guint provider)
{
    Span scheme_code = row->values[scheme].text, provider_code = row->values[provider].text;
    guint32 scheme_number = codes_find(rules->scheme_codes, scheme_code);
    guint32 provider_number = codes_find(reg->codes, provider_code);
    guint32 contract = scheme_number == CODE_NONE || provider_number == CODE_NONE
                           ? CODE_NONE
                           : contracts_find(contracts, scheme_number, provider_number);
    if (contract != CODE_NONE && contracts_key(contracts, contract)->spell_count > 0)
        return contract;
    if (!contracts->is_whole || input_provider_may_be(row->inputs, provider_code))
        return CODE_NONE; /* the row that is missing may be one that is listed as a fault already */
    g_autoptr(GString) message = g_string_new(NULL);
    text_append_quoted(message, provider_code);
    g_string_append(message, " has no participation row in the scheme ");
    text_append_quoted(message, scheme_code);
    bool is_unknown = provider_number == CODE_NONE;
    g_autoptr(NearCodes) near = is_unknown ? register_near(reg) : rules_near_schemes(rules);
    if (is_unknown || scheme_number == CODE_NONE)
        g_string_append(message, near_codes_hint(near, is_unknown ? provider_code : scheme_code));
    input_row_fault(row, provider, "%s", message->str);
    return CODE_NONE;
}

Day
spell_day(const Spell *spell, const Scheme *scheme, int year)
{
    if (spell != NULL && spell->list_date != DAY_NONE)
        return spell->list_date;
    return scheme->list_date != DAY_NONE ? scheme->list_date : year_first_day(year);
}

Day
contract_day(const Contracts *contracts, guint32 contract, const Scheme *scheme, int year)
{
    const ContractKey *key = contracts_key(contracts, contract);
    for (guint i = key->spell_count; i > 0; i--) {
        const Spell *spell = contracts_spell(contracts, key, i - 1);
        if (spell->from <= year_last_day(year) && spell->to >= year_first_day(year))
            return spell_day(spell, scheme, year);
    }
    return spell_day(NULL, scheme, year);
}
