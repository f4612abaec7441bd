/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/hall_hours.h"

#include "common/values/day.h"

#include <stdbool.h>
#include <stdio.h>

enum { COMMON_YEAR = 2001 }; /* no leap year: 29 February is not of every year */

enum status hall_hours_parse(const char *text, int32_t utc_offset_min, struct hall_hours *hours)
{
    *hours = (struct hall_hours){.utc_offset_min = utc_offset_min};
    while (*text != '\0') {
        int h1, m1, h2, m2, used = 0;
        if (hours->n_spans == HALL_SPANS_MAX ||
            sscanf(text, "%2d:%2d-%2d:%2d%n", &h1, &m1, &h2, &m2, &used) != 4)
            return STATUS_INVALID;
        hours->spans[hours->n_spans++] = (struct hall_span){h1 * 60 + m1, h2 * 60 + m2};
        text += used;
        if (*text == ',' && text[1] != '\0')
            text++;
        else if (*text != '\0')
            return STATUS_INVALID;
    }
    return hours->n_spans > 0 ? STATUS_OK : STATUS_INVALID;
}

/* One "05-01" of a list. */
static bool parse_fixed(const char **text, int32_t from_year, struct hall_hours *hours)
{
    int month, day, used = 0;

    if (hours->n_fixed == FIXED_HOLIDAYS_MAX ||
        sscanf(*text, "%2d-%2d%n", &month, &day, &used) != 2 ||
        !ymd_is_date(COMMON_YEAR, month, day))
        return false;
    hours->fixed[hours->n_fixed++] = (struct fixed_holiday){from_year, month * 100 + day};
    *text += used;
    return true;
}

/* "2025:" before a list, later than the one before; the first list may be without. */
static bool parse_from_year(const char **text, bool is_first, int32_t *from_year)
{
    int year, used = 0;

    if (sscanf(*text, "%4d:%n", &year, &used) != 1 || used == 0)
        return is_first;
    *text += used;
    if (year <= *from_year)
        return false;
    *from_year = year;
    return true;
}

enum status hall_hours_parse_fixed(const char *text, struct hall_hours *hours)
{
    int32_t from_year = 0;

    hours->n_fixed = 0;
    if (*text == '\0')
        return STATUS_OK;
    for (char before = ';'; before != '\0'; text += before != '\0') {
        if (before == ';' && !parse_from_year(&text, hours->n_fixed == 0, &from_year))
            return STATUS_INVALID;
        if (!parse_fixed(&text, from_year, hours))
            return STATUS_INVALID;
        before = *text;
        if (before != ',' && before != ';' && before != '\0')
            return STATUS_INVALID;
    }
    return STATUS_OK;
}
