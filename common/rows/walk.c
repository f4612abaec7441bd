/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/walk.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/rows/declare.h"

void walk_want(struct turn *turn)
{
    rows_want(turn, &walk_table, &(struct walk_row){.centre = turn->centre});
}

static bool has_walk(const struct service *service, const char *name)
{
    for (const struct walk *walk = service->walks; walk != NULL && walk->name != NULL; walk++)
        if (strcmp(walk->name, name) == 0)
            return true;
    return false;
}

void walk_start(struct turn *turn, const char *name, struct bytes subject)
{
    static const unsigned char nothing[1];
    struct walk_row row = {.centre = turn->centre,
                           .no = 1,
                           .name = name,
                           .subject = subject.data != NULL ? subject : (struct bytes){nothing, 0},
                           .begun_ms = turn->now_ms,
                           .key_1 = -1,
                           .key_2 = -1,
                           .key_3 = -1};
    const struct walk_row probe = {.centre = turn->centre};
    must(has_walk(turn->service, name));
    for (const struct walk_row *other = NULL;
         (other = rows_next(turn, &walk_table, &probe, other)) != NULL;)
        if (other->no >= row.no)
            row.no = other->no + 1;
    rows_add(turn, &walk_table, &row);
    turn_wake(turn, turn->now_ms);
}
