/* SPDX-License-Identifier: Apache-2.0 */
/* csv.h: the lists of the API as tables for a spreadsheet, for those who ask with Accept: text/csv
 * or for a workbook: the same queries and permissions, but all pages at once, up to CSV_ROWS_MAX
 * rows.
 *
 * CSV is UTF-8 with a byte order mark, CRLF; both have a header in the caller's language, names
 * beside the codes of departments and items, times of the hall, yuan. A text of CSV that a
 * spreadsheet would take for a formula begins with an apostrophe. */
#ifndef GATEWAY_CSV_H
#define GATEWAY_CSV_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/arena.h"
#include "services/gateway/http/language.h"

#define CSV_TYPE  "text/csv"
#define XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

enum csv_form { FORM_CSV, FORM_XLSX };

enum { CSV_ROWS_MAX = 50000, CSV_PAGE = 500 };

/* A column: `path` is a field of a row, or of a message in it ("task.stage"); `name`: not the code
 * of the department, item or person but the name. */
struct csv_column {
    const char *path;
    bool name;
    const char *zh, *en;
};

/* A list: the rows are the repeated field `rows` of the reply. The columns end with a null path. */
struct csv_list {
    const ProtobufCMessageDescriptor *reply;
    const char *rows;
    const struct csv_column *columns;
    bool people; /* it names people by their accounts */
};

/* The list of a reply of this type; null when it has none. */
const struct csv_list *csv_list(const ProtobufCMessageDescriptor *reply);

/* The word for an enum's value; its name when there is no word for it. */
const char *csv_word(const char *value, enum language);

/* One table as it is written. */
struct csv;

/* The arena holds it; its text is of the heap until csv_end or csv_drop. */
struct csv *csv_begin(const struct csv_list *, enum language, enum csv_form, struct arena *);

/* The name behind a code, before the first row. They are copied. */
void csv_name(struct csv *, const char *code, const char *zh, const char *en);

/* Adds the rows of a page. Returns the `next` of the page, copied into the arena; null when this
 * was the last page or no more rows may be added. */
const char *csv_add(struct csv *, const ProtobufCMessage *reply);

/* The text or workbook, of the heap; *size is its length. Null when there is no room for a
 * workbook. */
char *csv_end(struct csv *, size_t *size);
void csv_drop(struct csv *);

#endif
