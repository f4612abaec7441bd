/* SPDX-License-Identifier: Apache-2.0 */
/* tidy_number.h: the kinds of text in tidy.h that are numbers: what is typed before one, between
 * its digits and behind it goes. Each is a new text in the arena. Pure. */
#ifndef COMMON_TIDY_NUMBER_H
#define COMMON_TIDY_NUMBER_H

#include "common/base/arena.h"
#include "common/values/runes.h"

const char *tidy_document(struct runes, struct arena *);
const char *tidy_phone(struct runes, struct arena *);
const char *tidy_case(const char *text, struct arena *);

#endif
