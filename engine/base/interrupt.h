/* What is said when somebody stops a command by Ctrl-C. The process ends by the signal all the
 * same; nothing else is done, since what was begun under a temporary name is cleared later. */
#pragma once

#include <stdbool.h>

/* From here on it is said that nothing was written. Where the signal is ignored it stays so. */
void interrupt_before_writing(void);
/* From here on: that what was being written may be there already, and then is whole. To be called
 * before a rename makes something appear. */
void interrupt_while_writing(void);
