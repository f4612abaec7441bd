/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/bounds_table.h"

#include "onedoor/supervision.pb-c.h"

/* clang-format off */
const struct bounds bounds_supervision[] = {
    {MESSAGE(supervision, press), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"task", BOUND_NUMBER, 1, INT16_MAX, OPTIONAL},
        {"words", BOUND_TEXT, 1, 300, REQUIRED},
        {"term", BOUND_ENUM, OPTIONAL})},
    {MESSAGE(supervision, answer_card), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"task", BOUND_NUMBER, 1, INT16_MAX, OPTIONAL},
        {"level", BOUND_ENUM, ONEDOOR__SUPERVISION__LEVEL__YELLOW, ONEDOOR__SUPERVISION__LEVEL__RED, REQUIRED},
        {"answer", BOUND_TEXT, 1, 500, REQUIRED},
        {"term", BOUND_ENUM, OPTIONAL})},
    {MESSAGE(supervision, list_due), ROWS(
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL},
        {"limit", BOUND_NUMBER, 1, PAGE_MOST, OPTIONAL},
        {"at_least", BOUND_ENUM, OPTIONAL},
        {"after", BOUND_AS_IS, 1, CURSOR_MOST, OPTIONAL})},
    {MESSAGE(supervision, list_cards), ROWS(
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL},
        {"level", BOUND_ENUM, OPTIONAL},
        {"limit", BOUND_NUMBER, 1, PAGE_MOST, OPTIONAL},
        {"case_number", BOUND_CASE, OPTIONAL},
        {"after", BOUND_AS_IS, 1, CURSOR_MOST, OPTIONAL})},
    {NULL, NULL},
};
/* clang-format on */
