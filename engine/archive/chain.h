/* The chain of an archive's runs: index, manifests and approvals against each other
 * (engine/archive/README.md, What is in the archive). */
#pragma once

#include "archive/archive.h"

/* Checks every run of an archive that was read and adds what is wrong to its findings. */
void chain_check(Archive *archive);
