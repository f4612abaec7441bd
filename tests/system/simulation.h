/* SPDX-License-Identifier: Apache-2.0 */
/* simulation.h: a simulated stretch of business in a test's own hall, and the checks of a hall from
 * outside. Include after cmocka.h. */
#ifndef TESTS_SIMULATION_H
#define TESTS_SIMULATION_H

#include "tests/system/hall.h"

enum { RESULT_BYTES = 4096 };

/* Make and start a hall whose clock is driven. Restarts are quick. To be destroyed in any case. */
void simulation_hall(struct hall *);
void simulation_destroy(struct hall *);

/* Run onedoor-simulate in it with these words; its JSON, and its exit status. */
int simulation_run(const struct hall *, const char *words, char result[RESULT_BYTES]);

/* Run onedoor-verify; what it prints, and its exit status. */
int simulation_verify(const struct hall *, char findings[RESULT_BYTES]);

/* The numbers of a result that must not depend on how fast or how often disturbed the hall was:
 * without times and rates. */
void simulation_numbers(const char *result, char numbers[RESULT_BYTES]);

#endif
