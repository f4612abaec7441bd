/* SPDX-License-Identifier: Apache-2.0 */
/* authenticator.h: what a telephone shows for the secret of a second factor. Include after
 * cmocka.h. */
#ifndef TESTS_AUTHENTICATOR_H
#define TESTS_AUTHENTICATOR_H

#include "services/gateway/people/totp.h"
#include "tests/system/template.h"
#include "tests/system/web.h"

/* The code of a step. The secret is as text (base32). */
void authenticator_show(const char *secret_text, int64_t step, char code[TOTP_CODE_SIZE]);

/* The step of this moment. */
int64_t authenticator_now(void);

/* Gets a secret for whoever is signed in, and puts its code in the place of "{totp}". */
void authenticator_put(struct web *, const char *password, char body[TEMPLATE_BYTES]);

#endif
