/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/history.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>

#include "services/gateway/people/people.h"
#include "services/gateway/people/store.h"

enum { PAGE = 100 };

static struct outcome bad_cursor(void)
{
    return invalid(ONEDOOR__REASON__FIELD_INVALID, "after", "is not the end of a page");
}

/* The id of the last line of the previous page, as text. */
static bool read_cursor(const char *text, int64_t *before)
{
    int used = 0;
    *before = INT64_MAX;
    return text[0] == '\0' ||
           (sscanf(text, "%18" SCNd64 "%n", before, &used) == 1 && text[used] == '\0');
}

/* ---- sign-ins */

static Onedoor__Gateway__SignInLine *line_message(const struct sign_in_row *row,
                                                  struct arena *arena)
{
    Onedoor__Gateway__SignInLine *line = ARENA_NEW(arena, Onedoor__Gateway__SignInLine);
    onedoor__gateway__sign_in_line__init(line);
    line->at_ms = row->at_ms;
    line->name = (char *)row->name;
    line->result = row->result;
    line->address = (char *)row->address;
    return line;
}

void history_sign_ins(struct job *job)
{
    const Onedoor__Gateway__ListSignIns *request = job->message;
    struct sign_in_page page = {.name = request->name,
                                .result = request->result,
                                .limit = request->limit == 0 ? PAGE : request->limit};
    struct sign_in_row *rows = NULL;
    size_t n = 0, limit = (size_t)page.limit;
    job->outcome = read_cursor(request->after, &page.before) ? OUTCOME_OK : bad_cursor();
    if (is_ok(job->outcome))
        job->outcome =
            people_outcome(store_list_sign_ins(job->people->store, &page, job->arena, &rows, &n),
                           people_unavailable());
    if (!is_ok(job->outcome))
        return;
    Onedoor__Gateway__ListSignInsReply *reply =
        JOB_REPLY(job, Onedoor__Gateway__ListSignInsReply, onedoor__gateway__list_sign_ins_reply);
    if (n > limit)
        reply->next = arena_printf(job->arena, "%" PRId64, rows[limit - 1].id);
    reply->n_lines = n > limit ? limit : n;
    reply->lines = ARENA_ARRAY(job->arena, Onedoor__Gateway__SignInLine *, n + 1);
    for (size_t i = 0; i < reply->n_lines; i++)
        reply->lines[i] = line_message(&rows[i], job->arena);
}

/* ---- denials */

static Onedoor__Gateway__Denial *denial_message(const struct denial_row *row, struct arena *arena)
{
    Onedoor__Gateway__Denial *denial = ARENA_NEW(arena, Onedoor__Gateway__Denial);
    onedoor__gateway__denial__init(denial);
    denial->kind = row->kind;
    denial->name = (char *)row->name;
    denial->address = (char *)row->address;
    denial->what = (char *)row->what;
    denial->case_number = row->case_number;
    denial->times = row->times;
    denial->first_ms = row->first_ms;
    denial->last_ms = row->last_ms;
    return denial;
}

static bool is_address(const char *text)
{
    struct in_addr address;
    return inet_pton(AF_INET, text, &address) == 1;
}

void history_denials(struct job *job)
{
    const Onedoor__Gateway__ListDenials *request = job->message;
    struct denial_page page = {.who = request->who,
                               .is_address = is_address(request->who),
                               .kind = request->kind,
                               .limit = request->limit == 0 ? PAGE : request->limit};
    struct denial_row *rows = NULL;
    size_t n = 0, limit = (size_t)page.limit;
    job->outcome = read_cursor(request->after, &page.before) ? OUTCOME_OK : bad_cursor();
    if (is_ok(job->outcome))
        job->outcome =
            people_outcome(store_list_denials(job->people->store, &page, job->arena, &rows, &n),
                           people_unavailable());
    if (!is_ok(job->outcome))
        return;
    Onedoor__Gateway__ListDenialsReply *reply =
        JOB_REPLY(job, Onedoor__Gateway__ListDenialsReply, onedoor__gateway__list_denials_reply);
    if (n > limit)
        reply->next = arena_printf(job->arena, "%" PRId64, rows[limit - 1].id);
    reply->n_denials = n > limit ? limit : n;
    reply->denials = ARENA_ARRAY(job->arena, Onedoor__Gateway__Denial *, n + 1);
    for (size_t i = 0; i < reply->n_denials; i++)
        reply->denials[i] = denial_message(&rows[i], job->arena);
}

/* ---- changes of rights */

static Onedoor__Gateway__Rights *rights_message(Onedoor__Role role, const char *department,
                                                int32_t window, bool shut_out, struct arena *arena)
{
    if (department == NULL)
        return NULL;
    Onedoor__Gateway__Rights *rights = ARENA_NEW(arena, Onedoor__Gateway__Rights);
    onedoor__gateway__rights__init(rights);
    rights->role = role;
    rights->department = (char *)department;
    rights->window = window;
    rights->shut_out = shut_out;
    return rights;
}

static Onedoor__Gateway__RightChange *change_message(const struct right_change_row *row,
                                                     struct arena *arena)
{
    Onedoor__Gateway__RightChange *change = ARENA_NEW(arena, Onedoor__Gateway__RightChange);
    onedoor__gateway__right_change__init(change);
    change->at_ms = row->at_ms;
    change->event = row->event;
    change->who = (char *)row->who;
    change->by = (char *)row->by;
    change->before = rights_message(row->role_before, row->department_before, row->window_before,
                                    row->shut_out_before, arena);
    change->after = rights_message(row->role_after, row->department_after, row->window_after,
                                   row->shut_out_after, arena);
    return change;
}

void history_right_changes(struct job *job)
{
    const Onedoor__Gateway__ListRightChanges *request = job->message;
    struct right_change_page page = {.who = request->who,
                                     .event = request->event,
                                     .limit = request->limit == 0 ? PAGE : request->limit};
    struct right_change_row *rows = NULL;
    size_t n = 0, limit = (size_t)page.limit;
    job->outcome = read_cursor(request->after, &page.before) ? OUTCOME_OK : bad_cursor();
    if (is_ok(job->outcome))
        job->outcome = people_outcome(
            store_list_right_changes(job->people->store, &page, job->arena, &rows, &n),
            people_unavailable());
    if (!is_ok(job->outcome))
        return;
    Onedoor__Gateway__ListRightChangesReply *reply = JOB_REPLY(
        job, Onedoor__Gateway__ListRightChangesReply, onedoor__gateway__list_right_changes_reply);
    if (n > limit)
        reply->next = arena_printf(job->arena, "%" PRId64, rows[limit - 1].id);
    reply->n_changes = n > limit ? limit : n;
    reply->changes = ARENA_ARRAY(job->arena, Onedoor__Gateway__RightChange *, n + 1);
    for (size_t i = 0; i < reply->n_changes; i++)
        reply->changes[i] = change_message(&rows[i], job->arena);
}
