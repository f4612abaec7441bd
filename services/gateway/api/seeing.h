/* SPDX-License-Identifier: Apache-2.0 */
/* seeing.h: what a call's caller has seen of the journals goes with its request, so that whoever
 * answers knows of it; what the answer shows is added. A service lets a request wait that has seen
 * more than it has heard, and has few places for such. So of those who are not signed in, whose
 * header may say anything, only NOBODY_SEES_MAX calls at once go with what they have seen. */
#ifndef GATEWAY_SEEING_H
#define GATEWAY_SEEING_H

#include "services/gateway/api/call.h"

enum { NOBODY_SEES_MAX = 128 };

/* What this session or token has seen, and others, as the header says; refused: it says no marks.
 */
struct outcome seeing_read(struct call *);

/* Before a service is asked, and when it has answered: with the journal's mark, of number 0: none.
 */
void seeing_begin(struct call *);
void seeing_end(struct call *, const struct mark *);

#endif
