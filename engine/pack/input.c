#include "pack/input.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/codes.h"
#include "base/files.h"
#include "base/nhsnumber.h"
#include "pack/claims/tally.h"

#include "base/poison.h"

/* The kind a file's name begins with, or INPUT_KINDS. */
static InputKind
kind_of(const char *name)
{
    Span first = {name, strcspn(name, "/")};
    first.length = MIN(first.length, strcspn(name, "-."));
    guint kind = 0;
    while (kind < INPUT_KINDS && !span_is(first, INPUT_TABLES[kind].name))
        kind++;
    return (InputKind)kind;
}

static void
input_file_free(gpointer pointer)
{
    InputFile *file = pointer;
    csv_table_free(file->csv);
    document_free(file->document);
    g_free(file->name);
    g_free(file->path);
    g_free(file);
}

static InputFiles *
input_files_new(const GPtrArray *headings)
{
    InputFiles *inputs = g_new0(InputFiles, 1);
    inputs->headings = headings;
    inputs->files = g_ptr_array_new_with_free_func(input_file_free);
    inputs->left_out = g_ptr_array_new_with_free_func(g_free);
    inputs->doubtful = codes_new();
    return inputs;
}

void
input_files_free(InputFiles *inputs)
{
    if (inputs == NULL)
        return;
    g_ptr_array_unref(inputs->files);
    g_ptr_array_unref(inputs->left_out);
    codes_free(inputs->doubtful);
    g_free(inputs);
}

const InputFile *
input_file(const InputFiles *inputs, guint file)
{
    return g_ptr_array_index(inputs->files, file);
}

static int
compare_names(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

void
input_files_set_left_out(InputFiles *inputs, const GPtrArray *names)
{
    g_ptr_array_set_size(inputs->left_out, 0);
    for (guint i = 0; i < names->len; i++)
        g_ptr_array_add(inputs->left_out, g_strdup(g_ptr_array_index(names, i)));
}

static int
compare_files(gconstpointer left, gconstpointer right)
{
    const InputFile *a = *(const InputFile *const *)left, *b = *(const InputFile *const *)right;
    return strcmp(a->name, b->name);
}

/* A file whose name says nothing that is known. */
static void
refuse_kind(const InputFiles *inputs, const char *name, Faults *faults)
{
    g_autoptr(GString) others = g_string_new(NULL);
    for (guint i = 0; inputs->headings != NULL && i < inputs->headings->len; i++)
        g_string_append_printf(others, "%s%s", i == 0 ? ", or as headings.csv says: " : ", ",
                               ((const Headings *)g_ptr_array_index(inputs->headings, i))->file);
    faults_add(faults, FAULT_INPUT, name, 0, NULL,
               "is of no known kind: names begin with providers, participation, list_sizes, facts, "
               "activity, achievement, payments_before, adjustments, holds or recoveries%s",
               others->str);
}

/* Adds one CSV file, opened. */
static bool
add_file(InputFiles *inputs, const char *name, const char *path, Faults *faults, GError **error)
{
    const Headings *headings = headings_of(inputs->headings, name);
    InputKind kind = headings == NULL ? kind_of(name) : headings->kind;
    g_autofree char *masked = nhs_number_mask((Span){name, strlen(name)});
    if (strcmp(masked, name) != 0) {
        faults_add(faults, FAULT_INPUT, masked, 0, NULL,
                   "the file's name holds an NHS number: rename it");
        return true;
    }
    if (!g_utf8_validate(name, -1, NULL)) {
        g_autoptr(GString) quoted = g_string_new(NULL);
        text_append_quoted(quoted, (Span){name, strlen(name)});
        faults_add(faults, FAULT_INPUT, NULL, 0, NULL,
                   "%s is not UTF-8 text, and no output could name the file: rename it",
                   quoted->str);
        return true;
    }
    if (kind == INPUT_KINDS) {
        refuse_kind(inputs, name, faults);
        return true;
    }
    Document *document = document_open(path, name, error);
    if (document == NULL)
        return false;
    InputFile *file = g_new0(InputFile, 1);
    file->name = g_strdup(name);
    file->path = g_strdup(path);
    file->kind = kind;
    file->headings = headings;
    file->columns = headings == NULL ? INPUT_TABLES[kind].columns : headings->mapping.columns;
    file->document = document;
    g_ptr_array_add(inputs->files, file);
    return true;
}

/* The walk of a folder: what it collects, and the folders it is inside of. */
typedef struct {
    InputFiles *inputs;
    Faults *faults;
    GArray *inside; /* of struct stat: a folder met again inside itself is a loop */
} Walk;

/* A file that is no CSV. A workbook may be claims that somebody takes for handed in: it is kept in
 * mind, so that the approver hears of it, too. */
static void
leave_out(const Walk *walk, const char *name)
{
    static const char *const WORKBOOKS[] = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers"};
    bool is_workbook = false;
    for (guint i = 0; i < G_N_ELEMENTS(WORKBOOKS); i++) {
        gsize length = strlen(name), ending = strlen(WORKBOOKS[i]);
        is_workbook = is_workbook || (length > ending && g_ascii_strcasecmp(name + length - ending,
                                                                            WORKBOOKS[i]) == 0);
    }
    g_autofree char *base = g_path_get_basename(name);
    is_workbook = is_workbook && !g_str_has_prefix(base, "~$"); /* a lock of the office program */
    g_autofree char *masked = nhs_number_mask((Span){name, strlen(name)});
    if (is_workbook)
        g_ptr_array_add(walk->inputs->left_out, text_shown(masked));
    faults_add(walk->faults, FAULT_WARNING, masked, 0, NULL,
               is_workbook ? "is a workbook: not read, and what it claims is not paid; save each "
                             "sheet as CSV UTF-8"
                           : "is not a CSV file: not read");
}

static bool walk_folder(Walk *walk, const char *path, const char *prefix, GError **error);

static bool
walk_entry(Walk *walk, const char *path, const char *name, GError **error)
{
    struct stat status;
    bool is_csv = g_str_has_suffix(name, ".csv") ||
                  (strlen(name) >= 4 && g_ascii_strcasecmp(name + strlen(name) - 4, ".csv") == 0);
    if (stat(path, &status) != 0) {
        bool is_dead_link = errno == ENOENT || errno == ELOOP; /* anything else may be a folder */
        if (!is_csv && is_dead_link) {
            faults_add(walk->faults, FAULT_WARNING, name, 0, NULL, "is not a CSV file: not read");
            return true;
        }
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "%s: cannot be read: %s", name,
                    g_strerror(errno));
        return false;
    }
    if (S_ISDIR(status.st_mode)) {
        for (guint i = 0; i < walk->inside->len; i++) {
            const struct stat *outer = &g_array_index(walk->inside, struct stat, i);
            if (outer->st_dev == status.st_dev && outer->st_ino == status.st_ino) {
                faults_add(walk->faults, FAULT_WARNING, name, 0, NULL,
                           "leads back to a folder it is in: not followed");
                return true;
            }
        }
        g_array_append_val(walk->inside, status);
        g_autofree char *prefix = g_strconcat(name, "/", NULL);
        bool is_read = walk_folder(walk, path, prefix, error);
        g_array_set_size(walk->inside, walk->inside->len - 1);
        return is_read;
    }
    if (is_csv)
        return add_file(walk->inputs, name, path, walk->faults, error);
    leave_out(walk, name);
    return true;
}

static bool
walk_folder(Walk *walk, const char *path, const char *prefix, GError **error)
{
    g_autoptr(GPtrArray) names = folder_names(path, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *entry = g_ptr_array_index(names, i);
        g_autofree char *entry_path = g_build_filename(path, entry, NULL);
        g_autofree char *name = g_strconcat(prefix, entry, NULL);
        if (!walk_entry(walk, entry_path, name, error))
            return false;
    }
    return true;
}

/* Looks at the folder of the inputs: it must be there, and be one. */
static bool
look_at_folder(const char *folder, struct stat *status, GError **error)
{
    if (stat(folder, status) == 0) {
        if (S_ISDIR(status->st_mode))
            return true;
        g_set_error(error, SP_ERROR, SP_ERROR_NO_INPUT, "%s: is not a folder", folder);
        return false;
    }
    bool is_missing = errno == ENOENT || errno == ENOTDIR;
    g_set_error(error, SP_ERROR, is_missing ? SP_ERROR_NO_INPUT : SP_ERROR_IO, "%s: %s", folder,
                is_missing ? "there is no such folder" : g_strerror(errno));
    return false;
}

InputFiles *
input_files_find(const char *folder, const GPtrArray *headings, Faults *faults, GError **error)
{
    g_autoptr(InputFiles) inputs = input_files_new(headings);
    g_autoptr(GArray) inside = g_array_new(FALSE, FALSE, sizeof(struct stat));
    Walk walk = {inputs, faults, inside};
    struct stat status;
    if (!look_at_folder(folder, &status, error))
        return NULL;
    g_array_append_val(inside, status);
    if (!walk_folder(&walk, folder, "", error))
        return NULL;
    if (inputs->files->len == 0 && faults_count(faults, FAULT_INPUT) == 0) {
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT,
                    "%s: holds no CSV file (expected providers.csv, participation.csv and others)",
                    folder);
        return NULL;
    }
    g_ptr_array_sort(inputs->files, compare_files);
    g_ptr_array_sort(inputs->left_out, compare_names);
    return g_steal_pointer(&inputs);
}

InputFiles *
input_files_open(const GPtrArray *names, const GPtrArray *paths, const GPtrArray *headings,
                 Faults *faults, GError **error)
{
    g_autoptr(InputFiles) inputs = input_files_new(headings);
    for (guint i = 0; i < names->len; i++)
        if (!add_file(inputs, g_ptr_array_index(names, i), g_ptr_array_index(paths, i), faults,
                      error))
            return NULL;
    g_ptr_array_sort(inputs->files, compare_files);
    return g_steal_pointer(&inputs);
}

void
input_files_survey(InputFiles *inputs, guint threads, Faults *faults)
{
    g_autoptr(GPtrArray) documents = g_ptr_array_new();
    for (guint i = 0; i < inputs->files->len; i++)
        g_ptr_array_add(documents, input_file(inputs, i)->document);
    documents_survey((Document *const *)documents->pdata, documents->len, threads, FAULT_INPUT,
                     faults);
    for (guint i = 0; i < inputs->files->len; i++) {
        InputFile *file = g_ptr_array_index(inputs->files, i);
        const InputTable *table = &INPUT_TABLES[file->kind];
        if (file->headings == NULL)
            file->csv = csv_table_new(file->document, table->columns, table->column_count,
                                      FAULT_INPUT, faults);
        else
            file->csv =
                csv_table_new_mapped(file->document, &file->headings->mapping, FAULT_INPUT, faults);
    }
}

/* What files with the same bytes have in common: kind, length and a hash of the bytes. */
static guint64
hash_file(const InputFile *file)
{
    Span raw = document_raw(file->document);
    return codes_hash(raw.text, raw.length) ^ (guint64)file->kind << 60;
}

/* Kind and length: cheap, and nearly always enough to tell files apart. */
static guint64
shape_of(const InputFile *file)
{
    return (guint64)file->kind << 56 | document_raw(file->document).length;
}

void
input_files_refuse_copies(const InputFiles *inputs, Faults *faults)
{
    Tally shapes, hashes;
    bool is_new;
    tally_init(&shapes);
    tally_init(&hashes);
    for (guint i = 0; i < inputs->files->len; i++)
        (*tally_add(&shapes, shape_of(input_file(inputs, i)), 0, &is_new))++;
    for (guint i = 0; i < inputs->files->len; i++) {
        const InputFile *file = input_file(inputs, i);
        if (file->rows == 0 || *tally_find(&shapes, shape_of(file), 0) == 1)
            continue;
        int64_t *first = tally_add(&hashes, shape_of(file), hash_file(file), &is_new);
        if (is_new)
            *first = i;
        else if (span_equals(document_raw(file->document),
                             document_raw(input_file(inputs, (guint)*first)->document)))
            faults_add(faults, FAULT_INPUT, file->name, 0, NULL,
                       "is the same file as %s, byte by byte: remove one of them",
                       input_file(inputs, (guint)*first)->name);
    }
    tally_clear(&shapes);
    tally_clear(&hashes);
}

bool
input_kind_is_whole(const InputFiles *inputs, InputKind kind)
{
    for (guint i = 0; i < inputs->files->len; i++)
        if (input_file(inputs, i)->kind == kind && csv_table_is_broken(input_file(inputs, i)->csv))
            return false;
    return true;
}

static bool
has_file(const InputFiles *inputs, InputKind kind)
{
    for (guint i = 0; i < inputs->files->len; i++)
        if (input_file(inputs, i)->kind == kind)
            return true;
    return false;
}

bool
input_provider_may_be(InputFiles *inputs, Span provider)
{
    if (has_file(inputs, INPUT_PROVIDERS))
        return inputs->has_nameless || !input_kind_is_whole(inputs, INPUT_PROVIDERS) ||
               codes_find(inputs->doubtful, provider) != CODE_NONE;
    inputs->is_register_needed = true;
    return true;
}

void
input_files_require_register(const InputFiles *inputs, Faults *faults)
{
    if (inputs->is_register_needed)
        faults_add(faults, FAULT_INPUT, "providers.csv", 0, NULL,
                   "is not there: no file of the folder names the providers, with their names and "
                   "types");
}

/* Notes whose row of the register is a fault: rows that name the provider need not say so again. */
static void
doubt_provider(const InputRow *row)
{
    const Value *provider = &row->values[PROVIDERS_PROVIDER];
    if (row->file->kind != INPUT_PROVIDERS)
        return;
    if (provider->is_given && provider->fault == REASON_NONE && code_is_valid(provider->text))
        (void)codes_add(row->inputs->doubtful, provider->text);
    else
        row->inputs->has_nameless = true;
}

guint64
input_place_line(const InputFiles *inputs, RowPlaceId place)
{
    return document_line(input_file(inputs, place_file(place))->document, place_offset(place));
}

/* "TYPE, SEX or AGE": the headings by which rows are left out. */
static GString *
filter_names(const CsvMapping *mapping)
{
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < mapping->filters->len; i++)
        g_string_append_printf(names, "%s%s",
                               i == 0                           ? ""
                               : i + 1 == mapping->filters->len ? " or "
                                                                : ", ",
                               g_array_index(mapping->filters, RowFilter, i).heading);
    return names;
}

void
input_file_finish(InputFile *file, Faults *faults)
{
    guint64 left_out = csv_table_left_out(file->csv);
    csv_table_finish(file->csv, faults);
    if (left_out == 0 || csv_table_is_broken(file->csv))
        return;
    g_autoptr(GString) names = filter_names(&file->headings->mapping);
    faults_add(faults, FAULT_WARNING, file->name, 0, NULL,
               file->rows > 0 ? "%" G_GUINT64_FORMAT
                                " row%s with another %s than headings.csv takes: not used"
                              : "no row is used: all %" G_GUINT64_FORMAT
                                " row%s have another %s than headings.csv takes",
               left_out, text_plural(left_out), names->str);
    file->rows += left_out;
    file->states[STATE_ACCEPTED] += left_out;
}

const char *
input_place_column(const InputFiles *inputs, RowPlaceId place, guint column)
{
    return input_file(inputs, place_file(place))->columns[column].name;
}

void
input_rows_each(InputFiles *inputs, InputKind kind, Faults *faults, InputRowFunc each,
                gpointer user)
{
    const InputTable *table = &INPUT_TABLES[kind];
    for (guint i = 0; i < inputs->files->len; i++) {
        InputFile *file = g_ptr_array_index(inputs->files, i);
        if (file->kind != kind)
            continue;
        g_autoptr(RowReader) reader = row_reader_new(file->csv, faults);
        Value values[MAX_COLUMNS];
        Row row;
        guint64 line = 1;
        gsize counted = 0; /* lines are counted on from one row to the next */
        while (row_reader_next(reader, &row)) {
            file->rows++;
            line += document_lines_between(file->document, counted, row.offset);
            counted = row.offset;
            InputRow input = {inputs, file, place_of(i, row.offset), line, values, faults};
            if (values_pass(file->csv, file->columns, table->column_count, &row, FAULT_INPUT,
                            faults, values))
                each(&input, user);
            else
                doubt_provider(&input);
        }
        input_file_finish(file, faults);
    }
}

void
input_row_fault(const InputRow *row, guint column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    faults_add(row->faults, FAULT_INPUT, row->file->name, row->line,
               row->file->columns[column].name, "%s", text);
    doubt_provider(row);
}
