/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/conninfo/rewrite.h"

#include <libpq-fe.h>
#include <stdbool.h>
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

/* ---- a database elsewhere */

static const char *given(const PQconninfoOption *options, const char *keyword)
{
    for (; options->keyword != NULL; options++)
        if (strcmp(options->keyword, keyword) == 0 && options->val != NULL)
            return options->val;
    return "";
}

/* A socket, or this machine's loopback. */
static bool is_here(const char *host, size_t length)
{
    return length == 0 || host[0] == '/' || host[0] == '@' || strncmp(host, "127.", 4) == 0 ||
           (length == 9 && strncmp(host, "localhost", 9) == 0) ||
           (length == 3 && strncmp(host, "::1", 3) == 0);
}

static bool all_are_here(const char *hosts)
{
    for (;; hosts++) {
        size_t length = strcspn(hosts, ",");
        if (!is_here(hosts, length))
            return false;
        hosts += length;
        if (*hosts == '\0')
            return true;
    }
}

/* Personal data crosses a network only to a database that proves who it is. The modes between look
 * safe, and are not: they speak to whoever answers. */
static void must_be_private(const PQconninfoOption *options)
{
    const char *mode = given(options, "sslmode");
    bool here = all_are_here(given(options, "host")) && all_are_here(given(options, "hostaddr"));
    if (!here && strcmp(mode, "verify-full") != 0 && strcmp(mode, "verify-ca") != 0 &&
        strcmp(mode, "disable") != 0)
        program_die("the database is on another machine: give sslmode=verify-full (with "
                    "sslrootcert) or, on a network that nobody else is on, sslmode=disable");
}

void rewrite(const char *section, char **changes)
{
    static char text[8192];
    read_string(text, sizeof text);
    PQconninfoOption *options = parse(text);
    must_be_private(options);
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
