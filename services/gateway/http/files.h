/* SPDX-License-Identifier: Apache-2.0 */
/* files.h: the files of the pages, read into memory once at start, so that a request opens no file
 * and cannot name one outside the folder. Precompressed copies beside a file (.br, .gz) are served
 * under its name to clients that accept them. */
#ifndef GATEWAY_FILES_H
#define GATEWAY_FILES_H

#include <stdbool.h>
#include <stddef.h>

enum { FILES_MAX = 2000, FILES_BYTES_MAX = 64 * 1024 * 1024, ETAG_SIZE = 40 };

enum coding { CODING_PLAIN, CODING_GZIP, CODING_BROTLI, CODINGS };

struct file {
    char *path;       /* "/assets/app-3f9a1c2b.js" */
    const char *type; /* Content-Type */
    bool hashed;      /* its name changes with its content: a client may cache it for a year */
    struct {
        char *data; /* null: there is no such copy */
        size_t size;
        char etag[ETAG_SIZE]; /* with its quotes */
    } copies[CODINGS];
};

struct files;

/* All files below a folder; none for an empty path or a folder that does not exist. Null, logged,
 * when they are too many or cannot be read. */
struct files *files_new(const char *folder);
void files_free(struct files **);

/* The file of a path; null: none. The application is one file, /index.html, and has several
 * addresses. The build lists them in /pages.txt, one a line: words, "*" for one part of any kind,
 * "**" for any number of parts. Without a list there is only "/". */
const struct file *files_find(const struct files *, const char *path);

/* The smallest copy that an Accept-Encoding header (may be null) allows. */
enum coding file_coding(const struct file *, const char *accept_encoding);
const char *file_coding_name(enum coding);

/* Does an If-None-Match header name the tag? */
bool file_etag_matches(const char *if_none_match, const char *etag);

#endif
