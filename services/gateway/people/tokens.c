/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/tokens.h"

#include "onedoor/gateway.pb-c.h"
#include "services/gateway/people/accounts.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/secrets.h"
#include "services/gateway/people/store.h"

#define DAY_MS INT64_C(86400000)

void token_list(struct job *job)
{
    struct token_row *rows = NULL;
    size_t n = 0;
    job->outcome = people_outcome(
        store_list_tokens(job->people->store, people_now_ms(), job->arena, &rows, &n),
        people_unavailable());
    if (!is_ok(job->outcome))
        return;
    Onedoor__Gateway__ListTokensReply *reply =
        JOB_REPLY(job, Onedoor__Gateway__ListTokensReply, onedoor__gateway__list_tokens_reply);
    reply->n_tokens = n;
    reply->tokens = ARENA_ARRAY(job->arena, Onedoor__Gateway__Token *, n + 1);
    for (size_t i = 0; i < n; i++) {
        Onedoor__Gateway__Token *token = reply->tokens[i] =
            ARENA_NEW(job->arena, Onedoor__Gateway__Token);
        onedoor__gateway__token__init(token);
        token->name = (char *)rows[i].name;
        token->role = rows[i].role;
        token->department = (char *)rows[i].department;
        token->window = rows[i].window;
        token->made_ms = rows[i].made_ms;
        token->made_by = (char *)rows[i].made_by;
        token->used_ms = rows[i].used_ms;
        token->ends_ms = rows[i].ends_ms;
    }
}

void token_add(struct job *job)
{
    const Onedoor__Gateway__AddToken *request = job->message;
    char secret[SECRET_TEXT_SIZE];
    unsigned char hash[SECRET_HASH_BYTES];
    int64_t now_ms = people_now_ms();
    struct token_row token = {.name = request->name,
                              .role = request->role,
                              .department = request->department,
                              .window = request->window,
                              .made_by = job->caller.name,
                              .made_ms = now_ms,
                              .ends_ms = now_ms + request->days * DAY_MS};
    job->outcome = account_check(&(struct person_row){.name = request->name,
                                                      .role = request->role,
                                                      .department = request->department,
                                                      .window = request->window});
    /* A machine that could add people could make itself anybody. */
    if (is_ok(job->outcome) && request->role == ONEDOOR__ROLE__ADMINISTRATOR)
        job->outcome = invalid(ONEDOOR__REASON__FIELD_INVALID, "role",
                               "must not be an administrator's: those are people");
    if (!is_ok(job->outcome))
        return;
    secret_new(secret);
    secret_hash(secret, hash);
    job->outcome =
        people_outcome(store_add_token(job->people->store, &token, hash), people_name_taken());
    if (!is_ok(job->outcome))
        return;
    Onedoor__Gateway__AddTokenReply *reply =
        JOB_REPLY(job, Onedoor__Gateway__AddTokenReply, onedoor__gateway__add_token_reply);
    reply->secret = arena_strdup(job->arena, secret);
    reply->ends_ms = token.ends_ms;
    job->log = (struct job_log){"people.token", token.name};
}

void token_revoke(struct job *job)
{
    const Onedoor__Gateway__RevokeToken *request = job->message;
    job->outcome =
        people_outcome(store_end_token(job->people->store, request->name), people_unknown());
    job->people_changed = is_ok(job->outcome);
    job->log = (struct job_log){"people.token-revoked", request->name};
}
