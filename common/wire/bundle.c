/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/bundle.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/wire/wire.h"

enum { LENGTH_BYTES = 3 }; /* of the longest message in a frame */

static void make_room(struct bundle *bundle, size_t size)
{
    if (size <= bundle->room)
        return;
    bundle->room = size * 2;
    bundle->data = realloc(bundle->data, bundle->room);
    must(bundle->data != NULL);
}

unsigned char *bundle_add(struct bundle *bundle, size_t size)
{
    unsigned char length[WIRE_LENGTH_BYTES];
    size_t n_length = (size_t)(wire_write_varint(length, (uint32_t)size) - length);
    size_t len = bundle->len + n_length + size;
    if (bundle->n == ENVELOPES_MAX || (bundle->n > 0 && len > BUNDLE_MAX_BYTES))
        return NULL;
    make_room(bundle, len);
    memcpy(bundle->data + bundle->len, length, n_length);
    bundle->len = len;
    bundle->n++;
    return bundle->data + len - size;
}

bool bundle_put(struct bundle *bundle, struct bytes message)
{
    unsigned char *at = bundle_add(bundle, message.len);
    if (at != NULL)
        memcpy(at, message.data, message.len);
    return at != NULL;
}

void bundle_empty(struct bundle *bundle)
{
    bundle->len = 0;
    bundle->n = 0;
}

void bundle_release(struct bundle *bundle)
{
    free(bundle->data);
    *bundle = (struct bundle){0};
}

/* 0: no valid length. A varint whose last byte is 0 is either 0 or not in its shortest form. */
static size_t take_length(struct bytes *rest)
{
    size_t length = 0;
    for (int i = 0; i < LENGTH_BYTES && rest->len > 0; i++) {
        unsigned char byte = *rest->data++;
        rest->len--;
        length |= (size_t)(byte & 0x7f) << 7 * i;
        if (byte < 0x80)
            return byte == 0 ? 0 : length;
    }
    return 0;
}

bool bundle_next(struct bytes *rest, struct bytes *message)
{
    size_t length = take_length(rest);
    if (length == 0 || length > rest->len)
        return false;
    *message = (struct bytes){rest->data, length};
    rest->data += length;
    rest->len -= length;
    return true;
}
