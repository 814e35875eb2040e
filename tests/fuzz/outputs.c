/* Sealed outputs read back: payments.csv as the ledger reads it, and exceptions.csv. The first byte
 * says which. */
#include "archive/payments.h"

#include "support.h"

static void
check_payments(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) rows = payment_rows_read(path, "payments.csv", NULL, &error);
    CHECK((rows == NULL) == (error != NULL));
    if (error != NULL) {
        check_message(error->message);
        return;
    }
    g_autoptr(GHashTable) index = payment_rows_index(rows);
    for (guint i = 0; i < rows->len; i++) {
        const PaymentRow *row = &g_array_index(rows, PaymentRow, i);
        CHECK(row->status < STATUS_COUNT);
        CHECK(payment_rows_find(index, row->scheme, row->provider) != NULL);
    }
    for (Status status = 0; status < STATUS_COUNT; status++) {
        Money sum = {0};
        (void)!payment_rows_sum(rows, status, &sum);
    }
}

static void
check_exceptions(const char *path)
{
    g_autoptr(GError) error = NULL;
    guint64 count = 0;
    Money at_risk = {0};
    bool is_read = exception_rows_count(path, "exceptions.csv", NULL, &count, &at_risk, &error);
    CHECK(is_read == (error == NULL));
    if (error != NULL)
        check_message(error->message);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    g_autoptr(MemoryFile) file = memory_file_new((Span){(const char *)bytes + 1, length - 1});
    if (bytes[0] % 2 == 0)
        check_payments(file->path);
    else
        check_exceptions(file->path);
    return 0;
}
