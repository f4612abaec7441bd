/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/system/hostile.h"

#include "services/gateway/api/json.h"
#include "services/gateway/api/routes.h"

enum { DEPTH_MOST = 5, NESTED = 3000, OVERSIZED = 70000, LONG_HEADER = 20000 };

/* ---- bodies */

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
        hostile_json_value(&of, dice, sender, &type->fields[i], 1);
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
        hostile_json_message(body, dice, sender, route->request, DEPTH_MOST);
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

/* Change bytes, cut off the end, add something after it on the same connection. */
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
