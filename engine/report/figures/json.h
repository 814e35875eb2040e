/* Writing JSON: one value after the other, indented, keys in the order they are written.
 *
 * Amounts are strings with two decimals, since readers of JSON make binary fractions of numbers.
 * What does not show as itself is written as \u…: it may be read on a terminal. */
#pragma once

#include "base/figure.h"

/* JSON being written. The text is the caller's. Start with {text, 0, false}. */
typedef struct {
    GString *text;
    guint depth;
    bool has_value; /* whether the object or array at hand has a value already */
} Json;

/* What is written now: raised where a member goes, is renamed, or means something else; members may
 * be added without that (engine/report/README.md, JSON). */
#define JSON_FORMAT 1

/* Opens the outermost object, whose first member is the format. */
void json_begin(Json *json);
/* Each writes one value: with a key inside an object, with NULL for the key elsewhere. */
void json_open_object(Json *json, const char *key);
void json_open_array(Json *json, const char *key);
void json_text(Json *json, const char *key, const char *value);
void json_whole(Json *json, const char *key, guint64 value);
void json_bool(Json *json, const char *key, bool value);
void json_null(Json *json, const char *key); /* what is not known */
void json_money(Json *json, const char *key, Money value);
/* Whole numbers as numbers, all else as the text that CSV files have; "-" where it is empty. */
void json_figure(Json *json, const char *key, Figure figure);
/* A value for each field of a record, inside an object. */
void json_fields(Json *json, const Field *fields, guint count, gconstpointer record);

/* Close what was opened last; the outermost one ends its line. */
void json_close_object(Json *json);
void json_close_array(Json *json);
