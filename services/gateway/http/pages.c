/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/pages.h"

#include <string.h>

#include "common/base/panic.h"

static const char not_found_page[] =
    "<!doctype html>\n<html lang=\"zh-CN\"><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width\"><title>404</title>\n"
    "<h1>没有这个页面</h1>\n<p lang=\"en\">There is no page at this address.</p>\n"
    "<p><a href=\"/\">首页 <span lang=\"en\">Start page</span></a></p>\n</html>\n";

void pages_answer_html(struct exchange *exchange, int status, enum language language, char *html,
                       size_t size)
{
    exchange->language = language_tag(language);
    exchange->policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
                       "base-uri 'none'; frame-ancestors 'none'";
    exchange_answer(exchange, status, "text/html; charset=utf-8", html, size);
}

static void answer_not_found(struct exchange *exchange)
{
    char *page = strdup(not_found_page);
    must(page != NULL);
    pages_answer_html(exchange, 404, LANGUAGE_ZH, page, strlen(page));
}

/* Of a page in the folder, whose scripts and styles are beside it. */
static const char file_policy[] = "default-src 'self'; img-src 'self' data:; object-src 'none'; "
                                  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

void pages_answer_file(struct exchange *exchange, const struct file *file)
{
    enum coding coding = file_coding(file, exchange_header(exchange, "Accept-Encoding"));
    bool same =
        file_etag_matches(exchange_header(exchange, "If-None-Match"), file->copies[coding].etag);
    exchange->policy = file_policy;
    exchange_begin(exchange, same ? 304 : 200);
    if (!same)
        exchange_put(exchange, "Content-Type", file->type);
    exchange_put(exchange, "ETag", file->copies[coding].etag);
    exchange_put(exchange, "Vary", "Accept-Encoding");
    exchange_put(exchange, "Cache-Control",
                 file->hashed ? "public, max-age=31536000, immutable" : "no-cache");
    if (coding != CODING_PLAIN)
        exchange_put(exchange, "Content-Encoding", file_coding_name(coding));
    exchange_finish(exchange, file->copies[coding].data, same ? 0 : file->copies[coding].size);
}

void pages_answer(const struct files *files, struct exchange *exchange, const char *path)
{
    const struct file *file = files_find(files, path);
    if (file == NULL)
        answer_not_found(exchange);
    else
        pages_answer_file(exchange, file);
}
