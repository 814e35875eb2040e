#include "report/bridge/print.h"

#include "report/figures/json.h"
#include "report/figures/textgrid.h"

#include "base/poison.h"

#define MOST_CONTRACTS 20

static void
add_total(TextGrid *grid, const char *run, Sum sum)
{
    g_autofree char *name = g_strconcat("owed in ", run, NULL);
    text_grid_add(grid, name);
    text_grid_add(grid, "");
    text_grid_figure(grid, figure_sum(sum));
}

static void
add_cause(TextGrid *grid, const char *name, guint contracts, Sum sum)
{
    text_grid_add(grid, name);
    text_grid_figure(grid, figure_whole(contracts));
    text_grid_figure(grid, figure_sum(sum));
}

/* What the cause period is made of. */
static void
add_period(TextGrid *grid, const Bridge *bridge)
{
    Sum sum;
    for (guint c = 0; c < OWED_CAUSES; c++) {
        guint contracts = bridge_period(bridge, c, &sum);
        g_autofree char *name = g_strconcat("  ", BRIDGE_FIELDS[BRIDGE_PERIOD + c].heading, NULL);
        if (contracts > 0)
            add_cause(grid, name, contracts, sum);
    }
}

/* The causes that moved anything, between the two totals. */
static void
append_causes(const Bridge *bridge, GString *text)
{
    static const char *const HEADINGS[] = {"cause", "contracts", "pounds"};
    static const bool IS_NUMBER[] = {false, true, true};
    g_autoptr(TextGrid) grid = text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    Sum before, after, sum;
    bridge_totals(bridge, &before, &after);
    add_total(grid, bridge->from, before);
    for (guint c = 0; c < CAUSE_COUNT; c++) {
        guint contracts = bridge_cause(bridge, c, &sum);
        if (contracts > 0)
            add_cause(grid, cause_name(c), contracts, sum);
        if (c == CAUSE_PERIOD)
            add_period(grid, bridge);
    }
    text_grid_rule(grid);
    add_total(grid, bridge->to, after);
    text_grid_append(grid, text);
}

/* "pay", "nil > pay"; "-" where the contract was not in the run. */
static void
add_mark(TextGrid *grid, const BridgeRow *row)
{
    Status before = row->before.status, after = row->after.status;
    const char *first = before == STATUS_COUNT ? "-" : STATUS_NAMES[before];
    const char *second = after == STATUS_COUNT ? "-" : STATUS_NAMES[after];
    g_autofree char *mark =
        before == after ? g_strdup(first) : g_strconcat(first, " > ", second, NULL);
    text_grid_add(grid, mark);
}

static void
add_contract(TextGrid *grid, const BridgeRow *row, const Field *const *shown, guint count)
{
    g_autofree char *name = g_strconcat(row->scheme, "/", row->provider, NULL);
    text_grid_add(grid, name);
    add_mark(grid, row);
    for (guint f = 0; f < count; f++)
        text_grid_figure(grid, shown[f]->get(row));
}

/* Contracts that moved, the largest first, with a column for each cause that moved anything: up to
 * so many. */
static void
append_contracts(const Bridge *bridge, guint most, GString *text)
{
    g_autoptr(GPtrArray) rows = bridge_largest(bridge);
    const char *headings[BRIDGE_FIELD_COUNT] = {"contract", "marked"};
    bool is_number[BRIDGE_FIELD_COUNT] = {false};
    const Field *shown[BRIDGE_FIELD_COUNT];
    guint count = 0;
    Sum ignored;
    for (guint f = BRIDGE_OWED_BEFORE; f <= BRIDGE_DIFFERENCE; f++) {
        bool is_cause = f >= BRIDGE_CAUSES && f < BRIDGE_OWED_AFTER;
        if (is_cause && bridge_cause(bridge, f - BRIDGE_CAUSES, &ignored) == 0)
            continue;
        is_number[2 + count] = true;
        headings[2 + count] = f == BRIDGE_OWED_BEFORE  ? "owed before"
                              : f == BRIDGE_OWED_AFTER ? "owed after"
                                                       : BRIDGE_FIELDS[f].name;
        shown[count++] = &BRIDGE_FIELDS[f];
    }
    g_autoptr(TextGrid) grid = text_grid_new(headings, is_number, 2 + count);
    for (guint i = 0; i < MIN(rows->len, most); i++)
        add_contract(grid, g_ptr_array_index(rows, i), shown, count);
    text_grid_append_blocks(grid, text);
    if (rows->len > most)
        g_string_append_printf(text, "\nand %u more contract%s: --all prints every one\n",
                               rows->len - most, text_plural(rows->len - most));
}

void
bridge_print_text(const Bridge *bridge, bool is_all, GString *text)
{
    append_causes(bridge, text);
    for (guint i = 0; i < bridge->notes->len; i++)
        g_string_append_printf(text, "note: %s\n",
                               (const char *)g_ptr_array_index(bridge->notes, i));
    if (bridge_moved(bridge) == 0) {
        g_string_append(text, "\nno contract moved\n");
        return;
    }
    g_string_append_c(text, '\n');
    append_contracts(bridge, is_all ? G_MAXUINT : MOST_CONTRACTS, text);
}

void
bridge_print_json(const Bridge *bridge, GString *text)
{
    Json json = {text, 0, false};
    Sum before, after, sum;
    bridge_totals(bridge, &before, &after);
    json_begin(&json);
    json_text(&json, "from", bridge->from);
    json_text(&json, "to", bridge->to);
    json_figure(&json, "owed_before", figure_sum(before));
    json_open_object(&json, "causes");
    for (guint c = 0; c < CAUSE_COUNT; c++) {
        (void)bridge_cause(bridge, c, &sum);
        json_figure(&json, cause_name(c), figure_sum(sum));
    }
    json_close_object(&json);
    json_open_object(&json, "period_causes");
    for (guint c = 0; c < OWED_CAUSES; c++) {
        (void)bridge_period(bridge, c, &sum);
        json_figure(&json, BRIDGE_FIELDS[BRIDGE_PERIOD + c].name, figure_sum(sum));
    }
    json_close_object(&json);
    json_figure(&json, "owed_after", figure_sum(after));
    json_figure(&json, "difference", figure_sum((Sum){after.pence - before.pence}));
    json_open_array(&json, "notes");
    for (guint i = 0; i < bridge->notes->len; i++)
        json_text(&json, NULL, g_ptr_array_index(bridge->notes, i));
    json_close_array(&json);
    json_open_array(&json, "contracts");
    for (guint i = 0; i < bridge->rows->len; i++) {
        if (!bridge_row_is_moved(bridge_row(bridge, i)))
            continue;
        json_open_object(&json, NULL);
        json_fields(&json, BRIDGE_FIELDS, BRIDGE_RECORDED, bridge_row(bridge, i));
        json_close_object(&json);
    }
    json_close_array(&json);
    json_close_object(&json);
}

void
bridge_print_csv(const Bridge *bridge, GString *text)
{
    CsvOut out = {text, false};
    csv_out_text(&out, "from");
    csv_out_text(&out, "to");
    csv_out_fields(&out, BRIDGE_FIELDS, BRIDGE_RECORDED, NULL);
    for (guint i = 0; i < bridge->rows->len; i++) {
        if (!bridge_row_is_moved(bridge_row(bridge, i)))
            continue;
        csv_out_text(&out, bridge->from);
        csv_out_text(&out, bridge->to);
        csv_out_fields(&out, BRIDGE_FIELDS, BRIDGE_RECORDED, bridge_row(bridge, i));
    }
}
