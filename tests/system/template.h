/* SPDX-License-Identifier: Apache-2.0 */
/* template.h: requests as text with places to be filled, and what stands in their answers. */
#ifndef TESTS_TEMPLATE_H
#define TESTS_TEMPLATE_H

#include <jansson.h>
#include <stdbool.h>

enum { TEMPLATE_BYTES = 2000 };

/* Replaces the first `name` ("{code}") in the text, if it is there. */
void template_put(char text[TEMPLATE_BYTES], const char *name, const char *value);
/* Likewise the first {name} of any kind; a null value leaves it. */
void template_put_at(char text[TEMPLATE_BYTES], const char *value);

/* Has the answer this member ("cards.0.state"), with this value (null: any)? */
bool answer_says(json_t *answer, const char *member, const char *value);

/* Keeps a text or a number of the answer as text; without such a member what was kept stays. */
void answer_keep(const json_t *answer, const char *member, char *kept, size_t size);

#endif
