/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/letters.h"

#include <stddef.h>

enum {
    S = LETTER_SPACE,
    T = LETTER_SPACE_TOO,
    I = LETTER_INVISIBLE,
    R = LETTER_DIRECTION,
    D = LETTER_DASH,
    Q = LETTER_QUOTE,
    C = LETTER_CONTROL,
    N = LETTER_LINE_END,
    M = LETTER_MIDDLE_DOT,
    W = LETTER_WIDE,
    A = LETTER_WIDE | LETTER_WIDE_WORD,
};

/* In order, without overlap. */
static const struct {
    uint32_t first, last;
    unsigned kinds;
} ranges[] = {
    {0x0000, 0x0008, C},     {0x0009, 0x000a, S},     {0x000b, 0x000d, S | C},
    {0x000e, 0x001f, C},     {0x0020, 0x0020, S},     {0x0022, 0x0022, Q},
    {0x0027, 0x0027, Q},     {0x002d, 0x002d, D},     {0x005f, 0x005f, D},
    {0x0060, 0x0060, Q},     {0x007f, 0x0084, C},     {0x0085, 0x0085, T | C | N},
    {0x0086, 0x009f, C},     {0x00a0, 0x00a0, S},     {0x00ad, 0x00ad, I},
    {0x00b4, 0x00b4, Q},     {0x00b7, 0x00b7, M},     {0x034f, 0x034f, I},
    {0x0387, 0x0387, M},     {0x061c, 0x061c, R},     {0x115f, 0x1160, I},
    {0x1680, 0x1680, S},     {0x17b4, 0x17b5, I},     {0x180e, 0x180e, T},
    {0x2000, 0x200a, S},     {0x200b, 0x200d, I},     {0x200e, 0x200f, R},
    {0x2010, 0x2015, D},     {0x2018, 0x201f, Q},     {0x2022, 0x2022, M},
    {0x2027, 0x2027, M},     {0x2028, 0x2029, S | N}, {0x202a, 0x202e, R},
    {0x202f, 0x202f, S},     {0x205f, 0x205f, S},     {0x2060, 0x2064, I},
    {0x2066, 0x206f, R},     {0x2212, 0x2212, D},     {0x2219, 0x2219, M},
    {0x22c5, 0x22c5, M},     {0x2800, 0x2800, I},     {0x3000, 0x3000, S},
    {0x300c, 0x300f, Q},     {0x30fb, 0x30fb, M},     {0x30fc, 0x30fc, D},
    {0x3164, 0x3164, I},     {0xfe00, 0xfe0f, I},     {0xfe58, 0xfe58, D},
    {0xfe63, 0xfe63, D},     {0xfeff, 0xfeff, S | I}, {0xff01, 0xff0d, W},
    {0xff0e, 0xff0e, W | M}, {0xff0f, 0xff0f, W},     {0xff10, 0xff19, A},
    {0xff1a, 0xff20, W},     {0xff21, 0xff3a, A},     {0xff3b, 0xff40, W},
    {0xff41, 0xff5a, A},     {0xff5b, 0xff5e, W},     {0xff65, 0xff65, M},
    {0xffa0, 0xffa0, I},     {0xfff9, 0xfffb, C},     {0xe0000, 0xe007f, I},
};

unsigned letter_kinds(uint32_t letter)
{
    if (letter > 0x3164 && letter < 0xfe00) /* most of what is written here */
        return 0;
    size_t low = 0, high = sizeof ranges / sizeof ranges[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (letter < ranges[middle].first)
            high = middle;
        else if (letter > ranges[middle].last)
            low = middle + 1;
        else
            return ranges[middle].kinds;
    }
    return 0;
}
