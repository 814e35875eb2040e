#include "pack/claims/references.h"

#include "base/poison.h"

/* Shorter ones may be numbers that count up; of random ones a tenth begins with a nought. */
#define LEAST_DIGITS 6
#define MOST_SHORTER 5 /* one in so many */

static gsize
count_digits(Span text, gsize from)
{
    gsize at = from;
    while (at < text.length && g_ascii_isdigit(text.text[at]))
        at++;
    return at - from;
}

/* "1E+09", "1.23E+09": one digit, decimals, and two digits or more of an exponent. */
static bool
is_scientific(Span text)
{
    gsize at = 1;
    if (count_digits(text, 0) != 1)
        return false;
    if (at < text.length && text.text[at] == '.')
        at += 1 + count_digits(text, at + 1);
    if (at + 4 > text.length || g_ascii_toupper(text.text[at]) != 'E' || text.text[at + 1] != '+')
        return false;
    return at + 2 + count_digits(text, at + 2) == text.length;
}

void
references_note(References *references, Span reference, gsize offset)
{
    for (gsize i = 0; i < reference.length; i++)
        if (reference.text[i] < ' ' || reference.text[i] > '~') {
            doubt_note(&references->unprintable, offset);
            break;
        }
    gsize digits = g_ascii_isdigit(reference.text[0]) ? count_digits(reference, 0) : 0;
    if (digits == reference.length && digits <= MOST_DIGITS)
        doubt_note(&references->digits[digits], offset);
    else if (digits == 1 && is_scientific(reference))
        doubt_note(&references->scientific, offset);
    else
        references->has_others = true;
}

void
references_join(References *sum, const References *next)
{
    doubt_join(&sum->unprintable, &next->unprintable);
    doubt_join(&sum->scientific, &next->scientific);
    for (guint i = 0; i <= MOST_DIGITS; i++)
        doubt_join(&sum->digits[i], &next->digits[i]);
    sum->has_others = sum->has_others || next->has_others;
}

/* Those that are shorter than the others; none where that says nothing. */
static Doubt
find_shorter(const References *references)
{
    Doubt shorter = {0};
    guint usual = MOST_DIGITS;
    while (usual >= LEAST_DIGITS && references->digits[usual].rows == 0)
        usual--;
    if (references->has_others || usual < LEAST_DIGITS)
        return shorter;
    for (guint i = 0; i < usual; i++) {
        const Doubt *those = &references->digits[i];
        if (those->rows > 0 && (shorter.rows == 0 || those->first < shorter.first))
            shorter.first = those->first;
        shorter.rows += those->rows;
    }
    guint64 all = shorter.rows + references->digits[usual].rows;
    return shorter.rows <= all / MOST_SHORTER ? shorter : (Doubt){0};
}

void
references_check(const InputFile *file, const References *references, Faults *faults)
{
    Doubt shorter = find_shorter(references);
    doubt_warn(file, &references->unprintable, ACTIVITY_PATIENT_REF,
               "is a reference with other than printable ASCII characters: spelled otherwise, the "
               "same patient would be another one",
               faults);
    doubt_warn(file, &references->scientific, ACTIVITY_PATIENT_REF,
               "is a reference in scientific notation: a spreadsheet cut it, and different "
               "patients may look like one; make its column text before the claims are pasted in",
               faults);
    doubt_warn(file, &shorter, ACTIVITY_PATIENT_REF,
               "is a reference with fewer digits than the others of the file: a spreadsheet may "
               "have dropped noughts in front, and the same patient would be another one; make "
               "its column text before the claims are pasted in",
               faults);
}
