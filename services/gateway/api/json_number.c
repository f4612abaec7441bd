/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/json_number.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/values/tidy.h"

enum { DIGITS_MAX = 20, TEXT_MAX = 100 };
static const char digits[] = "0123456789";

struct range {
    int64_t least;
    uint64_t most;
};

static struct range range_of(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SFIXED32:
        return (struct range){INT32_MIN, INT32_MAX};
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        return (struct range){0, UINT32_MAX};
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
        return (struct range){INT64_MIN, INT64_MAX};
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        return (struct range){0, UINT64_MAX};
    default:
        panic("%s has no whole numbers", field->name);
    }
}

/* ---- text */

/* Digits alone. */
static bool parse_digits(const char *text, bool minus, struct range range, uint64_t *bits)
{
    size_t n = strspn(text, digits);
    if (n == 0 || n > DIGITS_MAX || text[n] != '\0')
        return false;
    errno = 0;
    unsigned long long magnitude = strtoull(text, NULL, 10);
    if (errno != 0)
        return false;
    *bits = minus ? (uint64_t)0 - magnitude : magnitude;
    if (!minus)
        return magnitude <= range.most;
    return range.least < 0 && magnitude <= (uint64_t)0 - (uint64_t)range.least;
}

/* The exponent at the end of a number, 0 when it has none; false when it is malformed. */
static bool parse_exponent(const char *text, long *exponent)
{
    *exponent = 0;
    if (*text == '\0')
        return true;
    if (*text != 'e' && *text != 'E')
        return false;
    const char *number = text + 1 + (text[1] == '+' || text[1] == '-');
    size_t n = strspn(number, digits);
    *exponent = strtol(text + 1, NULL, 10);
    return n > 0 && n < 6 && number[n] == '\0';
}

/* "1.20e3" as "1200"; false when it is malformed, or not whole. */
static bool write_out(const char *text, char whole[TEXT_MAX])
{
    size_t n_whole = strspn(text, digits), n_part = 0, n;
    const char *rest = text + n_whole;
    long exponent;
    if (n_whole == 0 || strlen(text) >= TEXT_MAX)
        return false;
    if (*rest == '.') {
        n_part = strspn(rest + 1, digits);
        rest += 1 + n_part;
        if (n_part == 0)
            return false;
    }
    if (!parse_exponent(rest, &exponent))
        return false;
    memcpy(whole, text, n_whole);
    memcpy(whole + n_whole, text + n_whole + (n_part > 0), n_part);
    n = n_whole + n_part;
    for (exponent -= (long)n_part; exponent < 0 && n > 1 && whole[n - 1] == '0'; exponent++)
        n--;
    if (n == 1 && whole[0] == '0')
        exponent = 0;
    for (; exponent > 0 && n < TEXT_MAX - 1; exponent--)
        whole[n++] = '0';
    whole[n] = '\0';
    return exponent == 0;
}

static bool parse_text(const char *text, struct range range, uint64_t *bits)
{
    char whole[TEXT_MAX];
    bool minus = *text == '-';
    if (parse_digits(text + minus, minus, range, bits))
        return true;
    return write_out(text + minus, whole) && parse_digits(whole, minus, range, bits);
}

/* ---- values */

static bool number_of_real(double real, struct range range, uint64_t *bits)
{
    if (real != floor(real) || fabs(real) > 9007199254740992.0)
        return false;
    *bits = (uint64_t)(int64_t)real;
    return (int64_t)real >= range.least && (real < 0 || (uint64_t)real <= range.most);
}

bool json_whole_number(const json_t *value, const ProtobufCFieldDescriptor *field,
                       struct arena *arena, uint64_t *bits)
{
    struct range range = range_of(field);
    const char *text = json_string_value(value);
    if (text != NULL)
        return parse_text(text, range, bits) ||
               (strcmp(field->name, "case_number") == 0 &&
                parse_text(tidy(TIDY_CASE, text, arena), range, bits));
    if (json_is_real(value))
        return number_of_real(json_real_value(value), range, bits);
    json_int_t number = json_integer_value(value);
    *bits = (uint64_t)number;
    return json_is_integer(value) && number >= range.least &&
           (number < 0 || (uint64_t)number <= range.most);
}
