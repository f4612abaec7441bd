/* SPDX-License-Identifier: Apache-2.0 */
/* HOME/keys/peers. */
#include <string.h>

#include "common/bus/peers.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *home = fuzz_home("keys/peers", (struct bytes){data, size});
    struct peers *peers;
    char key[KEY_TEXT_SIZE] = "";
    if (peers_open(&peers, home) != STATUS_OK)
        return 0;
    if (peers_key_of(peers, "intake", key))
        must(strlen(key) == KEY_TEXT_SIZE - 1);
    peers_free(&peers);
    return 0;
}
