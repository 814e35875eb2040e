/* Verifying a sealed run: every file against the manifest, and the whole run worked out again from
 * its archived inputs and rules, counting exactly the payments it counted
 * (engine/archive/README.md, Verify).
 *
 * Invariants
 * - Nothing in the archive is touched: what is worked out again is written to a temporary folder
 *   elsewhere and removed, unless a folder for it is given.
 * - Outputs are compared byte by byte. What differs is named, in pounds a contract, too. What
 *   another version sealed is held to its own hashes; that this one works it out otherwise is a
 *   difference only where it moves pounds, or refuses the run.
 * - Modes of files are not looked at, and what an office program or a desktop left in the run's
 *   folder (litter.h) is a note.
 * - Index, chain, manifests, approvals and timestamps are checked when the archive is opened
 *   (archive.h); signatures of approvals here, since that takes another program, and what a
 *   timestamp says, since that takes the rules.
 */
#pragma once

#include "archive/signature.h"

/* Checks every file of a run against its manifest and adds what is found to findings; works nothing
 * out. SP_ERROR_IO where something may not be read: what is not known is no difference. */
bool verify_files(const Run *run, GPtrArray *findings, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same of one file. A file that the manifest does not name is a finding, too. */
bool verify_file(const Run *run, const char *path, GPtrArray *findings,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Verifies a run and adds what is found to findings; what refuses to be worked out is a finding,
 * too. What is worked out again is written to a folder outside the archive, which is empty, and
 * stays so where the run cannot be worked out; for NULL, to a temporary one. False, with
 * SP_ERROR_CANNOT_CREATE or SP_ERROR_IO, only where the temporary folder fails or something may not
 * be read, or, with the errors of signature_check, a signature cannot be checked.
 */
bool verify_run(const Archive *archive, const Run *run, const Signers *signers, guint threads,
                const char *folder, GPtrArray *findings, GError **error) G_GNUC_WARN_UNUSED_RESULT;
