/* How long each stage of a command takes, for --timings. The clock is read here and nowhere below.
 */
#pragma once

#include "command/options.h"

typedef struct {
    bool is_on;
    gint64 started; /* µs, on a clock that does not go back */
} Stopwatch;

Stopwatch stopwatch_start(const Options *options);
/* Says on standard error how long the stage took that ends now; user is a Stopwatch, so that
 * this can be handed down as the stage function of a SealRequest. */
void stopwatch_lap(const char *stage, gpointer user);
