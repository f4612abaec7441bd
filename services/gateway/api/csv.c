/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/csv.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/values/case_number.h"
#include "common/values/day.h"
#include "services/gateway/api/xlsx.h"

enum { NAMES_MAX = 2048 };
#define HALL_AHEAD_MS (INT64_C(8) * 3600 * 1000) /* the hall's time, as on the pages */
#define DAY_MS        (INT64_C(24) * 3600 * 1000)

struct csv_name {
    const char *code, *name;
};

struct csv {
    const struct csv_list *list;
    enum language language;
    struct arena *arena;
    struct csv_name names[NAMES_MAX];
    size_t n_names;
    enum csv_form form;
    struct xlsx *xlsx; /* of a workbook; null when there is no room for it */
    FILE *file;        /* writes the text, or of a workbook one cell at a time */
    char *text;
    size_t size;
    int rows;
};

/* ---- cells */

/* A spreadsheet takes a text that begins with one of these for a formula, also in full width and
 * behind spaces. */
static bool is_formula(const char *text)
{
    static const char *const begins[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
    if (*text == '\t' || *text == '\r')
        return true;
    for (size_t space = 1; space > 0; text += space)
        space = *text == ' ' || *text == '\n' ? 1 : strncmp(text, "　", 3) == 0 ? 3 : 0;
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++)
        if (strncmp(text, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

/* Quoted when it must be, also where a spreadsheet parts cells by semicolons. */
static void put_text(const struct csv *csv, const char *text)
{
    FILE *file = csv->file;
    if (csv->form == FORM_XLSX) {
        fputs(text, file);
        return;
    }
    bool formula = is_formula(text), quoted = strpbrk(text, "\",;\t\r\n") != NULL;
    if (quoted)
        fputc('"', file);
    if (formula)
        fputc('\'', file);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', file);
        fputc(*text, file);
    }
    if (quoted)
        fputc('"', file);
}

/* Empty for 0, which means never, and for what is no instant of the calendar. */
static void put_instant(FILE *file, int64_t ms)
{
    if (ms <= 0 || ms > INSTANT_MAX_MS - HALL_AHEAD_MS)
        return;
    int64_t local = ms + HALL_AHEAD_MS, minute = local % DAY_MS / 60000;
    struct ymd date = day_to_ymd((struct day){(int32_t)(local / DAY_MS)});
    fprintf(file, "%04d-%02d-%02d %02d:%02d", date.year, date.month, date.day, (int)(minute / 60),
            (int)(minute % 60));
}

static void put_fen(FILE *file, int64_t fen)
{
    uint64_t size = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    fprintf(file, "%s%" PRIu64 ".%02" PRIu64, fen < 0 ? "-" : "", size / 100, size % 100);
}

static bool ends_in(const char *name, const char *end)
{
    size_t length = strlen(name), size = strlen(end);
    return length >= size && strcmp(name + length - size, end) == 0;
}

static void put_int64(FILE *file, const char *name, int64_t value)
{
    char number[CASE_NUMBER_TEXT_SIZE];
    if (strcmp(name, "case_number") == 0)
        fputs(value == 0 ? "" : case_number_format(value, number), file);
    else if (ends_in(name, "_ms"))
        put_instant(file, value);
    else if (ends_in(name, "_fen"))
        put_fen(file, value);
    else
        fprintf(file, "%" PRId64, value);
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(((const struct csv_name *)left)->code, ((const struct csv_name *)right)->code);
}

static const char *name_of(const struct csv *csv, const char *code)
{
    const struct csv_name key = {.code = code}, *found = bsearch(&key, csv->names, csv->n_names,
                                                                 sizeof key, compare_names);
    return found == NULL ? code : found->name;
}

static void put_enum(struct csv *csv, const ProtobufCFieldDescriptor *field, int32_t number)
{
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value(field->descriptor, number);
    if (value != NULL && number != 0)
        put_text(csv, csv_word(value->name, csv->language));
}

static void put_value(struct csv *csv, const struct csv_column *column,
                      const ProtobufCFieldDescriptor *field, const void *member)
{
    const char *text;
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        text = *(char *const *)member;
        put_text(csv, column->name ? name_of(csv, text) : csv_word(text, csv->language));
        return;
    case PROTOBUF_C_TYPE_ENUM:
        put_enum(csv, field, *(const int32_t *)member);
        return;
    case PROTOBUF_C_TYPE_BOOL:
        if (*(const protobuf_c_boolean *)member)
            fputs(csv->language == LANGUAGE_ZH ? "是" : "yes", csv->file);
        return;
    case PROTOBUF_C_TYPE_INT32:
        fprintf(csv->file, "%" PRId32, *(const int32_t *)member);
        return;
    case PROTOBUF_C_TYPE_INT64:
        put_int64(csv->file, field->name, *(const int64_t *)member);
        return;
    default:
        panic("a column of a table has no such type: %s", field->name);
    }
}

/* The field of the path, and where it is; null when the message that holds it is absent. */
static const ProtobufCFieldDescriptor *find(const ProtobufCMessage *row, const char *path,
                                            const void **member)
{
    char name[64];
    const char *dot = strchr(path, '.');
    snprintf(name, sizeof name, "%.*s", (int)(dot == NULL ? strlen(path) : (size_t)(dot - path)),
             path);
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(row->descriptor, name);
    must(field != NULL && field->label != PROTOBUF_C_LABEL_REPEATED);
    *member = (const char *)row + field->offset;
    if (dot == NULL)
        return field;
    const ProtobufCMessage *inner = *(const ProtobufCMessage *const *)*member;
    return inner == NULL ? NULL : find(inner, dot + 1, member);
}

/* ---- cells of a workbook: the same text, and whether it is a number */

static bool is_number(const ProtobufCFieldDescriptor *field)
{
    return field->type == PROTOBUF_C_TYPE_INT32 ||
           (field->type == PROTOBUF_C_TYPE_INT64 && strcmp(field->name, "case_number") != 0 &&
            !ends_in(field->name, "_ms"));
}

static void put_cell(struct csv *csv, int at, const ProtobufCFieldDescriptor *field)
{
    fputc('\0', csv->file);
    must(fflush(csv->file) == 0);
    if (csv->xlsx == NULL)
        return;
    if (field != NULL && is_number(field))
        xlsx_number(csv->xlsx, csv->rows + 1, at, strtod(csv->text, NULL));
    else
        xlsx_text(csv->xlsx, field == NULL ? 0 : csv->rows + 1, at, csv->text);
}

/* ---- rows */

static void begin_cell(struct csv *csv, int at)
{
    if (csv->form == FORM_XLSX)
        rewind(csv->file);
    else if (at > 0)
        fputc(',', csv->file);
}

/* Of the header, or of a field. */
static void end_cell(struct csv *csv, int at, const ProtobufCFieldDescriptor *field)
{
    if (csv->form == FORM_XLSX)
        put_cell(csv, at, field);
}

static void end_row(struct csv *csv)
{
    if (csv->form == FORM_CSV)
        fputs("\r\n", csv->file);
}

static void put_header(struct csv *csv)
{
    if (csv->form == FORM_CSV)
        fputs("\xEF\xBB\xBF", csv->file);
    const struct csv_column *columns = csv->list->columns;
    for (int at = 0; columns[at].path != NULL; at++) {
        begin_cell(csv, at);
        put_text(csv, csv->language == LANGUAGE_ZH ? columns[at].zh : columns[at].en);
        end_cell(csv, at, NULL);
    }
    end_row(csv);
}

static void put_row(struct csv *csv, const ProtobufCMessage *row)
{
    const struct csv_column *columns = csv->list->columns;
    for (int at = 0; columns[at].path != NULL; at++) {
        const void *member;
        const ProtobufCFieldDescriptor *field = find(row, columns[at].path, &member);
        begin_cell(csv, at);
        if (field == NULL)
            continue;
        put_value(csv, &columns[at], field, member);
        end_cell(csv, at, field);
    }
    end_row(csv);
}

struct csv *csv_begin(const struct csv_list *list, enum language language, enum csv_form form,
                      struct arena *arena)
{
    struct csv *csv = ARENA_NEW(arena, struct csv);
    csv->list = list;
    csv->language = language;
    csv->form = form;
    csv->xlsx = form == FORM_XLSX ? xlsx_new() : NULL;
    csv->arena = arena;
    csv->file = open_memstream(&csv->text, &csv->size);
    must(csv->file != NULL);
    put_header(csv);
    return csv;
}

void csv_name(struct csv *csv, const char *code, const char *zh, const char *en)
{
    const char *name = csv->language == LANGUAGE_EN && en[0] != '\0' ? en : zh;
    if (csv->n_names < NAMES_MAX)
        csv->names[csv->n_names++] =
            (struct csv_name){arena_strdup(csv->arena, code), arena_strdup(csv->arena, name)};
}

const char *csv_add(struct csv *csv, const ProtobufCMessage *reply)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(reply->descriptor, csv->list->rows);
    must(field != NULL && field->label == PROTOBUF_C_LABEL_REPEATED);
    if (csv->rows == 0)
        qsort(csv->names, csv->n_names, sizeof csv->names[0], compare_names);
    size_t n = *(const size_t *)(const void *)((const char *)reply + field->quantifier_offset);
    ProtobufCMessage *const *rows =
        *(ProtobufCMessage *const *const *)(const void *)((const char *)reply + field->offset);
    for (size_t i = 0; i < n && csv->rows < CSV_ROWS_MAX; i++, csv->rows++)
        put_row(csv, rows[i]);

    field = protobuf_c_message_descriptor_get_field_by_name(reply->descriptor, "next");
    const char *next =
        field == NULL ? "" : *(char *const *)(const void *)((const char *)reply + field->offset);
    return next[0] == '\0' || csv->rows == CSV_ROWS_MAX ? NULL : arena_strdup(csv->arena, next);
}

char *csv_end(struct csv *csv, size_t *size)
{
    must(fclose(csv->file) == 0);
    *size = csv->size;
    if (csv->form == FORM_CSV)
        return csv->text;
    free(csv->text);
    return csv->xlsx == NULL ? NULL : xlsx_end(&csv->xlsx, size);
}

void csv_drop(struct csv *csv)
{
    fclose(csv->file);
    free(csv->text);
    xlsx_free(&csv->xlsx);
}
