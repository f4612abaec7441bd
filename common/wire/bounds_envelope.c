/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/bounds_table.h"

#include "onedoor/envelope.pb-c.h"

/* clang-format off */
const struct bounds bounds_envelope[] = {
    {&onedoor__fee_fact__descriptor, ROWS(
        {"fee", BOUND_CODE, 1, 24, REQUIRED},
        {"units", BOUND_NUMBER, 1, 1000000, OPTIONAL},
        {"days", BOUND_NUMBER, 1, 3660, OPTIONAL})},
    {&onedoor__calendar_day__descriptor, ROWS(
        {"day", BOUND_NUMBER, 1, DAY_LAST, REQUIRED},
        {"kind", BOUND_ENUM, REQUIRED},
        {"name_zh", BOUND_LINE, 1, 60, REQUIRED},
        {"name_en", BOUND_LINE, 1, 60, REQUIRED})},
    {&onedoor__retry_parked__descriptor, ROWS(
        {"case_number", BOUND_CASE, OPTIONAL})},
    {&onedoor__accept_clock__descriptor, ROWS(
        {"reason", BOUND_LINE, 1, 300, REQUIRED},
        {"now_ms", BOUND_INSTANT, REQUIRED})},
    {NULL, NULL},
};
/* clang-format on */
