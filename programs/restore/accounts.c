/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "common/postgres/pgadmin.h"
#include "programs/restore/restore.h"

static void shut_out(void *context, const char *name)
{
    const struct restore *restore = context;
    if (pgadmin_number(restore->conn,
                       "update gateway.person set shut_out = true"
                       " where centre = $1 and name = $2 and not shut_out returning 1",
                       PARAMS(P_I16(restore->centre), P_TEXT(name))) == 1)
        printf("%s is shut out again\n", name);
}

/* The old data have all tokens that were not withdrawn. */
static void withdraw(void *context, const char *name)
{
    const struct restore *restore = context;
    if (pgadmin_number(restore->old,
                       "select count(*) from gateway.token where centre = $1 and name = $2",
                       PARAMS(P_I16(restore->centre), P_TEXT(name))) != 0)
        return;
    pgadmin_number(restore->conn,
                   "delete from gateway.token where centre = $1 and name = $2 returning 1",
                   PARAMS(P_I16(restore->centre), P_TEXT(name)));
    printf("the token %s is withdrawn again\n", name);
}

void restore_close_accounts(const struct restore *restore)
{
    struct params centre = PARAMS(P_I16(restore->centre));
    int64_t ended = pgadmin_number(restore->conn,
                                   "with ended as (delete from gateway.session where centre = $1"
                                   " returning 1) select count(*) from ended",
                                   centre);
    printf("%lld people are signed out\n", (long long)ended);
    if (!restore->old_is_later)
        return;
    pgadmin_texts(restore->old, "select name from gateway.person where centre = $1 and shut_out",
                  centre, shut_out, (void *)(uintptr_t)restore);
    pgadmin_texts(restore->conn, "select name from gateway.token where centre = $1", centre,
                  withdraw, (void *)(uintptr_t)restore);
}
