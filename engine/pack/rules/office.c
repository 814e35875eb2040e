/* office.csv: whom to ask about a payment, and what the office calls unusual. One row; the file
 * need not be there. */
#include "pack/rules/office.h"

#include "base/poison.h"

enum { NAME, EMAIL, TELEPHONE, REPLY_BY, UNUSUAL_TIMES, UNUSUAL_POUNDS, COLUMNS };

static const Column OFFICE_COLUMNS[COLUMNS] = {
    [NAME] = {"name", COLUMN_TEXT, true},
    [EMAIL] = {"email", COLUMN_TEXT, false},
    [TELEPHONE] = {"telephone", COLUMN_TEXT, false},
    [REPLY_BY] = {"reply_by", COLUMN_TEXT, false},
    [UNUSUAL_TIMES] = {"unusual_times", COLUMN_RATE, false},
    [UNUSUAL_POUNDS] = {"unusual_pounds", COLUMN_RATE, false},
};

static void
read_office(RulesReader *reader)
{
    const Value *values = reader->values;
    Rules *rules = reader->rules;
    if (rules->office != NULL) {
        rules_reader_fault(reader, NAME, "there is one row in this table, and this is another");
        return;
    }
    if (values[EMAIL].is_given && !span_is_address(values[EMAIL].text))
        rules_reader_fault_value(reader, EMAIL, values[EMAIL].text, "is not an e-mail address");
    rules->office = g_new0(Office, 1);
    rules->office->name = span_copy(values[NAME].text);
    rules->office->email = span_copy(values[EMAIL].text);
    rules->office->telephone = span_copy(values[TELEPHONE].text);
    rules->office->reply_by = span_copy(values[REPLY_BY].text);
    rules->office->reply_day = day_read(values[REPLY_BY].text.text, values[REPLY_BY].text.length);
    if (values[UNUSUAL_TIMES].is_given)
        rules->unusual.times = values[UNUSUAL_TIMES].number;
    if (values[UNUSUAL_POUNDS].is_given)
        rules->unusual.pounds = values[UNUSUAL_POUNDS].number;
}

/* A table without a row was forgotten: without an office the file need not be there. */
static void
require_row(RulesReader *reader)
{
    reader->line = 1;
    if (reader->rules->office == NULL)
        rules_reader_fault(reader, -1, "has no row that says whom to ask");
}

const RulesTable OFFICE_TABLE = {"office.csv", OFFICE_COLUMNS, COLUMNS,
                                 read_office,  require_row,    true};
