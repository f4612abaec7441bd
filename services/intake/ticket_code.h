/* SPDX-License-Identifier: Apache-2.0 */
/* ticket_code.h: the code on a ticket, which opens it on its visitor's telephone: its day, its
 * number and 64 bits of a hash of both, keyed with the secret of the slips (slip_code.h). Derived
 * and not stored, and valid wherever the ticket is transferred. Pure. */
#ifndef INTAKE_TICKET_CODE_H
#define INTAKE_TICKET_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/values/day.h"
#include "services/intake/slip_code.h"

enum { TICKET_HASH_BYTES = 8, TICKET_CODE_SIZE = 33 };

/* YYMMDD, the number in three digits at least, then the hash in small hexadecimal digits. Gives
 * `code`. */
const char *ticket_code_make(const unsigned char key[SLIP_KEY_BYTES], struct day, int32_t number,
                             char code[TICKET_CODE_SIZE]);

/* The ticket whose code this is; false: it is nobody's. */
bool ticket_code_read(const unsigned char key[SLIP_KEY_BYTES], const char *code, struct day *,
                      int32_t *number);

#endif
