/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/bus_record.h"

#include <stdio.h>
#include <string.h>

static const Onedoor__Gateway__DenialKind kinds[] = {
    [ONEDOOR__BUS_DENIAL_KIND__BUS_UNLISTED] = ONEDOOR__GATEWAY__DENIAL_KIND__UNLISTED_KEY,
    [ONEDOOR__BUS_DENIAL_KIND__BUS_SHUT_OUT] = ONEDOOR__GATEWAY__DENIAL_KIND__CUT_OFF,
    [ONEDOOR__BUS_DENIAL_KIND__BUS_NO_RIGHT] = ONEDOOR__GATEWAY__DENIAL_KIND__BEYOND_ITS_LINE,
    [ONEDOOR__BUS_DENIAL_KIND__BUS_REMOVED] = ONEDOOR__GATEWAY__DENIAL_KIND__REMOVED_KEY,
    [ONEDOOR__BUS_DENIAL_KIND__BUS_REPLACED] = ONEDOOR__GATEWAY__DENIAL_KIND__REPLACED_KEY,
    [ONEDOOR__BUS_DENIAL_KIND__BUS_EXPIRED] = ONEDOOR__GATEWAY__DENIAL_KIND__EXPIRED_KEY,
    [ONEDOOR__BUS_DENIAL_KIND__BUS_REFUSED] = ONEDOOR__GATEWAY__DENIAL_KIND__REFUSED_AT_SERVICE,
};

static bool is_entry(const struct denied *known, const Onedoor__BusDenial *said)
{
    return known->kind == said->kind && known->first_ms == said->first_ms &&
           strcmp(known->peer, said->peer) == 0 && strcmp(known->address, said->address) == 0 &&
           strcmp(known->what, said->what) == 0;
}

/* As it was said last; of a service started anew there is nothing yet. Null: no room. */
static struct denied *known_of(struct denied_list *list, const Onedoor__BusDenial *said)
{
    for (int i = 0; i < list->n; i++)
        if (is_entry(&list->entries[i], said))
            return &list->entries[i];
    if (list->n == DENIED_MAX)
        return NULL;
    struct denied *known = &list->entries[list->n++];
    *known = (struct denied){.kind = said->kind, .first_ms = said->first_ms};
    snprintf(known->peer, sizeof known->peer, "%s", said->peer);
    snprintf(known->address, sizeof known->address, "%s", said->address);
    snprintf(known->what, sizeof known->what, "%s", said->what);
    return known;
}

/* What was refused to somebody for whom the gateway vouched, it has put on record itself. */
static bool is_of_a_call(const Onedoor__BusDenial *said)
{
    return said->kind == ONEDOOR__BUS_DENIAL_KIND__BUS_REFUSED &&
           strcmp(said->peer, "gateway") == 0;
}

static void take(struct bus_record *record, int service, const Onedoor__BusDenial *said)
{
    struct denied *known = is_of_a_call(said) ? NULL : known_of(&record->known[service], said);
    if (known == NULL || (size_t)said->kind >= sizeof kinds / sizeof kinds[0])
        return;
    bool is_old = known->times == 0 && said->first_ms < record->since_ms;
    int64_t times = is_old ? 0 : said->times - known->times;
    known->times = said->times;
    if (times <= 0)
        return;
    struct denial denial = {.kind = kinds[said->kind], .times = times};
    snprintf(denial.name, sizeof denial.name, "%s", said->peer);
    snprintf(denial.address, sizeof denial.address, "%s", said->address);
    snprintf(denial.what, sizeof denial.what, "%s",
             said->what[0] == '\0' ? service_names[service] : said->what);
    keeper_add(record->keeper, &denial);
}

/* A service that was started anew says other entries: the old ones are forgotten. */
static void forget_gone(struct denied_list *list, const Onedoor__HealthReply *reply)
{
    int kept = 0;
    for (int i = 0; i < list->n; i++) {
        bool is_said = false;
        for (size_t j = 0; j < reply->n_denied && !is_said; j++)
            is_said = is_entry(&list->entries[i], reply->denied[j]);
        if (is_said)
            list->entries[kept++] = list->entries[i];
    }
    list->n = kept;
}

void bus_record_take(struct bus_record *record, int service, const Onedoor__HealthReply *reply)
{
    forget_gone(&record->known[service], reply);
    for (size_t i = 0; i < reply->n_denied; i++)
        take(record, service, reply->denied[i]);
}
