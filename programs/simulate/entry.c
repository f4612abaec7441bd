/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/entry.h"

#include <string.h>

void entry_effect(struct entry *entry, enum effect effect)
{
    entry->c->effects[effect]++;
}

static struct job job_of(const struct entry *entry, enum job_kind kind, int32_t line)
{
    return (struct job){.kind = kind,
                        .plan = entry->result->job.plan,
                        .line = line,
                        .desk = NO_DESK,
                        .case_number = entry->c->number,
                        .seen = entry->result->mark};
}

void entry_job(struct entry *entry, enum job_kind kind, int32_t after, int32_t line)
{
    struct job job = job_of(entry, kind, line);
    if (after == 0 && entry->result->job.desk != NO_DESK) {
        job.desk = entry->result->job.desk;
        job.ticket = entry->result->job.ticket;
        entry->stays = true;
    }
    account_add(entry->account, entry->account->now + after, &job);
}

void entry_visit(struct entry *entry, enum job_kind kind, int32_t after)
{
    struct job job = job_of(entry, kind, 0);
    account_comes(entry->account, entry->account->now + after, &job);
}

bool entry_must_be(struct entry *entry, const char *what, int64_t answered, int64_t expected)
{
    if (answered == expected)
        return true;
    account_mismatch(entry->account, entry->c->number, "%s: answered %lld, expected %lld", what,
                     (long long)answered, (long long)expected);
    entry->c->stuck = true;
    return false;
}

void entry_task_moves(struct entry *entry, int line, int by)
{
    const struct flow_line *step = &entry->item->steps[line];
    for (int d = 0; d < entry->account->catalogue->n_departments; d++)
        if (strcmp(entry->account->catalogue->departments[d], step->department) == 0) {
            entry->account->lists[d].tasks += by;
            entry->account->lists[d].sum += by * list_mark(entry->c->number, step->stage);
        }
}
