/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/entry.h"

#include <string.h>

#include "common/base/panic.h"
#include "services/reporting/dossier.h"
#include "services/reporting/reporting.h"
#include "services/reporting/span.h"

static const char *const stream_names[STREAMS] = {"", "intake", "routing", "charging",
                                                  "supervision"};

const char *reporting_stream_name(int16_t stream)
{
    return stream > 0 && stream < STREAMS ? stream_names[stream] : "";
}

static int16_t stream_of(const struct heard *heard)
{
    for (int16_t stream = STREAM_INTAKE; stream < STREAMS; stream++)
        if (strcmp(stream_names[stream], heard->stream) == 0)
            return stream;
    panic("reporting does not follow %s", heard->stream);
}

static struct dossier_row dossier_probe(const struct turn *turn, const struct heard *heard)
{
    return (struct dossier_row){
        .centre = turn->centre, .case_number = heard->case_number, .involved = ""};
}

static struct standing_row standing_probe(const struct turn *turn, int64_t case_number)
{
    return (struct standing_row){.centre = turn->centre, .case_number = case_number};
}

void reporting_need(struct turn *turn, const struct heard *heard)
{
    const struct dossier_row dossier = dossier_probe(turn, heard);
    int32_t cohort = reporting_cohort(heard->case_number);

    if (cohort == 0)
        return;
    rows_want(turn, &reporting_dossier_table, &dossier);
    for (enum span span = SPAN_DAY; span < SPANS; span++)
        rows_want(turn, &reporting_rollup_table,
                  &(struct rollup_row){.centre = turn->centre,
                                       .span = (int16_t)span,
                                       .cohort = span_cohort(span, cohort)});
}

void reporting_need_move(struct turn *turn, const struct heard *heard)
{
    const struct standing_row standing = standing_probe(turn, heard->case_number);

    reporting_need(turn, heard);
    rows_want(turn, &reporting_standing_table, &standing);
}

void reporting_need_receipt(struct turn *turn, const struct heard *heard)
{
    const struct tally_row noted = {.centre = turn->centre, .case_number = heard->case_number};

    reporting_need_move(turn, heard);
    rows_want(turn, &reporting_tally_table, &noted);
}

struct entry reporting_begin(struct turn *turn, const struct heard *heard)
{
    const struct dossier_row probe = dossier_probe(turn, heard);
    const struct dossier_row *found = rows_find(turn, &reporting_dossier_table, &probe);

    return (struct entry){
        .turn = turn,
        .heard = heard,
        .dossier = found == NULL ? probe : *found,
        .at_ms = heard->at_ms,
        .department = "",
        .text = "",
    };
}

static int32_t day_of(const struct turn *turn, int64_t at_ms)
{
    return calendar_day(&((const struct reporting *)turn->memory)->calendar, at_ms).n;
}

/* ---- where it stands */

static bool is_over(int16_t state)
{
    return state == DOSSIER_REFUSED || state == DOSSIER_WITHDRAWN || state == DOSSIER_TERMINATED ||
           state == DOSSIER_DELIVERED;
}

static void move_standing(const struct entry *entry)
{
    struct standing_row standing = standing_probe(entry->turn, entry->dossier.case_number);
    struct standing_row *row = rows_find(entry->turn, &reporting_standing_table, &standing);

    standing.state = entry->dossier.state;
    standing.since_ms = entry->heard->at_ms;
    if (row != NULL && is_over(standing.state))
        rows_remove(entry->turn, &reporting_standing_table, row);
    else if (row != NULL)
        *(struct standing_row *)rows_touch(entry->turn, &reporting_standing_table, row) = standing;
    else if (!is_over(standing.state))
        rows_add(entry->turn, &reporting_standing_table, &standing);
}

/* ---- the dossier */

/* As it was before the event. */
static struct dossier_row save_dossier(const struct entry *entry)
{
    struct dossier_row *row = rows_find(entry->turn, &reporting_dossier_table, &entry->dossier);
    struct dossier_row before = row == NULL ? dossier_probe(entry->turn, entry->heard) : *row;

    if (row == NULL)
        rows_add(entry->turn, &reporting_dossier_table, &entry->dossier);
    else
        *(struct dossier_row *)rows_touch(entry->turn, &reporting_dossier_table, row) =
            entry->dossier;
    return before;
}

static void add_line(const struct entry *entry)
{
    const struct heard *heard = entry->heard;
    const char *dot = strchr(heard->type, '.');
    const struct timeline_row line = {
        .centre = entry->turn->centre,
        .case_number = heard->case_number,
        .stream = stream_of(heard),
        .seq = heard->seq,
        .at_ms = entry->at_ms,
        .type = dot == NULL ? heard->type : dot + 1,
        .actor = heard->actor,
        .department = entry->department,
        .text = entry->text,
    };

    rows_add(entry->turn, &reporting_timeline_table, &line);
}

/* ---- figures */

/* A bit for each figure, by its number in the tally. */
static int32_t taken_back(const struct figures *figures)
{
    int32_t bits = 0;
    for (int i = 0; i < FIGURES; i++)
        if (figures->n[i] < 0)
            bits |= 1 << (i + 1);
    return bits;
}

static void count_in(const struct entry *entry, enum span span, int32_t day, const char *department,
                     const struct figures *figures)
{
    const struct rollup_row probe = {
        .centre = entry->turn->centre,
        .span = (int16_t)span,
        .cohort = span_cohort(span, reporting_cohort(entry->dossier.case_number)),
        .item = entry->dossier.item,
        .window = entry->dossier.window,
        .department = department,
        .day = span_first(span, day),
    };
    struct rollup_row *rollup = rows_find(entry->turn, &reporting_rollup_table, &probe);

    if (rollup == NULL)
        rollup = rows_add(entry->turn, &reporting_rollup_table, &probe);
    rows_touch(entry->turn, &reporting_rollup_table, rollup);
    reporting_add(&rollup->figures, figures);
    rollup->taken_back |= taken_back(figures);
}

/* In the rollups of each span; department "": the item's. */
static void count(const struct entry *entry, int32_t day, const char *department,
                  const struct figures *figures)
{
    const char *whose = department[0] == '\0' ? entry->dossier.department : department;

    for (enum span span = SPAN_DAY; span < SPANS; span++)
        count_in(entry, span, day, whose, figures);
}

static void note(const struct entry *entry, int32_t day, const char *department,
                 const struct figures *figures)
{
    for (int16_t i = 0; i < FIGURES; i++) {
        const struct tally_row noted = {
            .centre = entry->turn->centre,
            .case_number = entry->dossier.case_number,
            .stream = stream_of(entry->heard),
            .seq = entry->heard->seq,
            .figure = (int16_t)(i + 1),
            .department = department,
            .day = day,
            .n = figures->n[i],
        };

        if (noted.n != 0)
            rows_add(entry->turn, &reporting_tally_table, &noted);
    }
}

/* The item is known now: count what was noted before, each on its own day. */
static void count_noted(const struct entry *entry)
{
    const struct tally_row probe = {.centre = entry->turn->centre,
                                    .case_number = entry->dossier.case_number};

    for (struct tally_row *noted = NULL;
         (noted = rows_next(entry->turn, &reporting_tally_table, &probe, noted)) != NULL;) {
        struct figures figures = {{0}};
        figures.n[noted->figure - 1] = noted->n;
        count(entry, noted->day, noted->department, &figures);
    }
}

/* Note it; count it where it belongs, once that is known. */
static void add_figures(const struct entry *entry, int32_t day, const char *department,
                        const struct figures *figures)
{
    note(entry, day, department, figures);
    if (entry->dossier.item != NULL && !reporting_is_zero(figures))
        count(entry, day, department, figures);
}

void reporting_share(struct entry *entry, enum figure figure, const char *department, int64_t n)
{
    for (size_t i = 0; i < entry->n_shares; i++)
        if (entry->shares[i].figure == figure &&
            strcmp(entry->shares[i].department, department) == 0) {
            entry->shares[i].n += n;
            return;
        }
    entry->shares = arena_grow(entry->turn->arena, entry->shares, entry->n_shares,
                               entry->n_shares + 1, sizeof entry->shares[0]);
    entry->shares[entry->n_shares++] = (struct share){figure, department, n};
}

/* The shares for their departments, and the rest for the item's. */
static void add_difference(const struct entry *entry, int32_t day, struct figures figures)
{
    for (size_t i = 0; i < entry->n_shares; i++) {
        const struct share *share = &entry->shares[i];
        struct figures part = {{0}};
        part.n[share->figure] = share->n;
        figures.n[share->figure] -= share->n;
        add_figures(entry, day, share->department, &part);
    }
    add_figures(entry, day, "", &figures);
}

struct outcome reporting_end(struct entry *entry)
{
    int32_t day = day_of(entry->turn, entry->counted_ms != 0 ? entry->counted_ms : entry->at_ms);

    if (reporting_cohort(entry->heard->case_number) == 0)
        return refuse(ONEDOOR__REASON__UNKNOWN_CASE, "this is not the number of a case");
    const struct dossier_row before = save_dossier(entry);
    const struct figures had = reporting_figures(&before), has = reporting_figures(&entry->dossier),
                         figures = reporting_difference(&has, &had);
    add_line(entry);
    if (entry->dossier.state != before.state)
        move_standing(entry);
    if (before.item == NULL && entry->dossier.item != NULL)
        count_noted(entry);
    add_difference(entry, day, figures);
    return OUTCOME_OK;
}
