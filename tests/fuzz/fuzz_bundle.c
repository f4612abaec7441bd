/* SPDX-License-Identifier: Apache-2.0 */
/* A frame: what is taken off it, put together again, is the part that was taken. */
#include <string.h>

#include "common/wire/bundle.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct bundle bundle;
    struct bytes rest = {data, size}, message;
    size_t taken = 0;
    bundle_empty(&bundle);
    while (bundle_next(&rest, &message)) {
        must(message.len > 0 && message.data >= data && message.data + message.len <= data + size);
        if (!bundle_put(&bundle, message))
            return 0; /* longer than any frame */
        taken = size - rest.len;
    }
    must(bundle.len == taken && (taken == 0 || memcmp(bundle.data, data, taken) == 0));
    return 0;
}
