/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/pieces.h"

#include "onedoor/intake.pb-c.h"
#include "services/gateway/api/call.h"

enum { PIECES_AT_ONCE = 8 };

void pieces_init(struct pieces *pieces)
{
    pieces->n = 0;
    STAILQ_INIT(&pieces->waiting);
}

static bool is_piece(const struct call *call)
{
    return call->match.route->request == &onedoor__intake__add_piece__descriptor;
}

bool pieces_enter(struct pieces *pieces, struct call *call)
{
    if (!is_piece(call))
        return true;
    if (pieces->n < PIECES_AT_ONCE) {
        pieces->n++;
        return true;
    }
    STAILQ_INSERT_TAIL(&pieces->waiting, call, next_piece);
    return false;
}

void pieces_left(struct pieces *pieces, const struct call *call, void (*go)(struct call *))
{
    if (!is_piece(call))
        return;
    struct call *next = STAILQ_FIRST(&pieces->waiting);
    if (next == NULL) {
        pieces->n--;
        return;
    }
    STAILQ_REMOVE_HEAD(&pieces->waiting, next_piece);
    go(next);
}
