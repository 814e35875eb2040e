/* The bridge between two runs as a workbook: the causes with their picture, and the contracts they
 * are made of, those that moved first.
 *
 * Every sum and difference is a formula with the engine's figure as its value, and the workbook
 * checks itself that causes add up to differences. The same bridge gives the same bytes. */
#pragma once

#include "sheet/book.h"
#include "report/bridge/bridge.h"

/* Writes the workbook; period is the second run's. False with SP_ERROR_CANNOT_CREATE, SP_ERROR_IO
 * or SP_ERROR_BUG; then there is none. The folder must be one of its own: see book_close. */
bool bridge_workbook_write(const Bridge *bridge, const Period *period, const char *path,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
