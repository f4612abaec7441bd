/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-case: the dossier of a case, as a person would want to read it.
 *
 *   onedoor-case --home=HOME NUMBER          the number with or without its dashes */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "common/number.h"
#include "services/case/dossier.h"

enum { SETTINGS_BYTES = 1 << 20, DOSSIER_BYTES = 8 << 20 };

static int complain(const char *sentence)
{
    fprintf(stderr, "onedoor-case: %s\n", sentence);
    return EXIT_FAILURE;
}

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

/* HOME/hall says what kind of hall this is: cases that were made up must not be taken for real
 * ones. */
static void print_mark(const struct config *config)
{
    char path[4300], kind[24] = "";
    snprintf(path, sizeof path, "%s/hall", config_text(config, "home"));
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return;
    if (fgets(kind, sizeof kind, file) != NULL && strncmp(kind, "working", 7) != 0)
        printf("*** 演示数据，非真实办件 · made-up data (%.*s), not a real case ***\n",
               (int)strcspn(kind, "\n"), kind);
    fclose(file);
}

static int show(const struct config *config, int64_t number)
{
    struct client *client;
    struct dossier dossier;
    const char *why;
    struct arena *arena = arena_new(DOSSIER_BYTES);
    if (client_new(&client, config, "operator") != STATUS_OK)
        return complain("there is no key for an operator in this hall's folder");
    bool found = dossier_ask(client, number, arena, &dossier, &why);
    if (found) {
        print_mark(config);
        dossier_print(&dossier, (int32_t)config_number(config, "utc_offset_min"));
    }
    int status = found ? EXIT_SUCCESS : complain(why);
    client_free(&client);
    arena_free(&arena);
    return status;
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new(SETTINGS_BYTES);
    struct config *config;
    const char *complaint = NULL, *text = take_number(&argc, argv);
    int64_t number;
    log_open("case");
    enum status status = config_read(
        &config, argc, argv, (const struct setting *[]){common_settings, NULL}, arena, &complaint);
    if (status == STATUS_NOT_FOUND)
        return EXIT_SUCCESS;
    if (status != STATUS_OK)
        return complain(complaint);
    if (text == NULL)
        return complain("say which case: onedoor case NUMBER");
    if (!case_number_parse(text, &number))
        return complain("this is no case number: it is written like 220113-000042-4, and its last "
                        "digit does not follow from the others");
    int exit_status = show(config, number);
    arena_free(&arena);
    return exit_status;
}
