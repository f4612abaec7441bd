/* SPDX-License-Identifier: Apache-2.0 */
/* The table of typed texts, which web/tests/tidy.test.ts reads too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/values/tidy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

enum { LINE_BYTES = 500, FIELDS = 4 };

static struct arena *arena;

static int start(void **state)
{
    (void)state;
    arena = arena_new(8 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* ---- the table */

/* A character above U+FFFF is two escapes, as in JSON. */
static char *write_unit(char *to, unsigned unit)
{
    static unsigned high;
    ucs4_t rune = unit;
    if (unit >= 0xd800 && unit < 0xdc00) {
        high = unit;
        return to;
    }
    if (unit >= 0xdc00 && unit < 0xe000)
        rune = 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
    return to + u8_uctomb((uint8_t *)to, rune, 4);
}

/* The cell with its escapes replaced; null: it has a NUL, which no text in C has. */
static const char *plain(const char *cell)
{
    char *text = arena_alloc(arena, strlen(cell) + 1), *to = text;
    while (*cell != '\0') {
        if (*cell != '\\') {
            *to++ = *cell++;
        } else if (cell[1] == 'u') {
            char digits[5] = {cell[2], cell[3], cell[4], cell[5], '\0'};
            unsigned unit = (unsigned)strtoul(digits, NULL, 16);
            if (unit == 0)
                return NULL;
            to = write_unit(to, unit);
            cell += 6;
        } else {
            *to++ = cell[1] == 'n' ? '\n' : cell[1] == 'r' ? '\r' : '\t';
            cell += 2;
        }
    }
    return text;
}

/* Kind, typed, tidied, and "refused" or nothing. */
static void split(char *line, const char *cells[FIELDS])
{
    line[strcspn(line, "\n")] = '\0';
    for (int i = 0; i < FIELDS; i++) {
        cells[i] = line == NULL ? "" : line;
        char *tab = line == NULL ? NULL : strchr(line, '\t');
        if (tab != NULL)
            *tab = '\0';
        line = tab == NULL ? NULL : tab + 1;
    }
}

static const char *const kinds[] = {
    [TIDY_NAME] = "name", [TIDY_DOCUMENT] = "document", [TIDY_PHONE] = "phone",
    [TIDY_LINE] = "line", [TIDY_TEXT] = "text",         [TIDY_CASE] = "case",
};

/* -1: amounts are typed on pages alone; the API takes fen. */
static int kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i], name) == 0)
            return (int)i;
    assert_string_equal("amount", name);
    return -1;
}

typedef void with_case(enum tidy, const char *typed, const char *tidied, bool is_refused);

static void each_case(with_case *show)
{
    FILE *file = fopen(TIDY_CASES, "re");
    char line[LINE_BYTES];
    const char *cells[FIELDS];
    int n = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#' || line[0] == '\n')
            continue;
        split(line, cells);
        int kind = kind_of(cells[0]);
        const char *typed = plain(cells[1]);
        if (kind < 0 || typed == NULL)
            continue;
        show((enum tidy)kind, typed, plain(cells[2]), strcmp(cells[3], "refused") == 0);
        n++;
    }
    fclose(file);
    assert_true(n > 100);
}

static void show_tidied(enum tidy kind, const char *typed, const char *tidied, bool is_refused)
{
    (void)is_refused;
    const char *is = tidy(kind, typed, arena);
    if (strcmp(tidied, is) != 0)
        fail_msg("%s \"%s\" became \"%s\", not \"%s\"", kinds[kind], typed, is, tidied);
}

static void what_is_typed_is_tidied_as_the_table_says(void **state)
{
    (void)state;
    each_case(show_tidied);
}

static void show_again(enum tidy kind, const char *typed, const char *tidied, bool is_refused)
{
    (void)typed;
    show_tidied(kind, tidied, tidied, is_refused);
}

static void what_was_tidied_stays_as_it_is(void **state)
{
    (void)state;
    each_case(show_again);
}

static void show_clean(enum tidy kind, const char *typed, const char *tidied, bool is_refused)
{
    (void)kind;
    (void)typed;
    if (tidy_is_clean(tidied) == is_refused)
        fail_msg("\"%s\"", tidied);
}

static void control_and_direction_characters_that_are_left_are_refused(void **state)
{
    (void)state;
    each_case(show_clean);
}

/* ---- more than the table has */

static void white_space_alone_is_empty_whatever_its_kind(void **state)
{
    static const char *const blanks[] = {
        "",
        " ",
        "\t\r\n",
        "\u00a0",
        "\u2003",
        "\u3000",
        "\u200b",
        "\ufeff",
        "\u2060",
        "\u3164",
        "\u2800",
        "\xc2\x85",
        " \u200b\u3000\u200f",
    };
    (void)state;
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
        for (int kind = TIDY_NAME; kind <= TIDY_CASE; kind++)
            assert_string_equal("", tidy((enum tidy)kind, blanks[i], arena));
}

static void a_tidy_text_is_not_copied(void **state)
{
    static const struct {
        enum tidy kind;
        const char *text;
    } cases[] = {
        {TIDY_NAME, "王小明"},
        {TIDY_DOCUMENT, "11010519491231002X"},
        {TIDY_PHONE, "13800138000"},
        {TIDY_LINE, "12 Jianguo Road"},
        {TIDY_TEXT, "材料不齐，请补正。"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_ptr_equal(cases[i].text, tidy(cases[i].kind, cases[i].text, arena));
}

/* Whatever comes in is tidied to something that stays as it is, and is UTF-8. */
static void any_text_becomes_a_text_that_stays(void **state)
{
    static const ucs4_t runes[] = {'1',    '8',    '6',    '0',    '-',    '(',    ')',    '+',
                                   ' ',    '\r',   '\n',   'x',    '.',    '"',    '\'',   ':',
                                   'A',    'e',    0xb7,   0x3000, 0x200b, 0x202e, 0xff11, 0xff21,
                                   0x738b, 0x660e, 0x8f6c, 0x2028, 0xdf,   0x20bb7};
    unsigned seed = 7;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[200] = "", *to = text;
        for (int i = 0; i < 12; i++) {
            seed = seed * 1103515245 + 12345;
            to +=
                u8_uctomb((uint8_t *)to, runes[(seed >> 16) % (sizeof runes / sizeof runes[0])], 8);
        }
        *to = '\0';
        for (int kind = TIDY_DOCUMENT; kind <= TIDY_CASE; kind++) {
            const char *once = tidy((enum tidy)kind, text, arena);
            assert_null(u8_check((const uint8_t *)once, strlen(once)));
            if (kind == TIDY_LINE || kind == TIDY_TEXT)
                assert_string_equal(once, tidy((enum tidy)kind, once, arena));
        }
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_typed_is_tidied_as_the_table_says, start, end),
        cmocka_unit_test_setup_teardown(what_was_tidied_stays_as_it_is, start, end),
        cmocka_unit_test_setup_teardown(control_and_direction_characters_that_are_left_are_refused,
                                        start, end),
        cmocka_unit_test_setup_teardown(white_space_alone_is_empty_whatever_its_kind, start, end),
        cmocka_unit_test_setup_teardown(a_tidy_text_is_not_copied, start, end),
        cmocka_unit_test_setup_teardown(any_text_becomes_a_text_that_stays, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
