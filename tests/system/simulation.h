/* SPDX-License-Identifier: Apache-2.0 */
/* simulation.h: runs onedoor-simulate and onedoor-verify in a test's own hall. Include after
 * cmocka.h. */
#ifndef TESTS_SIMULATION_H
#define TESTS_SIMULATION_H

#include "tests/system/hall.h"

enum { RESULT_BYTES = 4096 };

/* Make and start a hall whose clock is driven. Restarts are quick. Always destroy it. */
void simulation_hall(struct hall *);
void simulation_destroy(struct hall *);

/* More settings of it, for processes that start from now on. */
void simulation_settings(const struct hall *, const char *more);

/* Run onedoor-simulate in it with these words; its JSON, and its exit status. */
int simulation_run(const struct hall *, const char *words, char result[RESULT_BYTES]);

/* Run onedoor-verify; what it prints, and its exit status. */
int simulation_verify(const struct hall *, char findings[RESULT_BYTES]);

/* The part of a result that is the same however fast or disturbed the hall is: no times, no rates.
 */
void simulation_numbers(const char *result, char numbers[RESULT_BYTES]);

#endif
