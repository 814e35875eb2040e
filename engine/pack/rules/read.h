/* Reading the rules of one financial year: the folder's tables, in their order. */
#pragma once

#include "base/fault.h"
#include "pack/rules/rules.h"

/* Reads rules_dir/<year>/{schemes,indicators,tariffs}.csv, and limits.csv, office.csv,
 * payment-file.csv, response-file.csv, budgets.csv and headings.csv where they are there;
 * approvers, where it is there, is one of the documents. Every fault is added to faults as one of
 * the rules; so is each of the three that is missing. What is returned may be used only if there is
 * none. Free with rules_free. */
Rules *rules_read(const char *rules_dir, int year, Faults *faults) G_GNUC_WARN_UNUSED_RESULT;

/* Reads another table of budgets in place of that of the rules, and of its form. False with
 * SP_ERROR_RULES and its faults, or where it cannot be opened as document_open. */
bool rules_read_budgets(Rules *rules, const char *path, Faults *faults,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
