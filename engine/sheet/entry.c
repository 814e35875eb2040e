#include "sheet/entry.h"

#include "sheet/inside.h"

#include "base/poison.h"

static const guint8 VALIDATIONS[] = {[ENTRY_LIST] = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                     [ENTRY_WHOLE] = LXW_VALIDATION_TYPE_INTEGER_FORMULA,
                                     [ENTRY_TEST] = LXW_VALIDATION_TYPE_CUSTOM_FORMULA};

void
entry_allow(Book *book, Sheet *sheet, guint first, guint last, guint column, const Entry *entry)
{
    g_autofree char *least = g_strdup_printf("=%" G_GUINT32_FORMAT, entry->least);
    g_autofree char *most = g_strdup_printf("=%" G_GUINT32_FORMAT, entry->most);
    lxw_data_validation validation = {.validate = VALIDATIONS[entry->kind],
                                      .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
                                      .value_formula = (char *)entry->formula,
                                      .minimum_formula = least,
                                      .maximum_formula = most,
                                      .input_title = (char *)entry->title,
                                      .input_message = (char *)entry->prompt,
                                      .error_title = (char *)entry->title,
                                      .error_message = (char *)entry->refusal};
    /* Spreadsheets take no longer formula here, and the library does not look. */
    if (entry->formula != NULL && g_utf8_strlen(entry->formula, -1) > ENTRY_MOST_TEXT + 1)
        book_note(book, LXW_ERROR_255_STRING_LENGTH_EXCEEDED);
    book_note(book, worksheet_data_validation_range(sheet, first, (lxw_col_t)column, last,
                                                    (lxw_col_t)column, &validation));
}

void
entry_mark(Book *book, Sheet *sheet, guint first, guint last, guint column, const char *formula)
{
    lxw_conditional_format rule = {.type = LXW_CONDITIONAL_TYPE_FORMULA,
                                   .value_string = (char *)formula,
                                   .format = book->styles[STYLE_HOLD]};
    book_note(book, worksheet_conditional_format_range(sheet, first, (lxw_col_t)column, last,
                                                       (lxw_col_t)column, &rule));
}

void
entry_protect(Sheet *sheet)
{
    lxw_protection allowed = {.format_columns = LXW_TRUE, .format_rows = LXW_TRUE};
    worksheet_protect(sheet, NULL, &allowed);
}
