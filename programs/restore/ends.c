/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "common/base/program.h"
#include "common/postgres/pgadmin.h"
#include "common/rows/corridor.h"
#include "programs/restore/restore.h"

enum { HASH_TEXT_SIZE = 2 * HASH_BYTES + 1 };

/* ---- where a journal ends */

static void take_head(void *context, void *data)
{
    struct journal_end *end = context;
    const struct journal_head_row *row = data;
    end->head.epoch = end->epoch = row->epoch;
    end->head.seq = row->seq;
    memcpy(end->head.hash, row->hash.data, HASH_BYTES);
}

static void take_text(void *context, const char *text)
{
    snprintf(context, HASH_TEXT_SIZE, "%s", text);
}

static void hash_at(const struct restore *restore, PGconn *conn, int64_t seq,
                    char text[HASH_TEXT_SIZE])
{
    text[0] = '\0';
    pgadmin_texts(conn, "select encode(hash, 'hex') from journal where centre = $1 and seq = $2",
                  PARAMS(P_I16(restore->centre), P_I64(seq)), take_text, text);
}

static bool is_same_at(const struct restore *restore, int64_t seq)
{
    char hash[HASH_TEXT_SIZE], old[HASH_TEXT_SIZE];
    hash_at(restore, restore->conn, seq, hash);
    hash_at(restore, restore->old, seq, old);
    return strcmp(hash, old) == 0;
}

/* Two journals that agree at an event agree before it, by their hash chains. */
static int64_t find_fork(const struct restore *restore, int64_t shorter)
{
    int64_t same = 0, different = shorter + 1;
    while (different - same > 1) {
        int64_t middle = same + (different - same) / 2;
        if (is_same_at(restore, middle))
            same = middle;
        else
            different = middle;
    }
    return same;
}

static void compare_with_old(struct restore *restore, const char *service, struct journal_end *end)
{
    struct journal_end old = {.epoch = 1};
    pgadmin_rows(restore->old, service, &journal_head_table, restore->centre, take_head, &old);
    end->kept = find_fork(restore, old.head.seq < end->head.seq ? old.head.seq : end->head.seq);
    end->lost = old.head.seq - end->kept;
    if (old.epoch > end->epoch)
        end->epoch = old.epoch;
    restore->old_is_later &= end->kept == end->head.seq;
}

static void read_end(struct restore *restore, const char *service, struct journal_end *end)
{
    *end = (struct journal_end){.head.epoch = 1, .epoch = 1};
    pgadmin_rows(restore->conn, service, &journal_head_table, restore->centre, take_head, end);
    end->kept = end->head.seq;
    end->at_ms = pgadmin_number(restore->conn,
                                "select (extract(epoch from at) * 1000)::bigint from journal where "
                                "centre = $1 and seq = $2",
                                PARAMS(P_I16(restore->centre), P_I64(end->head.seq)));
}

/* ---- no follower is ahead */

static void refuse_ahead(void *context, const char *stream)
{
    program_die("%s is ahead of the journal of %s: this database is not of one instant, and cannot "
                "be restored from",
                (const char *)context, stream);
}

static void check_cursors(const struct restore *restore, const char *service)
{
    pgadmin_look_in(restore->conn, service);
    for (int i = 0; i < SERVICES; i++)
        pgadmin_texts(restore->conn,
                      "select stream from cursor where centre = $1 and stream = $2 and seq > $3",
                      PARAMS(P_I16(restore->centre), P_TEXT(service_names[i]),
                             P_I64(restore->ends[i].head.seq)),
                      refuse_ahead, (void *)(uintptr_t)service);
}

static void print_end(const char *service, const struct restore *restore,
                      const struct journal_end *end)
{
    char text[TIME_TEXT_SIZE];
    printf("journal %s ends at %lld, %s", service, (long long)end->head.seq,
           restore_time(end->at_ms, text));
    if (restore->old != NULL)
        printf("; %lld events are lost", (long long)end->lost);
    putchar('\n');
}

void restore_find_ends(struct restore *restore)
{
    restore->old_is_later = restore->old != NULL;
    for (int i = 0; i < SERVICES; i++) {
        struct journal_end *end = &restore->ends[i];
        read_end(restore, service_names[i], end);
        if (restore->old != NULL)
            compare_with_old(restore, service_names[i], end);
        print_end(service_names[i], restore, end);
    }
    for (int i = 0; i < SERVICES; i++)
        check_cursors(restore, service_names[i]);
}
