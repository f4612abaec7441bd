/* SPDX-License-Identifier: Apache-2.0 */
/* golden.h: compares a moves table, line by line, with a file that a person can read.
 * ONEDOOR_GOLDEN=write rewrites the file. Include after cmocka.h. */
#ifndef TESTS_UNIT_GOLDEN_H
#define TESTS_UNIT_GOLDEN_H

#include <stdio.h>
#include <stdlib.h>

#include "common/rows/moves.h"

enum { GOLDEN_BYTES = 1 << 16 };

static inline char *golden_read(const char *path)
{
    char *text = calloc(1, GOLDEN_BYTES);
    FILE *file = fopen(path, "re");
    assert_non_null(text);
    assert_non_null(file);
    assert_true(fread(text, 1, GOLDEN_BYTES - 1, file) > 0);
    fclose(file);
    return text;
}

/* `walk` writes all lines. */
static inline void golden_check(const char *path, void (*walk)(FILE *))
{
    char *walked = NULL;
    size_t size;
    FILE *out = getenv("ONEDOOR_GOLDEN") != NULL ? fopen(path, "we") : NULL;
    if (out != NULL) {
        walk(out);
        fclose(out);
    }
    out = open_memstream(&walked, &size);
    assert_non_null(out);
    walk(out);
    fclose(out);
    char *golden = golden_read(path);
    assert_string_equal(golden, walked);
    free(walked);
    free(golden);
}

/* "WRONG_STATE" */
static inline const char *golden_reason(const struct move *move)
{
    return protobuf_c_enum_descriptor_get_value(&onedoor__reason__descriptor,
                                                (int)move->refusal.reason)
        ->name;
}

#endif
