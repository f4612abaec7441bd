/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/credentials.h"

#include <sodium.h>

#include "services/gateway/people/attempts.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/second.h"

enum { SECOND_MS = 1000, MINUTE_MS = 60000 };

static int64_t wait_ms(const struct people *people, const char *free,
                       const struct attempts *counted, int64_t now_ms)
{
    const struct attempts_limits limits = {
        .free = config_number(people->config, free),
        .first_ms = config_number(people->config, "sign_in_wait_s") * SECOND_MS,
        .most_ms = config_number(people->config, "sign_in_wait_max_s") * SECOND_MS,
    };
    return attempts_wait_ms(counted, &limits, now_ms);
}

/* The longer of two waits: for this name from here, and for any name from this address. A device
 * known for the name is not held up by its address, which a whole hall may share. */
static enum status find_wait(struct job *job, const struct attempt *attempt, int64_t now_ms)
{
    struct people *people = job->people;
    struct attempts here = {0}, address = {0};
    const struct attempt_place place = {
        .name = attempt->name,
        .address = job->address,
        .device = attempt->device_known ? job->device : NULL,
        .since_ms = now_ms - config_number(people->config, "failure_min") * MINUTE_MS,
    };
    enum status status = store_failures_here(people->store, &place, job->arena, &here);
    if (status == STATUS_OK && !attempt->device_known)
        status = store_failures_of_address(people->store, &place, job->arena, &address);
    int64_t by_name = wait_ms(people, "sign_in_failures", &here, now_ms);
    int64_t by_address = wait_ms(people, "address_failures", &address, now_ms);
    job->wait_ms = by_name > by_address ? by_name : by_address;
    return status;
}

static enum status find_device(struct job *job, struct attempt *attempt)
{
    if (sodium_is_zero(job->device, sizeof job->device))
        return STATUS_OK;
    enum status status =
        store_find_device(job->people->store, job->device, attempt->name, job->arena);
    attempt->device_known = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status find_person(struct job *job, struct attempt *attempt)
{
    struct people *people = job->people;
    enum status status =
        store_find_person(people->store, attempt->name, job->arena, &attempt->person);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    bool found = status == STATUS_OK;
    if (people->decoy[0] == '\0')
        password_hash(&people->strength, "nobody's password", people->decoy);
    bool right = password_is(found ? attempt->person.password : people->decoy, attempt->password);
    attempt->result = right && found && !attempt->person.shut_out
                          ? ONEDOOR__GATEWAY__SIGN_IN_RESULT__SIGNED_IN
                          : ONEDOOR__GATEWAY__SIGN_IN_RESULT__FAILED;
    return STATUS_OK;
}

/* After the password: a code, if the person has a second factor. One that is wrong counts as a
 * wrong password does. */
static enum status ask_second(struct job *job, struct attempt *attempt, int64_t now_ms)
{
    enum second_result result = SECOND_RIGHT;
    if (attempt->code == NULL || attempt->result != ONEDOOR__GATEWAY__SIGN_IN_RESULT__SIGNED_IN)
        return STATUS_OK;
    enum status status = second_check(job, attempt->person.name, attempt->code, now_ms, &result);
    if (result == SECOND_WRONG)
        attempt->result = ONEDOOR__GATEWAY__SIGN_IN_RESULT__FAILED;
    if (result == SECOND_MISSING)
        attempt->result = ONEDOOR__GATEWAY__SIGN_IN_RESULT__SECOND_ASKED;
    return status;
}

enum status credentials_check(struct job *job, struct attempt *attempt, int64_t now_ms)
{
    enum status status = find_device(job, attempt);
    attempt->result = ONEDOOR__GATEWAY__SIGN_IN_RESULT__LOCKED;
    if (status == STATUS_OK)
        status = find_wait(job, attempt, now_ms);
    if (status == STATUS_OK && job->wait_ms == 0)
        status = find_person(job, attempt);
    if (status == STATUS_OK)
        status = ask_second(job, attempt, now_ms);
    /* Unheard, it is no attempt but a denial, so that no number of them fills the history. */
    if (status != STATUS_OK || attempt->result == ONEDOOR__GATEWAY__SIGN_IN_RESULT__LOCKED)
        return status;
    const struct sign_in_row row = {
        .at_ms = now_ms, .name = attempt->name, .address = job->address, .result = attempt->result};
    return store_add_sign_in(job->people->store, &row, attempt->device_known ? job->device : NULL);
}

/* ---- what is told */

static struct outcome locked_out(void)
{
    return people_refuse(ONEDOOR__CODE__RESOURCE_EXHAUSTED, ONEDOOR__GATEWAY__REFUSAL__LOCKED_OUT,
                         "too many wrong passwords: try again after the seconds in Retry-After");
}

static struct outcome wrong_password(void)
{
    return people_refuse(ONEDOOR__CODE__PERMISSION_DENIED,
                         ONEDOOR__GATEWAY__REFUSAL__WRONG_PASSWORD,
                         "the name, the password or the code is wrong");
}

static struct outcome code_needed(void)
{
    return people_refuse(ONEDOOR__CODE__PERMISSION_DENIED, ONEDOOR__GATEWAY__REFUSAL__CODE_NEEDED,
                         "a code of the second factor is needed too");
}

/* A wrong code is told as a wrong password is. */
struct outcome credentials_refusal(const struct attempt *attempt)
{
    switch (attempt->result) {
    case ONEDOOR__GATEWAY__SIGN_IN_RESULT__LOCKED:
        return locked_out();
    case ONEDOOR__GATEWAY__SIGN_IN_RESULT__SECOND_ASKED:
        return code_needed();
    default:
        return wrong_password();
    }
}
