/* SPDX-License-Identifier: Apache-2.0 */
/* lives.h: full lives of a case, with the commands that desks would send: item CON-02, three
 * departments on one stage (one of them a site survey), the lead's decision, one bill of three
 * lines for three departments, paid; the case closes by itself. Six durable commands (submit, four
 * decisions, payment), and what the services do on their own.
 *
 * One process stands for all desks: it follows the journals, as a gateway does, and sends the next
 * command when an event says that the last one is done. */
#ifndef BENCH_LIVES_H
#define BENCH_LIVES_H

#include "common/bus/client.h"

struct lives;

struct lives *lives_new(struct client *);
void lives_free(struct lives **);

/* Begin one more life. */
void lives_begin(struct lives *);

long lives_begun(const struct lives *);
long lives_closed(const struct lives *);
long lives_refused(
    const struct lives *); /* commands that were refused or not answered: none should be */

/* How long commands took, in ms, since the last lives_forget: in the order of their answers. The
 * caller may sort them; valid until the next turn of the client. */
double *lives_latencies(struct lives *, size_t *n);
void lives_forget(struct lives *);

#endif
