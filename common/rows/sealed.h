/* SPDX-License-Identifier: Apache-2.0 */
/* sealed.h: sealed columns of rows (seal.h): each opens in its own row alone, so that whoever can
 * write to the database cannot put one person's data into another's row. The keys are a file of the
 * service that seals, HOME/keys/<service>/seal (mode 0600), the newest key first:
 *
 *   secret <64 hexadecimal digits>
 *   key <id> <64 hexadecimal digits> */
#ifndef COMMON_SEALED_H
#define COMMON_SEALED_H

#include "common/base/seal.h"
#include "common/base/status.h"
#include "common/rows/declare.h"
#include "common/rows/table.h"
#include "common/wire/outcome.h"

/* STATUS_NOT_FOUND, STATUS_DENIED (others may read it) and STATUS_INVALID are logged. */
MUST_USE enum status sealed_read(struct seal *, const char *home, const char *service);

/* Where a row stands: its table and its key, which must be set. In the arena. */
struct bytes sealed_place(const struct table *, const void *row, struct arena *);

/* A text for a row, with the newest key. In the arena; null stays null. */
struct bytes sealed_close(const struct seal *, const struct table *, const void *row,
                          struct bytes text, struct arena *);
/* Its text again, in the arena; null stays null. False: it does not open here, which is logged. */
bool sealed_open(const struct seal *, const struct table *, const void *row, struct bytes sealed,
                 struct arena *, struct bytes *text);

/* Whether what is kept of a command is sealed (service.personal). */
bool sealed_command(const struct service *, const ProtobufCMessageDescriptor *);

/* What a caller is told when something does not open. */
extern const struct outcome sealed_broken;

#endif
