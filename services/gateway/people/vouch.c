/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/vouch.h"

#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/store.h"

bool vouch_is_needed(const ProtobufCMessage *command)
{
    if (command->descriptor == &onedoor__intake__set_window__descriptor)
        return true;
    if (command->descriptor != &onedoor__routing__decide__descriptor)
        return false;
    const Onedoor__Routing__Decide *decide = (const Onedoor__Routing__Decide *)command;
    return decide->n_staff > 0 || decide->n_staff_departments > 0;
}

static struct outcome look_up(struct job *job, Onedoor__Routing__Decide *decide, size_t i)
{
    struct person_row person = {0};
    struct outcome unknown =
        invalid(ONEDOOR__REASON__FIELD_INVALID, arena_printf(job->arena, "staff[%zu]", i),
                "nobody who works in the hall has this account");
    struct outcome outcome = people_outcome(
        store_find_person(job->people->store, decide->staff[i], job->arena, &person), unknown);
    decide->staff_departments[i] = (char *)person.department;
    return is_ok(outcome) && person.shut_out ? unknown : outcome;
}

static void vouch_for_staff(struct job *job)
{
    Onedoor__Routing__Decide *decide = (Onedoor__Routing__Decide *)job->message;
    job->outcome = decide->n_staff_departments == 0
                       ? OUTCOME_OK
                       : invalid(ONEDOOR__REASON__FIELD_INVALID, "staff_departments",
                                 "is for the hall to say");
    decide->staff_departments = ARENA_ARRAY(job->arena, char *, decide->n_staff + 1);
    decide->n_staff_departments = decide->n_staff;
    for (size_t i = 0; is_ok(job->outcome) && i < decide->n_staff; i++)
        job->outcome = look_up(job, decide, i);
}

static const char *names_of(const struct person_row *people, size_t n, struct arena *arena)
{
    const char *names = "";
    for (size_t i = 0; i < n; i++)
        names = arena_printf(arena, "%s%s%s", names, i == 0 ? "" : ", ", people[i].full_name);
    return names;
}

/* They would take in cases there under a window that is not their department's. */
static void vouch_for_seats(struct job *job)
{
    const Onedoor__Intake__SetWindow *set = job->message;
    struct person_row *clerks = NULL;
    size_t n = 0;
    job->outcome = people_outcome(store_list_outsiders(job->people->store, set->window,
                                                       set->department, job->arena, &clerks, &n),
                                  people_unavailable());
    if (is_ok(job->outcome) && n > 0 && (int64_t)n != set->clerks)
        job->outcome =
            refuse(ONEDOOR__REASON__WINDOW_IN_USE,
                   arena_printf(job->arena, "%zu clerks of another department sit there: %s", n,
                                names_of(clerks, n, job->arena)));
}

void vouch_for(struct job *job)
{
    const ProtobufCMessage *command = job->message;
    if (command->descriptor == &onedoor__intake__set_window__descriptor)
        vouch_for_seats(job);
    else
        vouch_for_staff(job);
}
