/* SPDX-License-Identifier: Apache-2.0 */
/* HOME/onedoor.conf. What is read is within its bounds. */
#include <stdio.h>
#include <string.h>

#include "common/base/config.h"
#include "services/gateway/gateway.h"
#include "tests/fuzz/fuzz.h"

static const struct setting *const tables[] = {gateway_settings, common_settings, NULL};

static void within(const struct config *config, const struct setting *setting)
{
    if (setting->type == SETTING_NUMBER)
        must(config_number(config, setting->name) >= setting->least &&
             config_number(config, setting->name) <= setting->most);
    else if (setting->type == SETTING_TEXT)
        must((int64_t)strlen(config_text(config, setting->name)) <= setting->most);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = fuzz_arena();
    char *home =
        arena_printf(arena, "--home=%s", fuzz_home("onedoor.conf", (struct bytes){data, size}));
    struct config *config;
    const char *error = NULL;
    if (config_read(&config, 1, &home, tables, arena, &error) != STATUS_OK) {
        must(error != NULL && error[0] != '\0');
        return 0;
    }
    for (size_t i = 0; tables[i] != NULL; i++)
        for (const struct setting *setting = tables[i]; setting->name != NULL; setting++)
            within(config, setting);
    return 0;
}
