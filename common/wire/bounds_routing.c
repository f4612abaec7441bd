/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/bounds_table.h"

#include "onedoor/routing.pb-c.h"

/* clang-format off */
const struct bounds bounds_routing[] = {
    {MESSAGE(routing, decide), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"opinion", BOUND_TEXT, 1, 500, OPTIONAL},
        {"staff", BOUND_CODE, 1, ACCOUNT_MOST, .list_most = 8, REQUIRED},
        {"stage", BOUND_NUMBER, 1, INT16_MAX, OPTIONAL},
        {"staff_departments", BOUND_CODE, 1, DEPARTMENT_MOST, .list_most = 8, REQUIRED})},
    {MESSAGE(routing, take_task), ROWS(
        {"case_number", BOUND_CASE, REQUIRED})},
    {MESSAGE(routing, release_tasks), ROWS(
        {"assignee", BOUND_CODE, 1, ACCOUNT_MOST, REQUIRED})},
    {MESSAGE(routing, return_branch), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, REQUIRED},
        {"reason", BOUND_TEXT, 1, 500, REQUIRED, .missing = ONEDOOR__REASON__REASON_REQUIRED},
        SHOWN)},
    {MESSAGE(routing, pause), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"kind", BOUND_ENUM, REQUIRED},
        {"notice", BOUND_LINE, 1, 60, REQUIRED},
        {"planned_days", BOUND_NUMBER, 1, 365, REQUIRED},
        SHOWN)},
    {MESSAGE(routing, resume), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"kind", BOUND_ENUM, REQUIRED},
        SHOWN)},
    {MESSAGE(routing, extend), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"days", BOUND_NUMBER, 1, 15, REQUIRED},
        {"reason", BOUND_TEXT, 1, 500, REQUIRED, .missing = ONEDOOR__REASON__REASON_REQUIRED},
        SHOWN)},
    {MESSAGE(routing, list_tasks), ROWS(
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, REQUIRED},
        {"limit", BOUND_NUMBER, 1, PAGE_MOST, REQUIRED},
        {"after", BOUND_AS_IS, 1, CURSOR_MOST, OPTIONAL},
        {"item", BOUND_CODE, 1, ITEM_MOST, OPTIONAL},
        {"assignee", BOUND_CODE, 1, ACCOUNT_MOST, OPTIONAL})},
    {MESSAGE(routing, get_flow), ROWS(
        {"case_number", BOUND_CASE, REQUIRED})},
    {MESSAGE(routing, get_item_flow), ROWS(
        {"item", BOUND_CODE, 1, ITEM_MOST, REQUIRED},
        {"version", BOUND_NUMBER, 1, INT16_MAX, OPTIONAL})},
    {MESSAGE(routing, explain_deadline), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"task", BOUND_NUMBER, 1, INT16_MAX, OPTIONAL},
        {"term", BOUND_ENUM, ONEDOOR__TERM__PROMISE, ONEDOOR__TERM__PARALLEL, OPTIONAL})},
    {MESSAGE(routing, preview_correction), ROWS(
        {"day", BOUND_NUMBER, 1, DAY_LAST, REQUIRED},
        {"after", BOUND_NUMBER, 1, INT64_MAX, OPTIONAL})},
    {MESSAGE(routing, count_flows), NULL},
    {NULL, NULL},
};
/* clang-format on */
