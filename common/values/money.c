/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/money.h"

#include "common/base/panic.h"

#include <string.h>

struct money money_add(struct money a, struct money b)
{
    struct money sum;

    if (__builtin_add_overflow(a.fen, b.fen, &sum.fen))
        panic("money: %lld + %lld fen", (long long)a.fen, (long long)b.fen);
    return sum;
}

bool money_times(struct money unit, int64_t quantity, struct money *product)
{
    int64_t fen;

    if (__builtin_mul_overflow(unit.fen, quantity, &fen) || fen > MONEY_LIMIT_FEN ||
        fen < -MONEY_LIMIT_FEN)
        return false;
    product->fen = fen;
    return true;
}

int money_compare(struct money a, struct money b)
{
    return (a.fen > b.fen) - (a.fen < b.fen);
}

bool money_is_zero(struct money a)
{
    return a.fen == 0;
}

/* Written from the last digit: two of fen, then yuan in groups of three. */
const char *money_format(struct money a, char text[MONEY_TEXT_SIZE])
{
    char backwards[MONEY_TEXT_SIZE];
    char *at = backwards + sizeof(backwards);
    uint64_t rest = a.fen < 0 ? -(uint64_t)a.fen : (uint64_t)a.fen;

    *--at = '\0';
    for (int digits = 0; digits < 3 || rest > 0; digits++) {
        if (digits == 2)
            *--at = '.';
        else if (digits > 2 && (digits - 2) % 3 == 0)
            *--at = ',';
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (a.fen < 0)
        *--at = '-';
    return strcpy(text, at);
}
