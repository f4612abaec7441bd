/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/headers.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct headers {
    int lengths, encodings, hosts; /* how often they are given */
    bool bad;
    long long length;
};

static bool is_token(const char *name, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char c = name[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (c == '\0' || (!plain && strchr("!#$%&'*+-.^_`|~", c) == NULL))
            return false;
    }
    return size > 0;
}

static enum MHD_Result look_at_header(void *context, enum MHD_ValueKind kind, const char *name,
                                      size_t name_size, const char *value, size_t value_size)
{
    struct headers *headers = context;
    (void)kind;
    headers->bad |= !is_token(name, name_size);
    for (size_t i = 0; i < value_size; i++)
        headers->bad |= ((unsigned char)value[i] < 0x20 && value[i] != '\t') || value[i] == 0x7f;
    if (strcasecmp(name, "Content-Length") == 0) {
        headers->lengths++;
        headers->bad |=
            value_size == 0 || value_size > 18 || strspn(value, "0123456789") != value_size;
        headers->length = headers->bad ? 0 : strtoll(value, NULL, 10);
    }
    if (strcasecmp(name, "Transfer-Encoding") == 0) {
        headers->encodings++;
        headers->bad |= strcasecmp(value, "chunked") != 0;
    }
    headers->hosts += strcasecmp(name, "Host") == 0;
    return MHD_YES;
}

const char *headers_fault(struct MHD_Connection *connection, const char *version, long long *length)
{
    struct headers headers = {0};
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, look_at_header, &headers);
    *length = headers.length;
    if (headers.bad)
        return "a header is not well formed";
    if (headers.lengths + headers.encodings > 1)
        return "the body's length is given more than once";
    if (headers.hosts > 1 || (headers.hosts == 0 && strcmp(version, "HTTP/1.1") == 0))
        return "there must be one Host header";
    return NULL;
}
