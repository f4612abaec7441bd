/* SPDX-License-Identifier: Apache-2.0 */
#include "services/reporting/entry.h"

#include <string.h>

#include "common/panic.h"
#include "services/reporting/dossier.h"
#include "services/reporting/reporting.h"

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
    return (struct dossier_row){.centre = turn->centre, .case_number = heard->case_number};
}

static struct uncounted_row aside_probe(const struct turn *turn, const struct heard *heard)
{
    return (struct uncounted_row){.centre = turn->centre, .case_number = heard->case_number};
}

void reporting_need(struct turn *turn, const struct heard *heard)
{
    const struct dossier_row dossier = dossier_probe(turn, heard);
    const struct rollup_row rollup = {.centre = turn->centre,
                                      .cohort = reporting_cohort(heard->case_number)};

    if (rollup.cohort == 0)
        return;
    rows_want(turn, &reporting_dossier_table, &dossier);
    rows_want(turn, &reporting_rollup_table, &rollup);
}

void reporting_need_receipt(struct turn *turn, const struct heard *heard)
{
    const struct uncounted_row aside = aside_probe(turn, heard);

    reporting_need(turn, heard);
    rows_want(turn, &reporting_uncounted_table, &aside);
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

/* What the dossier has now and had not before. */
static struct figures save_dossier(struct entry *entry)
{
    struct dossier_row *row = rows_find(entry->turn, &reporting_dossier_table, &entry->dossier);
    struct figures before = {{0}}, after = reporting_figures(&entry->dossier);

    if (row == NULL) {
        rows_add(entry->turn, &reporting_dossier_table, &entry->dossier);
    } else {
        before = reporting_figures(row);
        *(struct dossier_row *)rows_touch(entry->turn, &reporting_dossier_table, row) =
            entry->dossier;
    }
    return reporting_difference(&after, &before);
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

static void count(const struct entry *entry, int32_t day, const struct figures *figures)
{
    const struct rollup_row probe = {
        .centre = entry->turn->centre,
        .cohort = reporting_cohort(entry->dossier.case_number),
        .day = day,
        .item = entry->dossier.item,
        .department = entry->dossier.department,
        .window = entry->dossier.window,
    };
    struct rollup_row *rollup = rows_find(entry->turn, &reporting_rollup_table, &probe);

    if (rollup == NULL)
        rollup = rows_add(entry->turn, &reporting_rollup_table, &probe);
    rows_touch(entry->turn, &reporting_rollup_table, rollup);
    reporting_add(&rollup->figures, figures);
}

static void put_aside(const struct entry *entry, int32_t day, const struct figures *figures)
{
    struct uncounted_row aside = aside_probe(entry->turn, entry->heard);

    aside.stream = stream_of(entry->heard);
    aside.seq = entry->heard->seq;
    aside.day = day;
    aside.figures = *figures;
    rows_add(entry->turn, &reporting_uncounted_table, &aside);
}

struct outcome reporting_end(struct entry *entry)
{
    int32_t day = day_of(entry->turn, entry->at_ms);

    if (reporting_cohort(entry->heard->case_number) == 0)
        return refuse(ONEDOOR__REASON__UNKNOWN_CASE, "this is not the number of a case");
    struct figures figures = save_dossier(entry);
    add_line(entry);
    if (reporting_is_zero(&figures))
        return OUTCOME_OK;
    if (entry->dossier.item != NULL)
        count(entry, day, &figures);
    else
        put_aside(entry, day, &figures);
    return OUTCOME_OK;
}

void reporting_count_aside(struct entry *entry)
{
    const struct uncounted_row probe = aside_probe(entry->turn, entry->heard);

    for (struct uncounted_row *aside = NULL;
         (aside = rows_next(entry->turn, &reporting_uncounted_table, &probe, aside)) != NULL;) {
        count(entry, aside->day, &aside->figures);
        rows_remove(entry->turn, &reporting_uncounted_table, aside);
    }
}
