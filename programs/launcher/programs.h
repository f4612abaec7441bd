/* SPDX-License-Identifier: Apache-2.0 */
/* programs.h: what a hall consists of. */
#ifndef ONEDOOR_LAUNCHER_PROGRAMS_H
#define ONEDOOR_LAUNCHER_PROGRAMS_H

#include "options.h"

/* Add every program that the options ask for to the supervisor, whose strings are then those of the
 * options. Call it once. Ends the program with a sentence when one cannot be found. */
void programs_add(struct supervisor *, const struct options *);

#endif
