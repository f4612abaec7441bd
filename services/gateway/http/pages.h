/* SPDX-License-Identifier: Apache-2.0 */
/* pages.h: an answer that is a file of the pages. */
#ifndef GATEWAY_PAGES_H
#define GATEWAY_PAGES_H

#include "services/gateway/http/exchange.h"
#include "services/gateway/http/files.h"

/* Answers with the file of the path, that it has not changed, or that there is no such page. */
void pages_answer(const struct files *, struct exchange *, const char *path);

#endif
