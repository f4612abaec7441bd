/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/text.h"

#include <math.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"

enum { DIGITS = 20, ESCAPE_ROOM = 6, WORD = 8 };

char *text_grow(struct text *text, char *to, size_t size)
{
    size_t n = (size_t)(to - text->data), room = (n + size) * 2;
    text->data = realloc(text->data, room);
    must(text->data != NULL);
    text->end = text->data + room;
    return text->data + n;
}

/* ---- numbers */

/* The two digits before `at`. */
static inline char *two_before(char *at, uint32_t number)
{
    static const char pairs[] =
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243"
        "4445464748495051525354555657585960616263646566676869707172737475767778798081828384858687"
        "888990919293949596979899";
    return memcpy(at - 2, pairs + number * 2, 2);
}

/* Four digits a division: answers are full of instants and case numbers. Always DIGITS bytes are
 * copied, for a copy of fixed size is quick; what is too much is overwritten later. */
static char *write_unsigned(char *to, uint64_t number)
{
    char digits[2 * DIGITS], *end = digits + DIGITS, *at = end;
    for (; number >= 10000; number /= 10000) {
        uint32_t four = (uint32_t)(number % 10000);
        at = two_before(two_before(at, four % 100), four / 100);
    }
    uint32_t rest = (uint32_t)number;
    if (rest >= 100) {
        at = two_before(at, rest % 100);
        rest /= 100;
    }
    at = two_before(at, rest);
    at += rest < 10;
    memcpy(to, at, DIGITS);
    return to + (end - at);
}

char *text_whole(char *to, int64_t number)
{
    if (number < 0)
        *to++ = '-';
    return write_unsigned(to, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

/* As strings: many JSON programs keep numbers in 53 bits. */
static char *write_long(char *to, int64_t number)
{
    *to++ = '"';
    to = text_whole(to, number);
    *to++ = '"';
    return to;
}

static char *write_unsigned_long(char *to, uint64_t number)
{
    *to++ = '"';
    to = write_unsigned(to, number);
    *to++ = '"';
    return to;
}

/* JSON has no words for these; the mapping gives them. */
static char *write_real(char *to, double number, int digits)
{
    if (isnan(number))
        return stpcpy(to, "\"NaN\"");
    if (isinf(number))
        return stpcpy(to, number < 0 ? "\"-Infinity\"" : "\"Infinity\"");
    return to + snprintf(to, TEXT_NUMBER_ROOM, "%.*g", digits, number);
}

static char *write_float(char *to, uint64_t bits)
{
    uint32_t low = (uint32_t)bits;
    float number;
    memcpy(&number, &low, sizeof number);
    return write_real(to, (double)number, 9);
}

static char *write_double(char *to, uint64_t bits)
{
    double number;
    memcpy(&number, &bits, sizeof number);
    return write_real(to, number, 17);
}

static char *write_bool(char *to, bool value)
{
    memcpy(to, value ? "true" : "false", 5);
    return to + (value ? 4 : 5);
}

static int64_t unzigzag(uint64_t bits)
{
    return (int64_t)(bits >> 1) ^ -(int64_t)(bits & 1);
}

char *text_number(char *to, uint64_t bits, const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SFIXED32:
        return text_whole(to, (int32_t)bits);
    case PROTOBUF_C_TYPE_SINT32:
        return text_whole(to, (int32_t)unzigzag(bits));
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        return write_unsigned(to, (uint32_t)bits);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SFIXED64:
        return write_long(to, (int64_t)bits);
    case PROTOBUF_C_TYPE_SINT64:
        return write_long(to, unzigzag(bits));
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        return write_unsigned_long(to, bits);
    case PROTOBUF_C_TYPE_FLOAT:
        return write_float(to, bits);
    case PROTOBUF_C_TYPE_DOUBLE:
        return write_double(to, bits);
    case PROTOBUF_C_TYPE_BOOL:
        return write_bool(to, bits != 0);
    default:
        panic("a field that is no number: %s", field->name);
    }
}

/* ---- strings */

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\';
}

/* Is any byte of the word less than n? Only such a byte gets a top bit, which it did not have, when
 * n is subtracted. */
static bool any_below(uint64_t word, uint64_t n)
{
    const uint64_t ones = UINT64_MAX / 0xff;
    return ((word - ones * n) & ~word & ones << 7) != 0;
}

/* The next WORD bytes at once. */
static bool are_plain(const unsigned char *at)
{
    const uint64_t ones = UINT64_MAX / 0xff;
    uint64_t word;
    memcpy(&word, at, WORD);
    return !any_below(word, 0x20) && !any_below(word ^ ones * '"', 1) &&
           !any_below(word ^ ones * '\\', 1);
}

static char *write_escaped(char *to, unsigned char c)
{
    static const char named[] = {['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
                                 ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't'};
    static const char hex[] = "0123456789abcdef";
    *to++ = '\\';
    if (named[c] != '\0') {
        *to++ = named[c];
        return to;
    }
    memcpy(to, (const char[]){'u', '0', '0', hex[c >> 4], hex[c & 15]}, 5);
    return to + 5;
}

char *text_string(struct text *text, char *to, struct bytes string)
{
    /* Its data may be null when there is nothing. */
    const unsigned char *at = string.len == 0 ? (const void *)"" : string.data;
    const unsigned char *end = at + string.len;
    to = text_room(text, to, string.len * ESCAPE_ROOM + 2);
    *to++ = '"';
    while (at < end)
        if (end - at >= WORD && are_plain(at)) {
            memcpy(to, at, WORD);
            to += WORD;
            at += WORD;
        } else if (is_plain(*at))
            *to++ = (char)*at++;
        else
            to = write_escaped(to, *at++);
    *to++ = '"';
    return to;
}

char *text_bytes(struct text *text, char *to, struct bytes bytes)
{
    size_t size = sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_ORIGINAL);
    to = text_room(text, to, size + 1);
    *to++ = '"';
    sodium_bin2base64(to, size, bytes.data, bytes.len, sodium_base64_VARIANT_ORIGINAL);
    to += size;
    to[-1] = '"'; /* in place of its NUL */
    return to;
}
