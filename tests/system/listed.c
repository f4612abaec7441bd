/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/listed.h"

#include <stdio.h>
#include <string.h>

#include "tests/system/running.h"

enum { LIST_BYTES = 16384, PATH_BYTES = 100 };

static const char *path_of(const char *end)
{
    static char paths[2][PATH_BYTES];
    char *path = paths[end[0] == '\0'];
    snprintf(path, PATH_BYTES, "%s/keys/peers%s", hall.home, end);
    return path;
}

const char *listed_now(void)
{
    static char text[LIST_BYTES];
    FILE *file = fopen(path_of(""), "re");
    assert_non_null(file);
    size_t n = fread(text, 1, sizeof text - 1, file);
    text[n] = '\0';
    fclose(file);
    assert_true(n > 0);
    return text;
}

void listed_put(const char *text)
{
    FILE *file = fopen(path_of(".new"), "we");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(0, fclose(file));
    assert_int_equal(0, rename(path_of(".new"), path_of("")));
}

static const char *line_of(const char *text, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = text; line != NULL && *line != '\0'; line = strchr(line, '\n') + 1)
        if (strncmp(line, name, length) == 0 && line[length] == ' ')
            return line;
    return NULL;
}

const char *listed_change(const char *name, const char *line)
{
    static char before[LIST_BYTES], after[LIST_BYTES];
    strcpy(before, listed_now());
    const char *old = line_of(before, name);
    assert_non_null(old);
    const char *rest = strchr(old, '\n') + 1;
    snprintf(after, sizeof after, "%.*s%s%s%s", (int)(old - before), before, rest,
             line == NULL ? "" : line, line == NULL ? "" : "\n");
    listed_put(after);
    return before;
}

const char *listed_key(const char *name)
{
    static char key[41];
    const char *line = line_of(listed_now(), name);
    assert_non_null(line);
    assert_int_equal(1, sscanf(line, "%*s %40s", key));
    return key;
}

void listed_hide(void)
{
    assert_int_equal(0, rename(path_of(""), path_of(".hidden")));
}

void listed_show(void)
{
    assert_int_equal(0, rename(path_of(".hidden"), path_of("")));
}
