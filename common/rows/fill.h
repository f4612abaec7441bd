/* SPDX-License-Identifier: Apache-2.0 */
/* fill.h: a row becomes a message by the names of its fields, so that a field which both have is
 * written down in each and nowhere else. Pure. */
#ifndef COMMON_FILL_H
#define COMMON_FILL_H

#include <protobuf-c/protobuf-c.h>

#include "common/rows/table.h"

/* Sets each field of the message that the row has under the same name and as the same kind of
 * value: a number or an enum from a number (instants and days are numbers), a bool, a string,
 * bytes. Text that is null becomes "". Text and bytes are borrowed from the row. What else the
 * message has, the caller sets afterwards. */
void fill_message(ProtobufCMessage *, const struct table *, const void *row);

/* A new message in the arena, filled from a row:
 *   Onedoor__Supervision__Card *card = FILLED(arena, Onedoor__Supervision__Card,
 *                                             onedoor__supervision__card, &card_table, row); */
#define FILLED(arena, type, prefix, table, row)                                                    \
    ({                                                                                             \
        type *filled_ = ARENA_NEW(arena, type);                                                    \
        prefix##__init(filled_);                                                                   \
        fill_message(&filled_->base, table, row);                                                  \
        filled_;                                                                                   \
    })

#endif
