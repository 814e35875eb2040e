#include "pack/lists.h"

#include "base/poison.h"

typedef struct {
    Lists *lists;
    const Register *reg;
    const Period *period;
    Codes *unknown;        /* providers of no register, numbered on from its count */
    const InputFile *file; /* the file being counted */
    guint64 unused;        /* its rows of unknown providers */
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
                   gathering->unused, gathering->unused == 1 ? "" : "s");
    gathering->unused = 0;
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
    row->file->states[size.as_at > gathering->period->date ? STATE_LATER : STATE_ACCEPTED]++;
    if (size.provider == CODE_NONE) {
        gathering->unused++;
        size.provider = register_count(gathering->reg) +
                        codes_add(gathering->unknown, values[LIST_PROVIDER].text);
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

Lists *
lists_read(InputFiles *inputs, const Register *reg, const Period *period, Faults *faults)
{
    Lists *lists = g_new0(Lists, 1);
    lists->sizes = g_array_new(FALSE, FALSE, sizeof(ListSize));
    g_autoptr(Codes) unknown = codes_new();
    Gathering gathering = {lists, reg, period, unknown, NULL, 0, faults};
    input_rows_each(inputs, INPUT_LIST_SIZES, faults, gather_row, &gathering);
    warn_unused(&gathering);
    g_array_sort(lists->sizes, compare_sizes);
    check_days(lists, inputs, faults);
    /* A list that is not known yet on the run's date must not be used. */
    guint kept = 0;
    for (guint i = 0; i < lists->sizes->len; i++) {
        ListSize size = g_array_index(lists->sizes, ListSize, i);
        if (size.as_at <= period->date && size.provider < register_count(reg))
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
