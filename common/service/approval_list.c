/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/approval_list.h"

#include <strings.h>

#include "common/rows/corridor.h"
#include "common/rows/fill.h"

/* RULE H21: a department sees what its own people asked; the hall's own staff also what they may
 * answer. What waits comes first, so that answers which nobody dismissed push nothing out. */
static const struct approval_row *read_approvals(struct reader *reader, const struct call *call,
                                                 size_t *n)
{
    const Onedoor__Approval__List *list = call->message;
    return reader_rows(reader, &approval_table,
                       "where centre = $1 and ($2 = 0 or case_number = $2)"
                       " and (not $3 or lapses_at > $4 or (asker = $7 and lapses_at is null"
                       " and dismissed_at is null)) and (asker_department = $5"
                       " or ($5 = '' and (roles >> $6) & 1 = 1))"
                       " order by lapses_at is null, asked_at, case_number, no limit 200",
                       PARAMS(P_I16(reader->centre), P_I64(list->case_number),
                              P_BOOL(list->waiting), P_TIME(reader->now_ms),
                              P_TEXT(call->actor->department), P_I32((int)call->actor->role),
                              P_TEXT(call->actor->id)),
                       n);
}

/* The roles that may agree, of a set of ROLE(). */
static void add_who(struct arena *arena, Onedoor__Approval__Approval *line, unsigned roles)
{
    enum { BITS = 32 };
    line->who = ARENA_ARRAY(arena, Onedoor__Role, BITS);
    for (int role = 0; role < BITS; role++)
        if ((roles >> role & 1) != 0)
            line->who[line->n_who++] = (Onedoor__Role)role;
}

static Onedoor__Approval__Approval *
line_of(const struct reader *reader, const struct approval_row *row, const struct actor *actor)
{
    Onedoor__Approval__Approval *line = FILLED(reader->arena, Onedoor__Approval__Approval,
                                               onedoor__approval__approval, &approval_table, row);
    line->may_answer = row->state == APPROVAL_ASKED && strcasecmp(row->asker, actor->id) != 0 &&
                       approval_is_for((unsigned)row->roles, row->asker_department, actor);
    add_who(reader->arena, line, (unsigned)row->roles);
    return line;
}

struct outcome approval_answer_list(struct reader *reader, struct call *call)
{
    size_t n;
    const struct approval_row *rows = read_approvals(reader, call, &n);
    Onedoor__Approval__ListReply *reply =
        READER_REPLY(reader, call, Onedoor__Approval__ListReply, onedoor__approval__list_reply);
    reply->n_approvals = n;
    reply->approvals = ARENA_ARRAY(reader->arena, Onedoor__Approval__Approval *, n);
    for (size_t i = 0; i < n; i++)
        reply->approvals[i] = line_of(reader, &rows[i], call->actor);
    return OUTCOME_OK;
}
