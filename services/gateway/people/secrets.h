/* SPDX-License-Identifier: Apache-2.0 */
/* secrets.h: the secret of a session or a token as text, its hash, and the CSRF token that follows
 * from it. */
#ifndef GATEWAY_SECRETS_H
#define GATEWAY_SECRETS_H

#include "services/gateway/caller/caller.h"

void secret_new(char text[SECRET_TEXT_SIZE]);
void secret_hash(const char *text, unsigned char hash[SECRET_HASH_BYTES]);
void secret_csrf(const char *text, char csrf[SECRET_TEXT_SIZE]);

#endif
