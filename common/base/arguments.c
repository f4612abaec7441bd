/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/arguments.h"

#include <string.h>

static const struct setting *setting_named(const struct setting *const *tables, const char *name)
{
    for (; *tables != NULL; tables++)
        for (const struct setting *setting = *tables; setting->name != NULL; setting++)
            if (strcmp(setting->name, name) == 0)
                return setting;
    return NULL;
}

/* The setting that "--stop-ms" or "--stop-ms=20" names. Null: none. */
static const struct setting *setting_of(const char *argument, const struct setting *const *tables,
                                        struct arena *arena)
{
    char *name = arena_printf(arena, "%.*s", (int)strcspn(argument + 2, "="), argument + 2);
    for (char *c = name; *c != '\0'; c++)
        if (*c == '-')
            *c = '_';
    return setting_named(tables, name);
}

/* One setting into "--name=value". Returns how many arguments it takes. */
static int add_setting(struct arguments *arguments, char **argv,
                       const struct setting *const *tables, struct arena *arena)
{
    const struct setting *setting = setting_of(argv[0], tables, arena);
    const char *value = strchr(argv[0], '=');
    char *settled = argv[0];
    int taken = 1;
    if (value != NULL)
        value++;
    else if (setting != NULL && setting->type == SETTING_BOOL)
        value = "yes";
    else if (setting != NULL && argv[1] != NULL)
        value = argv[1], taken = 2;
    if (setting != NULL && value != NULL)
        settled = arena_printf(arena, "--%s=%s", setting->name, value);
    arguments->settings[arguments->n_settings++] = settled;
    return taken;
}

void arguments_read(struct arguments *arguments, int argc, char **argv,
                    const struct setting *const *tables, struct arena *arena)
{
    *arguments = (struct arguments){.settings = ARENA_ARRAY(arena, char *, argc + 1),
                                    .operands = ARENA_ARRAY(arena, char *, argc + 1)};
    for (int i = 1; i < argc;) {
        int taken = 1;
        if (strncmp(argv[i], "--", 2) != 0)
            arguments->operands[arguments->n_operands++] = argv[i];
        else if (strcmp(argv[i], "--help") == 0)
            arguments->help = true;
        else if (strcmp(argv[i], "--version") == 0)
            arguments->version = true;
        else if (strcmp(argv[i], "--show-config") == 0)
            arguments->show_config = true;
        else
            taken = add_setting(arguments, argv + i, tables, arena);
        i += taken;
    }
}
