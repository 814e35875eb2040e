/* Included last: names that must not occur in the engine. Binary floating point loses pence, and
 * the C library's number readers accept what the formats do not (signs, blanks, hex, locale). */
#pragma once
#pragma GCC poison float double atoi atol atoll strtod strtol strtoll strtoul strtoull
#pragma GCC poison g_strtod g_ascii_strtod g_ascii_strtoll g_ascii_strtoull setlocale
