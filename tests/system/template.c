/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/system/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void template_put(char text[TEMPLATE_BYTES], const char *name, const char *value)
{
    char rest[TEMPLATE_BYTES];
    char *at = strstr(text, name);
    if (at == NULL)
        return;
    snprintf(rest, sizeof rest, "%s", at + strlen(name));
    snprintf(at, TEMPLATE_BYTES - (size_t)(at - text), "%s%s", value, rest);
}

void template_put_at(char text[TEMPLATE_BYTES], const char *value)
{
    char name[40];
    const char *at = strchr(text, '{');
    if (at == NULL || value == NULL)
        return;
    snprintf(name, sizeof name, "%.*s", (int)strcspn(at, "}") + 1, at);
    template_put(text, name, value);
}

/* "cards.0.state" */
static json_t *member_of(json_t *object, const char *member)
{
    char word[40];
    for (; object != NULL && *member != '\0'; member += *member == '.') {
        size_t length = strcspn(member, ".");
        snprintf(word, sizeof word, "%.*s", (int)length, member);
        object = json_is_array(object) ? json_array_get(object, strtoul(word, NULL, 10))
                                       : json_object_get(object, word);
        member += length;
    }
    return object;
}

bool answer_says(json_t *answer, const char *member, const char *value)
{
    json_t *is = member_of(answer, member);
    return value == NULL ? is != NULL
                         : json_is_string(is) && strcmp(json_string_value(is), value) == 0;
}

void answer_keep(const json_t *answer, const char *member, char *kept, size_t size)
{
    const json_t *value = json_object_get(answer, member);
    if (json_is_string(value))
        snprintf(kept, size, "%s", json_string_value(value));
    else if (json_is_integer(value))
        snprintf(kept, size, "%lld", (long long)json_integer_value(value));
}
