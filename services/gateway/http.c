/* SPDX-License-Identifier: Apache-2.0 */
/* http.c: libmicrohttpd on our loop, and what it lets through that we do not: doubled and
 * contradicting lengths, names with spaces, bodies without end. Whatever is not HTTP as written in
 * RFC 9112 is answered 400 and the connection closed, so that nobody in front of us can read it
 * otherwise. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/panic.h"
#include "common/base/wallclock.h"
#include "common/values/log.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/exchange.h"

enum { BACKLOG = 1024, TLS_FILE_MAX = 65536, LOOKS_MAX = 32 };

/* ---- the headers */

struct headers {
    int lengths, encodings, hosts;
    bool bad;
    long long length;
};

static bool is_token(const char *name, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char c = name[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (c == '\0' || (!plain && strchr("!#$%&'*+-.^_`|~", c) == NULL))
            return false;
    }
    return size > 0;
}

static enum MHD_Result look_at_header(void *context, enum MHD_ValueKind kind, const char *name,
                                      size_t name_size, const char *value, size_t value_size)
{
    struct headers *headers = context;
    (void)kind;
    headers->bad |= !is_token(name, name_size);
    for (size_t i = 0; i < value_size; i++)
        headers->bad |= ((unsigned char)value[i] < 0x20 && value[i] != '\t') || value[i] == 0x7f;
    if (strcasecmp(name, "Content-Length") == 0) {
        headers->lengths++;
        headers->bad |=
            value_size == 0 || value_size > 18 || strspn(value, "0123456789") != value_size;
        headers->length = headers->bad ? 0 : strtoll(value, NULL, 10);
    }
    if (strcasecmp(name, "Transfer-Encoding") == 0) {
        headers->encodings++;
        headers->bad |= strcasecmp(value, "chunked") != 0;
    }
    headers->hosts += strcasecmp(name, "Host") == 0;
    return MHD_YES;
}

/* Null when they are as they must be; else the refusal's sentence. */
static const char *header_fault(struct MHD_Connection *connection, const char *version,
                                struct headers *headers)
{
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, look_at_header, headers);
    if (headers->bad)
        return "a header is not well formed";
    if (headers->lengths + headers->encodings > 1)
        return "the body's length is given more than once";
    if (headers->hosts > 1 || (headers->hosts == 0 && strcmp(version, "HTTP/1.1") == 0))
        return "there must be one Host header";
    return NULL;
}

/* ---- pages and probes */

static void add_page_headers(struct MHD_Response *response, const struct file *file,
                             enum coding coding)
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
        MHD_add_response_header(response, "Content-Encoding", coding_name(coding));
}

static enum MHD_Result send_page(struct exchange *exchange, const struct file *file)
{
    enum coding coding = file_coding(file, exchange_header(exchange, "Accept-Encoding"));
    bool same = etag_matches(exchange_header(exchange, "If-None-Match"), file->copies[coding].etag);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        same ? 0 : file->copies[coding].size, file->copies[coding].data, MHD_RESPMEM_PERSISTENT);
    must(response != NULL);
    if (!same)
        MHD_add_response_header(response, "Content-Type", file->type);
    add_page_headers(response, file, coding);
    exchange->state = EXCHANGE_ANSWERED;
    enum MHD_Result result = MHD_queue_response(
        exchange->connection, same ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

static void answer_probe(struct exchange *exchange, bool well)
{
    exchange_answer(exchange, well ? 200 : 503,
                    json_pack("{ss}", "status", well ? "ok" : "not ready"));
}

static enum MHD_Result page_or_probe(struct exchange *exchange, const char *method,
                                     const char *path)
{
    const struct file *file = NULL;
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        exchange_refuse_as(exchange, ONEDOOR__CODE__UNIMPLEMENTED,
                           ONEDOOR__GATEWAY__REFUSAL__NO_SUCH_METHOD, NULL);
    else if (strcmp(path, "/healthz") == 0)
        answer_probe(exchange, true);
    else if (strcmp(path, "/readyz") == 0)
        answer_probe(exchange, live_ready(exchange->gateway->live));
    else if ((file = files_find(exchange->gateway->files, path)) != NULL)
        return send_page(exchange, file);
    else
        exchange_refuse_as(exchange, ONEDOOR__CODE__NOT_FOUND,
                           ONEDOOR__GATEWAY__REFUSAL__NO_SUCH_PATH, NULL);
    return exchange_send(exchange);
}

/* ---- requests */

static enum MHD_Result begin(struct gateway *gateway, struct MHD_Connection *connection,
                             const char *version, void **context)
{
    struct headers headers = {0};
    struct exchange *exchange = *context = exchange_new(gateway, connection);
    const char *fault = header_fault(connection, version, &headers);
    if (fault != NULL)
        exchange_refuse_as(exchange, ONEDOOR__CODE__INVALID_ARGUMENT,
                           ONEDOOR__GATEWAY__REFUSAL__BAD_REQUEST, fault);
    else if (headers.length > (long long)gateway->body_max)
        exchange_refuse_as(exchange, ONEDOOR__CODE__INVALID_ARGUMENT,
                           ONEDOOR__GATEWAY__REFUSAL__BODY_TOO_LARGE, NULL);
    else if (!rate_allows(&gateway->rate, exchange->address.s_addr, monotonic_ms()))
        exchange_refuse_as(exchange, ONEDOOR__CODE__RESOURCE_EXHAUSTED,
                           ONEDOOR__GATEWAY__REFUSAL__TOO_MANY_REQUESTS, NULL);
    else if (gateway->stopping)
        exchange_refuse_as(exchange, ONEDOOR__CODE__UNAVAILABLE,
                           ONEDOOR__GATEWAY__REFUSAL__STOPPING, NULL);
    else
        return MHD_YES;
    return exchange_send(exchange);
}

static enum MHD_Result handle(void *of_daemon, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **context)
{
    struct exchange *exchange = *context;
    if (exchange == NULL)
        return begin(of_daemon, connection, version, context);
    if (*size > 0) {
        exchange_read(exchange, data, *size);
        *size = 0;
        return MHD_YES;
    }
    if (exchange->state == EXCHANGE_READING && exchange->gateway->stopping)
        exchange_refuse_as(exchange, ONEDOOR__CODE__UNAVAILABLE,
                           ONEDOOR__GATEWAY__REFUSAL__STOPPING, NULL);
    else if (exchange->state == EXCHANGE_READING && exchange->body_too_large)
        exchange_refuse_as(exchange, ONEDOOR__CODE__INVALID_ARGUMENT,
                           ONEDOOR__GATEWAY__REFUSAL__BODY_TOO_LARGE, NULL);
    else if (exchange->state == EXCHANGE_READING && strncmp(path, "/api/", 5) != 0)
        return page_or_probe(exchange, method, path);
    else if (exchange->state == EXCHANGE_READING)
        api_begin(exchange, method, path);
    if (exchange->state == EXCHANGE_ANSWERED)
        return exchange_send(exchange);
    if (gateway_is_busy(exchange->gateway) && exchange->looks++ < LOOKS_MAX)
        return MHD_YES; /* and be asked again in the next turn */
    exchange->suspended = true;
    MHD_suspend_connection(connection);
    return MHD_YES;
}

static void completed(void *of_daemon, struct MHD_Connection *connection, void **context,
                      enum MHD_RequestTerminationCode how)
{
    (void)of_daemon;
    (void)connection;
    (void)how;
    exchange_leave(*context);
    *context = NULL;
}

/* ---- the daemon */

/* A whole small file; null (logged) when it cannot be read. */
static char *read_tls_file(const char *path)
{
    FILE *file = fopen(path, "re");
    char *text = calloc(1, TLS_FILE_MAX + 1);
    must(text != NULL);
    size_t n = file == NULL ? 0 : fread(text, 1, TLS_FILE_MAX, file);
    if (file != NULL)
        fclose(file);
    if (n > 0)
        return text;
    log_error(0, "tls.file", "cannot read %s", path);
    free(text);
    return NULL;
}

static bool address_of(const struct config *config, struct sockaddr_in *address)
{
    *address = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)config_number(config, "gateway_port"))};
    if (inet_pton(AF_INET, config_text(config, "gateway_address"), &address->sin_addr) == 1)
        return true;
    log_error(0, "http.address", "%s is no IPv4 address", config_text(config, "gateway_address"));
    return false;
}

struct MHD_Daemon *http_start(struct gateway *gateway)
{
    const struct config *config = gateway->config;
    struct sockaddr_in address;
    const char *certificate = config_text(config, "tls_certificate"),
               *key = config_text(config, "tls_key");
    char *certificate_text = NULL, *key_text = NULL;
    gateway->tls = certificate[0] != '\0';
    if (gateway->tls && ((certificate_text = read_tls_file(certificate)) == NULL ||
                         (key_text = read_tls_file(key)) == NULL))
        return NULL;
    if (!address_of(config, &address))
        return NULL;
    struct MHD_OptionItem tls[] = {{MHD_OPTION_HTTPS_MEM_CERT, 0, certificate_text},
                                   {MHD_OPTION_HTTPS_MEM_KEY, 0, key_text},
                                   {MHD_OPTION_END, 0, NULL}};
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (gateway->tls ? MHD_USE_TLS : 0), 0, NULL, NULL,
        handle, gateway, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_NOTIFY_COMPLETED, completed,
        gateway, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)BACKLOG,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)config_number(config, "connections_max"),
        MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)config_number(config, "connections_per_address"), MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)config_number(config, "idle_s"), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)config_number(config, "header_max"), MHD_OPTION_ARRAY, gateway->tls ? tls : none,
        MHD_OPTION_END);
    free(certificate_text);
    free(key_text);
    if (daemon == NULL)
        log_error(0, "http.listen", "cannot listen on %s:%lld",
                  config_text(config, "gateway_address"),
                  (long long)config_number(config, "gateway_port"));
    return daemon;
}
