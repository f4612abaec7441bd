/* SPDX-License-Identifier: Apache-2.0 */
/* people.h: who works in the hall, how they sign in, and what proves it afterwards. The register is
 * the schema `gateway`; it is read and written on one thread of its own (deed.h).
 *
 * Passwords are kept as argon2id. A session's and a token's secret is 256 random bits, kept as a
 * hash alone. Wrong passwords lock a name out for a while, whether somebody has that name or not,
 * so that an answer never says who exists. Every attempt is on record (RULE H21). */
#ifndef GATEWAY_PEOPLE_H
#define GATEWAY_PEOPLE_H

#include <stdio.h>

#include "common/base/config.h"
#include "common/base/status.h"
#include "services/gateway/caller/deed.h"

/* Made on the loop's thread, used on the register's. The connection is made when it is first
 * needed, and again when it is lost. */
struct people *people_new(const struct config *);
void people_free(struct people **);

/* Who holds the secret with this hash: deed->caller is filled, or the outcome refuses
 * (SIGN_IN_NEEDED). */
void people_recognise(struct deed *);

people_deed people_sign_in, people_get_session, people_sign_out, people_change_password;
people_deed people_list, people_add, people_change, people_reset_password, people_list_sign_ins;
people_deed people_list_tokens, people_add_token, people_revoke_token;
people_deed people_get_hall;                                              /* hall.c */
people_deed people_list_notices, people_add_notice, people_remove_notice; /* notices.c */

/* The first administrator, with a one-time password; STATUS_NOT_FOUND when there are people
 * already. */
MUST_USE enum status people_make_admin(struct people *, char password[SECRET_TEXT_SIZE]);

/* One person for each role, as HOME/demo-users.json (mode 0600) and a line for each on `out` then
 * say; harmless when they are there. */
MUST_USE enum status people_make_demonstration(struct people *, const char *home, FILE *out);

/* A secret as text, its hash, and the CSRF token that goes with it. */
void secret_new(char text[SECRET_TEXT_SIZE]);
void secret_hash(const char *text, unsigned char hash[SECRET_HASH_BYTES]);
void secret_csrf(const char *text, char csrf[SECRET_TEXT_SIZE]);

#endif
