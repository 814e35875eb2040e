#include "report/record/payment_file.h"

#include "base/files.h"
#include "pack/rules/words.h"
#include "report/record/outfile.h"
#include "report/figures/payees.h"
#include "report/figures/totals.h"

#include "base/poison.h"

#define PAYMENT_FILE "payment-file.csv"
#define CONTROL_FILE "payment-file-control.csv"

/* A row: a payee and a scheme. */
typedef struct {
    const Result *result;
    const char *period;
    GString *scratch; /* texts that are made: good until the next one is */
    const Payee *payee;
    const Scheme *scheme;
    Money amount, current, prior;
    Month earned_from, earned_to;
} PaymentRow;

#define GETTER(name, expression) FIELD_GETTER(PaymentRow, name, expression)

GETTER(payee, figure_text(at->payee->code))
GETTER(payee_name, figure_text(at->payee->name))
GETTER(scheme, figure_text(at->scheme->code))
GETTER(scheme_title, figure_text(at->scheme->title))
GETTER(amount, figure_money(at->amount))
GETTER(current, figure_money(at->current))
GETTER(prior, figure_money(at->prior))
GETTER(earned_from, figure_month(at->earned_from))
GETTER(earned_to, figure_month(at->earned_to))
GETTER(paid_period, figure_text(at->period))
GETTER(run_date, figure_day(at->result->pack->period.date))
GETTER(ledger_code, figure_text(at->scheme->ledger_code))
GETTER(paycode, figure_text(at->scheme->paycode))

static Figure
payment_id(gconstpointer record)
{
    const PaymentRow *at = record;
    g_string_printf(at->scratch, "%s/%s/%s", at->period, at->payee->code, at->scheme->code);
    return figure_text(at->scratch->str);
}

static Figure
run_date_uk(gconstpointer record)
{
    const PaymentRow *at = record;
    int year, month, day;
    day_split(at->result->pack->period.date, &year, &month, &day);
    g_string_printf(at->scratch, "%02d/%02d/%04d", day, month, year);
    return figure_text(at->scratch->str);
}

const PaymentFileField PAYMENT_FILE_FIELDS[FIELD_COUNT] = {
    [FIELD_PAYMENT_ID] = {"names the payment for good: period/payee/scheme", true, payment_id},
    [FIELD_PAYEE] = {"code of the payee", true, payee},
    [FIELD_PAYEE_NAME] = {"its name, as the register has it", true, payee_name},
    [FIELD_SCHEME] = {"code of the scheme", true, scheme},
    [FIELD_SCHEME_TITLE] = {"its title", false, scheme_title},
    [FIELD_AMOUNT] = {"what is paid; a negative amount reduces what the payee gets", true, amount},
    [FIELD_CURRENT] = {"the part of it that the run's month brought", false, current},
    [FIELD_PRIOR] = {"the part of it that belongs to earlier months", false, prior},
    [FIELD_EARNED_FROM] = {"the first month it may be earned in", true, earned_from},
    [FIELD_EARNED_TO] = {"the last of these months", true, earned_to},
    [FIELD_PAID_PERIOD] = {"the period it is paid in", true, paid_period},
    [FIELD_RUN_DATE] = {"the run's date, as `2025-09-30`", false, run_date},
    [FIELD_RUN_DATE_UK] = {"the run's date, as `30/09/2025`", false, run_date_uk},
    [FIELD_LEDGER_CODE] = {"of the scheme, from `schemes.csv`", true, ledger_code},
    [FIELD_PAYCODE] = {"of the scheme, from `schemes.csv`", true, paycode},
};

/* What the file adds up to. */
typedef struct {
    const char *period, *file;
    char digest[DIGEST_LENGTH + 1];
    guint64 rows, payees;
    Sum amount;
} Control;

FIELD_GETTER(Control, control_period, figure_text(at->period))
FIELD_GETTER(Control, control_file, figure_text(at->file))
FIELD_GETTER(Control, control_digest, figure_text(at->digest))
FIELD_GETTER(Control, control_rows, figure_whole(at->rows))
FIELD_GETTER(Control, control_payees, figure_whole(at->payees))
FIELD_GETTER(Control, control_amount, figure_sum(at->amount))

const Field PAYMENT_CONTROL_FIELDS[PAYMENT_CONTROL_FIELD_COUNT] = {
    {"period", "Period", "the period it is paid in", control_period},
    {"file", "File", "`payment-file.csv`", control_file},
    {"sha256", "SHA-256", "SHA-256 of that file", control_digest},
    {"rows", "Rows", "its rows, without the headings", control_rows},
    {"payees", "Payees", "payees that have a row", control_payees},
    {"amount", "Amount", "the sum of all rows; never negative", control_amount},
};

/* Writes a row, or the names of the columns where row is NULL: the columns that the rules ask for,
 * else the usual ones. */
static void
write_row(CsvOut *out, const GArray *columns, const PaymentRow *row)
{
    for (guint c = 0; c < columns->len; c++) {
        const PaymentColumn *column = &g_array_index(columns, PaymentColumn, c);
        Figure figure = row == NULL         ? figure_text(column->name)
                        : column->has_field ? PAYMENT_FILE_FIELDS[column->field].get(row)
                                            : figure_text(column->constant);
        csv_out_figure(out, &figure);
    }
    for (guint f = 0; columns->len == 0 && f < FIELD_COUNT; f++) {
        const PaymentFileField *field = &PAYMENT_FILE_FIELDS[f];
        Figure figure = row == NULL ? figure_text(PAYMENT_FIELDS[f]) : field->get(row);
        if (field->is_usual)
            csv_out_figure(out, &figure);
    }
    csv_out_end_row(out);
}

/* The months a payment may be earned in: the run's, and those before it where any of it is of
 * them; the whole year for a year-end. */
static void
set_earned(PaymentRow *row, bool has_current, bool has_prior)
{
    const Period *period = &row->result->pack->period;
    Month april = year_first_month(period->year), month = period->month;
    row->earned_from = has_prior || period->is_year_end ? april : month;
    row->earned_to = has_prior && !has_current && month > april ? month - 1 : month;
}

/* Adds up the contracts of one scheme from contract i on; returns the first that is not of it. */
static guint
add_up(const Payees *payees, PaymentRow *row, guint i)
{
    Sum amount = {0}, current = {0}, prior = {0};
    bool has_current = false, has_prior = false, fits;
    row->scheme = payee_contract(payees, row->result, row->payee, i)->scheme;
    for (; i < row->payee->contract_count; i++) {
        const Contract *contract = payee_contract(payees, row->result, row->payee, i);
        if (contract->scheme != row->scheme)
            break;
        if (contract->status != STATUS_PAY)
            continue;
        sum_add(&amount, contract->owed);
        sum_add(&current, contract->current);
        sum_add(&prior, contract->prior);
        has_current = has_current || contract->current.pence != 0;
        has_prior = has_prior || contract->prior.pence != 0;
    }
    set_earned(row, has_current, has_prior);
    /* 2^32 contracts below £10^12 each: settling has added them up before. */
    fits = sum_money(amount, &row->amount) && sum_money(current, &row->current) &&
           sum_money(prior, &row->prior);
    g_assert(fits);
    return i;
}

static bool
write_payments(const Result *result, const char *folder, Control *control, GError **error)
{
    const GArray *columns = result->pack->rules->payment_file;
    g_autoptr(Payees) payees = payees_new(result);
    g_autoptr(OutFile) file = out_file_new(folder, PAYMENT_FILE, error);
    if (file == NULL)
        return false;
    g_autoptr(GString) scratch = g_string_new(NULL);
    PaymentRow row = {.result = result, .period = control->period, .scratch = scratch};
    CsvOut out = {out_file_text(file), false};
    write_row(&out, columns, NULL);
    for (guint p = 0; p < payees->payees->len; p++) {
        guint64 rows = control->rows;
        row.payee = payees_get(payees, p);
        for (guint i = 0; i < row.payee->contract_count;) {
            i = add_up(payees, &row, i);
            if (row.amount.pence == 0)
                continue;
            write_row(&out, columns, &row);
            sum_add(&control->amount, row.amount);
            control->rows++;
            if (!out_file_flush_full(file, error))
                return false;
        }
        control->payees += control->rows > rows ? 1 : 0;
    }
    return out_file_close(file, error);
}

static bool
write_control(const char *folder, Control *control, GError **error)
{
    g_autofree char *path = g_build_filename(folder, PAYMENT_FILE, NULL);
    guint64 size;
    if (!file_digest(path, control->digest, &size, error))
        return false;
    g_autoptr(OutFile) file = out_file_new(folder, CONTROL_FILE, error);
    if (file == NULL)
        return false;
    CsvOut out = {out_file_text(file), false};
    csv_out_fields(&out, PAYMENT_CONTROL_FIELDS, PAYMENT_CONTROL_FIELD_COUNT, NULL);
    csv_out_fields(&out, PAYMENT_CONTROL_FIELDS, PAYMENT_CONTROL_FIELD_COUNT, control);
    return out_file_close(file, error);
}

bool
payment_file_write(const Result *result, const char *folder, GError **error)
{
    g_autofree char *period = period_text(&result->pack->period);
    Control control = {.period = period, .file = PAYMENT_FILE};
    return write_payments(result, folder, &control, error) &&
           write_control(folder, &control, error);
}
