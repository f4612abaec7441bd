/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/case_number.h"

#include "common/values/day.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { DATE_DIGITS = 6, SERIAL_DIGITS = 6, CASE_DIGITS_MAX = DATE_DIGITS + 9 + 1 };

static int digits_of(int64_t number, char digits[CASE_NUMBER_TEXT_SIZE])
{
    return snprintf(digits, CASE_NUMBER_TEXT_SIZE, "%" PRId64, number);
}

/* ISO 7064, hybrid system MOD 11-10, over the digits of a number. */
static int32_t check_digit(int64_t number)
{
    char digits[CASE_NUMBER_TEXT_SIZE];
    int32_t product = 10;

    digits_of(number, digits);
    for (const char *d = digits; *d; d++) {
        int32_t sum = (product + (*d - '0')) % 10;

        product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10;
}

int64_t case_number_make(int32_t year2, int32_t month, int32_t day, int64_t serial)
{
    int64_t scale = 1000000;

    if (year2 < 10 || year2 > 99 || !ymd_is_date(2000 + year2, month, day))
        return 0;
    if (serial < 1 || serial > CASE_SERIAL_MAX)
        return 0;
    while (serial >= scale)
        scale *= 10;

    int64_t body = ((year2 * 100 + month) * 100 + day) * scale + serial;

    return body * 10 + check_digit(body);
}

/* A number is valid when its parts make it again. */
bool case_number_valid(int64_t number)
{
    char digits[CASE_NUMBER_TEXT_SIZE];
    int n = digits_of(number, digits);
    int64_t scale = 1;

    if (number <= 0 || n < DATE_DIGITS + SERIAL_DIGITS + 1 || n > CASE_DIGITS_MAX)
        return false;
    for (int i = DATE_DIGITS + 1; i < n; i++)
        scale *= 10;

    int64_t body = number / 10;
    int32_t date = (int32_t)(body / scale);

    return case_number_make(date / 10000, date / 100 % 100, date % 100, body % scale) == number;
}

const char *case_number_format(int64_t number, char text[CASE_NUMBER_TEXT_SIZE])
{
    char digits[CASE_NUMBER_TEXT_SIZE];
    int n = digits_of(number, digits);

    if (n <= DATE_DIGITS + 1)
        return strcpy(text, digits);
    snprintf(text, CASE_NUMBER_TEXT_SIZE, "%.*s-%.*s-%c", DATE_DIGITS, digits, n - DATE_DIGITS - 1,
             digits + DATE_DIGITS, digits[n - 1]);
    return text;
}

bool case_number_parse(const char *text, int64_t *number)
{
    char written[CASE_NUMBER_TEXT_SIZE];
    int64_t value = 0;
    int digits = 0;

    for (const char *c = text; *c; c++) {
        if (*c == '-')
            continue;
        if (*c < '0' || *c > '9' || ++digits > CASE_DIGITS_MAX)
            return false;
        value = value * 10 + (*c - '0');
    }
    if (text[0] == '0' || !case_number_valid(value)) /* no number begins with 0 */
        return false;
    if (strchr(text, '-') && strcmp(text, case_number_format(value, written)) != 0)
        return false;
    *number = value;
    return true;
}
