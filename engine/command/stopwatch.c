#include "command/stopwatch.h"

#include <stdio.h>

#include "base/poison.h"

Stopwatch
stopwatch_start(const Options *options)
{
    return (Stopwatch){options->timings, g_get_monotonic_time()};
}

void
stopwatch_lap(const char *stage, gpointer user)
{
    Stopwatch *stopwatch = user;
    gint64 now = g_get_monotonic_time(), taken = now - stopwatch->started;
    if (stopwatch->is_on)
        fprintf(stderr, "time: %-20s %" G_GINT64_FORMAT ".%03d s\n", stage, taken / 1000000,
                (int)(taken / 1000 % 1000));
    stopwatch->started = now;
}
