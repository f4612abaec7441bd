/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/sealed.h"

#include <errno.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "common/values/log.h"

/* ---- the file of the keys */

static bool take_line(struct seal *seal, const char *line, bool *has_secret)
{
    unsigned char key[SEAL_SECRET_BYTES];
    char digits[2 * SEAL_SECRET_BYTES + 1];
    unsigned id = 0;
    size_t n = 0;
    bool is_secret = sscanf(line, "secret %64s", digits) == 1,
         is_key = !is_secret && sscanf(line, "key %u %64s", &id, digits) == 2 && id > 0;
    if ((!is_secret && !is_key) || strlen(digits) != sizeof digits - 1 ||
        sodium_hex2bin(key, sizeof key, digits, strlen(digits), NULL, &n, NULL) != 0)
        return false;
    if (is_secret)
        seal_set_secret(seal, key);
    *has_secret |= is_secret;
    bool taken = is_secret || seal_add_key(seal, id, key);
    sodium_memzero(key, sizeof key);
    return taken;
}

static enum status read_keys(struct seal *seal, FILE *file)
{
    char line[200];
    bool has_secret = false, right = true;
    while (right && fgets(line, sizeof line, file) != NULL)
        right = take_line(seal, line, &has_secret);
    sodium_memzero(line, sizeof line);
    return right && has_secret && seal->n > 0 ? STATUS_OK : STATUS_INVALID;
}

/* Nobody but its owner may read it. */
static enum status read_private(struct seal *seal, FILE *file)
{
    struct stat about;
    if (fstat(fileno(file), &about) != 0 || (about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return STATUS_DENIED;
    return read_keys(seal, file);
}

enum status sealed_read(struct seal *seal, const char *home, const char *service)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/keys/%s/seal", home, service);
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        log_error(0, "seal.unreadable", "cannot read %s: %s", path, strerror(errno));
        return STATUS_NOT_FOUND;
    }
    *seal = (struct seal){0};
    enum status status = read_private(seal, file);
    fclose(file);
    if (status == STATUS_DENIED)
        log_error(0, "seal.open_to_others", "%s must have mode 0600", path);
    else if (status != STATUS_OK)
        log_error(0, "seal.invalid", "%s is no file of seal keys", path);
    return status;
}

/* ---- rows */

const struct outcome sealed_broken = {ONEDOOR__CODE__INTERNAL, ONEDOOR__REASON__UNSAVEABLE,
                                      "this could not be answered; the hall's operator is told",
                                      NULL};

bool sealed_command(const struct service *service, const ProtobufCMessageDescriptor *message)
{
    const ProtobufCMessageDescriptor *const *personal = service->personal;
    while (personal != NULL && *personal != NULL && *personal != message)
        personal++;
    return personal != NULL && *personal != NULL;
}

static size_t put_column(unsigned char *to, const void *row, const struct column *column)
{
    struct bytes content = column_content(row, column);
    const uint32_t length = (uint32_t)content.len;
    if (to == NULL)
        return sizeof length + content.len;
    memcpy(to, &length, sizeof length);
    if (content.len > 0)
        memcpy(to + sizeof length, content.data, content.len);
    return sizeof length + content.len;
}

struct bytes sealed_place(const struct table *table, const void *row, struct arena *arena)
{
    size_t name = strlen(table->name) + 1, size = name, at = name;
    int n = table_key_columns(table);
    for (int i = 0; i < n; i++)
        size += put_column(NULL, row, &table->columns[i]);
    unsigned char *place = arena_alloc(arena, size);
    memcpy(place, table->name, name);
    for (int i = 0; i < n; i++)
        at += put_column(place + at, row, &table->columns[i]);
    return (struct bytes){place, size};
}

struct bytes sealed_close(const struct seal *seal, const struct table *table, const void *row,
                          struct bytes text, struct arena *arena)
{
    return seal_close(seal, seal_newest(seal), sealed_place(table, row, arena), text, arena);
}

bool sealed_open(const struct seal *seal, const struct table *table, const void *row,
                 struct bytes sealed, struct arena *arena, struct bytes *text)
{
    bool opens = seal_open(seal, sealed_place(table, row, arena), sealed, arena, text);
    if (!opens)
        log_error(0, "seal.broken", "a row of %s does not open with key %u", table->name,
                  seal_id(sealed));
    return opens;
}
