/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/system/hostile.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "services/gateway/api/json.h"
#include "services/gateway/api/routes.h"

enum { DEPTH_MOST = 5, MANY = 70, NESTED = 3000, OVERSIZED = 70000, LONG_HEADER = 20000 };

#define ONE_OF(dice, list) (list)[roll(dice, sizeof(list) / sizeof((list)[0]))]

uint64_t roll(struct dice *dice, uint64_t below)
{
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 7;
    dice->state ^= dice->state << 17;
    return dice->state % below;
}

static bool one_in(struct dice *dice, uint64_t n)
{
    return roll(dice, n) == 0;
}

/* ---- text that is put together */

struct text {
    char *bytes;
    size_t n, room;
};

static void add(struct text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int n = vsnprintf(text->bytes + text->n, text->room - text->n, format, list);
    va_end(list);
    text->n += (size_t)n < text->room - text->n ? (size_t)n : text->room - text->n - 1;
}

static void add_many(struct text *text, char byte, size_t n)
{
    if (n > text->room - text->n - 1)
        n = text->room - text->n - 1;
    memset(text->bytes + text->n, byte, n);
    text->n += n;
    text->bytes[text->n] = '\0';
}

/* ---- JSON */

static const char *const odd_values[] = {"null",
                                         "[]",
                                         "{}",
                                         "\"\"",
                                         "true",
                                         "-1",
                                         "1e999",
                                         "-0.0",
                                         "0.5",
                                         "9223372036854775808",
                                         "\"-9223372036854775808\"",
                                         "123456789012345678901234567890",
                                         "\"\\u0000\"",
                                         "\"\\ud800\"",
                                         "\"\\uffff\\u202e\"",
                                         "\"\xff\xfe\"",
                                         "\"\xed\xa0\x80\"",
                                         "\"\xc0\xaf\"",
                                         "{\"a\":1,\"a\":2}",
                                         "[[[[[[[[[[]]]]]]]]]]",
                                         "NaN",
                                         "'x'",
                                         "\"",
                                         "\"'; drop table people; --\"",
                                         "\"%s%n%x\"",
                                         "\"a\\tb\\nc\\rd\""};

static const char *const numbers[] = {"0",
                                      "1",
                                      "2",
                                      "12",
                                      "100",
                                      "501",
                                      "-1",
                                      "32768",
                                      "2147483647",
                                      "\"1000\"",
                                      "\"9223372036854775807\"",
                                      "1.0",
                                      "19000"};

/* What a field of this name would like to have. */
static const struct {
    const char *field, *value;
} liked[] = {
    {"item", "CUL-01"},       {"department", "CUL"},   {"document", "11010519491231002X"},
    {"phone", "13800138000"}, {"name", "fuzz"},        {"password", "a password of nobody"},
    {"fee", "FEE-CUL-01"},    {"last_four", "002X"},   {"next", "another password"},
    {"search", "印刷"},       {"form", "original"},    {"state", "closed"},
    {"after", "fuzz"},        {"assignee", "approver"}};

static const char *const texts[] = {
    "x",
    "王小明",
    "",
    "CUL-02",
    "\\\"quoted\\\"",
    "文化",
    "a-very-long-name-that-goes-on-for-longer-than-any-name-should"};

static void add_text(struct text *text, struct dice *dice, const char *field)
{
    for (size_t i = 0; i < sizeof liked / sizeof liked[0] && !one_in(dice, 5); i++)
        if (strcmp(liked[i].field, field) == 0) {
            add(text, "%s", liked[i].value);
            return;
        }
    if (one_in(dice, 20))
        add_many(text, 'w', roll(dice, 2000));
    else
        add(text, "%s", ONE_OF(dice, texts));
}

static void add_message(struct text *, struct dice *, const struct sender *,
                        const ProtobufCMessageDescriptor *, int depth);

static void add_enum(struct text *text, struct dice *dice, const ProtobufCEnumDescriptor *type)
{
    if (one_in(dice, 8))
        add(text, "%d", (int)roll(dice, 40) - 2);
    else
        add(text, "\"%s\"", type->values[roll(dice, type->n_values)].name);
}

static void add_value(struct text *text, struct dice *dice, const struct sender *sender,
                      const ProtobufCFieldDescriptor *field, int depth)
{
    if (one_in(dice, 12)) {
        add(text, "%s", ONE_OF(dice, odd_values));
        return;
    }
    switch (field->type) {
    case PROTOBUF_C_TYPE_BOOL:
        add(text, one_in(dice, 2) ? "true" : "false");
        return;
    case PROTOBUF_C_TYPE_ENUM:
        add_enum(text, dice, field->descriptor);
        return;
    case PROTOBUF_C_TYPE_MESSAGE:
        add_message(text, dice, sender, field->descriptor, depth - 1);
        return;
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_BYTES:
        add(text, "\"");
        add_text(text, dice, field->name);
        add(text, "\"");
        return;
    default:
        add(text, "%s",
            strcmp(field->name, "case_number") == 0 ? sender->case_number : ONE_OF(dice, numbers));
    }
}

static void add_field(struct text *text, struct dice *dice, const struct sender *sender,
                      const ProtobufCFieldDescriptor *field, int depth)
{
    char name[JSON_NAME_SIZE];
    add(text, "\"%s\":", one_in(dice, 6) ? field->name : json_name(field, name));
    if (field->label != PROTOBUF_C_LABEL_REPEATED) {
        add_value(text, dice, sender, field, depth);
        return;
    }
    uint64_t n = one_in(dice, 30) ? MANY : roll(dice, 4);
    add(text, "[");
    for (uint64_t i = 0; i < n; i++) {
        add(text, i == 0 ? "" : ",");
        add_value(text, dice, sender, field, depth);
    }
    add(text, "]");
}

static void add_message(struct text *text, struct dice *dice, const struct sender *sender,
                        const ProtobufCMessageDescriptor *type, int depth)
{
    bool first = true;
    add(text, "{");
    for (unsigned i = 0; i < type->n_fields && depth > 0; i++) {
        if (one_in(dice, 8))
            continue;
        add(text, first ? "" : ",");
        add_field(text, dice, sender, &type->fields[i], depth);
        first = false;
    }
    if (one_in(dice, 20))
        add(text, "%s\"constructor\":%s", first ? "" : ",", ONE_OF(dice, odd_values));
    add(text, "}");
}

static void add_wild_body(struct text *text, struct dice *dice)
{
    static const char *const bodies[] = {
        "",          "{",      "[]",          "null",
        "{}{}",      "{\"a\"", "a=b&c=d",     "\xef\xbb\xbf{}",
        "{\"\":{}}", "[1,2",   "<xml></xml>", "{\"item\":\"CUL-01\",}"};
    switch (roll(dice, 8)) {
    case 0:
        add_many(text, one_in(dice, 2) ? '[' : '{', roll(dice, NESTED));
        return;
    case 1:
        add_many(text, ' ', roll(dice, OVERSIZED));
        return;
    case 2:
        for (uint64_t n = roll(dice, 400); n > 0; n--)
            add_many(text, (char)(1 + roll(dice, 255)), 1);
        return;
    default:
        add(text, "%s", ONE_OF(dice, bodies));
    }
}

/* ---- paths */

static void add_segment(struct text *text, struct dice *dice, const struct sender *sender,
                        const char *word)
{
    static const char *const odd[] = {"%00",
                                      "%ff%fe",
                                      "..",
                                      "%2e%2e%2f",
                                      "0",
                                      "-1",
                                      "%",
                                      "%zz",
                                      "9999999999999999999",
                                      "CUL%2D01",
                                      "261123-000001-0"};
    if (one_in(dice, 6))
        add(text, "%s", ONE_OF(dice, odd));
    else if (strncmp(word, "{caseNumber}", 12) == 0)
        add(text, "%s", sender->case_number);
    else if (strncmp(word, "{item}", 6) == 0)
        add(text, one_in(dice, 2) ? "CUL-02" : "STA-01");
    else if (strncmp(word, "{name}", 6) == 0)
        add(text, one_in(dice, 2) ? "fuzz" : "display-1");
    else
        add(text, "%d", (int)roll(dice, 3000));
}

static void add_path(struct text *text, struct dice *dice, const struct sender *sender,
                     const char *path)
{
    add(text, "/api/v1");
    for (; *path != '\0'; path += strcspn(path + 1, "/") + 1) {
        add(text, "/");
        if (path[1] == '{')
            add_segment(text, dice, sender, path + 1);
        else
            add(text, "%.*s", (int)strcspn(path + 1, "/"), path + 1);
    }
}

static void add_query(struct text *text, struct dice *dice, const struct sender *sender,
                      const ProtobufCMessageDescriptor *type)
{
    char value[4096], name[JSON_NAME_SIZE];
    for (unsigned i = 0; type != NULL && i < type->n_fields; i++) {
        struct text of = {value, 0, sizeof value};
        if (one_in(dice, 3))
            continue;
        add_value(&of, dice, sender, &type->fields[i], 1);
        add(text, "%c%s=", strchr(text->bytes, '?') == NULL ? '?' : '&',
            json_name(&type->fields[i], name));
        for (const char *c = value; *c != '\0'; c++)
            add(text,
                *c == '"'                               ? ""
                : (unsigned char)*c <= ' ' || *c == '%' ? "%%%02x"
                                                        : "%c",
                (unsigned char)*c);
    }
}

static void add_wild_path(struct text *text, struct dice *dice)
{
    static const char *const paths[] = {"/../../etc/passwd",
                                        "/%2e%2e/%2e%2e/etc/passwd",
                                        "/..%5c..%5cwindows",
                                        "//healthz",
                                        "/healthz?x",
                                        "*",
                                        "",
                                        "http://elsewhere/api/v1/items",
                                        "/api/v1/",
                                        "/api/v1//items",
                                        "/api/v2/items",
                                        "/api/v1/items?department=%",
                                        "/api/v1/items?search=%00",
                                        "/api/v1/items?&&=&=",
                                        "/api/v1/cases/1/2/3/4/5/6/7/8",
                                        "/index.html",
                                        "/assets/%2e%2e/index.html",
                                        "/api/v1/items\t",
                                        "/\xc3\x28"};
    if (!one_in(dice, 20)) {
        add(text, "%s", ONE_OF(dice, paths));
        return;
    }
    add(text, "/api/v1/items?search=");
    add_many(text, 'x', roll(dice, LONG_HEADER));
}

/* ---- headers */

static void add_odd_header(struct text *text, struct dice *dice)
{
    static const char *const headers[] = {
        "Content-Length: 0",
        "Content-Length: 18446744073709551616",
        "Content-Length: -1",
        "Content-Length: 5, 5",
        "Content-Length : 2",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Host: other",
        "Host",
        ": nothing",
        "Cookie: onedoor_session=",
        "Cookie: onedoor_session=x; onedoor_session=y; ;;==",
        "Authorization: Bearer ",
        "Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Authorization: Basic YWRtaW46YWRtaW4=",
        "X-CSRF-Token: x",
        "Idempotency-Key: 01890a5d-ac96-774b-bcce-b302099a8057",
        "Idempotency-Key: 00000000-0000-0000-0000-000000000000",
        "Idempotency-Key: {x}",
        "Last-Event-ID: intake:-1,routing:99999999999999999999,charging:,supervision",
        "Last-Event-ID: intake:1,routing:0,charging:0,supervision:0",
        "Accept-Language: zh;q=,en;q=nan,;;;,q=1",
        "Accept-Encoding: br;q=1e9, gzip;q=-1, *",
        "If-None-Match: \"",
        "Range: bytes=0-,-1",
        "Expect: 100-continue",
        "Expect: miracles",
        "Connection: upgrade, close, keep-alive",
        "Upgrade: websocket",
        " folded: yes",
        "X-Null: a\x01z",
        "X-High: \xff\xfe"};
    add(text, "%s\r\n", ONE_OF(dice, headers));
    if (one_in(dice, 60)) {
        add(text, "X-Long: ");
        add_many(text, 'y', roll(dice, LONG_HEADER));
        add(text, "\r\n");
    }
    if (one_in(dice, 60))
        for (uint64_t n = roll(dice, 500); n > 0; n--)
            add(text, "X-%d: %d\r\n", (int)n, (int)n);
}

static void add_headers(struct text *text, struct dice *dice, const struct sender *sender,
                        bool wild)
{
    static const char *const types[] = {
        "text/plain",        "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "application/jsonp", "application/json; charset=utf-16",  ""};
    if (!one_in(dice, 40))
        add(text, "Host: hall\r\n");
    if (!one_in(dice, 10)) /* or the gateway keeps it open for more */
        add(text, "Connection: close\r\n");
    if (sender->cookie[0] != '\0' && !one_in(dice, 20))
        add(text, "Cookie: %s\r\n", sender->cookie);
    if (sender->csrf[0] != '\0' && !one_in(dice, 20))
        add(text, "X-CSRF-Token: %s\r\n", sender->csrf);
    add(text, "Content-Type: %s\r\n", one_in(dice, 15) ? ONE_OF(dice, types) : "application/json");
    for (uint64_t n = wild ? roll(dice, 4) : one_in(dice, 8); n > 0; n--)
        add_odd_header(text, dice);
}

/* The length, nearly always right, and the body; or the body in chunks. */
static void add_body(struct text *text, struct dice *dice, const struct text *body)
{
    size_t length = body->n;
    if (one_in(dice, 15)) {
        add(text, "Transfer-Encoding: chunked\r\n\r\n%zx\r\n%s\r\n%s", body->n, body->bytes,
            one_in(dice, 4) ? "-5\r\n" : "0\r\n\r\n");
        return;
    }
    if (one_in(dice, 50))
        length = roll(dice, 2 * body->n + 2);
    if (body->n > 0 || one_in(dice, 4))
        add(text, "Content-Length: %zu\r\n", length);
    add(text, "\r\n%s", body->bytes);
}

/* ---- requests */

/* As the route's descriptors would have it. */
static void add_shaped(struct text *text, struct dice *dice, const struct sender *sender,
                       struct text *body)
{
    uint64_t n = 0;
    while (api_routes[n].method != NULL)
        n++;
    const struct api_route *route = &api_routes[roll(dice, n)];
    char path[8192] = "";
    struct text at = {path, 0, sizeof path};
    add_path(&at, dice, sender, route->path);
    if (!route_has_body(route))
        add_query(&at, dice, sender, route->request);
    else
        add_message(body, dice, sender, route->request, DEPTH_MOST);
    add(text, "%s %s HTTP/1.1\r\n", route->method, path);
    add_headers(text, dice, sender, false);
    add_body(text, dice, body);
}

static void add_wild(struct text *text, struct dice *dice, const struct sender *sender,
                     struct text *body)
{
    static const char *const methods[] = {"GET", "POST",    "PUT",   "DELETE",  "PATCH", "HEAD",
                                          "get", "OPTIONS", "TRACE", "CONNECT", "",      "G\tT"};
    static const char *const versions[] = {"HTTP/1.1", "HTTP/1.0", "HTTP/1.2", "http/1.1",
                                           "HTTP/",    "",         "HTTP/1.1 "};
    add(text, "%s ", ONE_OF(dice, methods));
    add_wild_path(text, dice);
    add(text, " %s%s", one_in(dice, 4) ? ONE_OF(dice, versions) : "HTTP/1.1",
        one_in(dice, 30) ? "\n" : "\r\n");
    add_headers(text, dice, sender, true);
    add_wild_body(body, dice);
    add_body(text, dice, body);
}

/* Bytes changed, the end cut off, something else behind it on the same connection. */
static void spoil(struct text *text, struct dice *dice)
{
    if (one_in(dice, 5))
        for (uint64_t n = 1 + roll(dice, 8); n > 0 && text->n > 0; n--)
            text->bytes[roll(dice, text->n)] = (char)roll(dice, 256);
    if (one_in(dice, 30))
        text->n = roll(dice, text->n + 1);
    if (one_in(dice, 10))
        add(text, "GET /healthz HTTP/1.1\r\nHost: hall\r\n\r\n");
    if (one_in(dice, 20))
        for (uint64_t n = roll(dice, 200); n > 0; n--)
            add_many(text, (char)roll(dice, 256), 1);
}

size_t hostile_request(struct dice *dice, const struct sender *sender, char bytes[HOSTILE_BYTES])
{
    static char body[HOSTILE_BYTES / 2];
    struct text text = {bytes, 0, HOSTILE_BYTES}, of_body = {body, 0, sizeof body};
    body[0] = bytes[0] = '\0';
    if (one_in(dice, 3))
        add_wild(&text, dice, sender, &of_body);
    else
        add_shaped(&text, dice, sender, &of_body);
    spoil(&text, dice);
    return text.n;
}
