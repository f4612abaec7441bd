/* SPDX-License-Identifier: Apache-2.0 */
/* form.h: a form as a browser without scripts sends it (application/x-www-form-urlencoded). Pure.
 */
#ifndef GATEWAY_FORM_H
#define GATEWAY_FORM_H

#include "common/base/arena.h"
#include "common/values/tidy.h"

/* A field, tidied; in the arena. "" when it is not there, or is no text in UTF-8. */
const char *form_field(struct bytes body, const char *name, enum tidy, struct arena *);

#endif
