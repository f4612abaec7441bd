/* SPDX-License-Identifier: Apache-2.0 */
/* decide.h: a batch between load and save: which rows its items need, and what the service's
 * handlers decide about them, in order of arrival. */
#ifndef COMMON_DECIDE_H
#define COMMON_DECIDE_H

#include "common/service/engine.h"

/* Ask for the rows that the items need, and decode the events. */
void decide_need(struct engine *, struct turn *, struct item *, size_t n);

/* Ask for the rows that an item finds out about only from those: false when there are none. */
bool decide_need_more(struct engine *, struct turn *, struct item *, size_t n);

/* Decide them on the rows that were loaded: replies are set, rows changed, events said, cursors
 * moved on. */
void decide_all(struct engine *, struct turn *, struct item *, size_t n);

#endif
