/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/statement.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/values/log.h"

enum { PARAMS_MAX = 12, NUMBER_SIZE = 24 };

static enum status ask(struct people_store *store, PGresult **result, const char *sql,
                       const char *types, va_list args)
{
    const char *values[PARAMS_MAX];
    char numbers[PARAMS_MAX][SECRET_HASH_BYTES * 2 + 3];
    int n = 1;
    snprintf(numbers[0], NUMBER_SIZE, "%d", store->centre);
    values[0] = numbers[0];
    for (; *types != '\0'; types++, n++) {
        must(n < PARAMS_MAX);
        values[n] = numbers[n];
        if (*types == 't')
            values[n] = va_arg(args, const char *);
        else if (*types == 'i')
            snprintf(numbers[n], NUMBER_SIZE, "%lld", (long long)va_arg(args, int64_t));
        else if (*types == 'b')
            snprintf(numbers[n], NUMBER_SIZE, "%s", va_arg(args, int) != 0 ? "true" : "false");
        else {
            memcpy(numbers[n], "\\x", 2);
            sodium_bin2hex(numbers[n] + 2, SECRET_HASH_BYTES * 2 + 1,
                           va_arg(args, const unsigned char *), SECRET_HASH_BYTES);
        }
    }
    *result = NULL;
    enum status status = store_connect(store);
    if (status != STATUS_OK)
        return status;
    *result = PQexecParams(store->pg.conn, sql, n, NULL, values, NULL, NULL, 0);
    status = pg_classify(store->pg.conn, *result);
    if (status != STATUS_OK)
        log_error(0, "people.database", "%.200s", PQerrorMessage(store->pg.conn));
    return status;
}

enum status statement_ask(struct people_store *store, PGresult **result, const char *sql,
                          const char *types, ...)
{
    va_list args;
    va_start(args, types);
    enum status status = ask(store, result, sql, types, args);
    va_end(args);
    return status;
}

enum status statement_change(struct people_store *store, const char *sql, const char *types, ...)
{
    PGresult *result;
    va_list args;
    va_start(args, types);
    enum status status = ask(store, &result, sql, types, args);
    va_end(args);
    if (status == STATUS_OK && atoi(PQcmdTuples(result)) == 0)
        status = STATUS_NOT_FOUND;
    return statement_done(status, result);
}

enum status statement_done(enum status status, PGresult *result)
{
    PQclear(result);
    return status;
}

int64_t statement_number(const PGresult *result, int row, int column)
{
    return strtoll(PQgetvalue(result, row, column), NULL, 10);
}

bool statement_true(const PGresult *result, int row, int column)
{
    return PQgetvalue(result, row, column)[0] == 't';
}

char *statement_text(const PGresult *result, int row, int column, struct arena *arena)
{
    return arena_strdup(arena, PQgetvalue(result, row, column));
}
