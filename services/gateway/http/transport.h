/* SPDX-License-Identifier: Apache-2.0 */
/* transport.h: the bytes of one connection, plain or by TLS. Nothing here waits: what cannot be
 * done now is done again once the socket is readable or writable. */
#ifndef GATEWAY_TRANSPORT_H
#define GATEWAY_TRANSPORT_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <sys/types.h>
#include <sys/uio.h>

struct transport {
    int fd;
    SSL *tls; /* null: plain */
};

/* What TLS does here: versions 1.2 and 1.3, each with a key exchange of its own (forward secrecy);
 * no renegotiation, compression, resumption. Null, logged: a file is not what it must be. */
SSL_CTX *transport_tls(const char *certificate_file, const char *key_file);

/* On an accepted socket, which it takes over. `tls` null: plain. */
void transport_open(struct transport *, int fd, SSL_CTX *tls);
void transport_close(struct transport *);

enum { TRANSPORT_AGAIN = -1, TRANSPORT_ENDED = -2 };

/* 0: the handshake is done. Else AGAIN or ENDED. */
int transport_shake_hands(struct transport *);
/* How many bytes were read (at least one), AGAIN, or ENDED: by the client, or by a fault. */
ssize_t transport_read(struct transport *, char *to, size_t size);
/* How many of the bytes of one or two pieces were written, AGAIN or ENDED. */
ssize_t transport_write(struct transport *, const struct iovec *pieces, int n);
/* Nothing more will be written; the client is told. */
void transport_finish(struct transport *);

#endif
