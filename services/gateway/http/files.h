/* SPDX-License-Identifier: Apache-2.0 */
/* files.h: the pages, read into memory once at start: a request costs no file, and nothing outside
 * the folder can be named. Beside a file may lie precompressed copies (.br, .gz), which are served
 * under its name to whoever takes them. */
#ifndef GATEWAY_FILES_H
#define GATEWAY_FILES_H

#include <stdbool.h>
#include <stddef.h>

enum { FILES_MAX = 2000, FILES_BYTES_MAX = 64 * 1024 * 1024, ETAG_SIZE = 40 };

enum coding { CODING_PLAIN, CODING_GZIP, CODING_BROTLI, CODINGS };

struct file {
    char *path;       /* "/assets/app-3f9a1c2b.js" */
    const char *type; /* Content-Type */
    bool hashed;      /* its name changes with its content: to be kept for a year */
    struct {
        char *data; /* null: there is no such copy */
        size_t size;
        char etag[ETAG_SIZE]; /* with its quotes */
    } copies[CODINGS];
};

struct files;

/* All files below a folder; an empty path or a folder that is not there: none. Null, logged, when
 * they are too many or cannot be read. */
struct files *files_new(const char *folder);
void files_free(struct files **);

/* The file of a path; a path without a dot in its last part is a page of the application, which is
 * one file: /index.html. Null: none. */
const struct file *files_find(const struct files *, const char *path);

/* The smallest copy that an Accept-Encoding header (may be null) allows. */
enum coding file_coding(const struct file *, const char *accept_encoding);
const char *coding_name(enum coding);

/* Does an If-None-Match header name the tag? */
bool etag_matches(const char *if_none_match, const char *etag);

#endif
