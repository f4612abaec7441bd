/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of HOME/keys/peers. What is read is a peer whole: its key, its days and its lists. */
#include <string.h>

#include "common/bus/peer.h"
#include "tests/fuzz/fuzz.h"

static void read_line(const char *line)
{
    struct peer peer;
    if (peer_read(&peer, line) != NULL)
        return;
    must(peer.name[0] != '\0' && strlen(peer.name) < PEER_NAME_SIZE);
    must(strlen(peer.public_key) == KEY_TEXT_SIZE - 1);
    must(memchr(peer.departments, '\0', PEER_LIST_SIZE) != NULL &&
         memchr(peer.actors, '\0', PEER_LIST_SIZE) != NULL &&
         memchr(peer.journals, '\0', PEER_LIST_SIZE) != NULL);
    peer_is_valid(&peer, (struct day){20000});
    peer_follows(&peer, "intake");
    peer_vouches(&peer, &(struct actor){"w12", ONEDOOR__ROLE__WINDOW_CLERK, "CUL", 12});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text((struct bytes){data, size}, fuzz_arena()), *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
        read_line(line);
    return 0;
}
