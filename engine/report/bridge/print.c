/* The bridge as text, JSON and CSV. */
#include "base/csvout.h"
#include "report/bridge/bridge.h"
#include "report/figures/json.h"
#include "report/figures/textgrid.h"

#include "base/poison.h"

static void
add_sum(TextGrid *grid, Sum sum)
{
    g_autoptr(GString) text = g_string_new(NULL);
    sum_append_pounds(text, sum);
    text_grid_add(grid, text->str);
}

static void
add_money(TextGrid *grid, Money money)
{
    Sum sum = {money.pence};
    add_sum(grid, sum);
}

static void
add_total(TextGrid *grid, const char *run, Sum sum)
{
    g_autofree char *name = g_strconcat("owed in ", run, NULL);
    text_grid_add(grid, name);
    text_grid_add(grid, "");
    add_sum(grid, sum);
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
        if (contracts == 0)
            continue;
        text_grid_add(grid, CAUSE_NAMES[c]);
        text_grid_add_whole(grid, contracts);
        add_sum(grid, sum);
    }
    text_grid_rule(grid);
    add_total(grid, bridge->to, after);
    text_grid_append(grid, text);
}

static const char *
status_name(Status status)
{
    return status == STATUS_COUNT ? "-" : STATUS_NAMES[status];
}

static void
add_contract(TextGrid *grid, const BridgeRow *row, const Cause *shown, guint shown_count)
{
    g_autofree char *name = g_strconcat(row->scheme, "/", row->provider, NULL);
    bool is_same = row->before.status == row->after.status;
    g_autofree char *mark =
        g_strdup_printf("%s%s%s", status_name(row->before.status), is_same ? "" : " > ",
                        is_same ? "" : status_name(row->after.status));
    text_grid_add(grid, name);
    text_grid_add(grid, mark);
    add_money(grid, row->before.owed);
    for (guint c = 0; c < shown_count; c++)
        add_money(grid, row->causes[shown[c]]);
    add_money(grid, row->after.owed);
    add_money(grid, (Money){row->after.owed.pence - row->before.owed.pence});
}

/* Every contract that moved, with a column for each cause that moved anything. */
static void
append_contracts(const Bridge *bridge, GString *text)
{
    const char *headings[CAUSE_COUNT + 5] = {"contract", "marked", "owed before"};
    bool is_number[CAUSE_COUNT + 5] = {false, false, true};
    Cause shown[CAUSE_COUNT];
    guint shown_count = 0, columns = 3;
    Sum ignored;
    for (guint c = 0; c < CAUSE_COUNT; c++)
        if (bridge_cause(bridge, c, &ignored) > 0) {
            shown[shown_count++] = c;
            is_number[columns] = true;
            headings[columns++] = CAUSE_NAMES[c];
        }
    is_number[columns] = is_number[columns + 1] = true;
    headings[columns++] = "owed after";
    headings[columns++] = "difference";
    g_autoptr(TextGrid) grid = text_grid_new(headings, is_number, columns);
    for (guint i = 0; i < bridge->rows->len; i++)
        if (bridge_row_is_moved(bridge_row(bridge, i)))
            add_contract(grid, bridge_row(bridge, i), shown, shown_count);
    text_grid_append(grid, text);
}

void
bridge_text(const Bridge *bridge, GString *text)
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
    append_contracts(bridge, text);
}

static void
json_sum(Json *json, const char *key, Sum sum)
{
    g_autoptr(GString) text = g_string_new(NULL);
    sum_append(text, sum);
    json_text(json, key, text->str);
}

static void
append_row_json(Json *json, const BridgeRow *row)
{
    json_open_object(json, NULL);
    json_text(json, "scheme", row->scheme);
    json_text(json, "provider", row->provider);
    json_text(json, "status_before", status_name(row->before.status));
    json_text(json, "status_after", status_name(row->after.status));
    json_money(json, "entitlement_before", row->before.entitlement);
    json_money(json, "entitlement_after", row->after.entitlement);
    json_money(json, "paid_before", row->before.paid);
    json_money(json, "paid_after", row->after.paid);
    json_money(json, "owed_before", row->before.owed);
    for (guint c = 0; c < CAUSE_COUNT; c++)
        json_money(json, CAUSE_NAMES[c], row->causes[c]);
    json_money(json, "owed_after", row->after.owed);
    json_money(json, "difference", (Money){row->after.owed.pence - row->before.owed.pence});
    json_close_object(json);
}

void
bridge_json(const Bridge *bridge, GString *text)
{
    Json json = {text, 0, false};
    Sum before, after, sum;
    bridge_totals(bridge, &before, &after);
    json_open_object(&json, NULL);
    json_text(&json, "from", bridge->from);
    json_text(&json, "to", bridge->to);
    json_sum(&json, "owed_before", before);
    json_open_object(&json, "causes");
    for (guint c = 0; c < CAUSE_COUNT; c++) {
        (void)bridge_cause(bridge, c, &sum);
        json_sum(&json, CAUSE_NAMES[c], sum);
    }
    json_close_object(&json);
    json_sum(&json, "owed_after", after);
    json_sum(&json, "difference", (Sum){after.pence - before.pence});
    json_open_array(&json, "notes");
    for (guint i = 0; i < bridge->notes->len; i++)
        json_text(&json, NULL, g_ptr_array_index(bridge->notes, i));
    json_close_array(&json);
    json_open_array(&json, "contracts");
    for (guint i = 0; i < bridge->rows->len; i++)
        if (bridge_row_is_moved(bridge_row(bridge, i)))
            append_row_json(&json, bridge_row(bridge, i));
    json_close_array(&json);
    json_close_object(&json);
}

static void
append_csv_header(CsvOut *out)
{
    static const char *const FIRST[] = {"from",
                                        "to",
                                        "scheme",
                                        "provider",
                                        "status_before",
                                        "status_after",
                                        "entitlement_before",
                                        "entitlement_after",
                                        "paid_before",
                                        "paid_after",
                                        "owed_before"};
    for (guint i = 0; i < G_N_ELEMENTS(FIRST); i++)
        csv_out_text(out, FIRST[i]);
    for (guint c = 0; c < CAUSE_COUNT; c++)
        csv_out_text(out, CAUSE_NAMES[c]);
    csv_out_text(out, "owed_after");
    csv_out_text(out, "difference");
    csv_out_end_row(out);
}

static const char *
status_cell(Status status)
{
    return status == STATUS_COUNT ? NULL : STATUS_NAMES[status];
}

static void
append_csv_row(CsvOut *out, const Bridge *bridge, const BridgeRow *row)
{
    csv_out_text(out, bridge->from);
    csv_out_text(out, bridge->to);
    csv_out_text(out, row->scheme);
    csv_out_text(out, row->provider);
    csv_out_text(out, status_cell(row->before.status));
    csv_out_text(out, status_cell(row->after.status));
    csv_out_money(out, row->before.entitlement);
    csv_out_money(out, row->after.entitlement);
    csv_out_money(out, row->before.paid);
    csv_out_money(out, row->after.paid);
    csv_out_money(out, row->before.owed);
    for (guint c = 0; c < CAUSE_COUNT; c++)
        csv_out_money(out, row->causes[c]);
    csv_out_money(out, row->after.owed);
    csv_out_money(out, (Money){row->after.owed.pence - row->before.owed.pence});
    csv_out_end_row(out);
}

void
bridge_csv(const Bridge *bridge, GString *text)
{
    CsvOut out = {text, false};
    append_csv_header(&out);
    for (guint i = 0; i < bridge->rows->len; i++)
        if (bridge_row_is_moved(bridge_row(bridge, i)))
            append_csv_row(&out, bridge, bridge_row(bridge, i));
}
