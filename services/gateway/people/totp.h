/* SPDX-License-Identifier: Apache-2.0 */
/* totp.h: the six digits that an authenticator shows (RFC 6238: HMAC-SHA-1, steps of 30 s), and its
 * secret as people type it and as a QR code has it. Pure. */
#ifndef GATEWAY_TOTP_H
#define GATEWAY_TOTP_H

#include <stdint.h>

#include "common/base/arena.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_STEP_MS = 30000, TOTP_DIGITS = 6, TOTP_CODE_SIZE = 7 };

/* The step that an instant (ms UTC) is in. */
int64_t totp_step(int64_t now_ms);

void totp_code(const unsigned char secret[TOTP_SECRET_BYTES], int64_t step,
               char code[TOTP_CODE_SIZE]);

/* The step whose code this is, of the present one and its two neighbours; 0: of none. */
int64_t totp_find(const unsigned char secret[TOTP_SECRET_BYTES], const char *code, int64_t now_ms);

/* Base32 (RFC 4648) without padding, in the arena. */
const char *totp_secret_text(const unsigned char secret[TOTP_SECRET_BYTES], struct arena *);
/* "otpauth://totp/..." for the person's account, in the arena. */
const char *totp_uri(const char *secret_text, const char *person, struct arena *);

#endif
