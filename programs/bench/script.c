/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/script.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/panic.h"

enum { SCRIPT_BYTES = 65536 };

char *script_read(const char *path)
{
    char *sql = calloc(1, SCRIPT_BYTES);
    FILE *file = fopen(path, "re");
    must(sql != NULL);
    if (file == NULL || fread(sql, 1, SCRIPT_BYTES - 1, file) == 0)
        panic("cannot read %s", path);
    must(feof(file));
    fclose(file);
    return sql;
}
