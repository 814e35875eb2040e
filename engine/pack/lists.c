#include "pack/lists.h"

#include "base/poison.h"

typedef struct {
    Lists *lists;
    const Register *reg;
    const Period *period;
    const InputFile *file; /* the file being counted */
    guint64 unused;        /* its rows of unknown providers */
    GHashTable *alike;     /* codes of the register in capitals and without blanks: to them */
    Faults *faults;
} Gathering;

void
lists_free(Lists *lists)
{
    if (lists == NULL)
        return;
    g_array_unref(lists->sizes);
    g_free(lists);
}

/* One warning a file: a national file may be among the inputs as it is. */
static void
warn_unused(Gathering *gathering)
{
    if (gathering->unused > 0)
        faults_add(gathering->faults, FAULT_WARNING, gathering->file->name, 0, "provider",
                   "%" G_GUINT64_FORMAT
                   " row%s of providers that are not in the register: not used",
                   gathering->unused, text_plural(gathering->unused));
    gathering->unused = 0;
}

/* A weighted size is near the registered one; far from it, a field is missing or cut in two. */
static void
doubt_weighted(const InputRow *row, const ListSize *size)
{
    const int64_t most = 5; /* times */
    int64_t registered = size->registered * MICROS_PER_UNIT;
    bool is_near = size->weighted <= registered * most && size->weighted * most >= registered;
    if (size->has_weighted && !is_near)
        faults_add(row->faults, FAULT_DOUBT, row->file->name, row->line, "weighted",
                   "a weighted list that is not between a fifth and five times the registered one "
                   "is doubtful");
    else if (size->has_weighted && value_is_behind_comma(&row->values[LIST_WEIGHTED]))
        faults_add(row->faults, FAULT_DOUBT, row->file->name, row->line, "weighted",
                   "a list of three digits with a nought in front is doubtful: was a thousands "
                   "comma written without quotes?");
}

/* The code of the register that this one is but for letter case and blanks, or NULL. */
static const char *
find_alike(const Gathering *gathering, Span code)
{
    g_autoptr(GString) plain = g_string_new(NULL);
    for (gsize i = 0; i < code.length; i++)
        if (code.text[i] != ' ' && code.text[i] != '\t')
            g_string_append_c(plain, g_ascii_toupper(code.text[i]));
    return g_hash_table_lookup(gathering->alike, plain->str);
}

static void
warn_alike(const Gathering *gathering, const InputRow *row)
{
    Span code = row->values[LIST_PROVIDER].text;
    const char *known = find_alike(gathering, code);
    if (known == NULL)
        return;
    g_autoptr(GString) quoted = g_string_new(NULL);
    text_append_quoted(quoted, code);
    faults_add(row->faults, FAULT_WARNING, row->file->name, row->line, "provider",
               "%s is not in the register, but %s is: not used", quoted->str, known);
}

static void
gather_row(const InputRow *row, gpointer user)
{
    Gathering *gathering = user;
    const Value *values = row->values;
    if (gathering->file != row->file)
        warn_unused(gathering);
    gathering->file = row->file;
    ListSize size = {.provider = codes_find(gathering->reg->codes, values[LIST_PROVIDER].text),
                     .as_at = (Day)values[LIST_AS_AT].number,
                     .registered = values[LIST_REGISTERED].number,
                     .has_weighted = values[LIST_WEIGHTED].is_given,
                     .weighted = values[LIST_WEIGHTED].number,
                     .place = row->place};
    if (size.provider != CODE_NONE)
        doubt_weighted(row, &size);
    row->file->states[size.as_at > gathering->period->date ? STATE_LATER : STATE_ACCEPTED]++;
    if (size.provider == CODE_NONE) {
        gathering->unused++;
        warn_alike(gathering, row);
        return;
    }
    g_array_append_val(gathering->lists->sizes, size);
}

static int
compare_sizes(gconstpointer left, gconstpointer right)
{
    const ListSize *a = left, *b = right;
    if (a->provider != b->provider)
        return a->provider < b->provider ? -1 : 1;
    if (a->as_at != b->as_at)
        return a->as_at < b->as_at ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static void
check_days(const Lists *lists, const InputFiles *inputs, Faults *faults)
{
    for (guint i = 1; i < lists->sizes->len; i++) {
        const ListSize *before = &g_array_index(lists->sizes, ListSize, i - 1);
        const ListSize *size = &g_array_index(lists->sizes, ListSize, i);
        if (before->provider == size->provider && before->as_at == size->as_at)
            faults_add(faults, FAULT_INPUT, input_file(inputs, place_file(size->place))->name,
                       input_place_line(inputs, size->place), "as_at",
                       "is the second list size of this provider and day (%s, line "
                       "%" G_GUINT64_FORMAT ")",
                       input_file(inputs, place_file(before->place))->name,
                       input_place_line(inputs, before->place));
    }
}

/* Codes in capitals and without blanks, to the codes of the register that they are. */
static GHashTable *
codes_alike(const Register *reg)
{
    GHashTable *alike = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < register_count(reg); i++) {
        const char *code = register_provider(reg, i)->code;
        char *plain = g_ascii_strup(code, -1);
        char *to = plain;
        for (const char *from = plain; *from != '\0'; from++)
            if (*from != ' ')
                *to++ = *from;
        *to = '\0';
        g_hash_table_insert(alike, plain, (gpointer)code);
    }
    return alike;
}

Lists *
lists_read(InputFiles *inputs, const Register *reg, const Period *period, Faults *faults)
{
    Lists *lists = g_new0(Lists, 1);
    lists->sizes = g_array_new(FALSE, FALSE, sizeof(ListSize));
    g_autoptr(GHashTable) alike = codes_alike(reg);
    Gathering gathering = {lists, reg, period, NULL, 0, alike, faults};
    input_rows_each(inputs, INPUT_LIST_SIZES, faults, gather_row, &gathering);
    warn_unused(&gathering);
    g_array_sort(lists->sizes, compare_sizes);
    check_days(lists, inputs, faults);
    /* A list that is not known yet on the run's date must not be used. */
    guint kept = 0;
    for (guint i = 0; i < lists->sizes->len; i++) {
        ListSize size = g_array_index(lists->sizes, ListSize, i);
        if (size.as_at <= period->date)
            g_array_index(lists->sizes, ListSize, kept++) = size;
    }
    g_array_set_size(lists->sizes, kept);
    return lists;
}

const ListSize *
lists_in_force(const Lists *lists, guint32 provider, Day day)
{
    guint low = 0, high = lists->sizes->len; /* the first size beyond (provider, day) */
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const ListSize *size = &g_array_index(lists->sizes, ListSize, middle);
        if (size->provider < provider || (size->provider == provider && size->as_at <= day))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    const ListSize *size = &g_array_index(lists->sizes, ListSize, low - 1);
    return size->provider == provider ? size : NULL;
}
