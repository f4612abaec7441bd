/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/words.h"

#include <string.h>

static const struct setting *setting_named(const struct setting *const *tables, const char *name)
{
    for (; *tables != NULL; tables++)
        for (const struct setting *setting = *tables; setting->name != NULL; setting++)
            if (strcmp(setting->name, name) == 0)
                return setting;
    return NULL;
}

enum status words_read(struct config **config, struct words *words, int argc, char **argv,
                       const struct setting *const *tables, struct arena *arena,
                       const char **complaint)
{
    char **settled = ARENA_ARRAY(arena, char *, argc + 1);
    int n = 0;
    *words = (struct words){0};
    if (argc > 0)
        settled[n++] = argv[0];
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) /* wherever it stands */
            return config_read(config, 2, (char *[]){argv[0], argv[i], NULL}, tables, arena,
                               complaint);
        const struct setting *setting =
            strncmp(argv[i], "--", 2) == 0 ? setting_named(tables, argv[i] + 2) : NULL;
        if (strncmp(argv[i], "--", 2) != 0 && words->n_operands < 3)
            words->operands[words->n_operands++] = argv[i];
        else if (setting != NULL && setting->type == SETTING_BOOL)
            settled[n++] = arena_printf(arena, "%s=yes", argv[i]);
        else if (setting != NULL && i + 1 < argc)
            settled[n++] = arena_printf(arena, "%s=%s", argv[i], argv[i + 1]), i++;
        else
            settled[n++] = argv[i];
    }
    return config_read(config, n, settled, tables, arena, complaint);
}
