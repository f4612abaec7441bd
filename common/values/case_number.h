/* SPDX-License-Identifier: Apache-2.0 */
/* case_number.h: the number of a case, "220113-000042-7" as it is read out at a window.
 *
 * YYMMDD, the day it was received; a serial of that day, from 1, in six digits (more when a day
 * needs them); an ISO 7064 MOD 11-10 check digit, which catches every single wrong digit and almost
 * every swap of neighbours. Without the dashes it is the int64 that identifies the case in every
 * service. It begins with a year of at least 10, so that no number has a leading zero. Pure. */
#ifndef COMMON_CASE_NUMBER_H
#define COMMON_CASE_NUMBER_H

#include "common/base/status.h"

#include <stdbool.h>
#include <stdint.h>

enum { CASE_SERIAL_MAX = 999999999, CASE_NUMBER_TEXT_SIZE = 24 };

/* The number of the serial'th case of a day; 0 when year2 is not 10..99, there is no such date in
 * 20YY or the serial is not 1..CASE_SERIAL_MAX. */
int64_t case_number_make(int32_t year2, int32_t month, int32_t day, int64_t serial);

bool case_number_valid(int64_t number);

/* With its dashes. Any number can be written; only a valid one can be read back. Gives `text`. */
const char *case_number_format(int64_t number, char text[CASE_NUMBER_TEXT_SIZE]);

/* Reads a number with both dashes or neither. False, with `number` untouched, for any other text,
 * an impossible date or a wrong check digit. */
MUST_USE bool case_number_parse(const char *text, int64_t *number);

#endif
