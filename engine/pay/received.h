/* Claims received: how the rows of each contract's months ended, and which of them a later
 * submission replaced.
 *
 * Invariants
 * - A contract and month is received where at least one row of it is not superseded or later.
 * - Every row counts whose scheme, provider and month can be read, a rejected one as well.
 * - Counted in the pass that adds the claims up (pay/activity.c), by chunks of claims; what comes
 *   of it does not depend on the number of threads.
 */
#pragma once

#include "pay/working.h"

/* What one chunk of claims has to say beyond the rows that are added up. */
typedef struct ReceivedNotes ReceivedNotes;

/* Free with received_notes_free. */
ReceivedNotes *received_notes_new(const Pack *pack);
void received_notes_free(ReceivedNotes *notes);
/* Notes a claim: is_counted says that its row is added up elsewhere, and given to received_add. */
void received_note(ReceivedNotes *notes, const Claim *claim, bool is_counted);

/* Makes room in the result for the months of all contracts, before the next two. */
void received_begin(Result *result);
/* Adds accepted rows of a contract, by its number in the pack, and month of the year. */
void received_add(Result *result, guint32 contract, guint8 month, guint64 rows);
/* Adds the notes of all chunks, of which there are count. */
void received_join(Result *result, ReceivedNotes *const *notes, gsize count);
