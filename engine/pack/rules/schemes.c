/* schemes.csv: one row a scheme. */
#include "pack/rules/schemes.h"

#include <string.h>

#include "pack/rules/words.h"

#include "base/poison.h"

enum {
    SCHEME,
    TITLE,
    DELIVERED_BY,
    COMMISSIONED,
    PAYMENT,
    MEASURED_BY,
    REVIEW_FROM,
    REVIEW_TO,
    VALUE_BASIS,
    VALUE,
    LIST_DATE,
    AVERAGE_LIST,
    IN_YEAR_SHARE,
    IN_YEAR_OF,
    ACHIEVED_BY,
    INSTALMENT_MONTHS,
    PRO_RATA,
    ROUNDING,
    RECOVERY,
    CLAIM_MONTHS,
    EXCLUSIVE_WITH,
    LEDGER_CODE,
    PAYCODE,
    SOURCE,
    COLUMNS
};

static const Column SCHEME_COLUMNS[COLUMNS] = {
    [SCHEME] = {"scheme", COLUMN_CODE, true},
    [TITLE] = {"title", COLUMN_PROSE, true},
    [DELIVERED_BY] = {"delivered_by", COLUMN_TEXT, true},
    [COMMISSIONED] = {"commissioned", COLUMN_TEXT, true},
    [PAYMENT] = {"payment", COLUMN_TEXT, true},
    [MEASURED_BY] = {"measured_by", COLUMN_TEXT, true},
    [REVIEW_FROM] = {"review_from", COLUMN_DATE, false},
    [REVIEW_TO] = {"review_to", COLUMN_DATE, false},
    [VALUE_BASIS] = {"value_basis", COLUMN_TEXT, false},
    [VALUE] = {"value", COLUMN_RATE, false},
    [LIST_DATE] = {"list_date", COLUMN_DATE, false},
    [AVERAGE_LIST] = {"average_list", COLUMN_RATE, false},
    [IN_YEAR_SHARE] = {"in_year_share", COLUMN_SHARE, false},
    [IN_YEAR_OF] = {"in_year_of", COLUMN_CODE, false},
    [ACHIEVED_BY] = {"achieved_by", COLUMN_TEXT, false},
    [INSTALMENT_MONTHS] = {"instalment_months", COLUMN_TEXT, false},
    [PRO_RATA] = {"pro_rata", COLUMN_TEXT, false},
    [ROUNDING] = {"rounding", COLUMN_TEXT, false},
    [RECOVERY] = {"recovery", COLUMN_TEXT, false},
    [CLAIM_MONTHS] = {"claim_months", COLUMN_WHOLE, false},
    [EXCLUSIVE_WITH] = {"exclusive_with", COLUMN_TEXT, false},
    [LEDGER_CODE] = {"ledger_code", COLUMN_TEXT, false},
    [PAYCODE] = {"paycode", COLUMN_TEXT, false},
    [SOURCE] = {"source", COLUMN_PROSE, true},
};

static const char *const INSTALMENT_NAMES[] = {"1", "2", "4", "12"};
static const guint INSTALMENTS[] = {1, 2, 4, 12};

/* Codes of provider types, "|" between them, as bits. */
static unsigned
read_delivered_by(const RulesReader *reader)
{
    unsigned types = 0;
    g_autoptr(GPtrArray) parts = rules_reader_split(reader->values[DELIVERED_BY].text);
    for (guint i = 0; i < parts->len; i++) {
        const char *text = g_ptr_array_index(parts, i);
        Span part = {text, strlen(text)};
        ProviderType type = provider_type_read(part);
        if (type < TYPE_COUNT)
            types |= 1u << type;
        else
            rules_reader_fault_value(reader, DELIVERED_BY, part,
                                     "is not one of practice, pcn, federation or other");
    }
    return types;
}

/* What an achievement scheme must have, and must not. */
static void
check_value(const RulesReader *reader, const Scheme *scheme)
{
    static const int NEEDED[] = {VALUE_BASIS, IN_YEAR_SHARE, INSTALMENT_MONTHS, PRO_RATA};
    const Value *values = reader->values;
    for (guint i = 0; i < G_N_ELEMENTS(NEEDED); i++)
        if (!values[NEEDED[i]].is_given)
            rules_reader_fault(reader, NEEDED[i], "is empty, and an achievement scheme needs it");
    if (scheme->in_year_share > MICROS_PER_UNIT)
        rules_reader_fault(reader, IN_YEAR_SHARE, "a share is from 0 to 1: write 0.80 or 80%%");
    if (scheme->basis == BASIS_NONE)
        return;
    if (scheme->basis == BASIS_ANNUAL_VALUE && values[VALUE].is_given)
        rules_reader_fault(reader, VALUE,
                           "a value beside annual-value, which comes from participation");
    if (scheme->basis != BASIS_ANNUAL_VALUE && !values[VALUE].is_given)
        rules_reader_fault(reader, VALUE, "is empty, and this value_basis needs it");
    if (values[AVERAGE_LIST].is_given && scheme->basis != BASIS_PER_POINT)
        rules_reader_fault(reader, AVERAGE_LIST, "an average list is for per-point only");
    else if (values[AVERAGE_LIST].is_given && scheme->average_list == 0)
        rules_reader_fault(reader, AVERAGE_LIST, "an average list is above 0");
    if (scheme_needs_list(scheme) && scheme->list_date == DAY_NONE)
        rules_reader_fault(reader, LIST_DATE, "is empty, and this value_basis needs a list size");
}

static Day
read_date(const RulesReader *reader, int column)
{
    const Value *value = &reader->values[column];
    return value->is_given ? (Day)value->number : DAY_NONE;
}

/* The columns that are words or numbers of closed lists. */
static void
read_choices(const RulesReader *reader, Scheme *scheme)
{
    int payment = rules_reader_choice(reader, PAYMENT, PAYMENT_WORDS, 2, -1);
    int basis = rules_reader_choice(reader, VALUE_BASIS, BASIS_WORDS + 1, 4, -1);
    int instalments = rules_reader_choice(reader, INSTALMENT_MONTHS, INSTALMENT_NAMES, 4, -1);
    int pro_rata = rules_reader_choice(reader, PRO_RATA, PRO_RATA_WORDS, 3, 0);
    int achieved_by = rules_reader_choice(reader, ACHIEVED_BY, ACHIEVED_BY_WORDS, 2, 0);
    int rounding = rules_reader_choice(reader, ROUNDING, ROUNDING_WORDS, 3, 0);
    int recovery = rules_reader_choice(reader, RECOVERY, RECOVERY_WORDS, 2, 0);
    (void)rules_reader_choice(reader, COMMISSIONED, COMMISSIONED_WORDS, 2, -1);
    (void)rules_reader_choice(reader, MEASURED_BY, MEASURED_BY_WORDS, 3, -1);
    scheme->payment = payment == 0 ? PAYMENT_ACHIEVEMENT : PAYMENT_ACTIVITY;
    scheme->basis = (ValueBasis)(basis + 1);
    scheme->instalment_months = instalments < 0 ? 0 : INSTALMENTS[instalments];
    scheme->achieved_by = (AchievedBy)MAX(achieved_by, 0);
    scheme->has_pro_rata = reader->values[PRO_RATA].is_given;
    scheme->pro_rata = (ProRata)MAX(pro_rata, 0);
    scheme->rounding = (Rounding)MAX(rounding, 0);
    scheme->recovery = (Recovery)MAX(recovery, 0);
}

static void
read_scheme(RulesReader *reader)
{
    const Value *values = reader->values;
    Rules *rules = reader->rules;
    if (codes_find(rules->scheme_codes, values[SCHEME].text) != CODE_NONE) {
        rules_reader_fault(reader, SCHEME, "this scheme is given twice");
        return;
    }
    Scheme *scheme = g_new0(Scheme, 1);
    codes_add(rules->scheme_codes, values[SCHEME].text);
    g_ptr_array_add(rules->schemes, scheme);
    g_ptr_array_add(reader->exclusive, span_copy(values[EXCLUSIVE_WITH].text));
    scheme->code = span_copy(values[SCHEME].text);
    scheme->title = value_text(&values[TITLE]);
    scheme->source = value_text(&values[SOURCE]);
    scheme->commissioned = span_copy(values[COMMISSIONED].text);
    scheme->measured_by = span_copy(values[MEASURED_BY].text);
    scheme->ledger_code = span_copy(values[LEDGER_CODE].text);
    scheme->paycode = span_copy(values[PAYCODE].text);
    scheme->exclusive = g_array_new(FALSE, FALSE, sizeof(guint32));
    scheme->indicators = g_array_new(FALSE, FALSE, sizeof(guint32));
    scheme->activities = g_array_new(FALSE, FALSE, sizeof(guint32));
    scheme->clauses = g_array_new(FALSE, FALSE, sizeof(guint32));
    scheme->points = fraction_whole(0);
    scheme->line = reader->line;
    scheme->delivered_by = read_delivered_by(reader);
    scheme->review_from = read_date(reader, REVIEW_FROM);
    scheme->review_to = read_date(reader, REVIEW_TO);
    scheme->list_date = read_date(reader, LIST_DATE);
    scheme->value = values[VALUE].number;
    scheme->average_list = values[AVERAGE_LIST].number;
    scheme->in_year_share = values[IN_YEAR_SHARE].number;
    scheme->in_year_of = rules_reader_fact(reader, IN_YEAR_OF);
    scheme->claim_months = values[CLAIM_MONTHS].is_given ? (int)values[CLAIM_MONTHS].number : -1;
    read_choices(reader, scheme);
    if (scheme->review_from != DAY_NONE && scheme->review_to != DAY_NONE &&
        scheme->review_from > scheme->review_to)
        rules_reader_fault(reader, REVIEW_TO, "lies before review_from");
    if (scheme->payment == PAYMENT_ACHIEVEMENT)
        check_value(reader, scheme);
}

static void
add_exclusive(Scheme *scheme, guint32 other)
{
    for (guint i = 0; i < scheme->exclusive->len; i++)
        if (g_array_index(scheme->exclusive, guint32, i) == other)
            return;
    g_array_append_val(scheme->exclusive, other);
}

/* exclusive_with names schemes that may come later in the table; it holds both ways. */
static void
resolve_exclusive(RulesReader *reader)
{
    Rules *rules = reader->rules;
    for (guint32 s = 0; s < rules->schemes->len; s++) {
        const char *field = g_ptr_array_index(reader->exclusive, s);
        Scheme *scheme = g_ptr_array_index(rules->schemes, s);
        if (field[0] == '\0')
            continue;
        reader->line = scheme->line;
        g_autoptr(GPtrArray) parts = rules_reader_split((Span){field, strlen(field)});
        for (guint i = 0; i < parts->len; i++) {
            const char *text = g_ptr_array_index(parts, i);
            Span part = {text, strlen(text)};
            guint32 other = codes_find(rules->scheme_codes, part);
            if (other == CODE_NONE) {
                if (!rules_reader_is_lost(reader, part))
                    rules_reader_fault_value(reader, EXCLUSIVE_WITH, part,
                                             "is not a scheme of this table");
            } else if (other == s) {
                rules_reader_fault(reader, EXCLUSIVE_WITH, "a scheme cannot exclude itself");
            } else {
                add_exclusive(scheme, other);
                add_exclusive(g_ptr_array_index(rules->schemes, other), s);
            }
        }
    }
}

const RulesTable SCHEMES_TABLE = {"schemes.csv", SCHEME_COLUMNS,    COLUMNS,
                                  read_scheme,   resolve_exclusive, false};
