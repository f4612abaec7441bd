/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/conninfo/rewrite.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void fail(const char *why)
{
    fprintf(stderr, "onedoor-conninfo: %.*s\n", (int)strcspn(why, "\n"), why);
    exit(1);
}

/* The whole input, which must be one line. */
static void read_string(char *text, size_t size)
{
    size_t n = fread(text, 1, size, stdin);
    if (n == size)
        fail("the connection string is too long");
    text[n] = '\0';
    if (n > 0 && text[n - 1] == '\n')
        text[n - 1] = '\0';
    if (strchr(text, '\n') != NULL)
        fail("the connection string must be one line");
}

/* The value a later KEYWORD=VALUE argument gives to `keyword`, or the one it has. */
static const char *value_of(const PQconninfoOption *option, char **changes)
{
    const char *value = option->val;
    size_t n = strlen(option->keyword);
    for (; *changes; changes++) {
        if (strncmp(*changes, option->keyword, n) == 0 && (*changes)[n] == '=')
            value = *changes + n + 1;
    }
    return value;
}

static void put_quoted(const char *keyword, const char *value)
{
    printf("%s='", keyword);
    for (; *value; value++) {
        if (*value == '\'' || *value == '\\')
            putchar('\\');
        putchar(*value);
    }
    printf("' ");
}

static PQconninfoOption *parse(const char *text)
{
    char *error = NULL;
    PQconninfoOption *options = PQconninfoParse(text, &error);
    if (options == NULL)
        fail(error != NULL ? error : "out of memory");
    return options;
}

int rewrite(const char *service, char **changes)
{
    static char text[8192];
    read_string(text, sizeof text);
    PQconninfoOption *options = parse(text);
    if (service != NULL)
        printf("[%s]\n", service);
    for (const PQconninfoOption *o = options; o->keyword; o++) {
        const char *value = value_of(o, changes);
        if (value == NULL || *value == '\0')
            continue;
        if (service != NULL && strcmp(o->keyword, "service") == 0)
            fail("give host, user and database themselves, not a connection service");
        if (service != NULL)
            printf("%s=%s\n", o->keyword, value);
        else
            put_quoted(o->keyword, value);
    }
    if (service == NULL)
        putchar('\n');
    PQconninfoFree(options);
    return fflush(stdout) ? 1 : 0;
}
