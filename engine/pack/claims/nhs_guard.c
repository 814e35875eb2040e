#include "pack/claims/nhs_guard.h"

#include "base/nhsnumber.h"

#include "base/poison.h"

void
nhs_guard_init(NhsGuard *digits)
{
    *digits = (NhsGuard){g_array_new(FALSE, FALSE, sizeof(guint64)), 0, false};
}

void
nhs_guard_clear(NhsGuard *digits)
{
    g_array_unref(digits->numbers);
}

void
nhs_guard_note(NhsGuard *digits, Span reference, gsize offset)
{
    guint64 number;
    if (!nhs_number_read(reference, &number))
        return;
    if (!digits->has_valid && nhs_number_is_valid(number)) {
        digits->has_valid = true;
        digits->first_valid = offset;
    }
    guint count = digits->numbers->len;
    if (count == 0 || g_array_index(digits->numbers, guint64, count - 1) != number)
        g_array_append_val(digits->numbers, number);
}

static int
compare_numbers(gconstpointer left, gconstpointer right)
{
    const guint64 *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

void
nhs_guard_check(const InputFile *file, const NhsGuard *pieces, gsize count, Faults *faults)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint64));
    const NhsGuard *first = NULL; /* the piece with the first valid one */
    for (gsize i = 0; i < count; i++) {
        if (first == NULL && pieces[i].has_valid)
            first = &pieces[i];
        g_array_append_vals(numbers, pieces[i].numbers->data, pieces[i].numbers->len);
    }
    if (first == NULL)
        return;
    g_array_sort(numbers, compare_numbers);
    guint distinct = 0, valid = 0;
    for (guint i = 0; i < numbers->len; i++) {
        guint64 number = g_array_index(numbers, guint64, i);
        if (i > 0 && g_array_index(numbers, guint64, i - 1) == number)
            continue;
        distinct++;
        valid += nhs_number_is_valid(number) ? 1 : 0;
    }
    if (valid < distinct - valid)
        return;
    faults_add(faults, FAULT_INPUT, file->name, document_line(file->document, first->first_valid),
               file->columns[ACTIVITY_PATIENT_REF].name,
               "the file holds NHS numbers, which must never be in claims: replace them by "
               "pseudonyms before it is sent again");
}
