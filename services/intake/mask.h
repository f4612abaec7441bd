/* SPDX-License-Identifier: Apache-2.0 */
/* mask.h: a person's name as lists show it: enough to be recognised by someone who knows him. Pure.
 */
#ifndef INTAKE_MASK_H
#define INTAKE_MASK_H

#include "common/base/arena.h"

/* "张国国" as "张*国", "张三" as "张*": the first and, of three or more, the last character, and a
 * star for each between. In the arena. */
char *mask_name(const char *name, struct arena *);

#endif
