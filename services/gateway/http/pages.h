/* SPDX-License-Identifier: Apache-2.0 */
/* pages.h: answers that a browser shows: the files of the pages, and pages made for a request. */
#ifndef GATEWAY_PAGES_H
#define GATEWAY_PAGES_H

#include "services/gateway/http/exchange.h"
#include "services/gateway/http/files.h"
#include "services/gateway/http/language.h"

/* Answers with a file: whole, or that it has not changed. */
void pages_answer_file(struct exchange *, const struct file *);

/* Answers with a page that was made for this request. It runs no script, is not kept, and says in
 * which language it is. The text is of the heap, and taken over. */
void pages_answer_html(struct exchange *, int status, enum language, char *html, size_t size);

/* Answers with the file of the path, that it has not changed, or that there is no such page. */
void pages_answer(const struct files *, struct exchange *, const char *path);

#endif
