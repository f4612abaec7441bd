/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/second.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "common/rows/sealed.h"
#include "common/values/log.h"
#include "services/gateway/people/hall.h"
#include "services/gateway/people/secrets.h"
#include "services/gateway/people/totp.h"

/* ---- the seal */

enum status second_read_keys(struct people *people)
{
    if (people->seal.n > 0)
        return STATUS_OK;
    return sealed_read(&people->seal, config_text(people->config, "home"), "gateway");
}

static struct bytes place_of(const char *person, struct arena *arena)
{
    const char *place = arena_printf(arena, "second_factor:%s", person);
    return (struct bytes){(const unsigned char *)place, strlen(place)};
}

struct bytes second_seal(struct job *job, const char *person, const unsigned char *secret)
{
    const struct seal *seal = &job->people->seal;
    return seal_close(seal, seal_newest(seal), place_of(person, job->arena),
                      (struct bytes){secret, TOTP_SECRET_BYTES}, job->arena);
}

const unsigned char *second_open(struct job *job, const char *person, struct bytes secret)
{
    struct bytes text;
    if (seal_open(&job->people->seal, place_of(person, job->arena), secret, job->arena, &text) &&
        text.len == TOTP_SECRET_BYTES)
        return text.data;
    log_error(0, "second.broken", "the second factor of %s does not open", person);
    return NULL;
}

/* ---- checking */

enum status second_is_required(struct job *job, Onedoor__Role role, bool *required)
{
    const char *setting = config_text(job->people->config, "second_factor");
    bool simulated = false,
         holds_much = role == ONEDOOR__ROLE__ADMINISTRATOR || role == ONEDOOR__ROLE__CASHIER;
    enum status status = STATUS_OK;
    if (holds_much && strcmp(setting, "working") == 0)
        status = hall_is_simulated(job, &simulated);
    *required = holds_much && !simulated && strcmp(setting, "no") != 0;
    return status;
}

void second_recovery_hash(const char *code, unsigned char hash[SECRET_HASH_BYTES])
{
    char letters[SECRET_TEXT_SIZE];
    size_t n = 0;
    for (; *code != '\0' && n < sizeof letters - 1; code++)
        if (isalnum((unsigned char)*code))
            letters[n++] = (char)tolower((unsigned char)*code);
    letters[n] = '\0';
    secret_hash(letters, hash);
}

static enum status check_recovery(struct job *job, const char *person, const char *code,
                                  enum second_result *result)
{
    unsigned char hash[SECRET_HASH_BYTES];
    second_recovery_hash(code, hash);
    enum status status = store_use_recovery(job->people->store, person, hash);
    *result = status == STATUS_OK ? SECOND_RIGHT : SECOND_WRONG;
    return statement_allow_none(status);
}

static enum status check_code(struct job *job, const struct second_row *row, const char *code,
                              int64_t now_ms, enum second_result *result)
{
    const unsigned char *secret = second_open(job, row->person, row->secret);
    if (secret == NULL)
        return STATUS_FAILED;
    int64_t step = totp_find(secret, code, now_ms);
    enum status status =
        step == 0 ? STATUS_NOT_FOUND : store_use_second_step(job->people->store, row->person, step);
    *result = status == STATUS_OK ? SECOND_RIGHT : SECOND_WRONG;
    return statement_allow_none(status);
}

enum status second_check(struct job *job, const char *person, const char *code, int64_t now_ms,
                         enum second_result *result)
{
    struct second_row row;
    enum status status = store_find_second(job->people->store, person, job->arena, &row);
    *result = SECOND_RIGHT;
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && row.secret.len == 0))
        return STATUS_OK;
    *result = SECOND_MISSING;
    if (status != STATUS_OK || code[0] == '\0')
        return status;
    status = second_read_keys(job->people);
    if (status != STATUS_OK)
        return status;
    return strlen(code) == TOTP_DIGITS ? check_code(job, &row, code, now_ms, result)
                                       : check_recovery(job, person, code, result);
}
