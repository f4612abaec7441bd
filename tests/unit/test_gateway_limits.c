/* SPDX-License-Identifier: Apache-2.0 */
/* The pages limit each text as the hall does: web/src/limits.ts is written from the tables of
 * bounds (ONEDOOR_GOLDEN=write writes it anew). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/wire/bounds.h"
#include "common/wire/message.h"
#include "services/gateway/api/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 200 };

static void write_message(FILE *out, const struct bounds *bounds)
{
    char name[JSON_NAME_SIZE];
    for (const struct bound *row = bounds->rows; row != NULL && row->field != NULL; row++)
        if (bound_is_text(row) && row->kind != BOUND_AS_IS)
            fprintf(out, "  '%s.%s': %" PRId64 ",\n", message_type(bounds->message),
                    json_name(protobuf_c_message_descriptor_get_field_by_name(bounds->message,
                                                                              row->field),
                              name),
                    row->most);
}

static void write_limits(FILE *out)
{
    fputs(
        "// SPDX-License-Identifier: Apache-2.0\n"
        "// How many characters each text of a request may have. Written by\n"
        "// tests/unit/test_gateway_limits.c from the hall's own tables; not to be changed here.\n"
        "export const limits = {\n",
        out);
    for (size_t i = 0; bounds_tables[i] != NULL; i++)
        for (const struct bounds *bounds = bounds_tables[i]; bounds->message != NULL; bounds++)
            write_message(out, bounds);
    fputs("} as const\n", out);
}

/* A limit that the pages do not need may be missing there; none may be another. */
static void the_pages_limit_texts_as_the_hall_does(void **state)
{
    char *written = NULL, line[LINE_BYTES];
    size_t size, n = 0;
    (void)state;
    FILE *out = open_memstream(&written, &size);
    write_limits(out);
    fclose(out);
    if (getenv("ONEDOOR_GOLDEN") != NULL) {
        out = fopen(PAGES_LIMITS, "we");
        assert_non_null(out);
        fputs(written, out);
        fclose(out);
    }
    FILE *pages = fopen(PAGES_LIMITS, "re");
    assert_non_null(pages);
    for (; fgets(line, sizeof line, pages) != NULL; n++)
        if (strstr(written, line) == NULL)
            fail_msg("web/src/limits.ts has another limit than the hall: %s", line);
    fclose(pages);
    free(written);
    assert_true(n > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pages_limit_texts_as_the_hall_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
