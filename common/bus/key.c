/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/key.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "common/values/log.h"

enum status key_pair_read(const char *home, const char *name, struct key_pair *pair)
{
    char path[PATH_MAX], line[200];
    *pair = (struct key_pair){0};
    snprintf(path, sizeof path, "%s/keys/%s/key", home, name);
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        log_error(0, "key.unreadable", "cannot read %s: %s", path, strerror(errno));
        return STATUS_NOT_FOUND;
    }
    while (fgets(line, sizeof line, file) != NULL) {
        sscanf(line, "public %40s", pair->public_key);
        sscanf(line, "secret %40s", pair->secret_key);
    }
    fclose(file);
    if (strlen(pair->public_key) == 40 && strlen(pair->secret_key) == 40)
        return STATUS_OK;
    log_error(0, "key.invalid", "%s does not hold a key pair", path);
    return STATUS_INVALID;
}
