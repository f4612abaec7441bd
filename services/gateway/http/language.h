/* SPDX-License-Identifier: Apache-2.0 */
/* language.h: the languages of the hall, and which of them a client prefers. */
#ifndef GATEWAY_LANGUAGE_H
#define GATEWAY_LANGUAGE_H

enum language { LANGUAGE_ZH, LANGUAGE_EN };

/* The better of both by an Accept-Language header (null: Chinese). */
enum language language_of(const char *accept_language);
const char *language_tag(enum language);

#endif
