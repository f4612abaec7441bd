/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/bounds_table.h"

#include "onedoor/charging.pb-c.h"

/* clang-format off */
const struct bounds bounds_charging[] = {
    {MESSAGE(charging, pay), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"method", BOUND_ENUM, REQUIRED},
        {"shown_fen", BOUND_NUMBER, 1, INT64_MAX, REQUIRED},
        SHOWN)},
    {MESSAGE(charging, waive), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"line", BOUND_NUMBER, 1, INT16_MAX, REQUIRED},
        {"basis", BOUND_LINE, 1, 200, REQUIRED, .missing = ONEDOOR__REASON__BASIS_REQUIRED},
        SHOWN)},
    {MESSAGE(charging, refund), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"line", BOUND_NUMBER, 1, INT16_MAX, REQUIRED},
        {"amount_fen", BOUND_NUMBER, 1, INT64_MAX, REQUIRED},
        {"reason", BOUND_TEXT, 1, 200, REQUIRED, .missing = ONEDOOR__REASON__REASON_REQUIRED},
        SHOWN)},
    {MESSAGE(charging, quote), ROWS(
        {"item", BOUND_CODE, 1, ITEM_MOST, REQUIRED},
        {"facts", BOUND_MESSAGE, .list_most = 16})},
    {MESSAGE(charging, get_order), ROWS(
        {"case_number", BOUND_CASE, REQUIRED})},
    {MESSAGE(charging, list_to_refund), ROWS(
        {"limit", BOUND_NUMBER, 1, PAGE_MOST, REQUIRED})},
    {MESSAGE(charging, list_due), ROWS(
        {"limit", BOUND_NUMBER, 1, 500, REQUIRED})},
    {MESSAGE(charging, get_fees), ROWS(
        {"item", BOUND_CODE, 1, ITEM_MOST, OPTIONAL},
        {"day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL})},
    {MESSAGE(charging, get_takings), ROWS(
        {"from_ms", BOUND_INSTANT, OPTIONAL},
        {"to_ms", BOUND_INSTANT, OPTIONAL})},
    {NULL, NULL},
};
/* clang-format on */
