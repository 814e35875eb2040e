/* Tells ThreadSanitizer what GLib's mutexes do: GLib is not built with it, and its locks are no
 * pthread ones that it knows. Included before everything else by "make tsan", nowhere else. */
#pragma once

#include <glib.h>
#include <sanitizer/tsan_interface.h>

static inline void
watched_lock(GMutex *mutex)
{
    g_mutex_lock(mutex);
    __tsan_acquire(mutex);
}

static inline void
watched_unlock(GMutex *mutex)
{
    __tsan_release(mutex);
    g_mutex_unlock(mutex);
}

#define g_mutex_lock watched_lock
#define g_mutex_unlock watched_unlock
