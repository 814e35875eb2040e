#include "report/figures/risk.h"

#include "base/poison.h"

guint64
risk_unknown(const ExceptionTotals *totals)
{
    return totals->count - totals->priced;
}

bool
risk_is_not_known(const ExceptionTotals *totals)
{
    return totals->count > 0 && totals->priced == 0;
}

Words
risk_words(const ExceptionTotals *totals)
{
    Words words = words_sum(totals->at_risk);
    if (risk_is_not_known(totals))
        g_strlcpy(words.text, RISK_NOT_KNOWN, sizeof words.text);
    else if (risk_unknown(totals) > 0) {
        g_autoptr(GString) text = g_string_new(words.text);
        g_string_append(text, " and ");
        whole_append_commas(text, risk_unknown(totals));
        g_string_append(text, " " RISK_NOT_KNOWN);
        g_strlcpy(words.text, text->str, sizeof words.text);
    }
    return words;
}

void
risk_json(Json *json, const ExceptionTotals *totals)
{
    if (risk_is_not_known(totals))
        json_null(json, "at_risk");
    else
        json_figure(json, "at_risk", figure_sum(totals->at_risk));
    json_whole(json, "at_risk_not_known", risk_unknown(totals));
}
