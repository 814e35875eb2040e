/* What the process asks of the system before it does anything, so that a failure of the system ends
 * it with a message and the status of input and output, and leaves nothing of the inputs behind. */
#pragma once

/* Opens standard streams that are closed, so that no file of ours takes their place; keeps the
 * memory of the process out of core dumps; and sees to it that files which are cut short while they
 * are mapped, and limits of file sizes, end in status 74. */
void process_prepare(void);
