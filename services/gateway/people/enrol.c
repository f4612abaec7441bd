/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/enrol.h"

#include <sodium.h>

#include "services/gateway/people/credentials.h"
#include "services/gateway/people/second.h"
#include "services/gateway/people/totp.h"

enum { RECOVERY_CODES = 10 };

/* ---- one's own */

static void reply_begun(struct job *job, const unsigned char *secret)
{
    Onedoor__Gateway__BeginSecondFactorReply *reply = JOB_REPLY(
        job, Onedoor__Gateway__BeginSecondFactorReply, onedoor__gateway__begin_second_factor_reply);
    reply->secret = (char *)totp_secret_text(secret, job->arena);
    reply->uri = (char *)totp_uri(reply->secret, job->caller.name, job->arena);
}

/* The password must be given again, and a code when there is a second factor already: a borrowed
 * session is not enough. */
void enrol_begin(struct job *job)
{
    const Onedoor__Gateway__BeginSecondFactor *request = job->message;
    struct attempt attempt = {
        .name = job->caller.name, .password = request->password, .code = request->code};
    unsigned char secret[TOTP_SECRET_BYTES];
    int64_t now_ms = people_now_ms();
    enum status status = credentials_check(job, &attempt, now_ms);
    if (status == STATUS_OK && attempt.result != ONEDOOR__GATEWAY__SIGN_IN_RESULT__SIGNED_IN) {
        job->outcome = credentials_refusal(&attempt);
        return;
    }
    if (status == STATUS_OK)
        status = second_read_keys(job->people);
    if (status == STATUS_OK) {
        randombytes_buf(secret, sizeof secret);
        status = store_begin_second(job->people->store, job->caller.name,
                                    second_seal(job, job->caller.name, secret), now_ms);
        reply_begun(job, secret);
        sodium_memzero(secret, sizeof secret);
    }
    job->outcome = status == STATUS_OK ? OUTCOME_OK : people_unavailable();
}

/* Ten new ones instead of those that there were; shown once. */
static enum status make_recovery(struct job *job)
{
    Onedoor__Gateway__ConfirmSecondFactorReply *reply =
        JOB_REPLY(job, Onedoor__Gateway__ConfirmSecondFactorReply,
                  onedoor__gateway__confirm_second_factor_reply);
    enum status status = store_drop_recovery(job->people->store, job->caller.name);
    reply->recovery_codes = ARENA_ARRAY(job->arena, char *, RECOVERY_CODES);
    for (; status == STATUS_OK && reply->n_recovery_codes < RECOVERY_CODES;) {
        char code[SECRET_TEXT_SIZE];
        unsigned char hash[SECRET_HASH_BYTES];
        password_make_one_time(code);
        second_recovery_hash(code, hash);
        reply->recovery_codes[reply->n_recovery_codes++] = arena_strdup(job->arena, code);
        status = store_add_recovery(job->people->store, job->caller.name, hash);
    }
    return status;
}

void enrol_confirm(struct job *job)
{
    const Onedoor__Gateway__ConfirmSecondFactor *request = job->message;
    struct second_row row;
    enum status status = second_read_keys(job->people);
    if (status == STATUS_OK)
        status = store_find_second(job->people->store, job->caller.name, job->arena, &row);
    const unsigned char *secret = status == STATUS_OK && row.pending.len > 0
                                      ? second_open(job, row.person, row.pending)
                                      : NULL;
    int64_t step = secret == NULL ? 0 : totp_find(secret, request->code, people_now_ms());
    job->outcome =
        people_refuse(ONEDOOR__CODE__FAILED_PRECONDITION, ONEDOOR__GATEWAY__REFUSAL__WRONG_CODE,
                      "this is no present code of the secret that was shown");
    if ((status == STATUS_OK || status == STATUS_NOT_FOUND) && step == 0)
        return;
    if (status == STATUS_OK)
        status = store_confirm_second(job->people->store, job->caller.name, step);
    if (status == STATUS_OK)
        status = make_recovery(job);
    job->outcome = status == STATUS_OK ? OUTCOME_OK : people_unavailable();
    job->people_changed = true;
    job->log = (struct job_log){"people.second-factor", job->caller.name};
}

/* ---- the administrator */

void enrol_take_away(struct job *job)
{
    const Onedoor__Gateway__TakeAwaySecondFactor *request = job->message;
    job->outcome = people_outcome(
        store_drop_second(job->people->store, request->name, people_now_ms()),
        people_refuse(ONEDOOR__CODE__NOT_FOUND, ONEDOOR__GATEWAY__REFUSAL__NO_SECOND_FACTOR, NULL));
    job->people_changed = is_ok(job->outcome);
    job->log = (struct job_log){"people.second-factor-away", request->name};
}
