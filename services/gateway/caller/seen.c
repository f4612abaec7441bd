/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/caller/seen.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "common/base/hash.h"
#include "common/base/panic.h"

struct entry {
    struct hash_link link;
    TAILQ_ENTRY(entry) order;
    unsigned char hash[SECRET_HASH_BYTES];
    struct marks marks;
};

struct seen {
    struct hash by_hash;
    TAILQ_HEAD(, entry) entries; /* who has acted last comes last */
};

struct seen *seen_new(void)
{
    struct seen *seen = calloc(1, sizeof *seen);
    must(seen != NULL);
    TAILQ_INIT(&seen->entries);
    return seen;
}

static void forget(struct seen *seen, struct entry *entry)
{
    TAILQ_REMOVE(&seen->entries, entry, order);
    hash_remove(&seen->by_hash, entry);
    free(entry);
}

void seen_free(struct seen **seen)
{
    if (*seen == NULL)
        return;
    while (!TAILQ_EMPTY(&(*seen)->entries))
        forget(*seen, TAILQ_FIRST(&(*seen)->entries));
    hash_release(&(*seen)->by_hash);
    free(*seen);
    *seen = NULL;
}

static uint64_t number_of(const unsigned char hash[SECRET_HASH_BYTES])
{
    return hash_bytes(HASH_BEGIN, hash, SECRET_HASH_BYTES);
}

static struct entry *find(const struct seen *seen, const unsigned char hash[SECRET_HASH_BYTES])
{
    struct entry *entry = hash_first(&seen->by_hash, number_of(hash));
    while (entry != NULL && memcmp(entry->hash, hash, sizeof entry->hash) != 0)
        entry = hash_next(entry);
    return entry;
}

static struct entry *add(struct seen *seen, const unsigned char hash[SECRET_HASH_BYTES])
{
    if (seen->by_hash.n == SEEN_MAX)
        forget(seen, TAILQ_FIRST(&seen->entries));
    struct entry *entry = calloc(1, sizeof *entry);
    must(entry != NULL);
    memcpy(entry->hash, hash, sizeof entry->hash);
    hash_add(&seen->by_hash, entry, number_of(hash));
    TAILQ_INSERT_TAIL(&seen->entries, entry, order);
    return entry;
}

void seen_add(struct seen *seen, const unsigned char hash[SECRET_HASH_BYTES],
              const struct mark *mark)
{
    struct entry *entry = find(seen, hash);
    if (entry == NULL)
        entry = add(seen, hash);
    marks_advance(&entry->marks, mark);
    TAILQ_REMOVE(&seen->entries, entry, order);
    TAILQ_INSERT_TAIL(&seen->entries, entry, order);
}

const struct marks *seen_find(const struct seen *seen, const unsigned char hash[SECRET_HASH_BYTES])
{
    const struct entry *entry = find(seen, hash);
    return entry == NULL ? NULL : &entry->marks;
}

/* ---- as a header */

/* One mark, and what stands behind it; null: it is none. */
static const char *read_one(const char *text, struct mark *mark)
{
    char stream[STREAM_SIZE];
    int32_t epoch;
    int64_t seq;
    int n = 0;
    if (sscanf(text, "%15[a-z]=%9" SCNd32 ".%18" SCNd64 "%n", stream, &epoch, &seq, &n) != 3 ||
        epoch < 1 || seq < 0)
        return NULL;
    *mark = mark_of(stream, epoch, seq);
    return text + n;
}

bool seen_read(const char *text, struct marks *marks)
{
    struct mark mark;
    for (;; text++) {
        text = read_one(text, &mark);
        if (text == NULL)
            return false;
        marks_advance(marks, &mark);
        if (*text != ',')
            return *text == '\0';
    }
}

const char *seen_write(const struct marks *marks, struct arena *arena)
{
    const char *text = "";
    for (int i = 0; i < marks->n; i++)
        text = arena_printf(arena, "%s%s%s=%d.%lld", text, i == 0 ? "" : ",", marks->at[i].stream,
                            (int)marks->at[i].epoch, (long long)marks->at[i].seq);
    return text;
}
