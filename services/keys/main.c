/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-keys: makes the CURVE keys by which the programs of a hall know each other.
 *
 *   onedoor-keys HOME NAME...
 *
 * For each NAME it makes HOME/keys/NAME.key (mode 0600) unless it is there:
 *
 *   public <40 characters of Z85>
 *   secret <40 characters of Z85>
 *
 * and then writes HOME/keys/peers anew, the list of those who are let in, one line a peer:
 *
 *   <name> <public key> <service|desk|operator> <last day valid: YYYY-MM-DD, or ->
 *
 * A line of the old list keeps its place, its kind and its term; the line of a NAME whose key has
 * changed is made anew. To shut a peer out, delete its line and its key file. Files are replaced as
 * a whole, so that a reader never sees half of one. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

enum { Z85_SIZE = 41 }; /* with the closing NUL */

static const char *const services[] = {"intake",      "routing",   "charging",
                                       "supervision", "reporting", "exchange"};

static _Noreturn void fail(const char *path)
{
    fprintf(stderr, "onedoor-keys: %s: %s\n", path, strerror(errno));
    exit(1);
}

static const char *kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++) {
        if (strcmp(name, services[i]) == 0)
            return "service";
    }
    return strcmp(name, "operator") == 0 ? "operator" : "desk";
}

/* A name becomes a file name and a word of the list. */
static bool is_name(const char *name)
{
    return *name && strlen(name) <= 60 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen(name);
}

/* Opens `path`.new for its owner alone; keep() puts it in the place of `path`. */
static FILE *begin(const char *path, char new_path[PATH_MAX])
{
    snprintf(new_path, PATH_MAX, "%s.new", path);
    int fd = open(new_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (f == NULL)
        fail(new_path);
    return f;
}

static void keep(FILE *f, const char *new_path, const char *path)
{
    if (fflush(f) || fsync(fileno(f)) || fclose(f) || rename(new_path, path))
        fail(path);
}

static void make_key(const char *path)
{
    char public_key[Z85_SIZE], secret_key[Z85_SIZE], new_path[PATH_MAX];
    if (zmq_curve_keypair(public_key, secret_key)) {
        fprintf(stderr, "onedoor-keys: this libzmq has no CURVE\n");
        exit(1);
    }
    FILE *f = begin(path, new_path);
    fprintf(f, "public %s\nsecret %s\n", public_key, secret_key);
    keep(f, new_path, path);
}

static void read_public(const char *path, char public_key[Z85_SIZE])
{
    FILE *f = fopen(path, "re");
    if (f == NULL)
        fail(path);
    if (fscanf(f, "public %40s", public_key) != 1 || strlen(public_key) != Z85_SIZE - 1) {
        fprintf(stderr, "onedoor-keys: %s is no key file; delete it to have a new one made\n",
                path);
        exit(1);
    }
    fclose(f);
}

/* Copies the lines of the old list that still hold, and marks whom they speak of in `listed`. */
static void copy_old_lines(FILE *to, const char *path, int count, char **names,
                           char (*public_keys)[Z85_SIZE], bool listed[])
{
    FILE *from = fopen(path, "re");
    if (from == NULL && errno == ENOENT)
        return;
    if (from == NULL)
        fail(path);
    char line[256], name[64], key[64];
    while (fgets(line, sizeof line, from) != NULL) {
        bool holds = sscanf(line, "%63s %63s", name, key) == 2;
        for (int i = 0; i < count && holds; i++) {
            if (strcmp(names[i], name) == 0) {
                holds = strcmp(public_keys[i], key) == 0 && !listed[i];
                listed[i] |= holds;
            }
        }
        if (holds)
            fputs(line, to);
    }
    fclose(from);
}

static void write_peers(const char *path, int count, char **names, char (*public_keys)[Z85_SIZE])
{
    char new_path[PATH_MAX];
    bool *listed = calloc((size_t)count, sizeof *listed);
    if (listed == NULL)
        fail(path);
    FILE *f = begin(path, new_path);
    copy_old_lines(f, path, count, names, public_keys, listed);
    for (int i = 0; i < count; i++) {
        if (!listed[i])
            fprintf(f, "%s %s %s -\n", names[i], public_keys[i], kind_of(names[i]));
    }
    keep(f, new_path, path);
    free(listed);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: onedoor-keys HOME NAME...\n");
        return 2;
    }
    int count = argc - 2;
    char **names = argv + 2, path[PATH_MAX];
    char(*public_keys)[Z85_SIZE] = calloc((size_t)count, sizeof *public_keys);
    snprintf(path, sizeof path, "%s/keys", argv[1]);
    if (public_keys == NULL || (mkdir(path, 0700) && errno != EEXIST))
        fail(path);
    for (int i = 0; i < count; i++) {
        if (!is_name(names[i])) {
            fprintf(stderr, "onedoor-keys: '%s' is no name of a peer\n", names[i]);
            return 2;
        }
        snprintf(path, sizeof path, "%s/keys/%s.key", argv[1], names[i]);
        if (access(path, F_OK))
            make_key(path);
        read_public(path, public_keys[i]);
    }
    snprintf(path, sizeof path, "%s/keys/peers", argv[1]);
    write_peers(path, count, names, public_keys);
    free(public_keys);
    return 0;
}
