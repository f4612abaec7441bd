/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/hall.h"

#include <string.h>

#include "common/base/business.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/store.h"

enum status hall_is_demonstration(struct job *job, bool *is)
{
    struct people *people = job->people;
    const char *kind = "";
    enum status status = STATUS_OK;
    if (!people->kind_known)
        status = store_hall_kind(people->store, job->arena, &kind);
    if (status != STATUS_OK)
        return status;
    if (!people->kind_known) {
        people->demonstration = strcmp(kind, "demonstration") == 0;
        people->simulated = strcmp(kind, "working") != 0;
    }
    people->kind_known = true;
    *is = people->demonstration;
    return STATUS_OK;
}

enum status hall_is_simulated(struct job *job, bool *is)
{
    bool demonstration;
    enum status status = hall_is_demonstration(job, &demonstration);
    *is = job->people->simulated;
    return status;
}

void hall_get(struct job *job)
{
    const struct config *config = job->people->config;
    bool demonstration = false;
    job->outcome = people_outcome(hall_is_demonstration(job, &demonstration), people_unavailable());
    if (!is_ok(job->outcome))
        return;
    Onedoor__Gateway__Hall *hall = JOB_REPLY(job, Onedoor__Gateway__Hall, onedoor__gateway__hall);
    hall->name_zh = (char *)config_text(config, "hall_name_zh");
    hall->name_en = (char *)config_text(config, "hall_name_en");
    hall->demonstration = demonstration;
    hall->now_ms = business_ms();
    hall->public_address = (char *)config_text(config, "public_address");
    hall->hours = (char *)config_text(config, "hours");
    hall->telephone = (char *)config_text(config, "hall_telephone");
    hall->key_rest_ms = (int32_t)config_number(config, "key_rest_ms");
    hall->record_kept_days = (int32_t)config_number(config, "record_kept_days");
}
