/* The file "approvers" among the rules of a year: who may approve, and by which keys, in the form
 * of OpenSSH's allowed_signers (engine/archive/README.md, Signatures). */
#pragma once

#include "base/document.h"

/* Adds to faults, of the class given, every line whose key stands under another name before:
 * whoever holds that key could approve as two persons. */
void approvers_check(const Document *document, FaultClass class, Faults *faults);
