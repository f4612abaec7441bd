/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/world/csv.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"

enum { COLUMNS_MAX = 32, LINE_BYTES = 4096 };

/* Cuts one field off the line, unquoting it in place. */
static char *next_field(char **line)
{
    char *read = *line, *write = read, *field = read;
    bool quoted = *read == '"';
    if (quoted)
        read++;
    for (; *read != '\0'; read++) {
        if (quoted && read[0] == '"' && read[1] == '"')
            read++;
        else if (quoted && *read == '"') {
            quoted = false;
            continue;
        } else if (!quoted && *read == ',')
            break;
        *write++ = *read;
    }
    *line = *read == ',' ? read + 1 : NULL;
    *write = '\0';
    return field;
}

static size_t cut(char *line, char **fields, struct arena *arena)
{
    size_t n = 0;
    line[strcspn(line, "\r\n")] = '\0';
    while (line != NULL && n < COLUMNS_MAX)
        fields[n++] = arena_strdup(arena, next_field(&line));
    return n;
}

struct csv *csv_read(const char *folder, const char *file, struct arena *arena)
{
    char line[LINE_BYTES], *fields[COLUMNS_MAX];
    const char *path = arena_printf(arena, "%s/%s", folder, file);
    FILE *in = fopen(path, "re");
    if (in == NULL || fgets(line, sizeof line, in) == NULL)
        panic("cannot read %s", path);
    struct csv *csv = ARENA_NEW(arena, struct csv);
    csv->n_columns = cut(line, fields, arena);
    csv->header = arena_grow(arena, fields, csv->n_columns, csv->n_columns, sizeof *fields);
    while (fgets(line, sizeof line, in) != NULL) {
        if (cut(line, fields, arena) != csv->n_columns)
            panic("%s: row %zu has another number of columns than its header", path, csv->n + 1);
        csv->cells = arena_grow(arena, csv->cells, csv->n, csv->n + 1, sizeof *csv->cells);
        csv->cells[csv->n++] =
            arena_grow(arena, fields, csv->n_columns, csv->n_columns, sizeof *fields);
    }
    fclose(in);
    return csv;
}

const char *csv_text(const struct csv *csv, size_t row, const char *column)
{
    for (size_t i = 0; i < csv->n_columns; i++)
        if (strcmp(csv->header[i], column) == 0)
            return csv->cells[row][i];
    panic("there is no column %s", column);
}

int64_t csv_number(const struct csv *csv, size_t row, const char *column)
{
    return strtoll(csv_text(csv, row, column), NULL, 10);
}
