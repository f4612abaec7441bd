/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/bounds_table.h"

#include "onedoor/approval.pb-c.h"

/* clang-format off */
const struct bounds bounds_approval[] = {
    {MESSAGE(approval, answer), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"no", BOUND_NUMBER, 1, INT32_MAX, REQUIRED},
        {"text", BOUND_TEXT, 1, 500, OPTIONAL},
        {"service", BOUND_ENUM, OPTIONAL})},
    {MESSAGE(approval, dismiss), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"no", BOUND_NUMBER, 1, INT32_MAX, REQUIRED},
        {"service", BOUND_ENUM, OPTIONAL})},
    {MESSAGE(approval, list), ROWS(
        {"case_number", BOUND_CASE, OPTIONAL},
        {"service", BOUND_ENUM, OPTIONAL})},
    {NULL, NULL},
};
/* clang-format on */
