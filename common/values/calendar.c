/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/calendar.h"

#include "common/base/arena.h"
#include "common/base/panic.h"

#include <stdlib.h>

enum { DAY_MIN = 24 * 60, MINUTE_MS = 60 * 1000 };

/* The years that have fixed holidays. */
enum { FIXED_FROM = 1970, FIXED_YEARS = 130 };

/* An exception, and its rank among the working days. */
struct calendar_row {
    struct day day;
    enum exception_kind kind;
    int32_t rank; /* working days before this one, in the count of plain_days_before() */
    const char *name;
};

/* Division that rounds towards the past, as dates before 1970 need it. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t floor_mod(int64_t a, int64_t b)
{
    return a - floor_div(a, b) * b;
}

/* ---- The plain week: Monday to Friday, ranked from Monday 1969-12-29. */

enum { FIRST_MONDAY = -3 };

static int64_t plain_days_before(struct day day)
{
    int64_t n = (int64_t)day.n - FIRST_MONDAY;
    int64_t rest = floor_mod(n, 7);

    return floor_div(n, 7) * 5 + (rest < 5 ? rest : 5);
}

static struct day plain_day(int64_t rank)
{
    return (struct day){(int32_t)(floor_div(rank, 5) * 7 + floor_mod(rank, 5) + FIRST_MONDAY)};
}

bool calendar_is_weekday(struct day day)
{
    return floor_mod((int64_t)day.n - FIRST_MONDAY, 7) < 5;
}

/* ---- The week with its exceptions. Between two of them the plain week applies. */

/* How many exceptions are before a day. */
static size_t rows_before(const struct calendar *cal, struct day day)
{
    size_t low = 0;
    size_t high = cal->n_rows;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (cal->rows[middle].day.n < day.n)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct calendar_row *row_of(const struct calendar *cal, struct day day)
{
    size_t i = rows_before(cal, day);

    return i < cal->n_rows && cal->rows[i].day.n == day.n ? &cal->rows[i] : NULL;
}

static int32_t row_works(const struct calendar_row *row)
{
    return row->kind == EXCEPTION_WORKDAY;
}

/* Working days before a day: those up to and including the last exception, then the plain ones. */
static int64_t rank_of(const struct calendar *cal, struct day day)
{
    size_t i = rows_before(cal, day);

    if (i == 0)
        return plain_days_before(day);

    const struct calendar_row *last = &cal->rows[i - 1];

    return last->rank + row_works(last) + plain_days_before(day) -
           plain_days_before((struct day){last->day.n + 1});
}

/* The working day of a rank. */
static struct day day_of_rank(const struct calendar *cal, int64_t rank)
{
    size_t low = 0;
    size_t high = cal->n_rows;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (cal->rows[middle].rank <= rank)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return plain_day(rank);

    const struct calendar_row *last = &cal->rows[low - 1];
    int64_t after = rank - last->rank - row_works(last);

    if (after < 0)
        return last->day;
    return plain_day(plain_days_before((struct day){last->day.n + 1}) + after);
}

/* ---- Building. */

static bool hours_hold(const struct hall_hours *hours)
{
    int32_t end = -1;

    if (hours->n_spans < 1 || hours->n_spans > HALL_SPANS_MAX)
        return false;
    for (int32_t i = 0; i < hours->n_spans; i++) {
        const struct hall_span *span = &hours->spans[i];

        if (span->from_min <= end || span->to_min <= span->from_min || span->to_min > DAY_MIN)
            return false;
        end = span->to_min;
    }
    return true;
}

static int by_day(const void *left, const void *right)
{
    const struct calendar_row *a = left;
    const struct calendar_row *b = right;

    return (a->day.n > b->day.n) - (a->day.n < b->day.n);
}

/* Each rank follows from the rows before it. False when a day is given twice. */
static bool rank_rows(struct calendar *cal, size_t n)
{
    for (cal->n_rows = 0; cal->n_rows < n; cal->n_rows++) {
        struct calendar_row *row = &cal->rows[cal->n_rows];

        if (cal->n_rows > 0 && row[-1].day.n == row->day.n)
            return false;
        row->rank = (int32_t)rank_of(cal, row->day);
    }
    return true;
}

/* The from_year of the list that holds in a year; -1: none does. */
static int32_t fixed_list_of(const struct hall_hours *hours, int32_t year)
{
    int32_t from_year = -1;

    for (int32_t i = 0; i < hours->n_fixed; i++)
        if (hours->fixed[i].from_year <= year)
            from_year = hours->fixed[i].from_year;
    return from_year;
}

static size_t add_fixed_of(struct calendar *cal, size_t n, int32_t year)
{
    int32_t from_year = fixed_list_of(&cal->hours, year);

    for (int32_t i = 0; i < cal->hours.n_fixed; i++) {
        const struct fixed_holiday *fixed = &cal->hours.fixed[i];

        if (fixed->from_year == from_year)
            cal->rows[n++] = (struct calendar_row){
                .day = day_from_ymd(year, fixed->month_day / 100, fixed->month_day % 100),
                .kind = EXCEPTION_HOLIDAY,
                .name = "",
            };
    }
    return n;
}

/* RULE L82: a year whose list is not published has the holidays of fixed date. A year that has its
 * list has that alone; so the list of one year changes no day of another. */
static size_t add_fixed(struct calendar *cal, size_t n)
{
    bool is_listed[FIXED_YEARS] = {false};

    for (size_t i = 0; i < n; i++) {
        int32_t year = day_to_ymd(cal->rows[i].day).year - FIXED_FROM;

        if (year >= 0 && year < FIXED_YEARS)
            is_listed[year] = true;
    }
    for (int32_t year = 0; year < FIXED_YEARS; year++)
        if (!is_listed[year])
            n = add_fixed_of(cal, n, FIXED_FROM + year);
    return n;
}

/* Copies what is published; the last of its years. */
static int32_t copy_published(struct calendar *cal, const struct calendar_exception *exceptions,
                              size_t n, struct arena *arena)
{
    int32_t last = INT32_MIN;

    for (size_t i = 0; i < n; i++) {
        int32_t year = day_to_ymd(exceptions[i].day).year;

        last = year > last ? year : last;
        cal->rows[i] = (struct calendar_row){
            .day = exceptions[i].day,
            .kind = exceptions[i].kind,
            .name = exceptions[i].name ? arena_strdup(arena, exceptions[i].name) : "",
        };
    }
    return last;
}

enum status calendar_init(struct calendar *cal, const struct hall_hours *hours,
                          const struct calendar_exception *exceptions, size_t n,
                          struct arena *arena)
{
    *cal = (struct calendar){.hours = *hours};
    if (!hours_hold(hours))
        return STATUS_INVALID;
    for (int32_t i = 0; i < hours->n_spans; i++)
        cal->day_min += hours->spans[i].to_min - hours->spans[i].from_min;

    cal->rows =
        ARENA_ARRAY(arena, struct calendar_row, n + 1 + (size_t)hours->n_fixed * FIXED_YEARS);
    cal->last_year = copy_published(cal, exceptions, n, arena);
    n = add_fixed(cal, n);
    qsort(cal->rows, n, sizeof(*cal->rows), by_day);
    return rank_rows(cal, n) ? STATUS_OK : STATUS_INVALID;
}

struct calendar calendar_correct(const struct calendar *cal, struct day day, bool working,
                                 struct arena *arena)
{
    struct calendar corrected = *cal;
    size_t n = 0;

    corrected.rows = ARENA_ARRAY(arena, struct calendar_row, cal->n_rows + 1);
    for (size_t i = 0; i < cal->n_rows; i++)
        if (cal->rows[i].day.n != day.n)
            corrected.rows[n++] = cal->rows[i];
    if (calendar_is_weekday(day) != working)
        corrected.rows[n++] = (struct calendar_row){
            .day = day, .kind = working ? EXCEPTION_WORKDAY : EXCEPTION_HOLIDAY, .name = ""};
    qsort(corrected.rows, n, sizeof *corrected.rows, by_day);
    must(rank_rows(&corrected, n));
    return corrected;
}

/* ---- Days. */

static int64_t local_minute(const struct calendar *cal, int64_t ms)
{
    return floor_div(ms, MINUTE_MS) + cal->hours.utc_offset_min;
}

static int64_t instant_of(const struct calendar *cal, struct day day, int32_t minute)
{
    return ((int64_t)day.n * DAY_MIN + minute - cal->hours.utc_offset_min) * MINUTE_MS;
}

struct day calendar_day(const struct calendar *cal, int64_t ms)
{
    return (struct day){(int32_t)floor_div(local_minute(cal, ms), DAY_MIN)};
}

int64_t calendar_midnight(const struct calendar *cal, struct day day)
{
    return instant_of(cal, day, 0);
}

enum day_kind calendar_kind(const struct calendar *cal, struct day day)
{
    const struct calendar_row *row = row_of(cal, day);
    bool plain = calendar_is_weekday(day);

    if (row && row->kind == EXCEPTION_HOLIDAY)
        return DAY_HOLIDAY;
    if (row && !plain)
        return DAY_MAKEUP;
    return plain ? DAY_WORKING : DAY_WEEKEND;
}

bool calendar_is_working(const struct calendar *cal, struct day day)
{
    const struct calendar_row *row = row_of(cal, day);

    return row ? row_works(row) : calendar_is_weekday(day);
}

const char *calendar_name(const struct calendar *cal, struct day day)
{
    const struct calendar_row *row = row_of(cal, day);

    return row ? row->name : "";
}

bool calendar_provisional(const struct calendar *cal, struct day day)
{
    return day_to_ymd(day).year > cal->last_year;
}

bool calendar_provisional_due(const struct calendar *cal, int64_t due_ms)
{
    return due_ms != 0 && calendar_provisional(cal, calendar_day(cal, due_ms));
}

int64_t calendar_days(const struct calendar *cal, struct day from, struct day to)
{
    return rank_of(cal, to) - rank_of(cal, from);
}

/* ---- Minutes. */

/* Working minutes of a working day up to a minute of it. */
static int32_t minutes_until(const struct calendar *cal, int32_t minute)
{
    int32_t sum = 0;

    for (int32_t i = 0; i < cal->hours.n_spans; i++) {
        const struct hall_span *span = &cal->hours.spans[i];
        int32_t end = minute < span->to_min ? minute : span->to_min;

        if (end > span->from_min)
            sum += end - span->from_min;
    }
    return sum;
}

/* The minute of a working day by which `worked` (> 0) of its minutes have passed. */
static int32_t minute_after(const struct calendar *cal, int32_t worked)
{
    const struct hall_span *span = cal->hours.spans;

    while (worked > span->to_min - span->from_min) {
        worked -= span->to_min - span->from_min;
        span++;
    }
    return span->from_min + worked;
}

int64_t calendar_minutes(const struct calendar *cal, int64_t ms)
{
    int64_t local = local_minute(cal, ms);
    struct day day = {(int32_t)floor_div(local, DAY_MIN)};
    int64_t sum = rank_of(cal, day) * cal->day_min;

    if (calendar_is_working(cal, day))
        sum += minutes_until(cal, (int32_t)floor_mod(local, DAY_MIN));
    return sum;
}

int64_t calendar_instant(const struct calendar *cal, int64_t minutes)
{
    struct day day = day_of_rank(cal, floor_div(minutes - 1, cal->day_min));
    int32_t worked = (int32_t)floor_mod(minutes - 1, cal->day_min) + 1;

    return instant_of(cal, day, minute_after(cal, worked));
}

int64_t calendar_worked(const struct calendar *cal, int64_t from_ms, int64_t to_ms)
{
    return calendar_minutes(cal, to_ms) - calendar_minutes(cal, from_ms);
}

int64_t calendar_next_opening(const struct calendar *cal, int64_t ms)
{
    struct day tomorrow = {calendar_day(cal, ms).n + 1};

    return instant_of(cal, day_of_rank(cal, rank_of(cal, tomorrow)), cal->hours.spans[0].from_min);
}

int64_t calendar_close(const struct calendar *cal, int64_t ms)
{
    struct day working = day_of_rank(cal, rank_of(cal, calendar_day(cal, ms)));

    return instant_of(cal, working, cal->hours.spans[cal->hours.n_spans - 1].to_min);
}

int32_t calendar_day_minutes(const struct calendar *cal)
{
    return cal->day_min;
}
