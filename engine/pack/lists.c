#include "pack/lists.h"

#include "pack/strangers.h"

#include "base/poison.h"

typedef struct {
    Lists *lists;
    const Register *reg;
    const Period *period;
    Strangers *strangers;
} Gathering;

void
lists_free(Lists *lists)
{
    if (lists == NULL)
        return;
    g_array_unref(lists->sizes);
    g_free(lists);
}

/* A weighted size is near the registered one; far from it, a field is missing or cut in two. */
static void
doubt_weighted(const InputRow *row, const ListSize *size)
{
    const int64_t most = 5; /* times */
    int64_t registered = size->registered * MICROS_PER_UNIT;
    bool is_near = size->weighted <= registered * most && size->weighted * most >= registered;
    if (size->has_weighted && !is_near)
        faults_add(row->faults, FAULT_DOUBT, row->file->name, row->line,
                   row->file->columns[LIST_WEIGHTED].name,
                   "a weighted list that is not between a fifth and five times the registered one "
                   "is doubtful");
    else if (size->has_weighted && value_is_behind_comma(&row->values[LIST_WEIGHTED]))
        faults_add(row->faults, FAULT_DOUBT, row->file->name, row->line,
                   row->file->columns[LIST_WEIGHTED].name,
                   "a list of three digits with a nought in front is doubtful: was a thousands "
                   "comma written without quotes?");
}

static void
gather_row(const InputRow *row, gpointer user)
{
    Gathering *gathering = user;
    const Value *values = row->values;
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
        strangers_add(gathering->strangers, row, LIST_PROVIDER);
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
                       input_place_line(inputs, size->place),
                       input_place_column(inputs, size->place, LIST_AS_AT),
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
    g_autoptr(Strangers) strangers = strangers_new(reg, faults);
    Gathering gathering = {lists, reg, period, strangers};
    input_rows_each(inputs, INPUT_LIST_SIZES, faults, gather_row, &gathering);
    strangers_end_file(strangers);
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
