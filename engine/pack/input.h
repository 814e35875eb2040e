/* The input folder: its files, what kind each is, and how its rows ended. */
#pragma once

#include "base/codes.h"
#include "base/csvtable.h"
#include "base/document.h"
#include "pack/inputtables.h"
#include "pack/place.h"
#include "pack/rules/headings.h"
#include "pack/value.h"

/* One file of the folder. */
typedef struct {
    char *name; /* its path under the folder: how outputs and messages call it */
    char *path; /* where it is */
    InputKind kind;
    const Headings *headings; /* of a file of somebody else's; else NULL */
    const Column *columns;    /* of its kind, named as the file names them */
    Document *document;
    CsvTable *csv;
    guint64 rows;                /* rows read: the sum of the states */
    guint64 states[STATE_COUNT]; /* how they ended */
} InputFile;

typedef struct {
    const GPtrArray *headings; /* of Headings: see pack/rules/headings.h; NULL: none */
    GPtrArray *files;          /* of InputFile, in byte order of their names */
    GPtrArray *left_out;     /* of char *: workbooks, which are not read, as they may be printed; in
                                byte order */
    Codes *doubtful;         /* providers of whom a row of the register is a fault */
    bool has_nameless;       /* there is such a row that does not say whose it is */
    bool is_register_needed; /* a row could not be tested for want of any providers file */
} InputFiles;

/* Finds every *.csv under a folder and opens it (fixtures/README.md, One folder of CSV files).
 * headings (of Headings, or NULL) has those of somebody else's; it must outlive the files. Other
 * files are warned about, files of an unknown kind are faults. NULL where the folder cannot
 * be read (SP_ERROR_NO_INPUT, SP_ERROR_IO) or holds no CSV file at all (SP_ERROR_INPUT). Free with
 * input_files_free. */
InputFiles *input_files_find(const char *folder, const GPtrArray *headings, Faults *faults,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Opens a list of files under names of the caller's (hybrids of two runs): names and paths are
 * arrays of char *, alike in length. */
InputFiles *input_files_open(const GPtrArray *names, const GPtrArray *paths,
                             const GPtrArray *headings, Faults *faults,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes the names of workbooks that a sealed run left out (an array of char *) in place of those
 * that are there. */
void input_files_set_left_out(InputFiles *inputs, const GPtrArray *names);
/* Hashes, decodes and indexes all files and reads their headers. */
void input_files_survey(InputFiles *inputs, guint threads, Faults *faults);
/* To be called once, when all rows of a file were read: what is to be said of it as a whole. Rows
 * that headings.csv leaves out are counted as accepted and unused. */
void input_file_finish(InputFile *file, Faults *faults);
/* Whether every row of a kind could be read; to be asked once they were. Where not, what seems to
 * be missing may be in a row that is listed as a fault already. */
bool input_kind_is_whole(const InputFiles *inputs, InputKind kind);
/* Whether a provider that is not in the register may stand in a row of it that is listed as a fault
 * already, or in a file that is missing as a whole: then that is the fault to mend. To be asked
 * once the register was read. */
bool input_provider_may_be(InputFiles *inputs, Span provider);
/* Adds one fault where there is no providers file although a row of another kind needs it. */
void input_files_require_register(const InputFiles *inputs, Faults *faults);
/* Adds a fault for every file with rows that has the same bytes as another one of its kind: whoever
 * drops a copy in must not be paid twice. To be called once all rows were read. */
void input_files_refuse_copies(const InputFiles *inputs, Faults *faults);
void input_files_free(InputFiles *inputs);
const InputFile *input_file(const InputFiles *inputs, guint file);

/* The line of a row. */
guint64 input_place_line(const InputFiles *inputs, RowPlaceId place);
/* What the file of a row calls a column. */
const char *input_place_column(const InputFiles *inputs, RowPlaceId place, guint column);

/* Reads the files of one kind, one after the other, in order: calls back for every row whose
 * fields could all be read; those of other rows are faults that refuse the run. */
typedef struct {
    InputFiles *inputs;
    InputFile *file;
    RowPlaceId place;
    guint64 line;
    const Value *values; /* by column */
    Faults *faults;
} InputRow;
typedef void (*InputRowFunc)(const InputRow *row, gpointer user);
void input_rows_each(InputFiles *inputs, InputKind kind, Faults *faults, InputRowFunc each,
                     gpointer user);
/* Adds a fault at a column of a row. */
void input_row_fault(const InputRow *row, guint column, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(InputFiles, input_files_free)
