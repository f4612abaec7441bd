/* SPDX-License-Identifier: Apache-2.0 */
/* The chunks of an HTTP request's body. They are read alike whether they come at once or byte by
 * byte, and never give more than they may. */
#include <string.h>

#include "services/gateway/http/body.h"
#include "tests/fuzz/fuzz.h"

enum { MOST = 1000 };

struct read {
    enum body_state state;
    size_t n;
    char bytes[MOST];
};

/* `step`: how many bytes come at a time. */
static struct read read_body(const char *text, size_t size, size_t step)
{
    struct request request = {.chunked = true};
    struct read read = {BODY_MORE, 0, {0}};
    struct body body;
    size_t at = 0, come = 0, used, n;
    body_begin(&body, &request, MOST);
    for (;;) {
        read.state = body_next(&body, text + at, come - at, &used, &n);
        must(used <= come - at);
        if (read.state == BODY_PIECE) {
            must(n <= used && read.n + n <= MOST);
            memcpy(read.bytes + read.n, text + at + used - n, n);
            read.n += n;
        }
        at += used;
        if (read.state == BODY_MORE && come < size)
            come = size - come < step ? size : come + step;
        else if (read.state != BODY_PIECE)
            return read;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size == 0 ? "" : (const char *)data;
    struct read whole = read_body(text, size, size + 1), bytes = read_body(text, size, 1);
    must(whole.state == bytes.state);
    must(whole.state != BODY_END ||
         (whole.n == bytes.n && memcmp(whole.bytes, bytes.bytes, whole.n) == 0));
    return 0;
}
