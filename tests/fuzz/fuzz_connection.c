/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes on a connection of the gateway, whatever they are, and a handler that answers. */
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "services/gateway/api/routes.h"
#include "services/gateway/gateway.h"
#include "services/gateway/http/http.h"
#include "tests/fuzz/fuzz.h"

enum { HEARD_BYTES = 4096, IDLE_TURNS = 6 };

static bool take_parameter(void *context, const struct exchange_parameter *parameter)
{
    size_t *n = context;
    *n += strlen(parameter->name) + (parameter->value == NULL ? 0 : strlen(parameter->value));
    return true;
}

static void handle(void *context, struct exchange *exchange, const char *method, const char *path)
{
    struct path_match match;
    size_t n = 0;
    (void)context;
    route_match(method, path, &match);
    exchange_parameters(exchange, take_parameter, &n);
    exchange_header(exchange, "Authorization");
    exchange_cookie(exchange, "onedoor_session");
    exchange_answer(exchange, 200, "text/plain", strdup("ok"), 2);
}

static void refuse_it(struct exchange *exchange, struct outcome outcome)
{
    (void)outcome;
    exchange_answer(exchange, 400, "text/plain", strdup("no"), 2);
}

static const struct exchange_handler handler = {handle, refuse_it, NULL, NULL};

static struct http *http_once(void)
{
    static const struct setting *const tables[] = {gateway_settings, common_settings, NULL};
    static struct arena *arena; /* its settings */
    static struct http *http;
    if (http == NULL) {
        arena = arena_new(1 << 20);
        struct config *config = config_defaults(tables, arena);
        config_set(config, "gateway_port", "0");
        config_set(config, "rate_per_second", "0");
        http = http_new(config, &(struct http_place){"gateway_address", "gateway_port", false},
                        &handler);
        must(http != NULL);
    }
    return http;
}

static int connect_to(const struct http *http)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)http_port(http)),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(connect(connection, (struct sockaddr *)&address, sizeof address) == 0);
    return connection;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char heard[HEARD_BYTES];
    struct http *http = http_once();
    int connection = connect_to(http);
    send(connection, data, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    shutdown(connection, SHUT_WR);
    for (int idle = 0; idle < IDLE_TURNS; idle++) {
        http_begin_turn(http);
        http_turn(http);
        ssize_t n = recv(connection, heard, sizeof heard, MSG_DONTWAIT);
        if (n == 0)
            break;
        idle = n > 0 ? 0 : idle;
    }
    close(connection);
    http_turn(http);
    return 0;
}
