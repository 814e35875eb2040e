/* One writer at a time: a lock on the archive that ends with the process that holds it.
 *
 * It is flock() on <archive>/.lock, a file that is never removed; while it is held, the file says
 * by whom. Readers take no lock. On network file systems it holds as far as they carry flock():
 * NFS since Linux 2.6.12, SMB since 5.5. */
#pragma once

#include "base/fault.h"

typedef struct ArchiveLock ArchiveLock;

/* Takes the lock of an existing archive without waiting. holder is one line that tells others who
 * has it. NULL with SP_ERROR_BUSY, which says who has it, where it is taken; with
 * SP_ERROR_CANNOT_CREATE or SP_ERROR_IO else. */
ArchiveLock *archive_lock(const char *archive, const char *holder,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Gives the lock back. */
void archive_lock_free(ArchiveLock *lock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ArchiveLock, archive_lock_free)
