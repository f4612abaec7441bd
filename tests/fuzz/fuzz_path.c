/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in a request line and in headers: the path by the table of routes, the form of a
 * browser, what was seen, a trace, a language. */
#include <string.h>

#include "common/base/trace.h"
#include "services/gateway/api/routes.h"
#include "services/gateway/caller/seen.h"
#include "services/gateway/http/language.h"
#include "services/gateway/phone/form.h"
#include "services/gateway/phone/phone.h"
#include "tests/fuzz/fuzz.h"

static void match(const char *method, const char *path)
{
    struct path_match match;
    route_match(method, path, &match);
    for (int i = 0; i < match.n; i++)
        must(strlen(match.values[i]) < PATH_VALUE_SIZE && strchr(match.values[i], '/') == NULL);
    must(match.route == NULL || strcmp(match.route->method, method) == 0);
}

static void read_marks(const char *text, struct arena *arena)
{
    struct marks marks = {0}, again = {0};
    if (!seen_read(text, &marks))
        return;
    const char *written = seen_write(&marks, arena);
    must(written == NULL || (seen_read(written, &again) && again.n == marks.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "DELETE"};
    struct bytes input = {data, size};
    struct arena *arena = fuzz_arena();
    const char *text = fuzz_text(input, arena);
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        match(methods[i], text);
    phone_has(text);
    form_field(input, "number", TIDY_CASE, arena);
    form_field(input, "last", TIDY_DOCUMENT, arena);
    read_marks(text, arena);
    struct trace trace;
    must(trace_read(&trace, text) == trace_is_set(&trace));
    language_of(text);
    return 0;
}
