/* Signatures of approvals: SSH signatures of a run's manifest, which OpenSSH's ssh-keygen makes and
 * checks (engine/archive/README.md, Signatures). They stand in the approval.
 *
 * A file "approvers" among the rules of a year, in the form of OpenSSH's allowed_signers, names who
 * may approve, and by which keys. Two of them count, where they are there, and a signature must
 * hold by both: the one that was sealed with the run, and the one in the folder of rules as it is
 * now. The first stays what it was when the run was worked out; the second lies outside the
 * archive, so that somebody who can write to the archive alone cannot put a key into both.
 */
#pragma once

#include "archive/archive.h"

/* What signatures are made and checked by. */
typedef struct {
    const char *ssh_keygen; /* the program's path; NULL where there is none */
    const char *rules;      /* the folder of rules as it is now, a folder a year */
} Signers;

/* The path of OpenSSH's ssh-keygen: from the places where systems keep their programs, whatever
 * PATH says; NULL where there is none. */
const char *signature_program(void);

/* Whether an approval of the run must be signed: there are approvers. */
bool signature_is_needed(const Signers *signers, const Run *run);

/* Signs a run's manifest with the private key of a file, and verifies what was made: *signature, to
 * be freed with g_free, is in OpenSSH's own form. SP_ERROR_NO_INPUT where there is no such file or
 * no ssh-keygen, SP_ERROR_NOT_ALLOWED where it cannot sign with that key. */
bool signature_make(const Signers *signers, const Run *run, const char *key, char **signature,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Checks whether an approval of a run is signed by whoever it says approved it, with a key that was
 * good at the time it says, and adds what is found to findings: where there are approvers, an
 * approval without a signature is a difference. SP_ERROR_NO_INPUT where it is needed and there is
 * no ssh-keygen, SP_ERROR_CANNOT_CREATE or SP_ERROR_IO where the temporary folder fails. */
bool signature_check(const Signers *signers, const Run *run, const Approval *approval,
                     GPtrArray *findings, GError **error) G_GNUC_WARN_UNUSED_RESULT;
