/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/pages.h"

#include <string.h>

#include "common/base/panic.h"

static const char not_found_page[] =
    "<!doctype html>\n<html lang=\"zh-CN\"><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width\"><title>404</title>\n"
    "<h1>没有这个页面</h1>\n<p lang=\"en\">There is no page at this address.</p>\n"
    "<p><a href=\"/\">首页 <span lang=\"en\">Start page</span></a></p>\n</html>\n";

static void add_headers(struct MHD_Response *response, const struct file *file, enum coding coding)
{
    MHD_add_response_header(response, "ETag", file->copies[coding].etag);
    MHD_add_response_header(response, "Vary", "Accept-Encoding");
    MHD_add_response_header(response, "Cache-Control",
                            file->hashed ? "public, max-age=31536000, immutable" : "no-cache");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(response, "Content-Security-Policy",
                            "default-src 'self'; img-src 'self' data:; object-src 'none'; "
                            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    if (coding != CODING_PLAIN)
        MHD_add_response_header(response, "Content-Encoding", file_coding_name(coding));
}

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
    pages_answer_html(exchange, MHD_HTTP_NOT_FOUND, LANGUAGE_ZH, page, strlen(page));
}

void pages_answer_file(struct exchange *exchange, const struct file *file)
{
    enum coding coding = file_coding(file, exchange_header(exchange, "Accept-Encoding"));
    bool same =
        file_etag_matches(exchange_header(exchange, "If-None-Match"), file->copies[coding].etag);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        same ? 0 : file->copies[coding].size, file->copies[coding].data, MHD_RESPMEM_PERSISTENT);
    must(response != NULL);
    if (!same)
        MHD_add_response_header(response, "Content-Type", file->type);
    add_headers(response, file, coding);
    exchange_respond(exchange, same ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK, response);
}

void pages_answer(const struct files *files, struct exchange *exchange, const char *path)
{
    const struct file *file = files_find(files, path);
    if (file == NULL)
        answer_not_found(exchange);
    else
        pages_answer_file(exchange, file);
}
