/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/transport.h"

#include <errno.h>
#include <openssl/err.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/panic.h"
#include "common/values/log.h"

enum { RECORD = 16384 }; /* bytes of a TLS record */

/* ---- TLS */

static const char ciphers_1_2[] = "ECDHE+AESGCM:ECDHE+CHACHA20";
static const char ciphers_1_3[] =
    "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";

static bool set_rules(SSL_CTX *tls)
{
    SSL_CTX_set_options(tls, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                 SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                              SSL_MODE_RELEASE_BUFFERS);
    return SSL_CTX_set_num_tickets(tls, 0) == 1 &&
           SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(tls, ciphers_1_2) == 1 &&
           SSL_CTX_set_ciphersuites(tls, ciphers_1_3) == 1 &&
           SSL_CTX_set1_groups_list(tls, "X25519:P-256:P-384") == 1;
}

SSL_CTX *transport_tls(const char *certificate_file, const char *key_file)
{
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
    must(tls != NULL && set_rules(tls));
    const char *file = certificate_file;
    bool well = SSL_CTX_use_certificate_chain_file(tls, certificate_file) == 1;
    if (well) {
        file = key_file;
        well = SSL_CTX_use_PrivateKey_file(tls, key_file, SSL_FILETYPE_PEM) == 1;
    }
    if (well)
        return tls;
    log_error(0, "tls.file", "%s: %s", file, ERR_reason_error_string(ERR_peek_last_error()));
    SSL_CTX_free(tls);
    return NULL;
}

static ssize_t fault_of(struct transport *transport, int result)
{
    int error = SSL_get_error(transport->tls, result);
    ERR_clear_error();
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? TRANSPORT_AGAIN
                                                                         : TRANSPORT_ENDED;
}

/* Both pieces in one record, when they fit. */
static ssize_t write_record(struct transport *transport, const struct iovec *pieces, int n)
{
    char record[RECORD];
    size_t size = 0;
    for (int i = 0; i < n && size < RECORD; i++) {
        size_t room = RECORD - size, part = pieces[i].iov_len < room ? pieces[i].iov_len : room;
        if (part > 0)
            memcpy(record + size, pieces[i].iov_base, part);
        size += part;
    }
    int result = SSL_write(transport->tls, record, (int)size);
    return result > 0 ? result : fault_of(transport, result);
}

/* ---- bytes */

void transport_open(struct transport *transport, int fd, SSL_CTX *tls)
{
    *transport = (struct transport){.fd = fd};
    if (tls == NULL)
        return;
    transport->tls = SSL_new(tls);
    must(transport->tls != NULL && SSL_set_fd(transport->tls, fd) == 1);
    SSL_set_accept_state(transport->tls);
}

void transport_close(struct transport *transport)
{
    SSL_free(transport->tls);
    close(transport->fd);
}

int transport_shake_hands(struct transport *transport)
{
    if (transport->tls == NULL)
        return 0;
    int result = SSL_do_handshake(transport->tls);
    return result == 1 ? 0 : (int)fault_of(transport, result);
}

static ssize_t result_of(ssize_t n)
{
    if (n > 0)
        return n;
    return n < 0 && (errno == EAGAIN || errno == EINTR) ? TRANSPORT_AGAIN : TRANSPORT_ENDED;
}

ssize_t transport_read(struct transport *transport, char *to, size_t size)
{
    if (transport->tls == NULL)
        return result_of(recv(transport->fd, to, size, 0));
    int n = SSL_read(transport->tls, to, (int)size);
    return n > 0 ? n : fault_of(transport, n);
}

ssize_t transport_write(struct transport *transport, const struct iovec *pieces, int n)
{
    struct msghdr message = {.msg_iov = (struct iovec *)(void *)pieces, .msg_iovlen = (size_t)n};
    return transport->tls != NULL ? write_record(transport, pieces, n)
                                  : result_of(sendmsg(transport->fd, &message, MSG_NOSIGNAL));
}

void transport_finish(struct transport *transport)
{
    if (transport->tls != NULL && SSL_is_init_finished(transport->tls))
        SSL_shutdown(transport->tls);
    ERR_clear_error();
    shutdown(transport->fd, SHUT_WR);
}
