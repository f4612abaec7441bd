/* SPDX-License-Identifier: Apache-2.0 */
/* programs.h: what a hall consists of. */
#ifndef LAUNCHER_PROGRAMS_H
#define LAUNCHER_PROGRAMS_H

#include "common/base/config.h"
#include "programs/launcher/hall.h"

/* Add everything that the settings ask for to the list: the commands that they name, the
 * hall's own database, the services beside this program, the gateway. Strings are those of the
 * settings, or in the arena. Ends the program when one cannot be found. */
void programs_add(struct hall *, const struct config *, struct arena *);

#endif
