/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/files.h"

#include <ctype.h>
#include <errno.h>
#include <fts.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "common/base/panic.h"
#include "common/values/log.h"

enum { HASH_LETTERS = 8, TAG_BYTES = 16 };

struct files {
    struct file list[FILES_MAX]; /* by path */
    size_t n, bytes;
};

static const struct {
    const char *ending, *type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
};

static const struct {
    const char *ending, *name;
} codings[CODINGS] = {
    [CODING_PLAIN] = {"", ""}, [CODING_GZIP] = {".gz", "gzip"}, [CODING_BROTLI] = {".br", "br"}};

static bool ends_with(const char *text, const char *ending)
{
    size_t a = strlen(text), b = strlen(ending);
    return a >= b && strcmp(text + a - b, ending) == 0;
}

static const char *type_of(const char *path)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (ends_with(path, types[i].ending))
            return types[i].type;
    return "application/octet-stream";
}

/* "app-3f9a1c2b.js", as bundlers name files that never change: between a dash and the ending stand
 * eight or more letters of a hash, a digit or a capital among them. */
static bool is_hashed(const char *path)
{
    const char *name = strrchr(path, '/'), *dot = strrchr(path, '.');
    const char *dash = dot;
    bool mixed = false;
    if (name == NULL || dot == NULL || dot < name)
        return false;
    while (dash > name && dash[-1] != '-') {
        dash--;
        if (!isalnum((unsigned char)*dash) && *dash != '_')
            return false;
        mixed |= isdigit((unsigned char)*dash) || isupper((unsigned char)*dash);
    }
    return dash > name && dot - dash >= HASH_LETTERS && mixed;
}

/* ---- reading */

static struct file *file_of(struct files *files, const char *path)
{
    for (size_t i = 0; i < files->n; i++)
        if (strcmp(files->list[i].path, path) == 0)
            return &files->list[i];
    if (files->n == FILES_MAX)
        return NULL;
    struct file *file = &files->list[files->n++];
    file->path = strdup(path);
    must(file->path != NULL);
    file->type = type_of(path);
    file->hashed = is_hashed(path);
    return file;
}

static bool read_copy(struct files *files, const char *from, const char *path, size_t size,
                      enum coding coding)
{
    unsigned char hash[TAG_BYTES];
    char hex[TAG_BYTES * 2 + 1];
    struct file *file = file_of(files, path);
    if (file == NULL || files->bytes + size > FILES_BYTES_MAX) {
        log_error(0, "files.many", "the pages are more than %d files or %d bytes", FILES_MAX,
                  FILES_BYTES_MAX);
        return false;
    }
    FILE *in = fopen(from, "re");
    char *data = malloc(size + 1);
    must(data != NULL);
    data[size] = '\0';
    bool read = in != NULL && fread(data, 1, size, in) == size;
    if (!read)
        log_error(0, "files.read", "cannot read %s: %s", from, strerror(errno));
    if (in != NULL)
        fclose(in);
    files->bytes += size;
    file->copies[coding].data = data;
    file->copies[coding].size = size;
    crypto_generichash(hash, sizeof hash, (unsigned char *)data, read ? size : 0, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    snprintf(file->copies[coding].etag, ETAG_SIZE, "\"%s\"", hex);
    return read;
}

static bool take(struct files *files, const FTSENT *entry, size_t root)
{
    char path[1024];
    enum coding coding = ends_with(entry->fts_path, ".gz")   ? CODING_GZIP
                         : ends_with(entry->fts_path, ".br") ? CODING_BROTLI
                                                             : CODING_PLAIN;
    snprintf(path, sizeof path, "%s", entry->fts_path + root);
    path[strlen(path) - strlen(codings[coding].ending)] = '\0';
    return read_copy(files, entry->fts_path, path, (size_t)entry->fts_statp->st_size, coding);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

struct files *files_new(const char *folder)
{
    struct files *files = calloc(1, sizeof *files);
    char *roots[] = {strdup(folder), NULL};
    bool well = true;
    must(files != NULL && roots[0] != NULL);
    size_t root = strlen(roots[0]);
    while (root > 1 && roots[0][root - 1] == '/')
        roots[0][--root] = '\0';
    FTS *walk = folder[0] == '\0' ? NULL : fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; well && walk != NULL && (entry = fts_read(walk)) != NULL;)
        if (entry->fts_info == FTS_F)
            well = take(files, entry, root);
    if (walk != NULL)
        fts_close(walk);
    free(roots[0]);
    qsort(files->list, files->n, sizeof files->list[0], by_path);
    if (!well)
        files_free(&files);
    return files;
}

void files_free(struct files **files)
{
    if (*files == NULL)
        return;
    for (size_t i = 0; i < (*files)->n; i++) {
        free((*files)->list[i].path);
        for (int c = 0; c < CODINGS; c++)
            free((*files)->list[i].copies[c].data);
    }
    free(*files);
    *files = NULL;
}

/* ---- serving */

static const struct file *find(const struct files *files, const char *path)
{
    struct file key = {.path = (char *)path};
    const struct file *file = bsearch(&key, files->list, files->n, sizeof key, by_path);
    return file == NULL || file->copies[CODING_PLAIN].data == NULL ? NULL : file;
}

/* Is the path an address of this pattern, which ends with its line? Like the pages' router it takes
 * letters of either case, and a slash at the end. */
static bool is_of_pattern(const char *path, const char *pattern)
{
    while (*pattern == '/') {
        size_t n = strcspn(++pattern, "/\n");
        if (n == 2 && strncmp(pattern, "**", 2) == 0)
            return *path == '\0' || *path == '/';
        if (*path++ != '/')
            return false;
        size_t length = strcspn(path, "/");
        bool any = n == 1 && *pattern == '*';
        if (any ? length == 0 : length != n || strncasecmp(path, pattern, n) != 0)
            return false;
        pattern += n;
        path += length;
    }
    return *path == '\0' || strcmp(path, "/") == 0;
}

static bool is_page(const struct files *files, const char *path)
{
    const struct file *list = find(files, "/pages.txt");
    const char *at = list == NULL ? "/\n" : list->copies[CODING_PLAIN].data;
    for (; *at != '\0'; at += strcspn(at, "\n"), at += *at == '\n')
        if (is_of_pattern(path, at))
            return true;
    return false;
}

const struct file *files_find(const struct files *files, const char *path)
{
    const struct file *file = find(files, path);
    return file == NULL && is_page(files, path) ? find(files, "/index.html") : file;
}

/* "gzip, br;q=0": is the coding accepted? */
static bool accepts(const char *header, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = header; *at != '\0'; at += strcspn(at, ","), at += *at == ',') {
        at += strspn(at, " \t");
        if (strncmp(at, name, length) != 0 || isalnum((unsigned char)at[length]))
            continue;
        const char *q = strstr(at, "q=");
        return q == NULL || q > at + strcspn(at, ",") || strtod(q + 2, NULL) > 0;
    }
    return false;
}

enum coding file_coding(const struct file *file, const char *accept_encoding)
{
    for (int c = CODINGS - 1; c > CODING_PLAIN && accept_encoding != NULL; c--)
        if (file->copies[c].data != NULL && accepts(accept_encoding, codings[c].name))
            return (enum coding)c;
    return CODING_PLAIN;
}

const char *file_coding_name(enum coding coding)
{
    return codings[coding].name;
}

bool file_etag_matches(const char *if_none_match, const char *etag)
{
    return if_none_match != NULL &&
           (strcmp(if_none_match, "*") == 0 || strstr(if_none_match, etag) != NULL);
}
