/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-case: the dossier of a case, as a person would want to read it.
 *
 *   onedoor-case --home=HOME NUMBER          the number with or without its dashes */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/values/log.h"
#include "common/values/number.h"
#include "programs/case/dossier.h"

enum { ARENA_BYTES = 9 << 20 };

/* The one argument that is not a setting is taken out. Null: there is none. */
static const char *take_number(int *argc, char **argv)
{
    for (int i = 1; i < *argc; i++)
        if (strncmp(argv[i], "--", 2) != 0) {
            const char *number = argv[i];
            memmove(&argv[i], &argv[i + 1], sizeof *argv * (size_t)(*argc - i));
            (*argc)--;
            return number;
        }
    return NULL;
}

int main(int argc, char **argv)
{
    static const struct setting *const tables[] = {common_settings, NULL};
    struct arena *arena = arena_new(ARENA_BYTES);
    struct config *config;
    struct dossier dossier;
    const char *complaint = NULL, *text = take_number(&argc, argv);
    int64_t number;
    log_open("case");
    enum status status = config_read(&config, argc, argv, tables, arena, &complaint);
    if (status == STATUS_OK && text == NULL)
        complaint = "say which case: onedoor case NUMBER";
    else if (status == STATUS_OK && !case_number_parse(text, &number))
        complaint = "this is no case number: it is written like 220113-000042-4, and its last "
                    "digit does not follow from the others";
    else if (status == STATUS_OK && dossier_ask(&dossier, number, config, arena, &complaint))
        dossier_print(&dossier, config);
    if (complaint != NULL)
        fprintf(stderr, "onedoor-case: %s\n", complaint);
    arena_free(&arena);
    return complaint == NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}
