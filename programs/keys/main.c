/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-keys: makes the CURVE keys that the programs of a hall know each other by, and keeps the
 * list of peers; and makes the keys that a service seals personal data with.
 *
 *   onedoor-keys HOME NAME...                 a key and a line for each, in a hall without a list;
 *                                             where there is one it is left as it is
 *   onedoor-keys --do=add HOME NAME...        a line, and a key unless there is one
 *   onedoor-keys --do=renew HOME NAME...      another key in the line; restart the program then
 *   onedoor-keys --do=remove HOME NAME...     neither line nor key
 *   onedoor-keys --do=reseal HOME intake      a new key before those that it seals with; restart it
 *
 * A running hall follows the list within a second. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "programs/keys/file.h"
#include "programs/keys/key.h"
#include "programs/keys/list.h"
#include "programs/keys/seal.h"

static const struct setting keys_settings[] = {
    {"do", SETTING_TEXT, "make", 1, 10, "make (a new hall's), add, renew, remove or reseal."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const struct setting *const tables[] = {keys_settings, NULL};

static void add(struct list *list, const char *name)
{
    char public_key[KEY_TEXT_SIZE];
    if (list_has(list, name))
        program_die("%s is on the list already", name);
    if (!key_is_there(list->home, name))
        key_make(list->home, name);
    key_public(list->home, name, public_key);
    list_add(list, name, public_key);
}

static void renew(struct list *list, const char *name)
{
    char public_key[KEY_TEXT_SIZE];
    if (!list_has(list, name))
        program_die("%s is not on the list", name);
    key_make(list->home, name);
    key_public(list->home, name, public_key);
    list_renew(list, name, public_key);
}

static void remove_peer(struct list *list, const char *name)
{
    list_strike(list, name);
    key_delete(list->home, name);
}

/* A hall that lost its file gets another, which its service then refuses to start with. */
static void have_seal(struct list *list, const char *name)
{
    if (seal_is_kept(name))
        seal_have(name, list->home);
}

static void reseal(struct list *list, const char *name)
{
    if (!seal_is_kept(name))
        program_die("%s seals nothing", name);
    printf("%s seals with key %u once it is restarted\n", name, seal_renew(name, list->home));
}

/* Whoever was struck off does not come back by a start of the hall. */
static void miss(struct list *list, const char *name)
{
    if (!list_has(list, name))
        fprintf(stderr, "%s is not on the list of peers, %s/keys/peers, and cannot connect\n", name,
                list->home);
}

static const struct act {
    const char *name;
    void (*with)(struct list *, const char *name);
} acts[] = {
    {"make", add}, {"add", add}, {"renew", renew}, {"remove", remove_peer}, {"reseal", reseal}};

static const struct act *act_of(const char *name)
{
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
        if (strcmp(acts[i].name, name) == 0)
            return &acts[i];
    return NULL;
}

static void make_folder(const char *home)
{
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s/keys", home);
    if (mkdir(folder, 0711) && errno != EEXIST)
        file_failed(folder);
}

static int run(const struct invocation *invocation)
{
    static struct list list;
    const char *home = invocation->operands[0], *what = config_text(invocation->config, "do");
    const struct act *act = act_of(what);
    if (act == NULL)
        return program_misused("'%s' is not make, add, renew, remove or reseal", what);
    for (char **name = invocation->operands + 1; *name != NULL; name++)
        if (!key_name_fits(*name))
            return program_misused("'%s' is no name of a peer", *name);
    make_folder(home);
    bool is_made = list_read(&list, home, invocation->arena) && strcmp(what, "make") == 0;
    for (char **name = invocation->operands + 1; *name != NULL; name++)
        (is_made ? miss : act->with)(&list, *name);
    for (char **name = invocation->operands + 1; *name != NULL && act->with == add; name++)
        have_seal(&list, *name);
    if (!is_made)
        list_write(&list);
    return PROGRAM_OK;
}

static const struct program program = {
    .name = "keys",
    .purpose = "Makes the keys that the programs of a hall know each other by, and those that "
               "personal data is sealed with.",
    .settings = tables,
    .operands = "HOME NAME...",
    .operands_min = 2,
    .operands_max = INT_MAX,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
