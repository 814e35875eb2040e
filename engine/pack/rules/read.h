/* Reading the rules of one financial year: the folder's tables, in their order. */
#pragma once

#include "base/fault.h"
#include "pack/rules/rules.h"

/* Reads rules_dir/<year>/{schemes,indicators,tariffs}.csv, and limits.csv, office.csv and
 * payment-file.csv where they are there; approvers, where it is there, is one of the documents.
 * Every fault is added to faults as one of the rules; so is each of the three that is missing. What
 * is returned may be used only if there is none. Free with rules_free. */
Rules *rules_read(const char *rules_dir, int year, Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
