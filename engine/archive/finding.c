#include "archive/finding.h"

#include "base/text.h"

#include "base/poison.h"

const char *const FINDING_NAMES[FINDING_KINDS] = {
    [FINDING_INPUT] = "input",
    [FINDING_RULES] = "rules",
    [FINDING_OUTPUT] = "output",
    [FINDING_MANIFEST] = "manifest",
    [FINDING_APPROVAL] = "approval",
    [FINDING_TIMESTAMP] = "timestamp",
    [FINDING_MISSING_RUN] = "missing run",
    [FINDING_CHAIN] = "chain",
    [FINDING_INDEX] = "index",
    [FINDING_STRAY] = "stray",
    [FINDING_POUNDS] = "pounds",
    [FINDING_ENGINE] = "engine",
    [FINDING_NOTE] = "note",
};

static void
finding_free(gpointer pointer)
{
    Finding *finding = pointer;
    g_free(finding->run);
    g_free(finding->text);
    g_free(finding->cause);
    g_free(finding->scheme);
    g_free(finding->provider);
    g_free(finding);
}

GPtrArray *
findings_new(void)
{
    return g_ptr_array_new_with_free_func(finding_free);
}

void
findings_add(GPtrArray *findings, FindingKind kind, const char *run, const char *format, ...)
{
    Finding *finding = g_new0(Finding, 1);
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    finding->kind = kind;
    finding->run = g_strdup(run);
    finding->text = text_shown(text);
    finding->is_difference = kind != FINDING_NOTE && kind != FINDING_ENGINE;
    g_ptr_array_add(findings, finding);
}

void
findings_add_difference(GPtrArray *findings, FindingKind kind, const char *run, const char *text)
{
    findings_add(findings, kind, run, "%s", text);
    Finding *finding = g_ptr_array_index(findings, findings->len - 1);
    finding->is_difference = true;
}

void
findings_add_pounds(GPtrArray *findings, FindingKind kind, const char *run, const char *scheme,
                    const char *provider, Money sealed, Money now, const char *text)
{
    findings_add_difference(findings, kind, run, text);
    Finding *finding = g_ptr_array_index(findings, findings->len - 1);
    finding->scheme = text_shown(scheme);
    finding->provider = text_shown(provider);
    finding->sealed = sealed;
    finding->now = now;
}

void
findings_name_cause(GPtrArray *findings, const char *run)
{
    Finding *finding = g_ptr_array_index(findings, findings->len - 1);
    g_free(finding->cause);
    finding->cause = text_shown(run);
}

void
findings_mark_worked_out(GPtrArray *findings, guint from)
{
    for (guint i = from; i < findings->len; i++)
        ((Finding *)g_ptr_array_index(findings, i))->is_worked_out = true;
}

const Finding *
findings_get(const GPtrArray *findings, guint finding)
{
    return g_ptr_array_index(findings, finding);
}

char *
finding_line(const Finding *finding)
{
    if (finding->scheme == NULL)
        return g_strdup(finding->text);
    return g_strdup_printf("%s/%s: %s", finding->scheme, finding->provider, finding->text);
}

guint
findings_differences(const GPtrArray *findings)
{
    guint count = 0;
    for (guint i = 0; i < findings->len; i++)
        count += findings_get(findings, i)->is_difference;
    return count;
}
