/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/people.h"

#include <sodium.h>
#include <stdlib.h>
#include <time.h>

#include "common/base/panic.h"
#include "services/gateway/people/store.h"

struct people *people_new(const struct config *config)
{
    struct people *people = calloc(1, sizeof *people);
    must(people != NULL);
    people->config = config;
    people->store = store_new(config);
    people->strength =
        (struct password_strength){(size_t)config_number(config, "password_memory_kib") * 1024,
                                   (unsigned)config_number(config, "password_passes")};
    return people;
}

void people_free(struct people **people)
{
    if (*people == NULL)
        return;
    store_free(&(*people)->store);
    sodium_memzero(&(*people)->seal, sizeof(*people)->seal);
    free(*people);
    *people = NULL;
}

int64_t people_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct outcome people_refuse(Onedoor__Code code, Onedoor__Gateway__Refusal why, const char *detail)
{
    return (struct outcome){code, (Onedoor__Reason)why, detail, NULL};
}

struct outcome people_unavailable(void)
{
    return people_refuse(ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__GATEWAY__REFUSAL__PEOPLE_AWAY,
                         "the people's register cannot be reached");
}

struct outcome people_outcome(enum status status, struct outcome none)
{
    return status == STATUS_OK          ? OUTCOME_OK
           : status == STATUS_NOT_FOUND ? none
                                        : people_unavailable();
}

struct outcome people_unknown(void)
{
    return people_refuse(ONEDOOR__CODE__NOT_FOUND, ONEDOOR__GATEWAY__REFUSAL__UNKNOWN_PERSON,
                         "there is nobody of this name");
}

struct outcome people_name_taken(void)
{
    return people_refuse(ONEDOOR__CODE__ALREADY_EXISTS, ONEDOOR__GATEWAY__REFUSAL__NAME_TAKEN,
                         "this name is taken");
}
