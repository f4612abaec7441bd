/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/problem.h"

#include <jansson.h>
#include <string.h>

#include "common/base/panic.h"
#include "services/gateway/api/reasons.h"

/* "materials[2].name_zh" as it is called in JSON. */
static const char *field_name(const char *field, struct arena *arena)
{
    char *name = arena_strdup(arena, field), *to = name;
    for (const char *from = field; *from != '\0'; from++) {
        bool raise = *from == '_' && from[1] >= 'a' && from[1] <= 'z';
        *to++ = raise ? (char)(*++from - 'a' + 'A') : *from;
    }
    *to = '\0';
    return name;
}

static json_t *problem_of(struct outcome outcome, enum language language, struct arena *arena)
{
    const char *reason = reason_name((int)outcome.reason);
    json_t *problem =
        json_pack("{ss ss si ss}", "type", arena_printf(arena, "urn:onedoor:reason:%s", reason),
                  "title", reason_sentence((int)outcome.reason, language), "status",
                  reason_status(outcome), "reason", reason);
    if (outcome.detail != NULL && outcome.detail[0] != '\0')
        json_object_set_new(problem, "detail", json_string(outcome.detail));
    if (outcome.field != NULL && outcome.field[0] != '\0')
        json_object_set_new(problem, "field", json_string(field_name(outcome.field, arena)));
    return problem;
}

void problem_answer(struct exchange *exchange, struct outcome outcome)
{
    enum language language = language_of(exchange_header(exchange, "Accept-Language"));
    json_t *problem = problem_of(outcome, language, exchange->arena);
    char *text = json_dumps(problem, JSON_COMPACT);
    must(text != NULL);
    json_decref(problem);
    exchange_answer(exchange, reason_status(outcome), "application/problem+json", text,
                    strlen(text));
}
