/* One writer at a time: a lock on the archive that ends with the process that holds it.
 *
 * It is flock() on <archive>/.lock, a file that is never removed; while it is held, the file says
 * by whom. Readers take no lock. Each time it is tried: a second attempt must be turned away, or
 * the file system does not lock and nothing is written.
 *
 * On network file systems it may hold between the processes of one machine alone. So the moments in
 * which the index is changed are guarded a second time, by a symbolic link that one process alone
 * can make (archive_claim): two writers that the lock does not part do not harm each other.
 */
#pragma once

#include "base/fault.h"

typedef struct ArchiveLock ArchiveLock;

/* Takes the lock of an existing archive; waits for it so many seconds. holder is one line that
 * tells others who has it. NULL with SP_ERROR_BUSY, which says who has it, where it is taken, or
 * that the file system does not lock; with SP_ERROR_CANNOT_CREATE or SP_ERROR_IO else. */
ArchiveLock *archive_lock(const char *archive, const char *holder, guint seconds,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Gives the lock back. */
void archive_lock_free(ArchiveLock *lock);

/* Claims the index of a locked archive until it is released. False with SP_ERROR_BUSY where another
 * process that lives does not release it, with SP_ERROR_CANNOT_CREATE else. */
bool archive_claim(const char *archive, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void archive_release(const char *archive);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ArchiveLock, archive_lock_free)
