/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/tidy_number.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#include "common/base/panic.h"
#include "common/values/case_number.h"
#include "common/values/runes.h"

enum {
    SPACE = LETTER_SPACE | LETTER_SPACE_TOO,
    UNSEEN = LETTER_INVISIBLE | LETTER_DIRECTION,
    SEPARATOR = SPACE | LETTER_DASH | LETTER_QUOTE,
    TIMES = 0xd7,         /* "×", typed for X */
    CASE_BYTES_MAX = 400, /* no text with a case number is longer, nor an address of a page */
};

static bool is_word(uint32_t rune)
{
    return rune_is_alphanumeric(rune) || rune == '_';
}

/* ---- the label before a number: "身份证号：", "ID ", "№" */

/* The length of one label with what stands between it and the next; 0: there is none. */
static size_t label_length(struct runes runes)
{
    static const char *const labels[] = {"id",       "no",  "nr",    "number", "code",
                                         "passport", "tel", "phone", "mobile"};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t n = 0;
        while (n < runes.n && labels[i][n] != '\0' && runes.at[n] < 0x80 &&
               (runes.at[n] | 32) == (uint32_t)labels[i][n])
            n++;
        if (labels[i][n] != '\0' || (n < runes.n && is_word(runes.at[n])))
            continue;
        while (n < runes.n &&
               (runes.at[n] == '.' || runes.at[n] == '#' || rune_is(runes.at[n], LETTER_SPACE)))
            n++;
        return n;
    }
    return 0;
}

static struct runes without_words(struct runes runes)
{
    struct runes rest = runes, plain = runes;
    for (size_t n; (n = label_length(rest)) > 0;) {
        rest = runes_from(rest, n);
        if (rest.n > 0 && (is_word(rest.at[0]) || rest.at[0] == '+' || rest.at[0] == '('))
            plain = rest;
    }
    return plain;
}

static bool opens_document(uint32_t letter)
{
    return rune_is_alphanumeric(letter);
}

static bool opens_phone(uint32_t letter)
{
    return rune_is_digit(letter) || letter == '+' || letter == '(';
}

static struct runes after_colon(struct runes runes)
{
    size_t start = 0;
    bool has_digit = false;
    for (size_t i = 0; i < runes.n; i++) {
        has_digit = runes.at[i] == ':' ? false : has_digit || rune_is_digit(runes.at[i]);
        start = runes.at[i] == ':' ? i + 1 : start;
    }
    return has_digit ? runes_from(runes, start) : runes;
}

static struct runes without_label(struct runes runes, bool (*opens)(uint32_t))
{
    struct runes number = after_colon(runes);
    size_t start = 0;
    while (start < number.n && !opens(number.at[start]))
        start++;
    return without_words(start == number.n ? number : runes_from(number, start));
}

/* ---- documents */

const char *tidy_document(struct runes runes, struct arena *arena)
{
    runes_drop(&runes, UNSEEN);
    runes_narrow(&runes, LETTER_WIDE);
    runes = without_label(runes, opens_document);
    runes_drop(&runes, SEPARATOR);
    while (runes.n > 0 && !rune_is_alphanumeric(runes.at[runes.n - 1]) &&
           runes.at[runes.n - 1] != TIMES)
        runes.n--;
    if (runes.n > 0 && runes.at[runes.n - 1] == TIMES)
        runes.at[runes.n - 1] = 'X';
    char *text = runes_text(runes, arena);
    size_t bytes = strlen(text), room = bytes * 3 + 1; /* "ΐ" has three capitals */
    uint8_t *capitals = arena_alloc(arena, room);
    must(u8_toupper((uint8_t *)text, bytes, NULL, NULL, capitals, &room) == capitals);
    capitals[room] = '\0';
    return (char *)capitals;
}

/* ---- telephones */

/* The length of what announces an extension: 转, 轉, ext, ext., x, #. */
static size_t marker_length(struct runes runes, size_t at)
{
    static const char ext[] = "ext";
    size_t n = 0;
    while (at + n < runes.n && n < 3 && (runes.at[at + n] | 32) == (uint32_t)ext[n])
        n++;
    if (n == 3)
        return n + (at + n < runes.n && runes.at[at + n] == '.');
    uint32_t letter = at < runes.n ? runes.at[at] : 0;
    return letter == 0x8f6c || letter == 0x8f49 || (letter | 32) == 'x' || letter == '#';
}

static size_t digits_from(struct runes runes, size_t at)
{
    size_t n = 0;
    while (at + n < runes.n && rune_is_digit(runes.at[at + n]))
        n++;
    return n;
}

static bool has_digit(struct runes runes, size_t from_here)
{
    for (size_t i = from_here; i < runes.n; i++)
        if (rune_is_digit(runes.at[i]))
            return true;
    return false;
}

/* Splits "010-65123456转801" into the number and its extension; false when there is no digit. */
static bool split_announced(struct runes plain, struct runes *whole, struct runes *extension)
{
    for (size_t end = 1; end <= plain.n; end++) {
        if (!rune_is_digit(plain.at[end - 1]))
            continue;
        size_t marker = marker_length(plain, end), start = end + marker;
        size_t n = marker == 0 ? 0 : digits_from(plain, start);
        *whole = runes_slice(plain, 0, end);
        *extension = runes_slice(plain, start, n);
        if (n > 0 ? !has_digit(plain, start + n) : !has_digit(plain, end))
            return true;
    }
    return false;
}

/* The extension behind the last dash of "01065123456-801"; none when the groups are one number. */
static void split_dashed(struct runes *groups, struct runes *extension)
{
    size_t dash = groups->n, digits = 0;
    for (size_t i = 0; i < groups->n; i++)
        dash = groups->at[i] == '-' ? i : dash;
    if (dash == 0 || dash == groups->n || !rune_is_digit(groups->at[dash - 1]))
        return;
    size_t after = digits_from(*groups, dash + 1);
    if (after < 1 || after > 5 || dash + 1 + after < groups->n)
        return;
    for (size_t i = 0; i < dash; i++)
        digits += rune_is_digit(groups->at[i]);
    bool is_mobile = digits + after == 11 && groups->at[0] == '1';
    if (digits >= 10 || (digits == dash && digits >= 7 && !is_mobile)) {
        *extension = runes_slice(*groups, dash + 1, after);
        groups->n = dash;
    }
}

/* China's own code goes before a mobile number; "00" before another country's is "+". */
static void tidy_country(struct runes *number)
{
    struct runes rest = runes_begin(*number, "+")    ? runes_from(*number, 1)
                        : runes_begin(*number, "00") ? runes_from(*number, 2)
                                                     : *number;
    if (!runes_begin(rest, "86"))
        rest = *number;
    if (runes_begin(rest, "861") && rest.n == 13 && digits_from(rest, 0) == 13) {
        *number = runes_from(rest, 2);
    } else if (runes_begin(*number, "00") && number->n > 2 && rune_is_digit(number->at[2]) &&
               number->at[2] != '0') {
        *number = runes_from(*number, 1);
        number->at[0] = '+';
    }
}

const char *tidy_phone(struct runes runes, struct arena *arena)
{
    struct runes plain = {ARENA_ARRAY(arena, uint32_t, runes.n + 1), runes.n}, groups, extension;
    memcpy(plain.at, runes.at, runes.n * sizeof runes.at[0]);
    runes_drop(&plain, UNSEEN);
    runes_narrow(&plain, LETTER_WIDE);
    plain = without_label(plain, opens_phone);
    runes_drop(&plain, SPACE);
    if (!split_announced(plain, &groups, &extension))
        return runes_text(runes_line(runes), arena);
    runes_merge(&groups, LETTER_DASH | LETTER_QUOTE, "().", '-');
    if (runes_begin(groups, "-"))
        groups = runes_from(groups, 1);
    if (extension.n == 0)
        split_dashed(&groups, &extension);
    runes_drop(&groups, LETTER_DASH);
    tidy_country(&groups);
    char *number = runes_text(groups, arena);
    return extension.n == 0 ? number
                            : arena_printf(arena, "%s-%s", number, runes_text(extension, arena));
}

/* ---- cases */

/* The digits at the end, with the spaces and dashes among them. */
static struct runes last_digits(struct runes runes)
{
    size_t start;
    while (runes.n > 0 && !rune_is_digit(runes.at[runes.n - 1]))
        runes.n--;
    for (start = runes.n; start > 0; start--) {
        uint32_t rune = runes.at[start - 1];
        if (!rune_is_digit(rune) && rune != ' ' && rune != '-' &&
            !(rune >= 0x2010 && rune <= 0x2015) && rune != 0x2212)
            break;
    }
    return runes_from(runes, start);
}

/* Full-width, circled and other forms of a digit are the digit. */
static const char *plain_forms(const char *text, struct arena *arena)
{
    size_t bytes;
    uint8_t *plain = u8_normalize(UNINORM_NFKC, (const uint8_t *)text, strlen(text), NULL, &bytes);
    must(plain != NULL);
    char *copy = arena_alloc(arena, bytes + 1);
    memcpy(copy, plain, bytes);
    free(plain);
    return copy;
}

const char *tidy_case(const char *text, struct arena *arena)
{
    int64_t number;
    if (strlen(text) > CASE_BYTES_MAX || text[0] == '\0')
        return "";
    struct runes digits = last_digits(runes_line(runes_of(plain_forms(text, arena), arena)));
    runes_drop(&digits, SPACE | LETTER_DASH);
    const char *plain = runes_text(digits, arena);
    return case_number_parse(plain, &number) ? plain : "";
}
