/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/bounds_table.h"

#include "onedoor/reporting.pb-c.h"

/* clang-format off */
const struct bounds bounds_reporting[] = {
    {MESSAGE(reporting, get_dossier), ROWS(
        {"case_number", BOUND_CASE, REQUIRED})},
    {MESSAGE(reporting, search), ROWS(
        {"item", BOUND_CODE, 1, ITEM_MOST, OPTIONAL},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL},
        {"state", BOUND_LINE, 1, 20, OPTIONAL},
        {"from_ms", BOUND_INSTANT, OPTIONAL},
        {"to_ms", BOUND_INSTANT, OPTIONAL},
        {"window", BOUND_NUMBER, 1, WINDOW_LAST, OPTIONAL},
        {"limit", BOUND_NUMBER, 1, PAGE_MOST, REQUIRED},
        {"after", BOUND_AS_IS, 1, CURSOR_MOST, OPTIONAL},
        {"figure", BOUND_ENUM, OPTIONAL},
        {"from_day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL},
        {"to_day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL})},
    {MESSAGE(reporting, overview), ROWS(
        {"from_day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL},
        {"to_day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL})},
    {MESSAGE(reporting, rollup), ROWS(
        {"from_day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL},
        {"to_day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL},
        {"by", BOUND_ENUM, 1, 5, REQUIRED},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL},
        {"item", BOUND_CODE, 1, ITEM_MOST, OPTIONAL})},
    {MESSAGE(reporting, visits), ROWS(
        {"from_day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL},
        {"to_day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL},
        {"by", BOUND_ENUM, REQUIRED},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL})},
    {MESSAGE(reporting, list_visits), ROWS(
        {"from_day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL},
        {"to_day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL},
        {"by", BOUND_ENUM, REQUIRED},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL},
        {"key", BOUND_CODE, 1, ITEM_MOST, OPTIONAL})},
    {MESSAGE(reporting, board), NULL},
    {MESSAGE(reporting, list_usual), NULL},
    {NULL, NULL},
};
/* clang-format on */
