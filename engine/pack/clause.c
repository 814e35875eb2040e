#include "pack/clause.h"

#include "base/poison.h"

void
test_free(gpointer pointer)
{
    Test *test = pointer;
    if (test->tests != NULL)
        g_ptr_array_unref(test->tests);
    g_free(test);
}

void
clause_free(gpointer pointer)
{
    Clause *clause = pointer;
    g_free(clause->code);
    g_free(clause->title);
    g_free(clause->source);
    g_free(clause->is);
    if (clause->test != NULL)
        test_free(clause->test);
    g_free(clause);
}

bool
clause_is_pot(const Clause *clause)
{
    return clause->limit == LIMIT_POT || clause->limit == LIMIT_WHOLE_POT;
}

bool
test_asks_for(const Test *test, guint32 indicator)
{
    if (test->kind == TEST_INDICATOR)
        return test->subject == indicator;
    for (guint i = 0; test->tests != NULL && i < test->tests->len; i++)
        if (test_asks_for(g_ptr_array_index(test->tests, i), indicator))
            return true;
    return false;
}

bool
clause_asks_for(const Clause *clause, guint32 indicator)
{
    return clause->indicator == indicator ||
           (clause->test != NULL && test_asks_for(clause->test, indicator));
}
