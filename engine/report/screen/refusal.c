#include "report/screen/refusal.h"

#include "report/figures/json.h"

#include "base/poison.h"

static const char *const KINDS[] = {
    [FAULT_RULES] = "rules",
    [FAULT_INPUT] = "input",
    [FAULT_DOUBT] = "doubtful",
    [FAULT_WARNING] = "warning",
};

static void
write_fault(const FaultParts *parts, gpointer user)
{
    Json *json = user;
    json_open_object(json, NULL);
    json_text(json, "kind", KINDS[parts->class]);
    json_text(json, "file", parts->file == NULL ? "" : parts->file);
    json_whole(json, "line", parts->line);
    json_text(json, "column", parts->column == NULL ? "" : parts->column);
    json_text(json, "message", parts->text);
    json_close_object(json);
}

void
refusal_json(Faults *faults, const char *sentence, GString *text)
{
    Json json = {text, 0, false};
    json_begin(&json);
    json_text(&json, "refused", sentence);
    json_open_array(&json, "faults");
    faults_each_parts(faults, write_fault, &json);
    json_close_array(&json);
    json_close_object(&json);
}
