/* SPDX-License-Identifier: Apache-2.0 */
/* A list as a table: read as RFC 4180 says, each row has as many cells as there are columns, and no
 * text is a formula to a spreadsheet. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/wire/message.h"
#include "services/gateway/api/csv.h"
#include "services/gateway/api/routes.h"
#include "tests/fuzz/fuzz.h"

/* The cell's end; *first is its first character. */
static const char *cell_end(const char *at, char *first)
{
    bool quoted = *at == '"';
    at += quoted;
    *first = *at;
    for (; quoted; at++) {
        must(*at != '\0');
        if (*at != '"')
            continue;
        if (at[1] != '"')
            return at + 1;
        at++;
    }
    return at + strcspn(at, ",\r\n\"");
}

/* A number may be negative. */
static bool is_formula(char first, const char *cell)
{
    return first != '\0' && strchr("=+-@\t\r", first) != NULL &&
           !(first == '-' && strspn(cell, "-0123456789.") == strcspn(cell, ",\r"));
}

static void read_table(const char *at, int columns)
{
    must(strncmp(at, "\xEF\xBB\xBF", 3) == 0);
    for (at += 3; *at != '\0'; at += 2) {
        int cells = 0;
        for (;; at++) {
            char first;
            const char *end = cell_end(at, &first);
            must(!is_formula(first, at) || at == end);
            at = end;
            cells++;
            if (*at != ',')
                break;
        }
        must(cells == columns && strncmp(at, "\r\n", 2) == 0);
    }
}

/* The list that the first byte chooses, which is taken off. */
static const struct csv_list *choose(struct bytes *input)
{
    const struct csv_list *lists[32];
    size_t n = 0;
    for (const struct api_route *route = api_routes; route->method != NULL; route++)
        if (route->reply != NULL && csv_list(route->reply) != NULL)
            lists[n++] = csv_list(route->reply);
    if (input->len == 0)
        return NULL;
    size_t number = input->data[0] % n;
    *input = (struct bytes){input->data + 1, input->len - 1};
    return lists[number];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes input = {data, size};
    const struct csv_list *list = choose(&input);
    struct arena *arena = fuzz_arena();
    int columns = 0;
    size_t n;
    if (list == NULL || !is_ok(message_check(list->reply, input)))
        return 0;
    while (list->columns[columns].path != NULL)
        columns++;
    struct csv *csv = csv_begin(list, size % 2 == 0 ? LANGUAGE_ZH : LANGUAGE_EN, FORM_CSV, arena);
    csv_name(csv, "CUL", "文化委", "Culture, \"the\" office");
    csv_add(csv, message_unpack(list->reply, input, arena));
    char *text = csv_end(csv, &n);
    must(strlen(text) == n);
    read_table(text, columns);
    free(text);
    return 0;
}
