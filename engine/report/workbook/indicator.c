/* The workings of what an indicator earned. */
#include "report/workbook/terms.h"
#include "sheet/formula.h"

#include "base/poison.h"

/* What a cell needs of its row: an indicator's terms. False for other lines. */
static bool
begin(const TableRow *row, IndicatorTerms *terms, bool *has_formula)
{
    if (row_line(row)->kind != LINE_INDICATOR)
        return false;
    *terms = indicator_terms(row);
    *has_formula = indicator_is_exact(row, terms);
    g_string_assign(row->scratch, "=");
    return true;
}

/* A cell of the indicator's row on Rules, or of one of its steps. Free with g_free. */
static char *
rule_cell(const TableRow *row, guint column, guint step)
{
    const Workbook *workbook = row_workbook(row);
    guint at = g_array_index(workbook->indicator_row, guint, row_line(row)->rule);
    GString *cell = g_string_new(NULL);
    range_append_cell(cell, workbook->rules, at + step, column);
    return g_string_free(cell, FALSE);
}

/* A range of the steps' cells. Free with g_free. */
static char *
step_cells(const TableRow *row, guint column, guint steps)
{
    const Workbook *workbook = row_workbook(row);
    guint at = g_array_index(workbook->indicator_row, guint, row_line(row)->rule);
    GString *cells = g_string_new("'" SHEET_RULES "'!");
    range_append(cells, at, at + steps - 1, column);
    return g_string_free(cells, FALSE);
}

void
show_indicator_points(const TableRow *row, Cell *cell)
{
    IndicatorTerms terms;
    bool has_formula;
    if (!begin(row, &terms, &has_formula))
        return;
    g_autofree char *points = rule_cell(row, RULES_NUMBER, 0);
    cell->figure = figure_rate(terms.indicator->points);
    cell->formula = g_string_append(row->scratch, points)->str;
}

/* "ROUND(F9*100,0)*G9": the value in pence by the indicator's points. */
static void
append_weighted(const TableRow *row, const IndicatorTerms *terms)
{
    workings_append_whole(row->scratch, name_at(row, INDICATOR_VALUE).text, 2);
    g_string_append_c(row->scratch, '*');
    workings_append_whole(row->scratch, name_at(row, INDICATOR_POINTS).text, terms->point_decimals);
}

static void
append_all_points(const TableRow *row, const IndicatorTerms *terms)
{
    const Workbook *workbook = row_workbook(row);
    g_autoptr(GString) points = g_string_new(NULL);
    guint at = g_array_index(workbook->scheme_cells, SchemeCells, row_sheet(row)->number).points;
    range_append_cell(points, workbook->rules, at, RULES_NUMBER);
    workings_append_whole(row->scratch, points->str, terms->point_decimals);
}

void
show_indicator_remainder(const TableRow *row, Cell *cell)
{
    IndicatorTerms terms;
    bool has_formula;
    if (!begin(row, &terms, &has_formula))
        return;
    g_string_append(row->scratch, "MOD(");
    append_weighted(row, &terms);
    g_string_append_c(row->scratch, ',');
    append_all_points(row, &terms);
    g_string_append_c(row->scratch, ')');
    cell->figure = figure_whole((guint64)(product(terms.value, terms.points) % terms.all_points));
    cell->formula = has_formula ? row->scratch->str : NULL;
}

/* Whole pence, and one of those left over where fewer of them go to larger remainders, or equal
 * ones before it, than there are. */
void
show_indicator_share(const TableRow *row, Cell *cell)
{
    IndicatorTerms terms;
    bool has_formula;
    if (!begin(row, &terms, &has_formula))
        return;
    guint place = row_place_in_contract(row);
    guint first = row->sheet_row - place;
    CellName remainder = name_at(row, INDICATOR_REMAINDER);
    g_autoptr(GString) all = g_string_new(NULL), before = g_string_new(NULL);
    range_append(all, first, first + indicator_sharers(row) - 1, INDICATOR_REMAINDER);
    range_append(before, first, row->sheet_row, INDICATOR_REMAINDER);
    g_string_append(row->scratch, "((");
    append_weighted(row, &terms);
    g_string_append_printf(row->scratch, "-%s)/", remainder.text);
    append_all_points(row, &terms);
    g_string_append_printf(row->scratch,
                           "+IF(SUMPRODUCT((%s>%s)*1)+SUMPRODUCT((%s=%s)*1)-1<SUM(%s)/", all->str,
                           remainder.text, before->str, remainder.text, all->str);
    append_all_points(row, &terms);
    g_string_append(row->scratch, ",1,0))/100");
    cell->figure = figure_money((Money){row_line(row)->rate / (MICROS_PER_UNIT / 100)});
    cell->formula = has_formula ? row->scratch->str : NULL;
}

static void
show_people(const TableRow *row, Cell *cell, gsize offset)
{
    if (row_line(row)->kind == LINE_INDICATOR)
        *cell = cell_count(G_STRUCT_MEMBER(Micros, row_achieved(row), offset));
}

void
show_indicator_numerator(const TableRow *row, Cell *cell)
{
    show_people(row, cell, offsetof(AchievementRow, numerator));
}

void
show_indicator_denominator(const TableRow *row, Cell *cell)
{
    show_people(row, cell, offsetof(AchievementRow, denominator));
}

void
show_indicator_exceptions(const TableRow *row, Cell *cell)
{
    show_people(row, cell, offsetof(AchievementRow, exceptions));
}

void
show_indicator_achievement(const TableRow *row, Cell *cell)
{
    IndicatorTerms terms;
    bool has_formula;
    if (!begin(row, &terms, &has_formula))
        return;
    CellName numerator = name_at(row, INDICATOR_NUMERATOR);
    CellName denominator = name_at(row, INDICATOR_DENOMINATOR);
    CellName exceptions = name_at(row, INDICATOR_EXCEPTIONS);
    g_string_append_printf(row->scratch, "IF(%s=%s,\"nobody\",%s/(%s-%s))", denominator.text,
                           exceptions.text, numerator.text, denominator.text, exceptions.text);
    cell->formula = row->scratch->str;
    if (terms.people == 0) {
        cell->figure = figure_text("nobody");
        return;
    }
    cell->figure = figure_fraction(fraction_of(terms.reached, terms.people));
}

/* "(J9-K9)", as a whole number. */
static void
append_people(const TableRow *row, const IndicatorTerms *terms)
{
    CellName denominator = name_at(row, INDICATOR_DENOMINATOR);
    CellName exceptions = name_at(row, INDICATOR_EXCEPTIONS);
    g_autofree char *people = g_strdup_printf("(%s-%s)", denominator.text, exceptions.text);
    workings_append_whole(row->scratch, people, terms->people_decimals);
}

/* "I9*100-(J9-K9)*ROUND(Rules!E12*100,0)": how far the achievement is above a threshold. */
static void
append_above(const TableRow *row, const IndicatorTerms *terms, const char *threshold)
{
    workings_append_whole(row->scratch, name_at(row, INDICATOR_NUMERATOR).text,
                          terms->people_decimals);
    workings_append_scale(row->scratch, terms->threshold_decimals);
    g_string_append_c(row->scratch, '-');
    append_people(row, terms);
    g_string_append_c(row->scratch, '*');
    workings_append_whole(row->scratch, threshold, terms->threshold_decimals);
}

static void
append_sliding_part(const TableRow *row, const IndicatorTerms *terms)
{
    g_autofree char *floor = rule_cell(row, RULES_FLOOR, 0);
    g_autofree char *target = rule_cell(row, RULES_TARGET, 0);
    g_string_append_printf(row->scratch, "MAX(0,MIN(%s,SIGN(%s-%s)*(",
                           name_at(row, INDICATOR_WHOLE).text, target, floor);
    append_above(row, terms, floor);
    g_string_append(row->scratch, ")))");
}

static void
append_all_part(const TableRow *row, const IndicatorTerms *terms)
{
    g_autofree char *target = rule_cell(row, RULES_TARGET, 0);
    g_string_append(row->scratch, "IF(");
    append_above(row, terms, target);
    g_string_append(row->scratch,
                    indicator_is_lower_better(terms->indicator) ? "<=0,1,0)" : ">=0,1,0)");
}

static void
append_step_part(const TableRow *row, const IndicatorTerms *terms)
{
    guint steps = terms->indicator->steps->len;
    g_autofree char *first = rule_cell(row, RULES_STEP, 0);
    g_autofree char *reached = step_cells(row, RULES_STEP, steps);
    g_autofree char *pays = step_cells(row, RULES_STEP_PAYS, steps);
    CellName achievement = name_at(row, INDICATOR_ACHIEVEMENT);
    g_autofree char *lookup = g_strdup_printf("LOOKUP(%s,%s,%s)", achievement.text, reached, pays);
    g_string_append_printf(row->scratch, "IF(%s<%s,0,", achievement.text, first);
    workings_append_whole(row->scratch, lookup, terms->step_decimals);
    g_string_append_c(row->scratch, ')');
}

/* "IF(J9=K9,": nobody is left. */
static void
append_if_nobody(const TableRow *row)
{
    CellName denominator = name_at(row, INDICATOR_DENOMINATOR);
    CellName exceptions = name_at(row, INDICATOR_EXCEPTIONS);
    g_string_append_printf(row->scratch, "IF(%s=%s,", denominator.text, exceptions.text);
}

void
show_indicator_part(const TableRow *row, Cell *cell)
{
    IndicatorTerms terms;
    bool has_formula;
    if (!begin(row, &terms, &has_formula))
        return;
    g_autofree char *nobody = rule_cell(row, RULES_NOBODY, 0);
    append_if_nobody(row);
    g_string_append_printf(row->scratch, "IF(%s=\"full\",1,0),", nobody);
    if (terms.indicator->method == METHOD_SLIDING)
        append_sliding_part(row, &terms);
    else if (terms.indicator->method == METHOD_ALL_OR_NOTHING)
        append_all_part(row, &terms);
    else
        append_step_part(row, &terms);
    g_string_append_c(row->scratch, ')');
    cell->figure = figure_whole((guint64)terms.part);
    cell->formula = has_formula ? row->scratch->str : NULL;
}

void
show_indicator_whole(const TableRow *row, Cell *cell)
{
    IndicatorTerms terms;
    bool has_formula;
    if (!begin(row, &terms, &has_formula))
        return;
    g_autofree char *floor = rule_cell(row, RULES_FLOOR, 0);
    g_autofree char *target = rule_cell(row, RULES_TARGET, 0);
    append_if_nobody(row);
    g_string_append(row->scratch, "1,1");
    if (terms.indicator->method == METHOD_SLIDING) {
        g_string_append_c(row->scratch, '*');
        append_people(row, &terms);
        g_string_append(row->scratch, "*ABS(");
        workings_append_whole(row->scratch, target, terms.threshold_decimals);
        g_string_append_c(row->scratch, '-');
        workings_append_whole(row->scratch, floor, terms.threshold_decimals);
        g_string_append_c(row->scratch, ')');
    }
    workings_append_scale(row->scratch, terms.step_decimals);
    g_string_append_c(row->scratch, ')');
    cell->figure = figure_whole((guint64)terms.whole);
    cell->formula = has_formula ? row->scratch->str : NULL;
}

void
show_indicator_fraction(const TableRow *row, Cell *cell)
{
    IndicatorTerms terms;
    bool has_formula;
    if (!begin(row, &terms, &has_formula))
        return;
    CellName part = name_at(row, INDICATOR_PART), whole = name_at(row, INDICATOR_WHOLE);
    g_string_append_printf(row->scratch, "%s/%s", part.text, whole.text);
    cell->figure = figure_fraction(row_line(row)->fraction);
    cell->formula = has_formula ? row->scratch->str : NULL;
}

bool
indicator_append_amount(const TableRow *row, GString *formula)
{
    IndicatorTerms terms = indicator_terms(row);
    if (!indicator_is_exact(row, &terms))
        return false;
    CellName share = name_at(row, INDICATOR_SHARE), part = name_at(row, INDICATOR_PART);
    CellName whole = name_at(row, INDICATOR_WHOLE);
    g_autofree char *numerator = g_strdup_printf("ROUND(%s*100,0)*%s", share.text, part.text);
    g_string_append_c(formula, '=');
    workings_append_pounds(formula, numerator, whole.text, row_sheet(row)->scheme->rounding);
    return true;
}
