/* SPDX-License-Identifier: Apache-2.0 */
#include "common/spans/otlp.h"

#include <string.h>

#include "common/values/case_number.h"
#include "common/wire/message.h"
#include "opentelemetry/proto/collector/trace/v1/trace_service.pb-c.h"

enum { ATTRIBUTES_MAX = 2, NS_A_MS = 1000000 };

typedef Opentelemetry__Proto__Common__V1__AnyValue Value;
typedef Opentelemetry__Proto__Common__V1__KeyValue Attribute;
typedef Opentelemetry__Proto__Trace__V1__Span Span;

static const unsigned char no_parent[SPAN_BYTES];

static Value *new_value(struct arena *arena)
{
    Value *value = ARENA_NEW(arena, Value);
    opentelemetry__proto__common__v1__any_value__init(value);
    return value;
}

static Attribute *new_attribute(const char *key, Value *value, struct arena *arena)
{
    Attribute *attribute = ARENA_NEW(arena, Attribute);
    opentelemetry__proto__common__v1__key_value__init(attribute);
    attribute->key = (char *)key;
    attribute->value = value;
    return attribute;
}

static Attribute *text_attribute(const char *key, const char *text, struct arena *arena)
{
    Value *value = new_value(arena);
    value->value_case = OPENTELEMETRY__PROTO__COMMON__V1__ANY_VALUE__VALUE_STRING_VALUE;
    value->string_value = (char *)text;
    return new_attribute(key, value, arena);
}

static Attribute *number_attribute(const char *key, int64_t number, struct arena *arena)
{
    Value *value = new_value(arena);
    value->value_case = OPENTELEMETRY__PROTO__COMMON__V1__ANY_VALUE__VALUE_INT_VALUE;
    value->int_value = number;
    return new_attribute(key, value, arena);
}

static void describe(Span *out, const struct span *span, struct arena *arena)
{
    out->attributes = ARENA_ARRAY(arena, Attribute *, ATTRIBUTES_MAX);
    if (span->case_number != 0) {
        char *number = arena_alloc(arena, CASE_NUMBER_TEXT_SIZE);
        out->attributes[out->n_attributes++] =
            text_attribute("onedoor.case", case_number_format(span->case_number, number), arena);
    }
    if (span->kind == SPAN_CONSUMER)
        out->attributes[out->n_attributes++] =
            number_attribute("onedoor.event", span->event_seq, arena);
}

static ProtobufCBinaryData binary(const unsigned char *bytes, size_t len)
{
    return (ProtobufCBinaryData){len, (uint8_t *)bytes};
}

static Span *span_message(const struct span *span, int64_t zero_ms, struct arena *arena)
{
    Span *out = ARENA_NEW(arena, Span);
    opentelemetry__proto__trace__v1__span__init(out);
    out->trace_id = binary(span->trace.id, TRACE_ID_BYTES);
    out->span_id = binary(span->trace.span, SPAN_BYTES);
    if (memcmp(span->parent, no_parent, SPAN_BYTES) != 0)
        out->parent_span_id = binary(span->parent, SPAN_BYTES);
    out->name = (char *)span->name;
    out->kind = span->kind == SPAN_CONSUMER
                    ? OPENTELEMETRY__PROTO__TRACE__V1__SPAN__SPAN_KIND__SPAN_KIND_CONSUMER
                    : OPENTELEMETRY__PROTO__TRACE__V1__SPAN__SPAN_KIND__SPAN_KIND_SERVER;
    out->start_time_unix_nano = (uint64_t)(zero_ms + span->began_ms) * NS_A_MS;
    out->end_time_unix_nano = (uint64_t)(zero_ms + span->ended_ms) * NS_A_MS;
    describe(out, span, arena);
    if (span->failed) {
        out->status = ARENA_NEW(arena, Opentelemetry__Proto__Trace__V1__Status);
        opentelemetry__proto__trace__v1__status__init(out->status);
        out->status->code = OPENTELEMETRY__PROTO__TRACE__V1__STATUS__STATUS_CODE__STATUS_CODE_ERROR;
    }
    return out;
}

struct bytes otlp_pack(const struct otlp_from *from, const struct span *spans, size_t n,
                       struct arena *arena)
{
    Opentelemetry__Proto__Collector__Trace__V1__ExportTraceServiceRequest request =
        OPENTELEMETRY__PROTO__COLLECTOR__TRACE__V1__EXPORT_TRACE_SERVICE_REQUEST__INIT;
    Opentelemetry__Proto__Trace__V1__ResourceSpans of_program =
        OPENTELEMETRY__PROTO__TRACE__V1__RESOURCE_SPANS__INIT;
    Opentelemetry__Proto__Trace__V1__ScopeSpans scope =
        OPENTELEMETRY__PROTO__TRACE__V1__SCOPE_SPANS__INIT;
    Opentelemetry__Proto__Resource__V1__Resource resource =
        OPENTELEMETRY__PROTO__RESOURCE__V1__RESOURCE__INIT;
    Attribute *name = text_attribute("service.name", from->service, arena);
    resource.n_attributes = 1;
    resource.attributes = &name;
    scope.spans = ARENA_ARRAY(arena, Span *, n + 1);
    for (size_t i = 0; i < n; i++)
        scope.spans[scope.n_spans++] = span_message(&spans[i], from->zero_ms, arena);
    of_program.resource = &resource;
    of_program.n_scope_spans = 1;
    of_program.scope_spans = (Opentelemetry__Proto__Trace__V1__ScopeSpans *[]){&scope};
    request.n_resource_spans = 1;
    request.resource_spans = (Opentelemetry__Proto__Trace__V1__ResourceSpans *[]){&of_program};
    return message_pack(&request.base, arena);
}
