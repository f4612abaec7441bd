/* SPDX-License-Identifier: Apache-2.0 */
/* seen.h: what each session and token has seen of the services' journals: the marks that the
 * replies to its commands named, the latest of each journal. Its next requests carry them, so that
 * whoever answers knows of what it did last.
 *
 * It is kept in memory only. Beyond SEEN_MAX entries, the one idle for longest is dropped. */
#ifndef GATEWAY_SEEN_H
#define GATEWAY_SEEN_H

#include "common/wire/mark.h"
#include "services/gateway/caller/caller.h"

struct seen;

enum { SEEN_MAX = 8192 };

struct seen *seen_new(void);
void seen_free(struct seen **);

/* Adds a mark to what the owner of this secret, given by its hash, has seen. */
void seen_add(struct seen *, const unsigned char hash[SECRET_HASH_BYTES], const struct mark *);

/* Null: nothing. Valid until the next seen_add. */
const struct marks *seen_find(const struct seen *, const unsigned char hash[SECRET_HASH_BYTES]);

/* As a header says it: "intake=1.512,routing=1.77" (journal=epoch.number). False: the text is not
 * such a list. */
bool seen_read(const char *text, struct marks *);
const char *seen_write(const struct marks *, struct arena *);

#endif
