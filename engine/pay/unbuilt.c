#include "pay/unbuilt.h"

#include "base/poison.h"

static void
refuse_row(const Pack *pack, RowPlaceId place, const char *column, const char *what, Faults *faults)
{
    faults_add(faults, FAULT_INPUT, input_file(pack->inputs, place_file(place))->name,
               input_place_line(pack->inputs, place), column,
               "this version does not work %s out yet", what);
}

static void
refuse_decisions(const Pack *pack, const GArray *decisions, const char *what, Faults *faults)
{
    for (guint i = 0; i < decisions->len; i++)
        refuse_row(pack, g_array_index(decisions, Decision, i).place, NULL, what, faults);
}

void
unbuilt_refuse(const Pack *pack, Faults *faults)
{
    for (guint s = 0; s < rules_scheme_count(pack->rules); s++)
        if (rules_scheme(pack->rules, s)->clauses->len > 0)
            faults_add(faults, FAULT_RULES, NULL, 0, NULL,
                       "the scheme %s has clauses of limits.csv, which this version does not work "
                       "out yet",
                       rules_scheme(pack->rules, s)->code);
    refuse_decisions(pack, pack->decisions->holds, "holds", faults);
    refuse_decisions(pack, pack->decisions->recoveries, "recoveries", faults);
}
