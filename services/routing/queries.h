/* SPDX-License-Identifier: Apache-2.0 */
/* queries.h: the query of routing that has a file of its own. */
#ifndef ROUTING_QUERIES_H
#define ROUTING_QUERIES_H

#include "common/service/reader.h"

/* preview.c */
struct outcome routing_answer_preview(struct reader *, struct call *);

#endif
