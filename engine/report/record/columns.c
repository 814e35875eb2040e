#include "report/record/columns.h"

#include "base/poison.h"

/* Cells of a contract, in several tables. */

static void
write_period(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->period);
}

static void
write_scheme(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->contract->scheme->code);
}

static void
write_provider(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->contract->provider->code);
}

/* payments.csv */

static void
write_payment_id(CsvOut *out, const RecordRow *row)
{
    g_autofree char *id = g_strdup_printf("%s/%s/%s", row->period, row->contract->scheme->code,
                                          row->contract->provider->code);
    csv_out_text(out, id);
}

static void
write_payee(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->contract->provider->in_force->payee);
}

static void
write_contract_value(CsvOut *out, const RecordRow *row)
{
    if (row->contract->has_value)
        csv_out_money(out, row->contract->value);
    else
        csv_out_empty(out);
}

static void
write_entitlement(CsvOut *out, const RecordRow *row)
{
    csv_out_money(out, row->contract->entitlement);
}

static void
write_paid(CsvOut *out, const RecordRow *row)
{
    csv_out_money(out, row->contract->paid);
}

static void
write_owed(CsvOut *out, const RecordRow *row)
{
    csv_out_money(out, row->contract->owed);
}

static void
write_current(CsvOut *out, const RecordRow *row)
{
    csv_out_money(out, row->contract->current);
}

static void
write_prior(CsvOut *out, const RecordRow *row)
{
    csv_out_money(out, row->contract->prior);
}

static void
write_status(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, STATUS_NAMES[row->contract->status]);
}

static const RecordColumn PAYMENT_COLUMNS[] = {
    {"payment_id", write_payment_id,
     "names the payment for good: period/scheme/provider; the same whenever it is sent again"},
    {"period", write_period, "the month, or the year-end as `2025-26-YE`"},
    {"scheme", write_scheme, "code of the scheme"},
    {"provider", write_provider, "code of the provider"},
    {"payee", write_payee, "who gets the money: as the register has it for the run"},
    {"contract_value", write_contract_value,
     "value of the contract for the year; empty for activity schemes, and when held for want of a "
     "list size"},
    {"entitlement_to_date", write_entitlement,
     "what the year so far entitles to, worked out afresh"},
    {"paid_to_date", write_paid, "what approved runs, and `payments_before`, paid"},
    {"owed", write_owed, "entitlement to date − paid to date; negative: to be recovered"},
    {"of_which_current", write_current, "the part of owed that the run's month brought"},
    {"of_which_prior", write_prior,
     "the part of owed that belongs to earlier months: late and corrected claims, changed lists"},
    {"status", write_status,
     "`pay`, `nil`, `hold`, `carry` (comes back by itself next time) or `invoice` (one is to be "
     "raised)"},
};

/* lines.csv */

static void
write_kind(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, LINE_KIND_NAMES[row->line->kind]);
}

static void
write_line_item(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->line->item);
}

static void
write_line_month(CsvOut *out, const RecordRow *row)
{
    csv_out_month(out, row->line->month);
}

static void
write_count(CsvOut *out, const RecordRow *row)
{
    if (row->line->has_count)
        csv_out_count(out, row->line->count);
    else
        csv_out_empty(out);
}

static void
write_rate(CsvOut *out, const RecordRow *row)
{
    if (row->line->has_rate)
        csv_out_rate(out, row->line->rate);
    else
        csv_out_empty(out);
}

static void
write_fraction(CsvOut *out, const RecordRow *row)
{
    if (row->line->has_fraction)
        csv_out_fraction(out, row->line->fraction);
    else
        csv_out_empty(out);
}

static void
write_amount(CsvOut *out, const RecordRow *row)
{
    csv_out_money(out, row->line->amount);
}

static const RecordColumn LINE_COLUMNS[] = {
    {"scheme", write_scheme, "code of the scheme"},
    {"provider", write_provider, "code of the provider"},
    {"kind", write_kind, "`instalment`, `indicator`, `activity`, `adjustment` or `held`"},
    {"item", write_line_item,
     "`in-year`, the indicator, the activity, the reason of the adjustment, or why it is held"},
    {"month", write_line_month, "the month it is for; empty for indicators and held contracts"},
    {"count", write_count,
     "instalments due, the numerator, or how many are paid; empty for adjustments"},
    {"rate", write_rate, "the contract's value, the indicator's share of it, or the price"},
    {"fraction", write_fraction, "the part of the rate that is due, exactly, as n/d"},
    {"amount", write_amount, "what it adds to the entitlement of its contract"},
};

/* exceptions.csv */

static void
write_exception_file(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->text->file);
}

static void
write_exception_line(CsvOut *out, const RecordRow *row)
{
    if (row->text->line > 0)
        csv_out_whole(out, row->text->line);
    else
        csv_out_empty(out);
}

static void
write_column(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->text->column);
}

static void
write_reason(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, REASONS[row->exception->reason].name);
}

static void
write_outcome(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->text->outcome);
}

static void
write_exception_scheme(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->text->scheme);
}

static void
write_exception_provider(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->text->provider);
}

static void
write_exception_month(CsvOut *out, const RecordRow *row)
{
    csv_out_month(out, row->text->month);
}

static void
write_exception_item(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->text->item);
}

static void
write_at_risk(CsvOut *out, const RecordRow *row)
{
    if (row->exception->has_risk)
        csv_out_money(out, row->exception->at_risk);
    else
        csv_out_empty(out);
}

static void
write_message(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->text->message);
}

static const RecordColumn EXCEPTION_COLUMNS[] = {
    {"file", write_exception_file, "path under the input folder; empty for a contract"},
    {"line", write_exception_line,
     "the line at which the row starts, as an editor counts; empty for a contract"},
    {"column", write_column, "the field at fault, or the one that decided"},
    {"reason", write_reason, "one of the list of reasons"},
    {"outcome", write_outcome, "`rejected`, `held`, or `part`: accepted for the part that fits"},
    {"scheme", write_exception_scheme, "as claimed"},
    {"provider", write_exception_provider, "as claimed"},
    {"month", write_exception_month, "as claimed, where it can be read"},
    {"item", write_exception_item, "the activity or indicator, as claimed"},
    {"at_risk", write_at_risk, "the money that is not paid for it; empty where no price is known"},
    {"message", write_message, "in words; never with a patient reference"},
};

/* controls.csv */

static void
write_control_file(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, row->file->name);
}

static void
write_digest(CsvOut *out, const RecordRow *row)
{
    csv_out_text(out, document_digest(row->file->document));
}

static void
write_rows(CsvOut *out, const RecordRow *row)
{
    csv_out_whole(out, row->file->rows);
}

static void
write_accepted(CsvOut *out, const RecordRow *row)
{
    csv_out_whole(out, row->file->states[STATE_ACCEPTED]);
}

static void
write_superseded(CsvOut *out, const RecordRow *row)
{
    csv_out_whole(out, row->file->states[STATE_SUPERSEDED]);
}

static void
write_later(CsvOut *out, const RecordRow *row)
{
    csv_out_whole(out, row->file->states[STATE_LATER]);
}

static void
write_rejected(CsvOut *out, const RecordRow *row)
{
    csv_out_whole(out, row->file->states[STATE_REJECTED]);
}

static void
write_held(CsvOut *out, const RecordRow *row)
{
    csv_out_whole(out, row->file->states[STATE_HELD]);
}

static const RecordColumn CONTROL_COLUMNS[] = {
    {"file", write_control_file, "path under the input folder"},
    {"sha256", write_digest, "SHA-256 of the file as it was read"},
    {"rows", write_rows, "rows read: the sum of the next five"},
    {"accepted", write_accepted, "rows that count"},
    {"superseded", write_superseded, "rows replaced by a later submission, or a later date"},
    {"later", write_later, "rows of the year that lie after the run"},
    {"rejected", write_rejected, "rows not paid; each stands in `exceptions.csv`"},
    {"held", write_held, "rows that need a person's decision; each stands in `exceptions.csv`"},
};

const RecordTable RECORD_TABLE[RECORD_TABLES] = {
    [RECORD_PAYMENTS] = {"payments.csv", "the record of what is owed: a row a contract",
                         PAYMENT_COLUMNS, G_N_ELEMENTS(PAYMENT_COLUMNS)},
    [RECORD_LINES] = {"lines.csv", "how each entitlement comes about", LINE_COLUMNS,
                      G_N_ELEMENTS(LINE_COLUMNS)},
    [RECORD_EXCEPTIONS] = {"exceptions.csv", "every row and contract that is not paid as claimed",
                           EXCEPTION_COLUMNS, G_N_ELEMENTS(EXCEPTION_COLUMNS)},
    [RECORD_CONTROLS] = {"controls.csv", "control totals of every input file", CONTROL_COLUMNS,
                         G_N_ELEMENTS(CONTROL_COLUMNS)},
};
