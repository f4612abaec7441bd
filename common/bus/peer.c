/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/peer.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <zmq.h>

/* ---- lists: words with commas between them */

/* Calls `take` with each word until it says no. */
static bool each_word(const char *list, bool (*take)(const char *word, size_t length, void *),
                      void *context)
{
    for (size_t length;; list += length + 1) {
        length = strcspn(list, ",");
        if (length == 0 || !take(list, length, context))
            return false;
        if (list[length] == '\0')
            return true;
    }
}

static bool is_word(const char *word, size_t length, void *unused)
{
    (void)unused;
    return word != NULL && length > 0;
}

static bool is_other(const char *word, size_t length, void *wanted)
{
    bool begins = word[length - 1] == '*' && strncmp(word, wanted, length - 1) == 0;
    return !begins && !(strlen(wanted) == length && strncmp(word, wanted, length) == 0);
}

static bool is_on(const char *list, const char *word)
{
    return strcmp(list, "any") == 0 || (*list != '\0' && !each_word(list, is_other, (void *)word));
}

/* ---- reading a line */

static const char *read_list(char list[PEER_LIST_SIZE], const char *words)
{
    if (list[0] != '\0')
        return "it says the same twice";
    if (strlen(words) >= PEER_LIST_SIZE)
        return "a list is longer than 255 bytes";
    strcpy(list, words);
    return each_word(list, is_word, NULL) ? NULL : "a list has an empty word";
}

/* The names of the roles are those of the messages, in small letters. */
static bool add_role(const char *word, size_t length, void *roles)
{
    const ProtobufCEnumDescriptor *type = &onedoor__role__descriptor;
    for (unsigned i = 0; i < type->n_values; i++) {
        const char *name = type->values[i].name;
        size_t same = 0;
        while (same < length && name[same] != '\0' && tolower(name[same]) == word[same])
            same++;
        if (same == length && name[same] == '\0' && type->values[i].value != 0) {
            *(unsigned *)roles |= 1U << type->values[i].value;
            return true;
        }
    }
    return false;
}

static const char *read_roles(struct peer *peer, const char *words)
{
    if (peer->roles != 0)
        return "it says the same twice";
    if (strcmp(words, "any") == 0)
        peer->roles = ANY_ROLE;
    else if (!each_word(words, add_role, &peer->roles))
        return "there is no such role";
    return NULL;
}

static const char *read_right(struct peer *peer, const char *word)
{
    static const struct {
        const char *name;
        size_t list;
    } lists[] = {{"departments=", offsetof(struct peer, departments)},
                 {"actors=", offsetof(struct peer, actors)},
                 {"journals=", offsetof(struct peer, journals)}};
    if (strncmp(word, "roles=", 6) == 0)
        return read_roles(peer, word + 6);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        size_t length = strlen(lists[i].name);
        if (strncmp(word, lists[i].name, length) == 0)
            return read_list((char *)peer + lists[i].list, word + length);
    }
    return "it has a word that is neither roles=, departments=, actors= nor journals=";
}

static const char *read_name(struct peer *peer, const char *word)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t length = strlen(word);
    if (length >= PEER_NAME_SIZE || strspn(word, letters) != length)
        return "its name is not 1 to 32 small letters, digits, - and _";
    strcpy(peer->name, word);
    return NULL;
}

static const char *read_key(struct peer *peer, const char *word)
{
    if (strlen(word) != KEY_TEXT_SIZE - 1 || zmq_z85_decode(peer->key, word) == NULL)
        return "its key is not 40 characters of Z85";
    strcpy(peer->public_key, word);
    return NULL;
}

static const char *read_kind(struct peer *peer, const char *word)
{
    static const struct {
        const char *name;
        enum peer_kind kind;
    } kinds[] = {{"service", PEER_SERVICE}, {"desk", PEER_DESK}, {"operator", PEER_OPERATOR}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(word, kinds[i].name) == 0) {
            peer->kind = kinds[i].kind;
            return NULL;
        }
    return "its kind is not service, desk or operator";
}

/* Four, two and two digits: sscanf alone would take more and less. */
static bool is_written_as_date(const char *word)
{
    static const char pattern[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof pattern; i++)
        if (pattern[i] == 'd' ? !isdigit((unsigned char)word[i]) : word[i] != pattern[i])
            return false;
    return true;
}

static const char *read_last_day(struct peer *peer, const char *word)
{
    int year, month, day;
    peer->last.n = INT32_MAX;
    if (strcmp(word, "-") == 0)
        return NULL;
    if (!is_written_as_date(word) || sscanf(word, "%d-%d-%d", &year, &month, &day) != 3 ||
        !ymd_is_date(year, month, day))
        return "its last day is neither a date YYYY-MM-DD nor -";
    peer->last = day_from_ymd(year, month, day);
    return NULL;
}

const char *peer_read(struct peer *peer, const char *line)
{
    static const char *(*const columns[])(struct peer *, const char *) = {read_name, read_key,
                                                                          read_kind, read_last_day};
    enum { COLUMNS = sizeof columns / sizeof columns[0] };
    char text[PEER_LINE_SIZE], *rest = text;
    const char *wrong = NULL, *word;
    size_t n = 0;
    *peer = (struct peer){.name = ""};
    if (strlen(line) >= sizeof text)
        return "it is longer than 1023 bytes";
    strcpy(text, line);
    while (wrong == NULL && (word = strtok_r(rest, " \t\n", &rest)) != NULL)
        wrong = n < COLUMNS ? columns[n++](peer, word) : read_right(peer, word);
    if (wrong == NULL && n < COLUMNS)
        return "it is not: name, key, kind, last day";
    return wrong;
}

/* ---- what it may do */

bool peer_is_valid(const struct peer *peer, struct day today)
{
    return today.n <= peer->last.n;
}

bool peer_vouches(const struct peer *peer, const struct actor *actor)
{
    const char *department = actor->department[0] == '\0' ? "-" : actor->department;
    return (peer->roles >> actor->role & 1) != 0 && is_on(peer->departments, department) &&
           is_on(peer->actors, actor->id);
}

bool peer_follows(const struct peer *peer, const char *journal)
{
    return is_on(peer->journals, journal);
}
