#include "report/record/payment_file.h"

#include "base/csvout.h"
#include "base/files.h"
#include "pack/words.h"
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
    const Payee *payee;
    const Scheme *scheme;
    Money amount, current, prior;
    Month earned_from, earned_to;
} PaymentRow;

/* What the file adds up to. */
typedef struct {
    guint64 rows, payees;
    Sum amount;
} Control;

static void
write_payment_id(CsvOut *out, const PaymentRow *row)
{
    g_autofree char *id =
        g_strdup_printf("%s/%s/%s", row->period, row->payee->code, row->scheme->code);
    csv_out_text(out, id);
}

static void
write_payee(CsvOut *out, const PaymentRow *row)
{
    csv_out_text(out, row->payee->code);
}

static void
write_payee_name(CsvOut *out, const PaymentRow *row)
{
    csv_out_text(out, row->payee->name);
}

static void
write_scheme(CsvOut *out, const PaymentRow *row)
{
    csv_out_text(out, row->scheme->code);
}

static void
write_scheme_title(CsvOut *out, const PaymentRow *row)
{
    csv_out_text(out, row->scheme->title);
}

static void
write_amount(CsvOut *out, const PaymentRow *row)
{
    csv_out_money(out, row->amount);
}

static void
write_current(CsvOut *out, const PaymentRow *row)
{
    csv_out_money(out, row->current);
}

static void
write_prior(CsvOut *out, const PaymentRow *row)
{
    csv_out_money(out, row->prior);
}

static void
write_earned_from(CsvOut *out, const PaymentRow *row)
{
    csv_out_month(out, row->earned_from);
}

static void
write_earned_to(CsvOut *out, const PaymentRow *row)
{
    csv_out_month(out, row->earned_to);
}

static void
write_paid_period(CsvOut *out, const PaymentRow *row)
{
    csv_out_text(out, row->period);
}

static void
write_run_date(CsvOut *out, const PaymentRow *row)
{
    g_autoptr(GString) text = g_string_new(NULL);
    day_append(text, row->result->pack->period.date);
    csv_out_text(out, text->str);
}

static void
write_run_date_uk(CsvOut *out, const PaymentRow *row)
{
    int year, month, day;
    day_split(row->result->pack->period.date, &year, &month, &day);
    g_autofree char *text = g_strdup_printf("%02d/%02d/%04d", day, month, year);
    csv_out_text(out, text);
}

static void
write_ledger_code(CsvOut *out, const PaymentRow *row)
{
    csv_out_text(out, row->scheme->ledger_code);
}

static void
write_paycode(CsvOut *out, const PaymentRow *row)
{
    csv_out_text(out, row->scheme->paycode);
}

static const struct {
    void (*write)(CsvOut *out, const PaymentRow *row);
    bool is_usual; /* a column of the file where the rules do not say which */
    const char *about;
} FIELDS[FIELD_COUNT] = {
    [FIELD_PAYMENT_ID] = {write_payment_id, true,
                          "names the payment for good: period/payee/scheme"},
    [FIELD_PAYEE] = {write_payee, true, "code of the payee"},
    [FIELD_PAYEE_NAME] = {write_payee_name, true, "its name, as the register has it"},
    [FIELD_SCHEME] = {write_scheme, true, "code of the scheme"},
    [FIELD_SCHEME_TITLE] = {write_scheme_title, false, "its title"},
    [FIELD_AMOUNT] = {write_amount, true,
                      "what is paid; a negative amount reduces what the payee gets"},
    [FIELD_CURRENT] = {write_current, false, "the part of it that the run's month brought"},
    [FIELD_PRIOR] = {write_prior, false, "the part of it that belongs to earlier months"},
    [FIELD_EARNED_FROM] = {write_earned_from, true, "the first month it may be earned in"},
    [FIELD_EARNED_TO] = {write_earned_to, true, "the last of these months"},
    [FIELD_PAID_PERIOD] = {write_paid_period, true, "the period it is paid in"},
    [FIELD_RUN_DATE] = {write_run_date, false, "the run's date, as `2025-09-30`"},
    [FIELD_RUN_DATE_UK] = {write_run_date_uk, false, "the run's date, as `30/09/2025`"},
    [FIELD_LEDGER_CODE] = {write_ledger_code, true, "of the scheme, from `schemes.csv`"},
    [FIELD_PAYCODE] = {write_paycode, true, "of the scheme, from `schemes.csv`"},
};

static void
write_header(CsvOut *out, const GArray *columns)
{
    for (guint c = 0; c < columns->len; c++)
        csv_out_text(out, g_array_index(columns, PaymentColumn, c).name);
    for (guint f = 0; columns->len == 0 && f < FIELD_COUNT; f++)
        if (FIELDS[f].is_usual)
            csv_out_text(out, PAYMENT_FIELDS[f]);
    csv_out_end_row(out);
}

static void
write_row(CsvOut *out, const GArray *columns, const PaymentRow *row)
{
    for (guint c = 0; c < columns->len; c++) {
        const PaymentColumn *column = &g_array_index(columns, PaymentColumn, c);
        if (column->has_field)
            FIELDS[column->field].write(out, row);
        else
            csv_out_text(out, column->constant);
    }
    for (guint f = 0; columns->len == 0 && f < FIELD_COUNT; f++)
        if (FIELDS[f].is_usual)
            FIELDS[f].write(out, row);
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
write_payments(const Result *result, const char *period, const char *folder, Control *control,
               GError **error)
{
    const GArray *columns = result->pack->rules->payment_file;
    g_autoptr(Payees) payees = payees_new(result);
    g_autoptr(OutFile) file = out_file_new(folder, PAYMENT_FILE, error);
    if (file == NULL)
        return false;
    CsvOut out = {out_file_text(file), false};
    write_header(&out, columns);
    for (guint p = 0; p < payees->payees->len; p++) {
        PaymentRow row = {.result = result, .period = period, .payee = payees_get(payees, p)};
        guint64 rows = control->rows;
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
write_control(const char *period, const char *folder, const Control *control, GError **error)
{
    static const char *const NAMES[] = {"period", "file", "sha256", "rows", "payees", "amount"};
    g_autofree char *path = g_build_filename(folder, PAYMENT_FILE, NULL);
    char digest[DIGEST_LENGTH + 1];
    guint64 size;
    if (!file_digest(path, digest, &size, error))
        return false;
    g_autoptr(OutFile) file = out_file_new(folder, CONTROL_FILE, error);
    if (file == NULL)
        return false;
    g_autoptr(GString) amount = g_string_new(NULL);
    sum_append(amount, control->amount);
    CsvOut out = {out_file_text(file), false};
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        csv_out_text(&out, NAMES[i]);
    csv_out_end_row(&out);
    csv_out_text(&out, period);
    csv_out_text(&out, PAYMENT_FILE);
    csv_out_text(&out, digest);
    csv_out_whole(&out, control->rows);
    csv_out_whole(&out, control->payees);
    csv_out_text(&out, amount->str); /* never negative: no payee's rows are, added up */
    csv_out_end_row(&out);
    return out_file_close(file, error);
}

bool
payment_file_write(const Result *result, const char *folder, GError **error)
{
    g_autofree char *period = period_text(&result->pack->period);
    Control control = {0};
    return write_payments(result, period, folder, &control, error) &&
           write_control(period, folder, &control, error);
}

void
payment_file_describe(GString *markdown)
{
    g_string_append(markdown, "| field | what it is | in the file without a template |\n"
                              "|---|---|---|\n");
    for (guint f = 0; f < FIELD_COUNT; f++)
        g_string_append_printf(markdown, "| `%s` | %s | %s |\n", PAYMENT_FIELDS[f], FIELDS[f].about,
                               FIELDS[f].is_usual ? "yes" : "");
}
