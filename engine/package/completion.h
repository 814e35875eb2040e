/* Completion: what a shell offers behind "schemepay" when Tab is pressed. Commands, the options
 * that the help of the command lists, the words of an option that has few, folders and files where
 * the value is one, and the runs of the archive that the command line names. */
#pragma once

#include "package/tables.h"

/* Appends the file that bash-completion or "source" reads. */
void completion_bash(const Tables *tables, GString *script);
/* Appends the file _schemepay, for a folder of zsh's $fpath. */
void completion_zsh(const Tables *tables, GString *script);
