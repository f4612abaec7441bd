/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/tidy.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "common/base/panic.h"
#include "common/values/runes.h"
#include "common/values/tidy_number.h"

static void end_lines(struct runes *runes)
{
    size_t n = 0;
    for (size_t i = 0; i < runes->n; i++) {
        uint32_t letter = runes->at[i];
        bool ends = letter == '\r' || rune_is(letter, LETTER_LINE_END);
        if (letter == '\r' && i + 1 < runes->n && runes->at[i + 1] == '\n')
            i++;
        runes->at[n++] = ends ? '\n' : letter;
    }
    runes->n = n;
}

static void drop_before_ends(struct runes *runes)
{
    size_t n = 0;
    for (size_t i = 0; i < runes->n; i++) {
        if (runes->at[i] == '\n')
            while (n > 0 && runes->at[n - 1] != '\n' && rune_is(runes->at[n - 1], LETTER_SPACE))
                n--;
        runes->at[n++] = runes->at[i];
    }
    runes->n = n;
}

static struct runes tidy_text(struct runes runes)
{
    runes_drop(&runes, LETTER_INVISIBLE);
    end_lines(&runes);
    drop_before_ends(&runes);
    runes_trim(&runes);
    return runes;
}

/* ---- names */

static void drop_quotes(struct runes *runes)
{
    size_t quotes = 0;
    for (size_t i = 0; i < runes->n; i++)
        quotes += rune_is(runes->at[i], LETTER_QUOTE);
    if (runes->n > 1 && quotes == 2 && rune_is(runes->at[0], LETTER_QUOTE) &&
        rune_is(runes->at[runes->n - 1], LETTER_QUOTE))
        *runes = (struct runes){runes->at + 1, runes->n - 2};
    else if (runes->n > 0 && runes->at[0] == '\'')
        *runes = runes_from(*runes, 1);
}

static bool is_letter(struct runes runes, size_t i)
{
    return i < runes.n && uc_is_general_category(runes.at[i], UC_LETTER);
}

/* The length of a middle dot between two letters, with the spaces around it; 0: none is here. */
static size_t dot_length(struct runes runes, size_t at)
{
    size_t i = at;
    if (at == 0 || !is_letter(runes, at - 1))
        return 0;
    i += runes.at[i] == ' ';
    if (i == runes.n || !rune_is(runes.at[i], LETTER_MIDDLE_DOT))
        return 0;
    i++;
    i += i < runes.n && runes.at[i] == ' ';
    return is_letter(runes, i) ? i - at : 0;
}

static struct runes with_one_dot(struct runes runes, struct arena *arena)
{
    struct runes plain = {ARENA_ARRAY(arena, uint32_t, runes.n + 1), 0};
    for (size_t i = 0; i < runes.n;) {
        size_t n = dot_length(runes, i);
        plain.at[plain.n++] = n > 0 ? 0xb7 : runes.at[i];
        i += n > 0 ? n : 1;
    }
    return plain;
}

static bool is_han(uint32_t rune)
{
    return uc_is_script(rune, uc_script_byname("Han"));
}

static void drop_han_spaces(struct runes *runes)
{
    struct runes whole = *runes;
    uint32_t before = 0;
    size_t n = 0;
    for (size_t i = 0; i < whole.n; i++) {
        uint32_t letter = whole.at[i];
        bool between =
            letter == ' ' && is_han(before) && i + 1 < whole.n && is_han(whole.at[i + 1]);
        if (!between)
            runes->at[n++] = letter;
        before = letter;
    }
    runes->n = n;
}

static struct runes tidy_name(struct runes runes, struct arena *arena)
{
    runes_narrow(&runes, LETTER_WIDE_WORD);
    runes = runes_line(runes);
    drop_quotes(&runes);
    runes = with_one_dot(runes, arena);
    drop_han_spaces(&runes);
    return runes;
}

/* ---- what most texts are */

/* Whether no step would change the text: nothing in it but plain characters, those of the kinds
 * that are left as they are, and, in a line, single spaces. Most texts are so, and not copied. */
static bool is_plain(const char *text, unsigned left, bool is_line)
{
    ucs4_t rune, before = ' ';
    for (const uint8_t *at = (const uint8_t *)text; *at != '\0'; before = rune) {
        at += u8_mbtouc_unsafe(&rune, at, SIZE_MAX);
        if (rune == ' ' ? !is_line || before == ' ' : rune_is(rune, ~left))
            return false;
    }
    return before != ' ';
}

static bool is_made_of(const char *text, const char *letters)
{
    return text[strspn(text, letters)] == '\0';
}

static bool is_tidy(enum tidy kind, const char *text)
{
    static const char digits[] = "0123456789";
    switch (kind) {
    case TIDY_NAME:
        return is_plain(text, LETTER_DASH | LETTER_WIDE, false);
    case TIDY_DOCUMENT:
        return is_made_of(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    case TIDY_PHONE:
        return is_made_of(text, digits) && text[0] == '1' && strlen(text) == 11;
    case TIDY_CASE:
        return false;
    default:
        return is_plain(
            text, LETTER_DASH | LETTER_QUOTE | LETTER_WIDE | LETTER_WIDE_WORD | LETTER_MIDDLE_DOT,
            true);
    }
}

const char *tidy(enum tidy kind, const char *text, struct arena *arena)
{
    if (text[0] == '\0' || is_tidy(kind, text))
        return text;
    switch (kind) {
    case TIDY_NAME:
        return runes_text(tidy_name(runes_of(text, arena), arena), arena);
    case TIDY_DOCUMENT:
        return tidy_document(runes_of(text, arena), arena);
    case TIDY_PHONE:
        return tidy_phone(runes_of(text, arena), arena);
    case TIDY_LINE:
        return runes_text(runes_line(runes_of(text, arena)), arena);
    case TIDY_TEXT:
        return runes_text(tidy_text(runes_of(text, arena)), arena);
    case TIDY_CASE:
        return tidy_case(text, arena);
    }
    panic("there is no such kind of text: %d", (int)kind);
}

bool tidy_is_clean(const char *text)
{
    ucs4_t rune;
    for (const uint8_t *at = (const uint8_t *)text; *at != '\0';) {
        at += u8_mbtouc_unsafe(&rune, at, SIZE_MAX);
        if (rune_is(rune, LETTER_CONTROL | LETTER_DIRECTION))
            return false;
    }
    return true;
}
