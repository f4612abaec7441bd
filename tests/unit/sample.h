/* SPDX-License-Identifier: Apache-2.0 */
/* sample.h: two made-up tables with a column of every type and every flag, and a service that keeps
 * them: for the tests of tables, rows and statements. */
#ifndef UNIT_SAMPLE_H
#define UNIT_SAMPLE_H

#include "common/rows/declare.h"
#include "common/rows/table.h"

struct visit_row {
    int16_t centre;
    int64_t case_number;
    int16_t no;
    const char *department;
    int32_t minutes;
    bool paid;
    struct bytes letter;
    unsigned char ticket[16];
    int64_t version;
    int64_t due_ms;
    int32_t made_day;
};

static const struct column visit_columns[] = {
    COLUMN(visit_row, centre, I16, COLUMN_KEY),
    COLUMN(visit_row, case_number, I64, COLUMN_KEY),
    COLUMN(visit_row, no, I16, COLUMN_KEY),
    COLUMN(visit_row, department, TEXT, COLUMN_FIXED | COLUMN_OWNER),
    COLUMN(visit_row, minutes, I32, 0),
    COLUMN(visit_row, paid, BOOL, 0),
    COLUMN(visit_row, letter, BYTES, COLUMN_SEALED),
    COLUMN(visit_row, ticket, UUID, COLUMN_FIXED),
    COLUMN(visit_row, version, I64, COLUMN_GUARD),
    COLUMN_AS(visit_row, due_ms, "due_at", TIME, COLUMN_DUE | COLUMN_OPEN),
    COLUMN_AS(visit_row, made_day, "made_on", DAY, 0),
};
static const struct table visit_table = TABLE("visit", visit_row, visit_columns, 2);

/* Written once: it has nothing to update and is never due. */
struct note_row {
    int16_t centre;
    const char *name;
    const char *text;
};

static const struct column note_columns[] = {
    COLUMN(note_row, centre, I16, COLUMN_KEY),
    COLUMN(note_row, name, TEXT, COLUMN_KEY),
    COLUMN(note_row, text, TEXT, COLUMN_FIXED),
};
static const struct table note_table = TABLE("note", note_row, note_columns, 1);

static const struct table *const sample_tables[] = {&visit_table, &note_table, NULL};
static const struct service sample_service = {.name = "sample", .tables = sample_tables};

#endif
