/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/seeing.h"

#include "services/gateway/api/held.h"
#include "services/gateway/caller/seen.h"

struct outcome seeing_read(struct call *call)
{
    const char *text = exchange_header(call->exchange, "Onedoor-Seen");
    const struct marks *seen =
        caller_is_signed_in(&call->caller) ? seen_find(call->api->seen, call->caller.hash) : NULL;
    if (seen != NULL)
        call->seen = *seen;
    return text == NULL || seen_read(text, &call->seen)
               ? OUTCOME_OK
               : invalid(ONEDOOR__REASON__FIELD_INVALID, "Onedoor-Seen",
                         "must be as an answer gave it");
}

void seeing_begin(struct call *call)
{
    if (call->seen.n == 0 || caller_is_signed_in(&call->caller))
        return;
    if (call->api->nobody_sees == NOBODY_SEES_MAX) {
        call->seen.n = 0;
        return;
    }
    call->nobody_sees = true;
    call->api->nobody_sees++;
}

void seeing_end(struct call *call, const struct mark *mark)
{
    call->api->nobody_sees -= call->nobody_sees;
    call->nobody_sees = false;
    if (mark->seq == 0)
        return;
    if (caller_is_signed_in(&call->caller))
        seen_add(call->api->seen, call->caller.hash, mark);
    marks_advance(&call->seen, mark);
    call->exchange->seen = seen_write(&call->seen, call->arena);
}
