/* SPDX-License-Identifier: Apache-2.0 */
/* csv.h: read a reference table. Fields by the header's names; quoted fields may hold commas and
 * doubled quotes. A missing file or column ends the test. */
#ifndef TESTS_CSV_H
#define TESTS_CSV_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"

struct csv {
    size_t n; /* rows, the header not counted */
    size_t n_columns;
    char **header;
    char ***cells; /* [row][column], "" when empty */
};

struct csv *csv_read(const char *folder, const char *file, struct arena *);
const char *csv_text(const struct csv *, size_t row, const char *column);
int64_t csv_number(const struct csv *, size_t row, const char *column); /* "" is 0 */

#endif
