/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rows/fill.h"

#include <stdint.h>

/* The value of a column that is a number of some size. */
static bool number_of(const struct column *column, const void *value, int64_t *number)
{
    switch (column->type) {
    case COLUMN_I16:
        *number = *(const int16_t *)value;
        return true;
    case COLUMN_I32:
    case COLUMN_DAY:
        *number = *(const int32_t *)value;
        return true;
    case COLUMN_I64:
    case COLUMN_TIME:
        *number = *(const int64_t *)value;
        return true;
    case COLUMN_BOOL:
    case COLUMN_TEXT:
    case COLUMN_BYTES:
    case COLUMN_UUID:
        break;
    }
    return false;
}

static void set_number(const ProtobufCFieldDescriptor *field, void *at, int64_t number)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_ENUM:
        *(int32_t *)at = (int32_t)number;
        break;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_UINT64:
        *(int64_t *)at = number;
        break;
    default:
        break;
    }
}

static void set_text(void *at, const char *text)
{
    *(char **)at = (char *)(text == NULL ? "" : text);
}

static void set_bytes(void *at, struct bytes bytes)
{
    *(ProtobufCBinaryData *)at = (ProtobufCBinaryData){bytes.len, (uint8_t *)bytes.data};
}

static void set(const ProtobufCFieldDescriptor *field, void *at, const struct column *column,
                const void *value)
{
    int64_t number;

    if (number_of(column, value, &number))
        set_number(field, at, number);
    else if (column->type == COLUMN_BOOL && field->type == PROTOBUF_C_TYPE_BOOL)
        *(protobuf_c_boolean *)at = *(const bool *)value;
    else if (column->type == COLUMN_TEXT && field->type == PROTOBUF_C_TYPE_STRING)
        set_text(at, *(const char *const *)value);
    else if (column->type == COLUMN_BYTES && field->type == PROTOBUF_C_TYPE_BYTES)
        set_bytes(at, *(const struct bytes *)value);
}

void fill_message(ProtobufCMessage *message, const struct table *table, const void *row)
{
    for (int i = 0; i < table->n_columns; i++) {
        const struct column *column = &table->columns[i];
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field_by_name(message->descriptor, column->field);
        if (field != NULL && field->label != PROTOBUF_C_LABEL_REPEATED)
            set(field, (char *)message + field->offset, column, (const char *)row + column->offset);
    }
}
