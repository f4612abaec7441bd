/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/peer_list.h"

#include <stdlib.h>
#include <string.h>

#include "common/values/log.h"

static const char *add_line(struct peer_list *list, const char *line, size_t length)
{
    if (strlen(line) != length)
        return "it has a byte of value 0";
    if (list->n == PEERS_MAX)
        return "the list is full: 256 peers";
    struct peer *peer = &list->peers[list->n];
    const char *wrong = peer_read(peer, line);
    if (wrong == NULL && peer_list_find(list, peer->key) != NULL)
        wrong = "its key stands in an earlier line";
    list->n += wrong == NULL;
    return wrong;
}

void peer_list_read(struct peer_list *list, FILE *file, const char *path)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    *list = (struct peer_list){.whole = false};
    for (int number = 1; (length = getline(&line, &room, file)) > 0; number++) {
        list->whole = line[length - 1] == '\n';
        if (line[0] == '#' || (list->whole && length == 1))
            continue;
        const char *wrong = add_line(list, line, (size_t)length);
        if (wrong != NULL)
            log_warn(0, "peers.line", "line %d of %s lets nobody in: %s", number, path, wrong);
    }
    free(line);
}

const struct peer *peer_list_find(const struct peer_list *list, const unsigned char *key)
{
    for (int i = 0; i < list->n; i++)
        if (memcmp(list->peers[i].key, key, PEER_KEY_BYTES) == 0)
            return &list->peers[i];
    return NULL;
}

static bool has_name(const struct peer_list *list, const char *name, struct day today)
{
    for (int i = 0; i < list->n; i++)
        if (strcmp(list->peers[i].name, name) == 0 && peer_is_valid(&list->peers[i], today))
            return true;
    return false;
}

enum peer_fate peer_list_fate(const struct peer_list *list, const struct peer *peer,
                              struct day today)
{
    const struct peer *there = peer_list_find(list, peer->key);
    if (there != NULL)
        return peer_is_valid(there, today) ? PEER_STAYS : PEER_EXPIRED;
    return has_name(list, peer->name, today) ? PEER_REPLACED : PEER_REMOVED;
}
