/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/zap.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "common/base/panic.h"
#include "common/values/log.h"

/* Frames of a request: version, request id, domain, address, routing id, mechanism, credentials.
 */
enum { VERSION, REQUEST, DOMAIN, ADDRESS, ROUTING, MECHANISM, CREDENTIALS, FRAMES };

struct zap {
    pthread_t thread;
    void *socket;
    struct peers *peers;
};

static bool is(zmq_msg_t *frame, const char *text)
{
    return zmq_msg_size(frame) == strlen(text) &&
           memcmp(zmq_msg_data(frame), text, strlen(text)) == 0;
}

static int receive_request(void *socket, zmq_msg_t frames[FRAMES])
{
    int n = 0, more = 1;
    while (more) {
        zmq_msg_t extra, *frame = n < FRAMES ? &frames[n] : &extra;
        zmq_msg_init(frame);
        if (zmq_msg_recv(frame, socket, 0) < 0) {
            zmq_msg_close(frame);
            return errno == ETERM ? -1 : n;
        }
        more = zmq_msg_more(frame);
        if (frame == &extra)
            zmq_msg_close(frame);
        n++;
    }
    return n;
}

static void answer(void *socket, zmq_msg_t *request, bool accepted, const char *key)
{
    const char *code = accepted ? "200" : "400", *text = accepted ? "OK" : "not on the list";
    zmq_send(socket, "1.0", 3, ZMQ_SNDMORE);
    zmq_send(socket, zmq_msg_data(request), zmq_msg_size(request), ZMQ_SNDMORE);
    zmq_send(socket, code, 3, ZMQ_SNDMORE);
    zmq_send(socket, text, strlen(text), ZMQ_SNDMORE);
    zmq_send(socket, key, strlen(key), ZMQ_SNDMORE);
    zmq_send(socket, "", 0, 0);
}

static void judge(struct zap *zap, zmq_msg_t frames[FRAMES])
{
    static const unsigned char no_key[PEER_KEY_BYTES];
    char key[KEY_TEXT_SIZE] = "";
    struct peer peer;
    bool proper = is(&frames[VERSION], "1.0") && is(&frames[DOMAIN], ZAP_DOMAIN) &&
                  is(&frames[MECHANISM], "CURVE") &&
                  zmq_msg_size(&frames[CREDENTIALS]) == PEER_KEY_BYTES;
    bool accepted = proper && peers_by_key(zap->peers, zmq_msg_data(&frames[CREDENTIALS]), &peer);
    char address[DENIED_ADDRESS_SIZE];
    snprintf(address, sizeof address, "%.*s", (int)zmq_msg_size(&frames[ADDRESS]),
             (const char *)zmq_msg_data(&frames[ADDRESS]));
    if (accepted) {
        zmq_z85_encode(key, peer.key, PEER_KEY_BYTES);
        peers_met(zap->peers, peer.key, address);
    } else {
        peers_deny_key(zap->peers, proper ? zmq_msg_data(&frames[CREDENTIALS]) : no_key, address);
    }
    answer(zap->socket, &frames[REQUEST], accepted, key);
}

static void *serve(void *context)
{
    struct zap *zap = context;
    for (;;) {
        zmq_msg_t frames[FRAMES];
        int n = receive_request(zap->socket, frames);
        if (n == FRAMES)
            judge(zap, frames);
        for (int i = 0; i < n && i < FRAMES; i++)
            zmq_msg_close(&frames[i]);
        if (n < 0)
            break;
    }
    zmq_close(zap->socket);
    return NULL;
}

void *zap_start(void *zmq, struct peers *peers)
{
    struct zap *zap = calloc(1, sizeof *zap);
    must(zap != NULL);
    zap->peers = peers;
    zap->socket = zmq_socket(zmq, ZMQ_REP);
    int linger = 0;
    if (zap->socket != NULL)
        zmq_setsockopt(zap->socket, ZMQ_LINGER, &linger, sizeof linger);
    if (zap->socket != NULL && zmq_bind(zap->socket, "inproc://zeromq.zap.01") == 0 &&
        pthread_create(&zap->thread, NULL, serve, zap) == 0)
        return zap;
    log_error(0, "zap.start", "the access check cannot be started: %s", zmq_strerror(errno));
    if (zap->socket != NULL)
        zmq_close(zap->socket);
    free(zap);
    return NULL;
}

void zap_stop(void **zap)
{
    if (*zap == NULL)
        return;
    pthread_join(((struct zap *)*zap)->thread, NULL);
    free(*zap);
    *zap = NULL;
}
