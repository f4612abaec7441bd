/* SPDX-License-Identifier: Apache-2.0 */
/* The head of an HTTP request. It is found alike whether it comes at once or in two parts, the
 * first of which the first byte measures; its texts lie within it. */
#include <stdlib.h>
#include <string.h>

#include "services/gateway/http/request.h"
#include "tests/fuzz/fuzz.h"

static void lies_within(const char *word, const char *text, size_t size)
{
    must(word >= text && word < text + size && memchr(word, '\0', size - (size_t)(word - text)));
}

static void read_head(char *text, size_t size)
{
    struct request request;
    if (request_parse(text, size, &request) != REQUEST_OK)
        return;
    lies_within(request.method, text, size);
    lies_within(request.path, text, size);
    must(request.path[0] == '/' && request.length >= 0 &&
         (request.length == 0 || !request.chunked));
    for (int i = 0; i < request.n_headers; i++) {
        lies_within(request.headers[i].name, text, size);
        lies_within(request.headers[i].value, text, size);
    }
    request_header(&request, "Cookie");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    char *text = malloc(size); /* of its own, so that the sanitizer sees its end */
    size_t part = data[0] % size, whole = 0, seen = 0;
    memcpy(text, data + 1, size - 1);
    enum request_fault at_once = request_scan(text, size - 1, &whole),
                       parts = request_scan(text, part, &seen);
    if (parts == REQUEST_PARTIAL)
        parts = request_scan(text, size - 1, &seen);
    must(parts == at_once && (parts != REQUEST_OK || seen == whole));
    if (at_once == REQUEST_OK)
        read_head(text, whole);
    free(text);
    return 0;
}
