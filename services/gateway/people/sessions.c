/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/sessions.h"

#include <sodium.h>
#include <string.h>

#include "common/values/log.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/caller/permissions.h"
#include "services/gateway/people/credentials.h"
#include "services/gateway/people/hall.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/second.h"
#include "services/gateway/people/secrets.h"
#include "services/gateway/people/store.h"

enum { MINUTE_MS = 60000, HOUR_MS = 3600000, DAY_MS = 24 * HOUR_MS, SWEEP_MS = HOUR_MS };

/* ---- authenticating */

static int64_t idle_since(const struct people *people, int64_t now_ms)
{
    return now_ms - config_number(people->config, "session_idle_min") * MINUTE_MS;
}

static void sweep_now_and_then(struct people *people, int64_t now_ms)
{
    if (now_ms < people->sweep_ms)
        return;
    people->sweep_ms = now_ms + SWEEP_MS;
    const struct kept_since since = {
        .session_ms = idle_since(people, now_ms),
        .answer_ms = now_ms - config_number(people->config, "keys_kept_days") * DAY_MS,
        .record_ms = now_ms - config_number(people->config, "record_kept_days") * DAY_MS,
    };
    if (store_sweep(people->store, now_ms, &since) != STATUS_OK)
        log_warn(0, "people.sweep", "what has ended or is old could not be deleted");
}

void session_authenticate(struct job *job)
{
    struct people *people = job->people;
    unsigned char hash[SECRET_HASH_BYTES];
    int64_t now_ms = people_now_ms();
    memcpy(hash, job->caller.hash, sizeof hash);
    enum status status = store_find_session(people->store, hash, now_ms, idle_since(people, now_ms),
                                            job->arena, &job->caller);
    if (status == STATUS_NOT_FOUND)
        status = store_find_token(people->store, hash, now_ms, job->arena, &job->caller);
    else if (status == STATUS_OK && !job->caller.has_second)
        status = second_is_required(job, job->caller.role, &job->caller.must_enrol);
    job->outcome = people_outcome(status, people_refuse(ONEDOOR__CODE__PERMISSION_DENIED,
                                                        ONEDOOR__GATEWAY__REFUSAL__SIGN_IN_NEEDED,
                                                        "the session has ended"));
    sweep_now_and_then(people, now_ms);
}

/* ---- signing in and out */

static enum status reply_session(struct job *job, const struct person_row *person, const char *csrf,
                                 int64_t ends_ms)
{
    bool demonstration = false, required = false;
    enum status status = hall_is_demonstration(job, &demonstration);
    if (status == STATUS_OK)
        status = second_is_required(job, person->role, &required);
    if (status != STATUS_OK)
        return status;
    Onedoor__Gateway__Session *session =
        JOB_REPLY(job, Onedoor__Gateway__Session, onedoor__gateway__session);
    session->name = (char *)person->name;
    session->full_name = (char *)person->full_name;
    session->role = person->role;
    session->department = (char *)person->department;
    session->window = person->window;
    session->must_change_password = person->must_change;
    session->second_factor = person->has_second;
    session->must_enrol = required && !person->has_second;
    session->csrf_token = arena_strdup(job->arena, csrf);
    session->ends_ms = ends_ms;
    session->hall_name_zh = (char *)config_text(job->people->config, "hall_name_zh");
    session->hall_name_en = (char *)config_text(job->people->config, "hall_name_en");
    session->demonstration = demonstration;
    session->permissions = ARENA_ARRAY(job->arena, char *, PERMISSIONS);
    for (int i = 0; i < PERMISSIONS; i++)
        if (permission_given((enum permission)i, person->role))
            session->permissions[session->n_permissions++] =
                (char *)permission_name((enum permission)i);
    return STATUS_OK;
}

static enum status open_session(struct job *job, const struct person_row *person, int64_t now_ms)
{
    unsigned char hash[SECRET_HASH_BYTES];
    char csrf[SECRET_TEXT_SIZE];
    int64_t ends_ms = now_ms + config_number(job->people->config, "session_hours") * HOUR_MS;
    secret_new(job->secret);
    secret_hash(job->secret, hash);
    secret_csrf(job->secret, csrf);
    enum status status = reply_session(job, person, csrf, ends_ms);
    return status == STATUS_OK ? store_add_session(job->people->store, hash, person->name,
                                                   job->address, now_ms, ends_ms)
                               : status;
}

/* The device is known for this person from now on; one without a cookie gets one. */
static enum status remember_device(struct job *job, const struct attempt *attempt, int64_t now_ms)
{
    if (sodium_is_zero(job->device, sizeof job->device)) {
        secret_new(job->new_device);
        secret_hash(job->new_device, job->device);
    }
    return store_use_device(job->people->store, job->device, attempt->person.name, now_ms);
}

void session_sign_in(struct job *job)
{
    const Onedoor__Gateway__SignIn *request = job->message;
    struct attempt attempt = {.name = request->name,
                              .password = request->password,
                              .code = request->code,
                              .result = ONEDOOR__GATEWAY__SIGN_IN_RESULT__FAILED};
    int64_t now_ms = people_now_ms();
    job->outcome = credentials_refusal(&attempt);
    if (strlen(request->name) >= NAME_SIZE)
        return;
    enum status status = credentials_check(job, &attempt, now_ms);
    if (status == STATUS_OK && attempt.result != ONEDOOR__GATEWAY__SIGN_IN_RESULT__SIGNED_IN) {
        job->outcome = credentials_refusal(&attempt);
        return;
    }
    if (status == STATUS_OK)
        status = remember_device(job, &attempt, now_ms);
    if (status == STATUS_OK)
        status = open_session(job, &attempt.person, now_ms);
    job->outcome = status == STATUS_OK ? OUTCOME_OK : people_unavailable();
    if (status != STATUS_OK) {
        job->secret[0] = job->new_device[0] = '\0';
        job->reply = NULL;
    }
}

void session_get(struct job *job)
{
    struct person_row person;
    enum status status =
        store_find_person(job->people->store, job->caller.name, job->arena, &person);
    if (status == STATUS_OK)
        status = reply_session(job, &person, job->caller.csrf, job->caller.ends_ms);
    job->outcome = people_outcome(status, people_unknown());
}

void session_list(struct job *job)
{
    struct session_row *rows = NULL;
    size_t n = 0;
    int64_t now_ms = people_now_ms();
    job->outcome = people_outcome(
        store_list_sessions(job->people->store, job->caller.name, job->caller.hash, now_ms,
                            idle_since(job->people, now_ms), job->arena, &rows, &n),
        people_unavailable());
    if (!is_ok(job->outcome))
        return;
    Onedoor__Gateway__ListSessionsReply *reply =
        JOB_REPLY(job, Onedoor__Gateway__ListSessionsReply, onedoor__gateway__list_sessions_reply);
    reply->n_sessions = n;
    reply->sessions = ARENA_ARRAY(job->arena, Onedoor__Gateway__OwnSession *, n + 1);
    for (size_t i = 0; i < n; i++) {
        Onedoor__Gateway__OwnSession *session = reply->sessions[i] =
            ARENA_NEW(job->arena, Onedoor__Gateway__OwnSession);
        onedoor__gateway__own_session__init(session);
        session->session = rows[i].id;
        session->made_ms = rows[i].made_ms;
        session->seen_ms = rows[i].seen_ms;
        session->address = (char *)rows[i].address;
        session->current = rows[i].current;
    }
}

void session_end(struct job *job)
{
    const Onedoor__Gateway__EndSession *request = job->message;
    job->outcome = people_outcome(
        store_end_session_of(job->people->store, job->caller.name, request->session),
        people_refuse(ONEDOOR__CODE__NOT_FOUND, ONEDOOR__GATEWAY__REFUSAL__UNKNOWN_SESSION, NULL));
    job->people_changed = is_ok(job->outcome);
    job->log = (struct job_log){"people.session-ended", job->caller.name};
}

void session_sign_out(struct job *job)
{
    enum status status = store_end_session(job->people->store, job->caller.hash);
    job->outcome = status == STATUS_OK ? OUTCOME_OK : people_unavailable();
    job->signed_out = status == STATUS_OK;
}

/* The old password must be given, and a wrong one counts as a failed attempt: nobody guesses it
 * with a borrowed session. */
void session_change_password(struct job *job)
{
    const Onedoor__Gateway__ChangePassword *request = job->message;
    struct attempt attempt = {.name = job->caller.name, .password = request->current};
    char hashed[PASSWORD_HASH_SIZE];
    int64_t now_ms = people_now_ms();
    const char *fault = password_fault(request->next, job->caller.name);
    if (fault == NULL && strcmp(request->next, request->current) == 0)
        fault = "must be another one";
    if (fault != NULL) {
        job->outcome =
            invalid((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__PASSWORD_TOO_WEAK, "next", fault);
        return;
    }
    enum status status = credentials_check(job, &attempt, now_ms);
    if (status == STATUS_OK && attempt.result != ONEDOOR__GATEWAY__SIGN_IN_RESULT__SIGNED_IN) {
        job->outcome = credentials_refusal(&attempt);
        return;
    }
    if (status == STATUS_OK) {
        password_hash(&job->people->strength, request->next, hashed);
        status = store_set_password(job->people->store, attempt.person.name, hashed, false, false,
                                    now_ms);
    }
    attempt.person.must_change = false;
    if (status == STATUS_OK)
        status = open_session(job, &attempt.person, now_ms);
    job->people_changed = true;
    job->outcome = status == STATUS_OK ? OUTCOME_OK : people_unavailable();
    if (status == STATUS_OK)
        job->log = (struct job_log){"people.password", attempt.person.name};
    else
        job->secret[0] = '\0';
}
