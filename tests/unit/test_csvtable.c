/* The dialect of the tables: bytes of a file to rows with their lines, and to faults. */
#include "support.h"

#include <string.h>

#include <glib/gstdio.h>

#define NBSP "\xc2\xa0"
#define BOM "\xef\xbb\xbf"
#define ZERO_WIDTH "\xe2\x80\x8b"
#define NO_END(line)                                                                               \
    "warning: t.csv:" line ": the last row has no line end: was the file cut off behind it?\n"
#define SHORT(line)                                                                                \
    "warning: t.csv:" line ": this row has fewer fields than the header (the first such row of "   \
    "the file): those at its end are read as empty\n"
#define LONG(line) "t.csv:" line ": this row has more fields than the header\n"
#define BROKEN " has a line break inside quotes: was a quote opened or closed by mistake?\n"
#define MISSING "t.csv:1:name: the header lacks this column, which is required\n"
#define UNUSED(names) "warning: t.csv: has columns that are not used: " names "\n"
#define LONGER(line)                                                                               \
    "t.csv:" line ": this row has more fields than the header, and other rows have not\n"
#define REPEATED ": this row repeats the header: were two files pasted together?\n"
#define AGAIN "2|a||x\nt.csv:3" REPEATED UNUSED("\"z\"")
#define INVISIBLE                                                                                  \
    "warning: t.csv: has codes or references with characters that do not show: read without "      \
    "them\n"
#define ODD_HEADER                                                                                 \
    "t.csv:1: the header holds control characters or other line ends than LF, CRLF and CR: save "  \
    "the file as CSV UTF-8\n"

static const Column COLUMNS[] = {
    {"name", COLUMN_KEY, true}, {"as_at", COLUMN_RATE, false}, {"note", COLUMN_PROSE, false}};

/* A file, surveyed. */
typedef struct {
    char *path;
    Document *document;
    Faults *faults;
    CsvTable *csv;
} Table;

static Table
table_open_by(const Column *columns, const char *bytes, gsize length)
{
    Table table = {.faults = faults_new()};
    g_autoptr(GError) error = NULL;
    int file = g_file_open_tmp("schemepay-unit-XXXXXX", &table.path, &error);
    g_assert_no_error(error);
    g_close(file, NULL);
    g_file_set_contents(table.path, bytes, (gssize)length, &error);
    g_assert_no_error(error);
    table.document = document_open(table.path, "t.csv", &error);
    g_assert_no_error(error);
    documents_survey(&table.document, 1, 2, FAULT_INPUT, table.faults);
    table.csv =
        csv_table_new(table.document, columns, G_N_ELEMENTS(COLUMNS), FAULT_INPUT, table.faults);
    return table;
}

static Table
table_open(const char *bytes, gsize length)
{
    return table_open_by(COLUMNS, bytes, length);
}

static void
table_close(Table *table)
{
    csv_table_free(table->csv);
    document_free(table->document);
    faults_free(table->faults);
    g_assert_cmpint(g_remove(table->path), ==, 0);
    g_free(table->path);
}

static void
append_rows(const Table *table, gsize from, gsize to, GString *text)
{
    g_autoptr(RowReader) reader = row_reader_new(table->csv, table->faults);
    guint64 line = document_line(table->document, from);
    gsize at = from;
    Row row;
    row_reader_seek(reader, from, to);
    while (row_reader_next(reader, &row)) {
        line += document_lines_between(table->document, at, row.offset);
        at = row.offset;
        g_string_append_printf(text, "%" G_GUINT64_FORMAT, line);
        for (guint c = 0; c < G_N_ELEMENTS(COLUMNS); c++) {
            g_string_append_c(text, '|');
            g_string_append_len(text, row.fields[c].text, (gssize)row.fields[c].length);
        }
        g_string_append_c(text, '\n');
    }
}

static void
append_fault(FaultClass class, const char *message, gpointer user)
{
    g_string_append_printf(user, "%s%s\n", fault_refuses(class) ? "" : "warning: ", message);
}

/* Rows as "line|name|as_at|note", then faults and warnings. Free with g_free. */
static char *
read_bytes(const char *bytes, gsize length)
{
    Table table = table_open(bytes, length);
    GString *text = g_string_new(NULL);
    append_rows(&table, csv_table_rows_from(table.csv), document_text(table.document).length, text);
    csv_table_finish(table.csv, table.faults);
    faults_each(table.faults, append_fault, text);
    g_assert_cmpint(csv_table_is_broken(table.csv), ==,
                    faults_count(table.faults, FAULT_INPUT) > 0);
    table_close(&table);
    return g_string_free(text, FALSE);
}

typedef struct {
    const char *what, *text, *expected;
} Reading;

static void
assert_readings(const Reading *cases, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        g_autofree char *found = read_bytes(cases[i].text, strlen(cases[i].text));
        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(found, ==, cases[i].expected);
    }
}

static void
every_line_end_is_read(void)
{
    static const Reading CASES[] = {
        {"LF", "name,as at,note\na,1,x\nb,2,y\n", "2|a|1|x\n3|b|2|y\n"},
        {"CRLF", "name,as at,note\r\na,1,x\r\nb,2,y\r\n", "2|a|1|x\n3|b|2|y\n"},
        {"CR", "name,as at,note\ra,1,x\rb,2,y\r", "2|a|1|x\n3|b|2|y\n"},
        {"no end", "name,as at,note\na,1,x\nb,2,y", "2|a|1|x\n3|b|2|y\n" NO_END("3")},
        {"no end, quoted", "name\n\"a\"", "2|a||\n" NO_END("2")},
        {"no end, blank", "name\na\n ", "2|a||\n"},
        {"mixed", "name,as at,note\r\na,1,x\rb,2,y\nc,3,z",
         "2|a|1|x\n3|b|2|y\n4|c|3|z\n" NO_END("4")},
        {"blank lines are lines", "\n\r\nname\n\n \t\na\n\n\nb\n", "6|a||\n9|b||\n"},
        {"a no-break space alone is blank", "name\n" NBSP "\na\n", "3|a||\n"},
        {"blank CR lines", "name\r\ra\r\rb\r", "3|a||\n5|b||\n"},
        {"newlines in quotes are lines", "note,name\n\"a\nb\",x\nc,y\n", "2|x||a\nb\n4|y||c\n"},
        {"CRLF in quotes is one line", "note,name\r\n\"a\r\nb\",x\r\nc,y\r\n",
         "2|x||a\r\nb\n4|y||c\n"},
        {"CR in quotes is a line", "note,name\n\"a\rb\",x\nc,y\n", "2|x||a\rb\n4|y||c\n"},
        {"a line end alone in quotes", "note,name\n\"\n\",x\nc,y\n", "2|x||\n\n4|y||c\n"},
        {"empty file", "", "t.csv:1: has no header row: the file is empty\n"},
        {"blank file", "\n\n", "t.csv:1: has no header row: the file is empty\n"},
        {"BOM", BOM "name\na\n", "2|a||\n"},
        {"BOM and quotes", BOM "\"name\"\na\n", "2|a||\n"},
        {"BOM alone", BOM, "t.csv:1: has no header row: the file is empty\n"},
    };
    assert_readings(CASES, G_N_ELEMENTS(CASES));
}

static void
fields_are_trimmed_in_and_outside_quotes(void)
{
    static const Reading CASES[] = {
        {"unquoted", "name,note\n \ta b\t ," NBSP "x" NBSP "\n", "2|a b||x\n"},
        {"quoted", "name,note\n\" a \",\"" NBSP "x\t\"\n", "2|a||x\n"},
        {"blanks around quotes", "name,note\n \"a,b\"\t,\t\"x\" \n", "2|a,b||x\n"},
        {"no-break spaces around quotes", "name,note\n" NBSP "\"a,b\"" NBSP "," NBSP "\"x\"\n",
         "2|a,b||x\n"},
        {"no-break spaces inside stay", "name,note\na" NBSP "b,\"c" NBSP "d\"\n",
         "2|a" NBSP "b||c" NBSP "d\n"},
        {"à ends with byte A0", "name,note\nà,à\n", "2|à||à\n"},
        {"quotes doubled", "name,note\n\"a\"\"b\",\"\"\"\"\n", "2|a\"b||\"\n"},
        {"empty quotes are an empty row", "name,note\n\"\",\"\"\na,\n", "3|a||\n"},
        {"empty rows above the header", ",,\n\"\",\n" NBSP "\nname,note\na,x\n", "5|a||x\n"},
        {"nothing but empty rows", ",,\n,\n", "t.csv:1: has no header row: the file is empty\n"},
        {"commas alone are an empty row", "name,as at,note\n,,\n ,\t," NBSP "\na,,\n,,,,\n,\n",
         "4|a||\n"},
        {"short rows", "name,as at,note\na\nb,1\n", "2|a||\n3|b|1|\n" SHORT("2")},
        {"empty fields beyond the header in all rows", "name\na,,,\nb, ,\" \",\n",
         "2|a||\n3|b||\n"},
        {"characters that do not show", "name,note\na" ZERO_WIDTH "b,c" ZERO_WIDTH "d\n" BOM "e,\n",
         "2|ab||c" ZERO_WIDTH "d\n3|e||\n" INVISIBLE},
        {"blanks beside characters that do not show",
         "name,note\n" ZERO_WIDTH " a " ZERO_WIDTH ",\n", "2|a||\n" INVISIBLE},
        {"they are left in prose without a warning", "name,note\na,b" ZERO_WIDTH "\n",
         "2|a||b" ZERO_WIDTH "\n"},
    };
    assert_readings(CASES, G_N_ELEMENTS(CASES));
}

static void
headers_are_matched_by_name(void)
{
    static const Reading CASES[] = {
        {"any order", "note,name\nx,a\n", "2|a||x\n"},
        {"any case", "NAME,As_At\na,1\n", "2|a|1|\n"},
        {"spaces and hyphens", "name,as-at\na,1\n", "2|a|1|\n"},
        {"blanks around", " name\t," NBSP "as at" NBSP "\na,1\n", "2|a|1|\n"},
        {"unknown ones are named once", "name,colour,size\na,red,2\nb,blue,3\n",
         "2|a||\n3|b||\nwarning: t.csv: has columns that are not used: \"colour\", \"size\"\n"},
        {"unknown ones are named without rows, too", "name,colour\n",
         "warning: t.csv: has a header and no rows\n" UNUSED("\"colour\"")},
        {"empty unnamed ones are nothing", "name,,\na,,\nb, ,\"\"\n", "2|a||\n3|b||\n"},
        {"filled unnamed ones are named", "name,,\na,,x\n",
         "2|a||\nwarning: t.csv: has columns that are not used: unnamed ones\n"},
        {"both", "name,z,\na,1,x\n",
         "2|a||\nwarning: t.csv: has columns that are not used: \"z\", and unnamed ones\n"},
        {"many", "name,a,b,c,d,e,f,g,h,i,j,k,l\nx,,,,,,,,,,,,\n",
         "2|x||\nwarning: t.csv: has columns that are not used: \"a\", \"b\", \"c\", \"d\", \"e\", "
         "\"f\", \"g\", \"h\", \"i\", \"j\" and 2 more\n"},
        {"named twice", "name,Name\na,b\n", "t.csv:1:name: the header names this column twice\n"},
        {"named twice, not required", "name,as at,AS-AT\na,1,2\n",
         "t.csv:1:as_at: the header names this column twice\n"},
        {"missing", "note\nx\n", "t.csv:1:name: the header lacks this column, which is required\n"},
        {"misspelt", "nam,asat,not\nx,,\n",
         "t.csv:1: the header's \"asat\" is no column: did you mean as_at?\n"
         "t.csv:1: the header's \"nam\" is no column: did you mean name?\n"
         "t.csv:1: the header's \"not\" is no column: did you mean note?\n"
         "t.csv:1:name: the header lacks this column, which is required\n" UNUSED(
             "\"nam\", \"asat\", \"not\"")},
        {"misspelt, but the column is there", "name,names,na_me\nx,,\n",
         "2|x||\nwarning: t.csv: has columns that are not used: \"names\", \"na_me\"\n"},
        {"a character that does not show", "name,no" ZERO_WIDTH "te\nx,\n",
         "t.csv:1: the header's \"no\\u200bte\" is no column: did you mean note?\n" UNUSED(
             "\"no\\u200bte\"")},
        {"a no-break space", "name,as" NBSP "at\nx,\n",
         "t.csv:1: the header's \"as\\u00a0at\" is no column: did you mean as_at?\n" UNUSED(
             "\"as\\u00a0at\"")},
        {"two byte order marks", BOM BOM "name,note\nx,\n",
         "t.csv:1: the header's \"\\ufeffname\" is no column: did you mean name?\n" MISSING UNUSED(
             "\"\\ufeffname\"")},
    };
    assert_readings(CASES, G_N_ELEMENTS(CASES));
}

static void
other_line_ends_are_refused(void)
{
    static const Reading CASES[] = {
        {"vertical tab", "name,note\va,x\v", ODD_HEADER UNUSED("\"note\\u000ba\", \"x\\u000b\"")},
        {"form feed", "note,name\fa,x\f",
         ODD_HEADER MISSING UNUSED("\"name\\u000ca\", \"x\\u000c\"")},
        {"next line",
         "note,name\xc2\x85"
         "a,x\xc2\x85",
         ODD_HEADER MISSING UNUSED("\"name\\u0085a\", \"x\\u0085\"")},
        {"line separator",
         "note,name\xe2\x80\xa8"
         "a,x",
         ODD_HEADER MISSING UNUSED("\"name\\u2028a\", \"x\"")},
        {"delete", "name,note\x7f\na,x\n", ODD_HEADER UNUSED("\"note\\u007f\"")},
        {"an escape sequence", "name,\x1b[31mred\na,x\n", ODD_HEADER UNUSED("\"\\u001b[31mred\"")},
        {"a tab is none", "name,a\tb\na,x\n", "2|a||\n" UNUSED("\"a\\tb\"")},
    };
    assert_readings(CASES, G_N_ELEMENTS(CASES));
}

/* What an accident does to rows, and still parses. */
static void
rows_that_cannot_be_meant_are_refused(void)
{
    static const Reading CASES[] = {
        {"a line break in a code", "name,note\n\"a\nb\",x\nc,y\n",
         "4|c||y\nt.csv:2:name: this row" BROKEN},
        {"a carriage return in a code", "name,note\n\"a\rb\",x\n", "t.csv:2:name: this row" BROKEN},
        {"rows in a quote", "name,note\na,\"5 inch\nb,x\nc,\"\nd,y\n",
         "5|d||y\nt.csv:2:note: this row" BROKEN},
        {"rows in a quote of a column that is not used", "name,z\na,\"5 inch\nb,x\nc,\"\nd,y\n",
         "5|d||\nt.csv:2:z: this row" BROKEN
         "warning: t.csv: has columns that are not used: \"z\"\n"},
        {"fewer commas than the header", "name,note,as at\na,\"x,y\nz\",1\n", "2|a|1|x,y\nz\n"},
        {"rows that close up in one column", "z,name,note,as at\n,a,\"x,\n,b,y\",1\n",
         "t.csv:2:note: this row" BROKEN "warning: t.csv: has columns that are not used: \"z\"\n"},
        {"as many commas as the header", "name,note,as at\na,\"x,y,\nz\",1\n",
         "t.csv:2:note: this row" BROKEN},
        {"a field of fields that are not there", "name\na,\"b\nc\"\n", "t.csv:2: this row" BROKEN},
        {"cut off", "name,as at,note\na,1,x\nb,2",
         "2|a|1|x\nt.csv:3: this row is the last one, is shorter than the header and has no line "
         "end: the file was cut off\n"},
        {"the header again", "name,note\na,x\nname,note\nb,y\n",
         "2|a||x\n4|b||y\nt.csv:3: this row repeats the header: were two files pasted together?\n"},
        {"another header", "name,note,z\na,x,\nAs At,NAME,\n1,b,\n",
         "2|a||x\n4|1||b\nt.csv:3" REPEATED UNUSED("\"z\"")},
        {"another header with a column of its own", "name,note,z\na,x,\nNote,colour,Name\n", AGAIN},
        {"the header in capitals", "z,name,note\n,a,x\nZ,NAME,NOTE\n", AGAIN},
        {"a name by itself is a field", "name,note\nname,x\nnote,\n", "2|name||x\n3|note||\n"},
        {"some rows are longer", "name\na\nb,\nc,,\n",
         "2|a||\n3|b||\n4|c||\n" LONGER("3") LONGER("4")},
        {"all are longer by another number", "name\na,\nb,,\n",
         "2|a||\n3|b||\n" LONGER("2") LONGER("3")},
    };
    assert_readings(CASES, G_N_ELEMENTS(CASES));
}

/* A thousands comma without quotes cuts an amount in two. */
static void
amounts_cut_in_two_are_marked(void)
{
    static const Column MONEY[] = {
        {"name", COLUMN_KEY, true}, {"as_at", COLUMN_MONEY, false}, {"note", COLUMN_PROSE, false}};
    static const struct {
        const char *row;
        bool is_rate, is_money; /* cut in two, as one */
    } CASES[] = {
        {"a,£1,300.00", true, true},     {"a,£1,300", true, true},
        {"a,£123,456", true, true},      {"a,-£1,300", true, true},
        {"a,\"£1\",300", true, true},    {"a,1,300.00", false, true},
        {"a,-123,456.7", false, true},   {"a,1,300", false, false},
        {"a,1,30.00", false, false},     {"a,1234,300.00", false, false},
        {"a,1.00,300.00", false, false}, {"a,£1,30", false, false},
        {"a,£1,3000", false, false},     {"a,£1,x", false, false},
        {"a,£1,300x", false, false},     {"a,£1,300.x", false, false},
        {"a,£1234,300", false, false},   {"a,£1.00,300", false, false},
        {"a,£,300", false, false},       {"a,£1,", false, false},
        {"£1,300,x", false, false},
    };
    for (gsize i = 0; i < 2 * G_N_ELEMENTS(CASES); i++) {
        bool is_money = i % 2 != 0;
        g_autofree char *bytes = g_strconcat("name,as at,note\n", CASES[i / 2].row, "\n", NULL);
        Table table = table_open_by(is_money ? MONEY : COLUMNS, bytes, strlen(bytes));
        bool expected = is_money ? CASES[i / 2].is_money : CASES[i / 2].is_rate;
        g_autoptr(RowReader) reader = row_reader_new(table.csv, table.faults);
        Row row;
        g_test_message("%s", CASES[i / 2].row);
        g_assert_true(row_reader_next(reader, &row));
        g_assert_cmpuint(row.split, ==, expected ? 1U << 1 : 0);
        g_clear_pointer(&reader, row_reader_free);
        table_close(&table);
    }
}

/* What the whole of a file says is the same however it was cut. */
static void
notes_of_pieces_add_up(void)
{
    static const char TEXT[] = "name,note\na,x\nb\nc,y\n" ZERO_WIDTH "d,z\n";
    gsize length = sizeof TEXT - 1;
    Table table = table_open(TEXT, length);
    g_autoptr(GString) text = g_string_new(NULL);
    gsize from = csv_table_rows_from(table.csv);
    append_rows(&table, from + 6, length, text);
    append_rows(&table, from, from + 6, text);
    csv_table_finish(table.csv, table.faults);
    faults_each(table.faults, append_fault, text);
    g_assert_cmpstr(text->str, ==, "4|c||y\n5|d||z\n2|a||x\n3|b||\n" SHORT("3") INVISIBLE);
    table_close(&table);
}

/* Every fault is listed; reading goes on at the next line. */
static void
faults_of_the_dialect_are_placed(void)
{
    static const Reading CASES[] = {
        {"unclosed", "name,note\na,\"x\nb,y\n",
         "t.csv:2:note: this row has a quote that is never closed\n"},
        {"unclosed in the last field", "name\na\n\"b",
         "2|a||\nt.csv:3:name: this row has a quote that is never closed\n"},
        {"text after a quote", "name,note\n\"a\"b,x\nc,y\n",
         "3|c||y\nt.csv:2:name: this row has text after a closing quote\n"},
        {"quote inside", "name,note\na\"b,x\nc,y\n",
         "3|c||y\nt.csv:2:name: this row has a quote inside an unquoted field\n"},
        {"quote inside the second", "name,note\na,x\"\nc,y\n",
         "3|c||y\nt.csv:2:note: this row has a quote inside an unquoted field\n"},
        {"surplus", "name,note\na,x,z\nc,y\n", "3|c||y\n" LONG("2")},
        {"surplus behind an empty one", "name,note\na,x,,z\n", LONG("2")},
        {"a fault behind a newline in quotes", "note,name\n\"a\nb\",x\"y\nc,y\n",
         "4|y||c\nt.csv:3:name: the row that starts on line 2 has a quote inside an unquoted "
         "field\n"},
        {"two faults", "name,note\n\"a\"b,x\nc,y\nd,e,f\n",
         "3|c||y\nt.csv:2:name: this row has text after a closing quote\n" LONG("4")},
        {"CR resync", "name,note\r\"a\"b,x\rc,y\r",
         "3|c||y\nt.csv:2:name: this row has text after a closing quote\n"},
        {"in the header", "name,no\"te\na,x\n",
         "t.csv:1: the header has a quote inside an unquoted field\n"},
    };
    assert_readings(CASES, G_N_ELEMENTS(CASES));
}

static void
windows_1252_is_read_with_a_warning(void)
{
    static const Reading CASES[] = {
        {"pound",
         "name\n\xa3"
         "5\n",
         "2|£5||\nwarning: t.csv: is not UTF-8 and was read as Windows-1252\n"},
        {"no-break space", "name,note\n\xa0\"a,b\"\xa0,caf\xe9\xa0\n",
         "2|a,b||café\nwarning: t.csv: is not UTF-8 and was read as Windows-1252\n"},
        {"unassigned byte", "name\n\na\n\x81\n",
         "t.csv:4: is neither UTF-8 nor Windows-1252 text\n"},
        {"BOM before it", BOM "name\n\xa3\n",
         "2|£||\nwarning: t.csv: is not UTF-8 and was read as Windows-1252\n"},
        {"an overlong form is not UTF-8", "name\n\xc0\xaf\n",
         "2|À¯||\nwarning: t.csv: is not UTF-8 and was read as Windows-1252\n"},
    };
    assert_readings(CASES, G_N_ELEMENTS(CASES));
}

static void
nul_bytes_refuse_the_file(void)
{
    static const char TEXT[] = "name\na\n\"b\nc\0\"\n";
    g_autofree char *found = read_bytes(TEXT, sizeof TEXT - 1);
    g_assert_cmpstr(found, ==, "t.csv:4: has a NUL byte: not a CSV text file\n");
}

static void
long_fields_keep_their_length(void)
{
    g_autoptr(GString) text = g_string_new("name,note\n");
    for (guint i = 0; i < 1000; i++)
        g_string_append(text, "é");
    g_string_append(text, ",x\n");
    Table table = table_open(text->str, text->len);
    g_autoptr(RowReader) reader = row_reader_new(table.csv, table.faults);
    Row row;
    g_assert_true(row_reader_next(reader, &row));
    g_assert_cmpuint(row.fields[0].length, ==, 2000);
    g_assert_cmpuint(row.fields[2].length, ==, 1);
    g_clear_pointer(&reader, row_reader_free);
    table_close(&table);
}

static void
a_field_of_more_than_16_mib_is_a_fault(void)
{
    g_autoptr(GString) text = g_string_new("name\nb\n\"");
    gsize start = text->len;
    g_string_set_size(text, start + (18 << 20));
    memset(text->str + start, 'x', 18 << 20);
    g_string_append(text, "\"\nc\n");
    g_autofree char *found = read_bytes(text->str, text->len);
    g_assert_cmpstr(found, ==,
                    "2|b||\n4|c||\nt.csv:3:name: this row has a field of more than "
                    "16 MiB\n");
}

/* A large file with newlines in quotes across every place it may be cut at. */
static char *
large_table(gsize *length, const char *line_end)
{
    GString *text = g_string_new("name,note,as at");
    g_string_append(text, line_end);
    for (guint i = 0; text->len < (gsize)13 << 20; i++) {
        g_string_append_printf(text, "%u,", i);
        if (i % 5 == 0) {
            g_string_append(text, "\"quoted");
            for (guint k = 0; k < i % 40; k++)
                g_string_append(text, line_end);
            g_string_append(text, ",\"\"\"");
        }
        g_string_append_printf(text, ",%u%s", i % 7, line_end);
    }
    *length = text->len;
    return g_string_free(text, FALSE);
}

static void
pieces_of_a_file_hold_whole_rows(void)
{
    static const char *const ENDS[] = {"\n", "\r\n", "\r"};
    for (gsize e = 0; e < G_N_ELEMENTS(ENDS); e++) {
        gsize length;
        g_autofree char *bytes = large_table(&length, ENDS[e]);
        Table table = table_open(bytes, length);
        g_autoptr(GString) whole = g_string_new(NULL), pieces = g_string_new(NULL);
        gsize from = csv_table_rows_from(table.csv);
        g_autoptr(GArray) cuts = document_cuts(table.document, from);
        append_rows(&table, from, length, whole);
        g_assert_cmpuint(cuts->len, ==, 5);
        for (guint i = 0; i + 1 < cuts->len; i++)
            append_rows(&table, g_array_index(cuts, gsize, i), g_array_index(cuts, gsize, i + 1),
                        pieces);
        g_assert_true(g_str_equal(whole->str, pieces->str));
        g_assert_cmpuint(faults_count(table.faults, FAULT_INPUT), ==, 0);
        table_close(&table);
    }
}

/* The cut falls anywhere around a line end, a quote, or in a character. */
static void
cuts_at_every_offset(void)
{
    static const char *const ROWS[] = {"a,b,c\r\n", "\"x\r\n\"\"y\",,\"\n\"\r\n",
                                       "é,à,\xe2\x82\xac\n", "z,\"\",\"\"\"\"\n"};
    const gsize cut = (gsize)4 << 20;
    for (gsize shift = 0; shift < 24; shift++) {
        g_autoptr(GString) text = g_string_new("note,name,other\n");
        g_string_set_size(text, cut - shift);
        memset(text->str + 16, '\n', cut - shift - 16);
        for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++)
            g_string_append(text, ROWS[i]);
        Table table = table_open(text->str, text->len);
        g_autoptr(GString) whole = g_string_new(NULL), pieces = g_string_new(NULL);
        gsize from = csv_table_rows_from(table.csv);
        g_autoptr(GArray) cuts = document_cuts(table.document, from);
        append_rows(&table, from, text->len, whole);
        for (guint i = 0; i + 1 < cuts->len; i++)
            append_rows(&table, g_array_index(cuts, gsize, i), g_array_index(cuts, gsize, i + 1),
                        pieces);
        g_assert_cmpstr(whole->str, ==, pieces->str);
        g_assert_cmpuint(faults_count(table.faults, FAULT_INPUT), ==, 0);
        g_assert_nonnull(strstr(whole->str, "|à||é"));
        table_close(&table);
    }
}

/* Lines by the slow way: what an editor shows. */
static void
lines_are_counted_as_an_editor_counts(void)
{
    gsize length;
    g_autofree char *bytes = large_table(&length, "\r\n");
    for (gsize i = 5000; i < length; i += 99991)
        bytes[i] = bytes[i] == 'q' ? '\r' : bytes[i];
    Table table = table_open(bytes, length);
    guint64 line = 1;
    for (gsize i = 0; i < length; i++) {
        if (i % 4093 == 0 || i % ((gsize)64 << 10) < 2)
            g_assert_cmpuint(document_line(table.document, i), ==, line);
        if (bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n'))
            line++;
    }
    table_close(&table);
}

static void
documents_that_cannot_be_read(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(document_open("/nonexistent/file.csv", "file.csv", &error));
    g_assert_error(error, SP_ERROR, SP_ERROR_NO_INPUT);
    g_assert_cmpstr(error->message, ==, "file.csv: cannot be read: No such file or directory");
    g_clear_error(&error);
    g_assert_null(document_open("/", "root", &error));
    g_assert_error(error, SP_ERROR, SP_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, "root: is not a regular file");
}

static void
faults_come_in_the_order_of_files_lines_and_columns(void)
{
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_assert_true(faults_pass(faults, &error));
    faults_add(faults, FAULT_WARNING, "a.csv", 1, NULL, "w");
    g_assert_true(faults_pass(faults, &error));
    faults_add(faults, FAULT_INPUT, "b.csv", 10, "x", "n %d", 1);
    faults_add(faults, FAULT_INPUT, "b.csv", 9, "y", "n");
    faults_add(faults, FAULT_INPUT, "b.csv", 9, "x", "n");
    faults_add(faults, FAULT_INPUT, "a\n.csv", 0, NULL, "n");
    faults_add(faults, FAULT_INPUT, NULL, 0, NULL, "no place");
    g_assert_false(faults_pass(faults, &error));
    g_assert_error(error, SP_ERROR, SP_ERROR_INPUT);
    g_clear_error(&error);
    faults_add(faults, FAULT_RULES, "z.csv", 3, "c", "rules");
    g_assert_false(faults_pass(faults, &error));
    g_assert_error(error, SP_ERROR, SP_ERROR_RULES);
    faults_each(faults, append_fault, text);
    g_assert_cmpstr(text->str, ==,
                    "z.csv:3:c: rules\nno place\na\\x0a.csv: n\nb.csv:9:x: n\nb.csv:9:y: n\n"
                    "b.csv:10:x: n 1\nwarning: a.csv:1: w\n");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv/every-line-end-is-read", every_line_end_is_read);
    g_test_add_func("/csv/fields-are-trimmed-in-and-outside-quotes",
                    fields_are_trimmed_in_and_outside_quotes);
    g_test_add_func("/csv/headers-are-matched-by-name", headers_are_matched_by_name);
    g_test_add_func("/csv/other-line-ends-are-refused", other_line_ends_are_refused);
    g_test_add_func("/csv/rows-that-cannot-be-meant-are-refused",
                    rows_that_cannot_be_meant_are_refused);
    g_test_add_func("/csv/amounts-cut-in-two-are-marked", amounts_cut_in_two_are_marked);
    g_test_add_func("/csv/notes-of-pieces-add-up", notes_of_pieces_add_up);
    g_test_add_func("/csv/faults-of-the-dialect-are-placed", faults_of_the_dialect_are_placed);
    g_test_add_func("/document/windows-1252-is-read-with-a-warning",
                    windows_1252_is_read_with_a_warning);
    g_test_add_func("/document/nul-bytes-refuse-the-file", nul_bytes_refuse_the_file);
    g_test_add_func("/csv/long-fields-keep-their-length", long_fields_keep_their_length);
    g_test_add_func("/csv/a-field-of-more-than-16-mib-is-a-fault",
                    a_field_of_more_than_16_mib_is_a_fault);
    g_test_add_func("/document/pieces-of-a-file-hold-whole-rows", pieces_of_a_file_hold_whole_rows);
    g_test_add_func("/document/cuts-at-every-offset", cuts_at_every_offset);
    g_test_add_func("/document/lines-are-counted-as-an-editor-counts",
                    lines_are_counted_as_an_editor_counts);
    g_test_add_func("/document/that-cannot-be-read", documents_that_cannot_be_read);
    g_test_add_func("/fault/order-of-files-lines-and-columns",
                    faults_come_in_the_order_of_files_lines_and_columns);
    return g_test_run();
}
