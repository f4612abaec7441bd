/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/required.h"

#include <stddef.h>
#include <string.h>

#include "onedoor/charging.pb-c.h"
#include "onedoor/gateway.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"

#define MESSAGE(service, name) &onedoor__##service##__##name##__descriptor

enum { FIELDS_MAX = 6 };

/* clang-format off */
static const struct {
    const ProtobufCMessageDescriptor *type;
    const char *fields[FIELDS_MAX];
} rows[] = {
    {&onedoor__fee_fact__descriptor, {"fee", "units"}},
    {&onedoor__calendar_day__descriptor, {"day", "kind", "name_zh", "name_en"}},
    {MESSAGE(intake, submit), {"item", "channel", "applicant"}},
    {MESSAGE(intake, applicant), {"kind", "name", "phone"}},
    {MESSAGE(intake, material_in), {"seq", "copies"}},
    {MESSAGE(intake, supplement), {"materials"}},
    {MESSAGE(intake, refuse), {"ground", "reason"}},
    {MESSAGE(intake, terminate), {"reason"}},
    {MESSAGE(intake, deliver), {"how"}},
    {MESSAGE(intake, view_applicant), {"purpose"}},
    {MESSAGE(intake, recall_applicant), {"document"}},
    {MESSAGE(intake, publish_item), {"name_zh", "name_en", "statutory_days", "materials"}},
    {MESSAGE(intake, item_material), {"seq", "name_zh", "name_en", "form", "copies"}},
    {MESSAGE(intake, publish_calendar), {"days"}},
    {MESSAGE(intake, set_window), {"name_zh", "name_en"}},
    {MESSAGE(intake, ask_progress), {"last_four"}},
    {MESSAGE(routing, return_branch), {"department", "reason"}},
    {MESSAGE(routing, pause), {"kind", "notice", "planned_days"}},
    {MESSAGE(routing, resume), {"kind"}},
    {MESSAGE(routing, extend), {"days", "approved_by", "reason"}},
    {MESSAGE(charging, pay), {"method", "shown_fen"}},
    {MESSAGE(charging, waive), {"basis", "approved_by"}},
    {MESSAGE(charging, refund), {"amount_fen", "reason", "approved_by"}},
    {MESSAGE(charging, quote), {"item"}},
    {MESSAGE(supervision, press), {"words"}},
    {MESSAGE(supervision, answer_card), {"level", "answer"}},
    {MESSAGE(gateway, change_password), {"next"}},
    {MESSAGE(gateway, add_person), {"name", "full_name", "role"}},
    {MESSAGE(gateway, change_person), {"full_name", "role"}},
    {MESSAGE(gateway, add_token), {"name", "role", "days"}},
    {MESSAGE(gateway, add_notice), {"text_zh", "to_ms"}},
};
/* clang-format on */

bool required_has(const ProtobufCMessageDescriptor *type, const char *field)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t f = 0; rows[i].type == type && f < FIELDS_MAX && rows[i].fields[f]; f++)
            if (strcmp(rows[i].fields[f], field) == 0)
                return true;
    return false;
}
