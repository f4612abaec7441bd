/* SPDX-License-Identifier: Apache-2.0 */
/* hall.c: what the hall says of itself. */
#include <string.h>

#include "common/base/wallclock.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/people/people_inside.h"

enum status people_demonstration(struct deed *deed, bool *is)
{
    struct people *people = deed->people;
    const char *kind = "";
    enum status status = STATUS_OK;
    if (!people->kind_known)
        status = store_hall_kind(&people->store, deed->arena, &kind);
    if (status != STATUS_OK)
        return status;
    if (!people->kind_known)
        people->demonstration = strcmp(kind, "demonstration") == 0;
    people->kind_known = true;
    *is = people->demonstration;
    return STATUS_OK;
}

void people_get_hall(struct deed *deed)
{
    const struct config *config = deed->people->config;
    bool demonstration = false;
    deed->outcome = people_told(people_demonstration(deed, &demonstration), people_away());
    if (!is_ok(deed->outcome))
        return;
    Onedoor__Gateway__Hall *hall = DEED_REPLY(deed, Onedoor__Gateway__Hall, onedoor__gateway__hall);
    hall->name_zh = (char *)config_text(config, "hall_name_zh");
    hall->name_en = (char *)config_text(config, "hall_name_en");
    hall->demonstration = demonstration;
    hall->now_ms = business_ms();
}
