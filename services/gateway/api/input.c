/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/input.h"

#include <ctype.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>
#include <unistr.h>

#include "common/base/panic.h"
#include "common/bus/client.h"
#include "common/wire/bounds.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/api/json.h"

enum { PAGE = 100, KEY_TIME_BYTES = 6 };

static struct outcome unknown_field(const char *name, const char *detail)
{
    return invalid((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__UNKNOWN_FIELD, name, detail);
}

struct query_walk {
    struct call *call;
    uint64_t seen;
    struct outcome outcome;
};

/* A name that is not UTF-8 cannot be repeated in the answer. */
static const char *shown(const char *name, struct arena *arena)
{
    bool readable = u8_check((const uint8_t *)name, strlen(name)) == NULL;
    return readable ? arena_strdup(arena, name) : "";
}

static bool read_parameter(void *context, const struct exchange_parameter *parameter)
{
    struct query_walk *walk = context;
    struct call *call = walk->call;
    const struct api_route *route = call->match.route;
    const char *name = parameter->name, *value = parameter->value == NULL ? "" : parameter->value;
    const ProtobufCFieldDescriptor *field =
        route->request == NULL ? NULL : json_field(route->request, name);
    bool plain = field != NULL && field->label != PROTOBUF_C_LABEL_REPEATED &&
                 field->type != PROTOBUF_C_TYPE_MESSAGE;
    if (!plain || route_has_body(route) || route_in_path(route, name))
        walk->outcome = unknown_field(shown(name, call->arena), "there is no such parameter");
    else if ((walk->seen >> (field - route->request->fields) & 1) != 0)
        walk->outcome =
            invalid(ONEDOOR__REASON__FIELD_INVALID, arena_strdup(call->arena, name), "given twice");
    else
        walk->outcome = json_from_text(value, call->message, field, call->arena);
    if (field != NULL)
        walk->seen |= (uint64_t)1 << (field - route->request->fields);
    return is_ok(walk->outcome);
}

static struct outcome read_query(struct call *call)
{
    struct query_walk walk = {call, 0, OUTCOME_OK};
    exchange_parameters(call->exchange, read_parameter, &walk);
    return walk.outcome;
}

static struct outcome read_path(struct call *call)
{
    const struct path_match *match = &call->match;
    struct outcome outcome = OUTCOME_OK;
    for (int i = 0; i < match->n && is_ok(outcome); i++) {
        const ProtobufCFieldDescriptor *field = json_field(match->route->request, match->names[i]);
        must(field != NULL);
        outcome = json_from_text(match->values[i], call->message, field, call->arena);
    }
    return outcome;
}

static struct outcome bad_json(const char *detail)
{
    return invalid((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__BAD_JSON, NULL, detail);
}

static struct outcome body_members(struct call *call, const json_t *body)
{
    const struct path_match *match = &call->match;
    for (int i = 0; i < match->n; i++) {
        const ProtobufCFieldDescriptor *field = json_field(match->route->request, match->names[i]);
        if (json_object_get(body, match->names[i]) != NULL ||
            json_object_get(body, field->name) != NULL)
            return unknown_field(match->names[i], "is given by the path");
    }
    return json_to_message(body, call->message, call->arena);
}

/* A form of another site cannot send this type. Nothing but UTF-8 may be named beside it, or
 * somebody before us would read another text than we do. */
static bool is_json(const char *type)
{
    static const char json[] = "application/json", utf8[] = "charset=utf-8";
    if (type == NULL || strncasecmp(type, json, sizeof json - 1) != 0)
        return false;
    type += sizeof json - 1;
    type += strspn(type, " ");
    if (*type != ';')
        return *type == '\0';
    type++;
    type += strspn(type, " ");
    return strcasecmp(type, utf8) == 0 || strcasecmp(type, "charset=\"utf-8\"") == 0;
}

static struct outcome read_body(struct call *call)
{
    const char *type = exchange_header(call->exchange, "Content-Type");
    json_error_t error;
    if (call->exchange->n_body == 0)
        return OUTCOME_OK;
    if (!is_json(type))
        return bad_json("the Content-Type must be application/json, in UTF-8");
    json_values_begin();
    const json_t *body =
        json_loadb(call->exchange->body, call->exchange->n_body, JSON_REJECT_DUPLICATES, &error);
    struct outcome outcome =
        body == NULL
            ? bad_json(arena_printf(call->arena, "line %d, column %d", error.line, error.column))
            : body_members(call, body);
    json_values_end();
    return outcome;
}

/* RULE H21: a caller of a department asks about that department only. */
static struct outcome keep_to_department(struct call *call)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(call->match.route->request, "department");
    must(field != NULL);
    char **member = (char **)(void *)((char *)call->message + field->offset);
    if (call->caller.department[0] == '\0')
        return OUTCOME_OK;
    if ((*member)[0] != '\0' && strcmp(*member, call->caller.department) != 0)
        return (struct outcome){ONEDOOR__CODE__PERMISSION_DENIED, ONEDOOR__REASON__OTHER_DEPARTMENT,
                                NULL, "department"};
    *member = call->caller.department;
    return OUTCOME_OK;
}

/* A UUID in its usual form. */
static bool parse_uuid(const char *text, unsigned char id[16])
{
    char digits[33];
    size_t n = 0, got;
    if (strlen(text) != 36)
        return false;
    for (size_t i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash != (text[i] == '-'))
            return false;
        if (!dash)
            digits[n++] = text[i];
    }
    digits[n] = '\0';
    return sodium_hex2bin(id, 16, digits, n, NULL, &got, NULL) == 0 && got == 16 &&
           !sodium_is_zero(id, 16);
}

/* A service knows a command by its id alone, and a key belongs to whoever uses it, so the id is
 * made of both. The first bytes stay: in a UUIDv7 they are the time, which keeps the service's
 * index close together. */
static void make_own(struct call *call)
{
    unsigned char hash[crypto_generichash_BYTES];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)call->caller.name,
                       strlen(call->caller.name), call->id, sizeof call->id);
    memcpy(call->id + KEY_TIME_BYTES, hash, sizeof call->id - KEY_TIME_BYTES);
}

static struct outcome read_key(struct call *call)
{
    const char *key = exchange_header(call->exchange, "Idempotency-Key");
    if (!route_takes_key(call->match.route))
        return OUTCOME_OK;
    if (key == NULL && call->match.route->asked == ASKED_COMMAND)
        client_new_id(call->id);
    else if (key != NULL && !parse_uuid(key, call->id))
        return invalid((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__BAD_KEY, NULL, NULL);
    else if (key != NULL && call->match.route->asked == ASKED_COMMAND)
        make_own(call);
    return OUTCOME_OK;
}

/* A list without a `limit` is a page of a hundred; the services require one. */
static void default_limit(struct call *call)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(call->match.route->request, "limit");
    int32_t *limit =
        field == NULL ? NULL : (int32_t *)(void *)((char *)call->message + field->offset);
    if (limit != NULL && *limit == 0)
        *limit = PAGE;
}

bool input_fills_in(const struct api_route *route, const ProtobufCFieldDescriptor *field)
{
    return strcmp(field->name, "limit") == 0 ||
           (route->own == OWN_DEPARTMENT && strcmp(field->name, "department") == 0);
}

struct outcome input_read(struct call *call)
{
    const struct api_route *route = call->match.route;
    if (route->request == NULL)
        return read_query(call);
    call->message = json_new_message(route->request, call->arena);
    struct outcome outcome = read_key(call);
    if (is_ok(outcome))
        outcome = read_query(call);
    if (is_ok(outcome) && route_has_body(route))
        outcome = read_body(call);
    if (is_ok(outcome))
        outcome = read_path(call);
    if (is_ok(outcome) && route->own == OWN_DEPARTMENT)
        outcome = keep_to_department(call);
    default_limit(call);
    bool is_checked_by_service = route->asked == ASKED_COMMAND || route->asked == ASKED_QUERY;
    return is_ok(outcome) && !is_checked_by_service ? bounds_apply(call->message, call->arena)
                                                    : outcome;
}

const char *input_service(const struct call *call)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(call->match.route->request, "service");
    if (field == NULL || field->type != PROTOBUF_C_TYPE_ENUM)
        return NULL;
    int number = *(const int *)((const char *)call->message + field->offset);
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value(field->descriptor, number);
    must(value != NULL); /* its path says which */
    char *name = arena_strdup(call->arena, value->name);
    for (char *letter = name; *letter != '\0'; letter++)
        *letter = (char)tolower((unsigned char)*letter);
    return name;
}
