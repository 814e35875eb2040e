/* response-file.csv: which columns of the answer to a payment file hold what, one row a column. The
 * file need not be there. */
#include "pack/rules/response_file.h"

#include <string.h>

#include "pack/rules/words.h"

#include "base/poison.h"

enum { COLUMN, FIELD, PAID, REJECTED, COLUMNS };

static const Column RESPONSE_COLUMNS[COLUMNS] = {
    [COLUMN] = {"column", COLUMN_TEXT, true},
    [FIELD] = {"field", COLUMN_TEXT, true},
    [PAID] = {"paid", COLUMN_TEXT, false},
    [REJECTED] = {"rejected", COLUMN_TEXT, false},
};

/* Whether two words are alike without regard to letter case. */
static bool
is_among(const GPtrArray *words, const char *word)
{
    for (guint i = 0; i < words->len; i++)
        if (g_ascii_strcasecmp(g_ptr_array_index(words, i), word) == 0)
            return true;
    return false;
}

/* Each outcome needs words, no word means both, and nothing but an outcome has any. */
static void
check_words(RulesReader *reader, const ResponseColumn *column)
{
    const Value *values = reader->values;
    if (column->field != RESPONSE_OUTCOME) {
        if (values[PAID].is_given || values[REJECTED].is_given)
            rules_reader_fault(reader, values[PAID].is_given ? PAID : REJECTED,
                               "only an outcome has words");
        return;
    }
    if (!values[PAID].is_given || !values[REJECTED].is_given)
        rules_reader_fault(reader, values[PAID].is_given ? REJECTED : PAID,
                           "an outcome needs the words for it");
    for (guint i = 0; i < column->rejected->len; i++)
        if (is_among(column->paid, g_ptr_array_index(column->rejected, i)))
            rules_reader_fault(reader, REJECTED, "a word of paid stands here, too");
}

static void
read_column(RulesReader *reader)
{
    const Value *values = reader->values;
    GArray *columns = reader->rules->response_file;
    int field = rules_reader_choice(reader, FIELD, RESPONSE_FIELDS, RESPONSE_COUNT, -1);
    if (field < 0)
        return;
    for (guint i = 0; i < columns->len; i++) {
        const ResponseColumn *other = &g_array_index(columns, ResponseColumn, i);
        if (span_is(values[COLUMN].text, other->name))
            rules_reader_fault(reader, COLUMN, "this column is given twice");
        else if ((ResponseField)field == other->field)
            rules_reader_fault(reader, FIELD, "this field is given twice");
    }
    ResponseColumn column = {.name = span_copy(values[COLUMN].text),
                             .field = (ResponseField)field,
                             .paid = rules_reader_split(values[PAID].text),
                             .rejected = rules_reader_split(values[REJECTED].text)};
    g_array_append_val(columns, column);
    check_words(reader, &column);
}

/* An answer must name the payment and what was paid of it. */
static void
require_fields(RulesReader *reader)
{
    const GArray *columns = reader->rules->response_file;
    bool is_there[RESPONSE_COUNT] = {[RESPONSE_OUTCOME] = true};
    reader->line = 1;
    for (guint i = 0; i < columns->len; i++)
        is_there[g_array_index(columns, ResponseColumn, i).field] = true;
    for (guint f = 0; f < RESPONSE_COUNT; f++)
        if (!is_there[f])
            rules_reader_fault(reader, FIELD, "no column holds %s", RESPONSE_FIELDS[f]);
}

const RulesTable RESPONSE_FILE_TABLE = {"response-file.csv", RESPONSE_COLUMNS, COLUMNS,
                                        read_column,         require_fields,   true};
