/* The head of a statement: whom it is to, what is paid, and what the payee should know. */
#pragma once

#include "report/statement/page.h"

void header_write(Page *page);
/* Until when the office asks for a reply, in words; "" where the rules do not say. Free with
 * g_free.
 */
char *header_reply_by(const Rules *rules) G_GNUC_WARN_UNUSED_RESULT;
