/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/export.h"

#include <string.h>

#include "common/values/log.h"
#include "onedoor/intake.pb-c.h"
#include "services/gateway/api/csv.h"
#include "services/gateway/api/held.h"
#include "services/gateway/people/accounts.h"

bool export_is_asked(const struct call *call)
{
    const char *accept = exchange_header(call->exchange, "Accept");
    return accept != NULL &&
           (strstr(accept, CSV_TYPE) != NULL || strstr(accept, XLSX_TYPE) != NULL) &&
           call->match.route->reply != NULL && csv_list(call->match.route->reply) != NULL;
}

static enum csv_form form_of(const struct call *call)
{
    const char *accept = exchange_header(call->exchange, "Accept");
    return accept != NULL && strstr(accept, XLSX_TYPE) != NULL ? FORM_XLSX : FORM_CSV;
}

static void *member_of(struct call *call, const char *name)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(call->message->descriptor, name);
    return field == NULL ? NULL : (char *)call->message + field->offset;
}

void export_begin(struct call *call)
{
    const char *accepted = exchange_header(call->exchange, "Accept-Language");
    int32_t *limit = member_of(call, "limit");
    call->csv = csv_begin(csv_list(call->match.route->reply), language_of(accepted), form_of(call),
                          call->arena);
    if (limit != NULL)
        *limit = CSV_PAGE;
}

bool export_take(struct call *call, const ProtobufCMessage *reply)
{
    const char *next = csv_add(call->csv, reply);
    if (next != NULL) {
        char **after = member_of(call, "after");
        *after = (char *)next;
        return true;
    }
    size_t size;
    char *text = csv_end(call->csv, &size);
    call->csv = NULL;
    if (text == NULL) {
        log_error(0, "export.room", "a workbook cannot be written in the temporary folder");
        api_refuse_answer(call, &(struct answer){.kind = ANSWER_UNKNOWN});
    } else {
        exchange_answer(call->exchange, 200,
                        form_of(call) == FORM_XLSX ? XLSX_TYPE : CSV_TYPE "; charset=utf-8", text,
                        size);
    }
    return false;
}

void export_drop(struct call *call)
{
    if (call->csv != NULL)
        csv_drop(call->csv);
    call->csv = NULL;
}

/* ---- from the services */

static void ask(struct call *call, const ProtobufCMessage *message,
                const ProtobufCMessageDescriptor *reply,
                void (*done)(void *context, const struct answer *))
{
    struct ask ask = api_ask_of(call);
    ask.message = message;
    ask.reply = reply;
    ask.packed = false;
    ask.done = done;
    client_ask(call->api->client, &ask);
}

/* False: there is no reply, and the call has been refused. */
static bool is_answer(struct call *call, const struct answer *answer)
{
    if (answer->kind == ANSWER_OK)
        return true;
    api_refuse_answer(call, answer);
    return false;
}

static void page_came(void *context, const struct answer *answer)
{
    struct call *call = context;
    if (is_answer(call, answer) && export_take(call, answer->message))
        ask(call, call->message, call->match.route->reply, page_came);
}

static void ask_pages(struct call *call)
{
    ask(call, call->message, call->match.route->reply, page_came);
}

/* ---- from the register: who stands behind the accounts */

static void people_came(struct job *job);

static void ask_people(struct call *call, const char *after)
{
    Onedoor__Gateway__ListNames *list = ARENA_NEW(call->arena, Onedoor__Gateway__ListNames);
    onedoor__gateway__list_names__init(list);
    list->after = (char *)after;
    list->limit = CSV_PAGE;
    struct job *job = ARENA_NEW(call->arena, struct job);
    job->handler = account_names;
    job->message = list;
    job->arena = call->arena;
    job->caller = call->caller;
    job->done = people_came;
    job->context = call;
    if (!worker_submit(call->api->workers[WORKER_ROWS], job))
        ask_pages(call); /* without the register there are accounts and no names */
}

static void people_came(struct job *job)
{
    struct call *call = job->context;
    const Onedoor__Gateway__ListNamesReply *reply = (const void *)job->reply;
    for (size_t i = 0; is_ok(job->outcome) && i < reply->n_names; i++)
        csv_name(call->csv, reply->names[i]->account, reply->names[i]->full_name, "");
    if (is_ok(job->outcome) && reply->next[0] != '\0')
        ask_people(call, reply->next);
    else
        ask_pages(call);
}

static void items_came(void *context, const struct answer *answer)
{
    struct call *call = context;
    if (!is_answer(call, answer))
        return;
    const Onedoor__Intake__ListItemsReply *reply = answer->message;
    for (size_t i = 0; i < reply->n_items; i++)
        csv_name(call->csv, reply->items[i]->code, reply->items[i]->name_zh,
                 reply->items[i]->name_en);
    if (csv_list(call->match.route->reply)->people)
        ask_people(call, "");
    else
        ask_pages(call);
}

static void departments_came(void *context, const struct answer *answer)
{
    struct call *call = context;
    if (!is_answer(call, answer))
        return;
    const Onedoor__Intake__ListDepartmentsReply *reply = answer->message;
    for (size_t i = 0; i < reply->n_departments; i++)
        csv_name(call->csv, reply->departments[i]->code, reply->departments[i]->name_zh,
                 reply->departments[i]->name_en);
    Onedoor__Intake__ListItems items = ONEDOOR__INTAKE__LIST_ITEMS__INIT;
    ask(call, &items.base, &onedoor__intake__list_items_reply__descriptor, items_came);
}

void export_ask(struct call *call)
{
    Onedoor__Intake__ListDepartments departments = ONEDOOR__INTAKE__LIST_DEPARTMENTS__INIT;
    ask(call, &departments.base, &onedoor__intake__list_departments_reply__descriptor,
        departments_came);
}
