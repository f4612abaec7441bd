/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/keys/list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "programs/keys/file.h"
#include "services/charging/charging.h"
#include "services/intake/intake.h"
#include "services/reporting/reporting.h"
#include "services/routing/routing.h"
#include "services/supervision/supervision.h"

/* ---- the file */

static void append(struct list *list, const char *line)
{
    if (list->n == LIST_LINES_MAX)
        program_die("the list of peers is full: %d lines", LIST_LINES_MAX);
    list->lines[list->n++] = arena_strdup(list->arena, line);
}

static void path_of(const char *home, char path[PATH_MAX])
{
    snprintf(path, PATH_MAX, "%s/keys/peers", home);
}

bool list_read(struct list *list, const char *home, struct arena *arena)
{
    char path[PATH_MAX], *line = NULL;
    size_t room = 0;
    *list = (struct list){.arena = arena, .home = home};
    path_of(home, path);
    FILE *f = fopen(path, "re");
    if (f == NULL && errno != ENOENT)
        file_failed(path);
    if (f == NULL)
        return false;
    while (getline(&line, &room, f) > 0)
        append(list, line);
    free(line);
    fclose(f);
    return true;
}

void list_write(const struct list *list)
{
    char path[PATH_MAX], new_path[PATH_MAX];
    path_of(list->home, path);
    FILE *f = file_begin(path, 0644, new_path);
    for (int i = 0; i < list->n; i++)
        fputs(list->lines[i], f);
    file_keep(f, new_path, path);
}

/* ---- its lines */

static bool is_of(const char *line, const char *name)
{
    size_t length = strlen(name);
    return strncmp(line, name, length) == 0 && (line[length] == ' ' || line[length] == '\t');
}

bool list_has(const struct list *list, const char *name)
{
    for (int i = 0; i < list->n; i++)
        if (is_of(list->lines[i], name))
            return true;
    return false;
}

void list_strike(struct list *list, const char *name)
{
    int kept = 0;
    for (int i = 0; i < list->n; i++)
        if (!is_of(list->lines[i], name))
            list->lines[kept++] = list->lines[i];
    list->n = kept;
}

void list_renew(struct list *list, const char *name, const char public_key[KEY_TEXT_SIZE])
{
    static const char blanks[] = " \t";
    for (int i = 0; i < list->n; i++) {
        const char *line = list->lines[i];
        if (!is_of(line, name))
            continue;
        size_t key = strlen(name) + strspn(line + strlen(name), blanks);
        const char *rest = line + key + strcspn(line + key, " \t\n");
        list->lines[i] = arena_printf(list->arena, "%s %s%s", name, public_key, rest);
    }
}

/* ---- rights */

static const char *rights_of_service(const struct service *service, struct arena *arena)
{
    const char *rights = "service -";
    for (const struct follow *follow = service->follows; follow != NULL && follow->stream != NULL;
         follow++)
        rights = arena_printf(arena, "%s%s%s", rights,
                              follow == service->follows ? " journals=" : ",", follow->stream);
    return rights;
}

/* The gateway checks its people itself, so it may name any; `desk` is the program of a simulation,
 * which has no others. */
static const char *rights_of(const char *name, struct arena *arena)
{
    static const struct service *const services[] = {&intake_service, &routing_service,
                                                     &charging_service, &supervision_service,
                                                     &reporting_service};
    static const struct {
        const char *name, *rights;
    } others[] = {
        {"gateway", "desk - roles=any departments=any actors=any "
                    "journals=intake,routing,charging,supervision"},
        {"desk", "desk - roles=any departments=any actors=any journals=any"},
        {"operator", "operator - roles=administrator,business_manager departments=- "
                     "actors=operator"},
    };
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++)
        if (strcmp(services[i]->name, name) == 0)
            return rights_of_service(services[i], arena);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(others[i].name, name) == 0)
            return others[i].rights;
    return "desk -";
}

void list_add(struct list *list, const char *name, const char public_key[KEY_TEXT_SIZE])
{
    append(list,
           arena_printf(list->arena, "%s %s %s\n", name, public_key, rights_of(name, list->arena)));
}
