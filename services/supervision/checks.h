/* SPDX-License-Identifier: Apache-2.0 */
/* checks.h: what a message must be, whoever sends it and whatever the card: lengths and ranges, as
 * in proto/onedoor/supervision.proto. Each takes the unpacked message and says where it is wrong.
 * Pure. */
#ifndef SUPERVISION_CHECKS_H
#define SUPERVISION_CHECKS_H

#include "common/wire/outcome.h"

struct outcome supervision_check_press(const void *);
struct outcome supervision_check_answer_card(const void *);

struct outcome supervision_check_list_due(const void *);
struct outcome supervision_check_list_cards(const void *);

#endif
