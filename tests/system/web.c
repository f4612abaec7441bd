/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/web.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { ANSWER_MOST = 4 << 20, WAIT_S = 120, REQUEST_MOST = 70000 };

struct web web_of(const struct hall *hall)
{
    struct web web = {0};
    char path[200], address[100] = "";
    snprintf(path, sizeof path, "%s/run/gateway.address", hall->home);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_non_null(fgets(address, sizeof address, file));
    fclose(file);
    assert_int_equal(1, sscanf(address, "http://127.0.0.1:%d", &web.port));
    return web;
}

/* ---- bytes */

int web_connect(const struct web *web)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)web->port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct timeval bound = {.tv_sec = WAIT_S};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &bound, sizeof bound);
    if (web->from != NULL) {
        struct sockaddr_in from = {.sin_family = AF_INET};
        assert_int_equal(1, inet_pton(AF_INET, web->from, &from.sin_addr));
        assert_int_equal(0, bind(fd, (struct sockaddr *)(void *)&from, sizeof from));
    }
    assert_int_equal(0, connect(fd, (struct sockaddr *)(void *)&to, sizeof to));
    return fd;
}

/* What has been sent may be refused before it is all taken, so an end of the connection is no
 * failure here. */
void web_send(int fd, const char *bytes, size_t size)
{
    for (size_t sent = 0; sent < size;) {
        ssize_t n = send(fd, bytes + sent, size - sent, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        sent += (size_t)n;
    }
}

/* `until` has come, and `end` somewhere after it. */
static bool has_come(const char *text, const char *until, const char *end)
{
    const char *at = until == NULL ? NULL : strstr(text, until);
    return at != NULL && strstr(at, end) != NULL;
}

static char *hear(int fd, const char *until, const char *end)
{
    char *text = calloc(1, ANSWER_MOST + 1);
    size_t n = 0;
    assert_non_null(text);
    while (n < ANSWER_MOST && !has_come(text, until, end)) {
        ssize_t got = recv(fd, text + n, ANSWER_MOST - n, 0);
        if (got <= 0)
            break;
        n += (size_t)got;
        text[n] = '\0';
    }
    return text;
}

char *web_hear(int fd, const char *until)
{
    return hear(fd, until, "");
}

char *web_hear_event(int fd, const char *text)
{
    return hear(fd, text, "\n\n");
}

char *web_raw(const struct web *web, const char *bytes, size_t size, const char *until)
{
    int fd = web_connect(web);
    web_send(fd, bytes, size);
    char *text = web_hear(fd, until);
    close(fd);
    return text;
}

/* 0: the connection was closed without an answer. */
int web_raw_status(const struct web *web, const char *bytes, size_t size)
{
    int status = 0;
    char *text = web_raw(web, bytes, size, "\r\n\r\n");
    if (sscanf(text, "HTTP/1.1 %d", &status) != 1)
        status = 0;
    free(text);
    return status;
}

/* ---- requests */

static size_t write_request(const struct web *web, const char *method, const char *path,
                            const char *body, char *request)
{
    size_t n = (size_t)snprintf(request, REQUEST_MOST,
                                "%s %s%s HTTP/1.1\r\nHost: hall\r\nAccept-Language: en\r\n%s",
                                method, strncmp(path, "//", 2) == 0 ? "" : "/api/v1",
                                strncmp(path, "//", 2) == 0 ? path + 1 : path, web->headers);
    if (web->cookie[0] != '\0')
        n += (size_t)snprintf(request + n, REQUEST_MOST - n, "Cookie: %s\r\n", web->cookie);
    if (web->csrf[0] != '\0')
        n += (size_t)snprintf(request + n, REQUEST_MOST - n, "X-CSRF-Token: %s\r\n", web->csrf);
    if (web->bearer[0] != '\0')
        n += (size_t)snprintf(request + n, REQUEST_MOST - n, "Authorization: Bearer %s\r\n",
                              web->bearer);
    if (body != NULL)
        n += (size_t)snprintf(request + n, REQUEST_MOST - n,
                              "Content-Type: application/json\r\nContent-Length: %zu\r\n",
                              strlen(body));
    n += (size_t)snprintf(request + n, REQUEST_MOST - n, "Connection: %s\r\n\r\n%s",
                          strcmp(path, "/events") == 0 ? "keep-alive" : "close",
                          body == NULL ? "" : body);
    assert_true(n < REQUEST_MOST);
    return n;
}

struct said web_ask(struct web *web, const char *method, const char *path, const char *body)
{
    static char request[REQUEST_MOST];
    struct said said = {0};
    size_t size = write_request(web, method, path, body, request);
    said.head = web_raw(web, request, size, NULL);
    if (sscanf(said.head, "HTTP/1.1 %d", &said.status) != 1)
        fail_msg("%s %s was not answered: '%.100s'", method, path, said.head);
    char *end = strstr(said.head, "\r\n\r\n");
    assert_non_null(end);
    said.body = json_loads(end + 4, 0, NULL);
    end[2] = '\0';
    return said;
}

void said_free(struct said *said)
{
    json_decref(said->body);
    free(said->head);
    *said = (struct said){0};
}

json_t *web_expect(struct web *web, const char *method, const char *path, const char *body,
                   int status, const char *reason)
{
    struct said said = web_ask(web, method, path, body);
    const char *why = json_string_value(json_object_get(said.body, "reason"));
    if (said.status != status || (reason != NULL && (why == NULL || strcmp(why, reason) != 0))) {
        char *text = json_dumps(said.body, JSON_COMPACT);
        fail_msg("%s %s: %d %s, expected %d %s", method, path, said.status,
                 text == NULL ? "" : text, status, reason == NULL ? "" : reason);
    }
    json_t *answer = json_incref(said.body);
    said_free(&said);
    return answer;
}

const char *web_text(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    if (text == NULL)
        fail_msg("there is no text '%s'", name);
    return text;
}

void web_sign_in(struct web *web, const char *name, const char *password)
{
    char body[300];
    web->cookie[0] = web->csrf[0] = '\0';
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"password\":\"%s\"}", name, password);
    struct said said = web_ask(web, "POST", "/session", body);
    const char *cookie = strstr(said.head, "Set-Cookie: ");
    if (said.status != 200 || cookie == NULL)
        fail_msg("%s could not sign in: %d", name, said.status);
    snprintf(web->cookie, sizeof web->cookie, "%.*s", (int)strcspn(cookie + 12, ";"), cookie + 12);
    snprintf(web->csrf, sizeof web->csrf, "%s", web_text(said.body, "csrfToken"));
    said_free(&said);
}

int web_listen(struct web *web, const char *last_event_id)
{
    static char request[REQUEST_MOST];
    struct web with = *web;
    if (last_event_id != NULL)
        snprintf(with.headers, sizeof with.headers, "Last-Event-ID: %s\r\n", last_event_id);
    size_t size = write_request(&with, "GET", "/events", NULL, request);
    int fd = web_connect(web);
    web_send(fd, request, size);
    return fd;
}
