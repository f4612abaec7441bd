/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/met.h"

#include <string.h>

#include "common/base/cut.h"

static int count(const struct met_list *list)
{
    return list->n < MET_MAX ? list->n : MET_MAX;
}

static bool is_at(const struct met_list *list, int i, const char *address)
{
    return strcmp(list->met[i].address, address) == 0;
}

void met_add(struct met_list *list, const unsigned char key[PEER_KEY_BYTES], const char *address)
{
    for (int i = 0; i < count(list); i++)
        if (is_at(list, i, address) && memcmp(list->met[i].key, key, PEER_KEY_BYTES) == 0)
            return;
    int place = list->n++ % MET_MAX;
    memcpy(list->met[place].key, key, PEER_KEY_BYTES);
    cut_copy(list->met[place].address, sizeof list->met[place].address, address);
}

const unsigned char *met_only_key(const struct met_list *list, const char *address)
{
    const unsigned char *key = NULL;
    for (int i = 0; i < count(list); i++) {
        if (!is_at(list, i, address))
            continue;
        if (key != NULL)
            return NULL;
        key = list->met[i].key;
    }
    return key;
}
