/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LENGTH_DIGITS_MAX = 15, METHOD_MAX = 20 };

/* ---- the bytes */

enum request_fault request_scan(const char *text, size_t n, size_t *seen)
{
    for (size_t i = *seen; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        bool after_cr = i > 0 && text[i - 1] == '\r';
        if (after_cr != (c == '\n') || (c < 0x20 && c != '\r' && c != '\n' && c != '\t') ||
            c == 0x7f)
            return REQUEST_BAD;
        *seen = i + 1;
        if (c == '\n' && i >= 3 && text[i - 2] == '\n')
            return REQUEST_OK;
    }
    return REQUEST_PARTIAL;
}

static bool is_token(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (c == '\0' || (!plain && strchr("!#$%&'*+-.^_`|~", c) == NULL))
            return false;
    }
    return size > 0;
}

static int digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The byte that "%XX" stands for; 0: it is malformed, or NUL. */
static unsigned char escaped(const char *text)
{
    int high = digit(text[1]), low = high < 0 ? -1 : digit(text[2]);
    return (unsigned char)(low < 0 ? 0 : high * 16 + low);
}

static bool escapes_are_good(const char *text)
{
    while ((text = strchr(text, '%')) != NULL)
        if (escaped(text++) == 0)
            return false;
    return true;
}

void request_unescape(char *text, bool plus)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++, to++) {
        *to = plus && *from == '+' ? ' ' : *from;
        if (*from != '%')
            continue;
        *to = (char)escaped(from);
        from += 2;
    }
    *to = '\0';
}

/* ---- the line */

static enum request_fault bad(struct request *request, const char *why)
{
    request->why = why;
    return REQUEST_BAD;
}

/* A path that is read with its escapes must have as many parts as one that is read without. */
static bool is_plain(const char *path)
{
    for (const char *at = path; (at = strchr(at, '%')) != NULL; at++)
        if (at[1] == '2' && (at[2] == 'f' || at[2] == 'F'))
            return false;
    return true;
}

static bool has_control(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return true;
    return false;
}

static enum request_fault parse_target(char *target, struct request *request)
{
    for (const char *at = target; *at != '\0'; at++)
        if ((unsigned char)*at <= 0x20 || (unsigned char)*at > 0x7e || *at == '#')
            return bad(request, "the target must be of visible ASCII characters");
    if (target[0] != '/')
        return bad(request, "the target must begin with a slash");
    char *mark = strchr(target, '?');
    if (mark != NULL)
        *mark++ = '\0';
    request->query = mark == NULL ? "" : mark;
    if (!escapes_are_good(target) || !escapes_are_good(request->query) || !is_plain(target))
        return bad(request, "the target has an escape that is not taken");
    request_unescape(target, false);
    if (has_control(target))
        return bad(request, "the path has a control character");
    request->path = target;
    return REQUEST_OK;
}

static enum request_fault parse_version(const char *version, struct request *request)
{
    bool is_http = strncmp(version, "HTTP/", 5) == 0 && strlen(version) == 8 &&
                   digit(version[5]) >= 0 && version[6] == '.' && digit(version[7]) >= 0;
    if (!is_http)
        return bad(request, "the request line must be a method, a target and a version");
    request->is_1_0 = request->closes = strcmp(version, "HTTP/1.0") == 0;
    return request->closes || strcmp(version, "HTTP/1.1") == 0 ? REQUEST_OK : REQUEST_VERSION;
}

static enum request_fault parse_line(char *line, struct request *request)
{
    char *target = strchr(line, ' ');
    char *version = target == NULL ? NULL : strchr(target + 1, ' ');
    if (version == NULL)
        return bad(request, "the request line must be a method, a target and a version");
    *target++ = *version++ = '\0';
    if (!is_token(line, strlen(line)) || strlen(line) > METHOD_MAX)
        return bad(request, "the method is not well formed");
    request->method = line;
    enum request_fault fault = parse_version(version, request);
    return fault == REQUEST_OK ? parse_target(target, request) : fault;
}

/* ---- the headers */

static enum request_fault parse_header(char *line, struct request *request)
{
    char *colon = strchr(line, ':');
    if (colon == NULL || !is_token(line, (size_t)(colon - line)))
        return bad(request, "a header is not well formed");
    if (request->n_headers == REQUEST_HEADERS_MAX)
        return bad(request, "there are too many headers");
    *colon++ = '\0';
    char *value = colon + strspn(colon, " \t"), *end = value + strlen(value);
    while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
        *--end = '\0';
    request->headers[request->n_headers].name = line;
    request->headers[request->n_headers++].value = value;
    return REQUEST_OK;
}

/* How often the header is given; *value is the last one. */
static int count(const struct request *request, const char *name, const char **value)
{
    int n = 0;
    for (int i = 0; i < request->n_headers; i++) {
        if (strcasecmp(request->headers[i].name, name) != 0)
            continue;
        *value = request->headers[i].value;
        n++;
    }
    return n;
}

static enum request_fault parse_length(struct request *request)
{
    const char *length = NULL, *encoding = NULL;
    int lengths = count(request, "Content-Length", &length),
        encodings = count(request, "Transfer-Encoding", &encoding);
    if (lengths + encodings > 1)
        return bad(request, "the body's length is given more than once");
    request->chunked = encodings == 1;
    if (request->chunked && (request->closes || strcasecmp(encoding, "chunked") != 0))
        return bad(request, "the body must come as it is, or in chunks");
    if (lengths == 0)
        return REQUEST_OK;
    size_t digits = strspn(length, "0123456789");
    if (digits == 0 || digits > LENGTH_DIGITS_MAX || length[digits] != '\0')
        return bad(request, "the body's length must be a number");
    request->length = strtoll(length, NULL, 10);
    return REQUEST_OK;
}

static enum request_fault parse_host(struct request *request)
{
    const char *host = NULL;
    int hosts = count(request, "Host", &host);
    if (hosts > 1 || (hosts == 0 && !request->closes))
        return bad(request, "there must be one Host header");
    if (host != NULL && strpbrk(host, " \t/?#@,") != NULL)
        return bad(request, "the Host header is not well formed");
    return REQUEST_OK;
}

/* "keep-alive, Close": is the word there? */
static bool list_has(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (; *list != '\0'; list += strcspn(list, ","), list += *list == ',') {
        list += strspn(list, " \t");
        if (strncasecmp(list, word, length) == 0 && strcspn(list, ", \t") == length)
            return true;
    }
    return false;
}

static bool has_word(const struct request *request, const char *name, const char *word)
{
    for (int i = 0; i < request->n_headers; i++)
        if (strcasecmp(request->headers[i].name, name) == 0 &&
            list_has(request->headers[i].value, word))
            return true;
    return false;
}

enum request_fault request_parse(char *text, size_t size, struct request *request)
{
    *request = (struct request){0};
    text[size - 4] = text[size - 2] = '\0'; /* the CR of the last line, and that of the blank one */
    enum request_fault fault = REQUEST_OK;
    char *line = text, *next;
    for (; fault == REQUEST_OK && *line != '\0'; line = next) {
        size_t length = strcspn(line, "\r");
        line[length] = '\0';
        next = line + length + 2;
        fault = line == text ? parse_line(line, request) : parse_header(line, request);
    }
    if (fault == REQUEST_OK && request->method == NULL)
        fault = bad(request, "there is no request line");
    if (fault == REQUEST_OK)
        fault = parse_host(request);
    if (fault == REQUEST_OK)
        fault = parse_length(request);
    request->awaits = !request->is_1_0 && has_word(request, "Expect", "100-continue");
    request->closes |= has_word(request, "Connection", "close");
    return fault;
}

const char *request_header(const struct request *request, const char *name)
{
    for (int i = 0; i < request->n_headers; i++)
        if (strcasecmp(request->headers[i].name, name) == 0)
            return request->headers[i].value;
    return NULL;
}
