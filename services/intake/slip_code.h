/* SPDX-License-Identifier: Apache-2.0 */
/* slip_code.h: the code on the slips of a case, which opens its progress on the applicant's
 * telephone: the case's number and 128 bits of a hash of it, keyed with a secret of the hall.
 *
 * A code is derived and not stored, so a case that is read again from a backup or a journal has the
 * code that was printed. Who has seen any number of codes cannot make another one. Pure. */
#ifndef INTAKE_SLIP_CODE_H
#define INTAKE_SLIP_CODE_H

#include <stdint.h>

enum {
    SLIP_KEY_BYTES = 32,
    SLIP_HASH_BYTES = 16,
    SLIP_CODE_MIN = 13 + 2 * SLIP_HASH_BYTES, /* characters of a code */
    SLIP_CODE_MAX = 16 + 2 * SLIP_HASH_BYTES,
    SLIP_CODE_SIZE = SLIP_CODE_MAX + 1
};

/* The number in digits, then the hash in small hexadecimal digits. The number is a valid one. Gives
 * `code`. */
const char *slip_code_make(const unsigned char key[SLIP_KEY_BYTES], int64_t case_number,
                           char code[SLIP_CODE_SIZE]);

/* The number of the case whose code this is, also in capitals; 0: it is nobody's. */
int64_t slip_code_read(const unsigned char key[SLIP_KEY_BYTES], const char *code);

#endif
