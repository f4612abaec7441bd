/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/conninfo/rewrite.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include "common/base/program.h"

/* The whole input, which must be one line. */
static void read_string(char *text, size_t size)
{
    size_t n = fread(text, 1, size, stdin);
    if (n == size)
        program_die("the connection string is too long");
    text[n] = '\0';
    if (n > 0 && text[n - 1] == '\n')
        text[n - 1] = '\0';
    if (strchr(text, '\n') != NULL)
        program_die("the connection string must be one line");
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
    if (options == NULL && error == NULL)
        program_die("out of memory");
    if (options == NULL)
        program_die("%.*s", (int)strcspn(error, "\n"), error);
    return options;
}

void rewrite(const char *section, char **changes)
{
    static char text[8192];
    read_string(text, sizeof text);
    PQconninfoOption *options = parse(text);
    if (*section != '\0')
        printf("[%s]\n", section);
    for (const PQconninfoOption *o = options; o->keyword; o++) {
        const char *value = value_of(o, changes);
        if (value == NULL || *value == '\0')
            continue;
        if (*section != '\0' && strcmp(o->keyword, "service") == 0)
            program_die("give host, user and database themselves, not a connection service");
        if (*section != '\0')
            printf("%s=%s\n", o->keyword, value);
        else
            put_quoted(o->keyword, value);
    }
    if (*section == '\0')
        putchar('\n');
    PQconninfoFree(options);
}
