/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/bounds_table.h"

#include "onedoor/gateway.pb-c.h"

/* clang-format off */
const struct bounds bounds_gateway[] = {
    {MESSAGE(gateway, sign_in), ROWS(
        {"name", BOUND_AS_IS, 1, 200, OPTIONAL},
        {"password", BOUND_AS_IS, 1, PASSWORD_MOST, OPTIONAL},
        {"code", BOUND_AS_IS, 6, 40, OPTIONAL})},
    {MESSAGE(gateway, sign_out), NULL},
    {MESSAGE(gateway, get_session), NULL},
    {MESSAGE(gateway, list_sessions), NULL},
    {MESSAGE(gateway, end_session), ROWS(
        {"session", BOUND_NUMBER, 1, INT64_MAX, REQUIRED})},
    {MESSAGE(gateway, get_hall), NULL},
    {MESSAGE(gateway, change_password), ROWS(
        {"current", BOUND_AS_IS, 1, PASSWORD_MOST, OPTIONAL},
        {"next", BOUND_AS_IS, 12, PASSWORD_MOST, REQUIRED})},
    {MESSAGE(gateway, begin_second_factor), ROWS(
        {"password", BOUND_AS_IS, 1, PASSWORD_MOST, REQUIRED},
        {"code", BOUND_AS_IS, 6, 40, OPTIONAL})},
    {MESSAGE(gateway, confirm_second_factor), ROWS(
        {"code", BOUND_AS_IS, 6, 6, REQUIRED})},
    {MESSAGE(gateway, take_away_second_factor), ROWS(
        {"name", BOUND_CODE, 2, ACCOUNT_MOST, REQUIRED})},
    {MESSAGE(gateway, list_people), ROWS(
        {"after", BOUND_AS_IS, 1, CURSOR_MOST, OPTIONAL},
        {"limit", BOUND_NUMBER, 1, PAGE_MOST, OPTIONAL})},
    {MESSAGE(gateway, list_names), ROWS(
        {"after", BOUND_AS_IS, 1, CURSOR_MOST, OPTIONAL},
        {"limit", BOUND_NUMBER, 1, PAGE_MOST, OPTIONAL})},
    {MESSAGE(gateway, add_person), ROWS(
        {"name", BOUND_CODE, 2, ACCOUNT_MOST, REQUIRED},
        {"full_name", BOUND_NAME, 1, 120, REQUIRED},
        {"role", BOUND_ENUM, ONEDOOR__ROLE__PUBLIC, ONEDOOR__ROLE__CITY_DESK, REQUIRED},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL},
        {"window", BOUND_NUMBER, 1, WINDOW_LAST, OPTIONAL})},
    {MESSAGE(gateway, change_person), ROWS(
        {"name", BOUND_CODE, 2, ACCOUNT_MOST, REQUIRED},
        {"full_name", BOUND_NAME, 1, 120, REQUIRED},
        {"role", BOUND_ENUM, ONEDOOR__ROLE__PUBLIC, ONEDOOR__ROLE__CITY_DESK, REQUIRED},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL},
        {"window", BOUND_NUMBER, 1, WINDOW_LAST, OPTIONAL},
        SHOWN)},
    {MESSAGE(gateway, reset_password), ROWS(
        {"name", BOUND_CODE, 2, ACCOUNT_MOST, REQUIRED})},
    {MESSAGE(gateway, list_sign_ins), ROWS(
        {"name", BOUND_CODE, 1, ACCOUNT_MOST, OPTIONAL},
        {"limit", BOUND_NUMBER, 1, PAGE_MOST, OPTIONAL},
        {"after", BOUND_AS_IS, 1, CURSOR_MOST, OPTIONAL},
        {"result", BOUND_ENUM, OPTIONAL})},
    {MESSAGE(gateway, list_denials), ROWS(
        {"who", BOUND_CODE, 1, 48, OPTIONAL},
        {"kind", BOUND_ENUM, OPTIONAL},
        {"limit", BOUND_NUMBER, 1, PAGE_MOST, OPTIONAL},
        {"after", BOUND_AS_IS, 1, CURSOR_MOST, OPTIONAL})},
    {MESSAGE(gateway, list_right_changes), ROWS(
        {"who", BOUND_CODE, 1, 48, OPTIONAL},
        {"event", BOUND_ENUM, OPTIONAL},
        {"limit", BOUND_NUMBER, 1, PAGE_MOST, OPTIONAL},
        {"after", BOUND_AS_IS, 1, CURSOR_MOST, OPTIONAL})},
    {MESSAGE(gateway, add_token), ROWS(
        {"name", BOUND_CODE, 2, ACCOUNT_MOST, REQUIRED},
        {"role", BOUND_ENUM, ONEDOOR__ROLE__PUBLIC, ONEDOOR__ROLE__CITY_DESK, REQUIRED},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL},
        {"window", BOUND_NUMBER, 1, WINDOW_LAST, OPTIONAL},
        {"days", BOUND_NUMBER, 1, 400, REQUIRED})},
    {MESSAGE(gateway, list_tokens), NULL},
    {MESSAGE(gateway, revoke_token), ROWS(
        {"name", BOUND_CODE, 2, ACCOUNT_MOST, REQUIRED})},
    {MESSAGE(gateway, list_notices), NULL},
    {MESSAGE(gateway, add_notice), ROWS(
        {"text_zh", BOUND_TEXT, 1, 1000, REQUIRED},
        {"text_en", BOUND_TEXT, 1, 1000, OPTIONAL},
        {"from_ms", BOUND_INSTANT, OPTIONAL},
        {"to_ms", BOUND_INSTANT, REQUIRED})},
    {MESSAGE(gateway, remove_notice), ROWS(
        {"notice", BOUND_NUMBER, 1, INT64_MAX, REQUIRED})},
    {NULL, NULL},
};
/* clang-format on */
