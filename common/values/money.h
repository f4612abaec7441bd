/* SPDX-License-Identifier: Apache-2.0 */
/* money.h: an amount in fen, in a struct of its own so that it cannot be mixed with other numbers.
 *
 * Amounts are within MONEY_LIMIT_FEN of 0. Only a product with a quantity that an applicant
 * declared can exceed it, so money_times() says whether it does. A sum would take nine thousand
 * amounts to overflow, so an overflow there is a bug, and panics. Pure; no floating point. */
#ifndef COMMON_MONEY_H
#define COMMON_MONEY_H

#include "common/base/status.h"

#include <stdbool.h>
#include <stdint.h>

struct money {
    int64_t fen;
};

#define MONEY_LIMIT_FEN INT64_C(1000000000000000) /* ten trillion yuan */

struct money money_add(struct money a, struct money b);

/* unit * quantity into `product`. False, with `product` untouched, beyond the limit. */
MUST_USE bool money_times(struct money unit, int64_t quantity, struct money *product);

/* Less than, equal to or more than 0, as `a` is to `b`. */
int money_compare(struct money a, struct money b);
bool money_is_zero(struct money a);

enum { MONEY_TEXT_SIZE = 32 };

/* Yuan with two decimals and grouped thousands: "1,234.50", "-0.05". Gives `text` back. */
const char *money_format(struct money a, char text[MONEY_TEXT_SIZE]);

#endif
