/* SPDX-License-Identifier: Apache-2.0 */
/* journals.c: invariant 2. Every event of every journal is hashed again, from the first to the
 * last. */
#include <string.h>

#include "common/base/service_names.h"
#include "common/postgres/pgadmin.h"
#include "common/rows/corridor.h"
#include "common/wire/event.h"
#include "programs/verify/verify.h"

struct chain {
    struct verify *verify;
    const char *service;
    int64_t seq;
    int32_t epoch;
    int64_t at_ms;
    unsigned char hash[HASH_BYTES];
};

/* Epochs and instants never go back, numbers go on by one. */
static bool is_in_order(const struct chain *chain, const struct journal_row *row)
{
    return row->seq == chain->seq + 1 && row->epoch >= chain->epoch &&
           (row->at_ms >= chain->at_ms || strcmp(row->type, "ClockAccepted") == 0);
}

static void follow(void *context, void *data)
{
    struct chain *chain = context;
    const struct journal_row *row = data;
    struct event event = {.epoch = row->epoch,
                          .seq = row->seq,
                          .type = row->type,
                          .version = row->version,
                          .case_number = row->case_number,
                          .at_ms = row->at_ms,
                          .actor = row->actor,
                          .payload = row->payload};
    unsigned char hash[HASH_BYTES];
    event_hash(&event, chain->hash, hash);
    chain->verify->finding->checked++;
    if (!is_in_order(chain, row))
        verify_broken(chain->verify, "%s %lld stands after %lld", chain->service,
                      (long long)row->seq, (long long)chain->seq);
    else if (row->hash.len != HASH_BYTES || memcmp(hash, row->hash.data, HASH_BYTES) != 0)
        verify_broken(chain->verify, "%s %lld (%s) is not what was written: its hash differs",
                      chain->service, (long long)row->seq, row->type);
    chain->seq = row->seq;
    chain->epoch = row->epoch;
    chain->at_ms = row->at_ms;
    if (row->hash.len ==
        HASH_BYTES) /* continue from the stored values, so that one wrong row is one offender */
        memcpy(chain->hash, row->hash.data, HASH_BYTES);
}

static void compare_head(void *context, void *data)
{
    struct chain *chain = context;
    const struct journal_head_row *head = data;
    if (head->seq != chain->seq || head->hash.len != HASH_BYTES ||
        memcmp(head->hash.data, chain->hash, HASH_BYTES) != 0)
        verify_broken(chain->verify, "the head of %s says %lld, its journal ends at %lld",
                      chain->service, (long long)head->seq, (long long)chain->seq);
    chain->seq = 0; /* seen */
}

void verify_journals(struct verify *verify)
{
    verify->finding->things = "events";
    for (int i = 0; i < SERVICES; i++) {
        struct chain chain = {.verify = verify, .service = service_names[i]};
        pgadmin_rows(verify->conn, service_names[i], &journal_table, verify->centre, follow,
                     &chain);
        pgadmin_rows(verify->conn, service_names[i], &journal_head_table, verify->centre,
                     compare_head, &chain);
        if (chain.seq != 0)
            verify_broken(verify, "%s has a journal and no head", chain.service);
    }
}
