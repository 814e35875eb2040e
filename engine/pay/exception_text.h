/* The words of an exception: which row of which file, what is wrong with it, and in which column.
 *
 * The text of a row is gone once it is parsed, so it is read again from its file. */
#pragma once

#include "pay/result.h"

/* The words of one exception. Strings belong to the text; a cell that is empty is "". */
typedef struct {
    const char *file, *column, *scheme, *provider, *item;
    guint64 line; /* 0: a contract */
    Month month;  /* MONTH_NONE: empty */
    const char *outcome;
    char *message;
    char *owned[3]; /* backing of scheme, provider and item */
} ExceptionText;

/* "part" for a row that is accepted in part, else the state its reason leads to. */
const char *exception_outcome(Reason reason, bool is_part);

/* Reads the texts of exceptions; cheap for neighbours in a file. */
typedef struct ExceptionReader ExceptionReader;
/* The result must outlive the reader; free with exception_reader_free. */
ExceptionReader *exception_reader_new(const Result *result);
void exception_reader_free(ExceptionReader *reader);
/* Fills *text; release it with exception_text_clear. */
void exception_reader_read(ExceptionReader *reader, const ExceptionEntry *entry,
                           ExceptionText *text);
void exception_text_clear(ExceptionText *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ExceptionReader, exception_reader_free)
