/* SPDX-License-Identifier: Apache-2.0 */
/* export.h: a list is answered as a table (csv.h): names of departments and items first, then page
 * after page, each asked like a request of its own with the caller's rights. */
#ifndef GATEWAY_EXPORT_H
#define GATEWAY_EXPORT_H

#include "services/gateway/api/call.h"

/* Does the caller want a table, of an answer that can be one? */
bool export_is_asked(const struct call *);

/* The call's table begins: the request asks for the first page, a large one. */
void export_begin(struct call *);

/* Asks the services for names and pages, and answers. */
void export_ask(struct call *);

/* A page has come. True: the request asks for the next one now; else the call is answered. */
bool export_take(struct call *, const ProtobufCMessage *reply);

/* The call is refused: drops the table that it may have begun. */
void export_drop(struct call *);

#endif
