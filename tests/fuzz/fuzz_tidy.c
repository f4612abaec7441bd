/* SPDX-License-Identifier: Apache-2.0 */
/* A text that was typed: what comes out is text, and lines and case numbers that are tidy stay so.
 */
#include <string.h>
#include <unistr.h>

#include "common/values/tidy.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes input = {data, size};
    struct arena *arena = fuzz_arena();
    const char *text = fuzz_text(input, arena);
    if (u8_check((const uint8_t *)text, strlen(text)) != NULL)
        return 0;
    for (enum tidy kind = TIDY_NAME; kind <= TIDY_CASE; kind++) {
        const char *once = tidy(kind, text, arena);
        must(u8_check((const uint8_t *)once, strlen(once)) == NULL);
        if (kind == TIDY_LINE || kind == TIDY_TEXT || kind == TIDY_CASE)
            must(strlen(once) <= size && strcmp(once, tidy(kind, once, arena)) == 0);
    }
    return 0;
}
