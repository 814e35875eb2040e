#include "report/form/how_sheet.h"

#include "sheet/entry.h"
#include "sheet/layout.h"

#include "base/poison.h"

static const guint WIDTHS[] = {6, 100};

/* Each is a step. */
static const char *const FILLING[] = {
    "Fill in the yellow cells of the sheet Claim, a row for each claim. Scheme and provider appear "
    "by themselves. Rows that stay empty are no claims.",
    "Look at the sheet Check: it says what is missing in which row. The sheet Prices and worth "
    "says what the claim comes to.",
};
static const char *const SAVING[] = {
    "Save the form itself, so that you can go on in it.",
    "Click on the sheet Claim. Only the sheet that you see is saved as CSV.",
    "In Excel choose File, Save As (or Save a Copy), and as the type “CSV UTF-8 (Comma delimited) "
    "(*.csv)”. In LibreOffice choose File, Save As, “Text CSV (.csv)” and Keep; then the character "
    "set Unicode (UTF-8), the comma as separator, and “Save cell content as shown”.",
    "Where you are asked whether to keep that format, or are told that only one sheet is saved, "
    "say yes: that is what is wanted.",
};
static const char *const MINDING[] = {
    "Never an NHS number, a name or a date of birth, in any column. patient_ref is your own "
    "reference of the patient, such as a number of your list, and the same in every claim.",
    "To correct a claim, correct its row in this form, save it as CSV again under the same name "
    "and send the whole of it: the new file takes the place of the old one. What is no longer in "
    "it is no longer claimed. So go on below the rows of earlier months, and never delete them.",
    "If the rows are not enough, go on in another copy of the form and save that under another "
    "name. Send both.",
    "The sheets are protected from slips, without a password.",
};

typedef struct {
    const char *heading;
    const char *const *lines;
    guint count;
} Part;

static const Part PARTS[] = {{"Filling in", FILLING, G_N_ELEMENTS(FILLING)},
                             {"Saving", SAVING, G_N_ELEMENTS(SAVING)},
                             {"To bear in mind", MINDING, G_N_ELEMENTS(MINDING)}};

static void
write_step(Cursor *at, guint *number, const char *text)
{
    cursor_figure(at, 0, figure_whole(++*number), STYLE_WHOLE);
    cursor_text(at, 1, text, STYLE_WRAP);
    cursor_next(at);
}

/* Under which name it is saved, and where it goes. */
static void
write_sending(Cursor *at, guint *number, const FormBook *book)
{
    const Office *office = book->form->pack->rules->office;
    g_autofree char *name = g_strdup_printf("Keep the name of the form: %s.csv", book->form->name);
    g_autofree char *to = NULL;
    if (office == NULL || (office->name[0] == '\0' && office->email[0] == '\0'))
        to = g_strdup("Send that file to whoever sent you this form.");
    else
        to = g_strdup_printf("Send that file to %s%s%s.", office->name,
                             office->name[0] != '\0' && office->email[0] != '\0' ? ", " : "",
                             office->email);
    write_step(at, number, name);
    write_step(at, number, to);
}

void
how_sheet_fill(const FormBook *book)
{
    guint number = 0;
    cursor_title(book->book, book->how, "From this form to a CSV file", book->of);
    Cursor at = cursor_new(book->book, book->how, 2, WIDTHS, G_N_ELEMENTS(WIDTHS));
    for (guint p = 0; p < G_N_ELEMENTS(PARTS); p++) {
        cursor_next(&at);
        cursor_text(&at, 0, PARTS[p].heading, STYLE_SECTION);
        cursor_next(&at);
        for (guint i = 0; i < PARTS[p].count; i++)
            write_step(&at, &number, PARTS[p].lines[i]);
        if (PARTS[p].lines == SAVING)
            write_sending(&at, &number, book);
    }
    layout_portrait(book->book, book->how, SHEET_HOW);
    layout_fit(book->how, 1, 1);
    entry_protect(book->how);
}
