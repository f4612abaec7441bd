/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/notices.h"

#include <inttypes.h>
#include <string.h>

#include "common/base/business.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/caller/permissions.h"
#include "services/gateway/people/people.h"
#include "services/gateway/people/store.h"

enum { NOTICES_MAX = 100 };

static Onedoor__Gateway__Notice *notice_message(const struct notice_row *row, struct arena *arena)
{
    Onedoor__Gateway__Notice *notice = ARENA_NEW(arena, Onedoor__Gateway__Notice);
    onedoor__gateway__notice__init(notice);
    notice->notice = row->notice;
    notice->text_zh = (char *)row->text_zh;
    notice->text_en = (char *)row->text_en;
    notice->from_ms = row->from_ms;
    notice->to_ms = row->to_ms;
    notice->by = (char *)row->by;
    return notice;
}

/* Notices that are not shown yet are for those who may publish them. */
void notice_list(struct job *job)
{
    const Onedoor__Gateway__ListNotices *request = job->message;
    struct notice_row *rows = NULL;
    size_t n = 0;
    job->outcome = request->coming && !permission_given(PERMISSION_PUBLISH, job->caller.role)
                       ? deny(ONEDOOR__REASON__NOT_ALLOWED, NULL)
                       : OUTCOME_OK;
    if (is_ok(job->outcome))
        job->outcome =
            people_outcome(store_list_notices(job->people->store, business_ms(), request->coming,
                                              NOTICES_MAX, job->arena, &rows, &n),
                           people_unavailable());
    if (!is_ok(job->outcome))
        return;
    Onedoor__Gateway__ListNoticesReply *reply =
        JOB_REPLY(job, Onedoor__Gateway__ListNoticesReply, onedoor__gateway__list_notices_reply);
    reply->n_notices = n;
    reply->notices = ARENA_ARRAY(job->arena, Onedoor__Gateway__Notice *, n + 1);
    for (size_t i = 0; i < n; i++) {
        reply->notices[i] = notice_message(&rows[i], job->arena);
        if (!permission_given(PERMISSION_PUBLISH, job->caller.role))
            reply->notices[i]->by = "";
    }
}

static struct outcome check_notice(const struct notice_row *notice, int64_t now_ms)
{
    if (notice->from_ms >= notice->to_ms)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "toMs", "must be after it begins");
    if (notice->to_ms <= now_ms)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "toMs", "must be ahead");
    return OUTCOME_OK;
}

void notice_add(struct job *job)
{
    const Onedoor__Gateway__AddNotice *request = job->message;
    int64_t now_ms = business_ms();
    struct notice_row notice = {.text_zh = request->text_zh,
                                .text_en = request->text_en,
                                .by = job->caller.name,
                                .from_ms = request->from_ms == 0 ? now_ms : request->from_ms,
                                .to_ms = request->to_ms};
    job->outcome = check_notice(&notice, now_ms);
    if (is_ok(job->outcome))
        job->outcome = people_outcome(store_add_notice(job->people->store, job->arena, &notice),
                                      people_unavailable());
    if (!is_ok(job->outcome))
        return;
    job->reply = &notice_message(&notice, job->arena)->base;
    job->log =
        (struct job_log){"notice.added", arena_printf(job->arena, "%" PRId64, notice.notice)};
}

void notice_remove(struct job *job)
{
    const Onedoor__Gateway__RemoveNotice *request = job->message;
    job->outcome = people_outcome(
        store_remove_notice(job->people->store, request->notice, job->caller.name, business_ms()),
        people_refuse(ONEDOOR__CODE__NOT_FOUND, ONEDOOR__GATEWAY__REFUSAL__UNKNOWN_NOTICE, NULL));
    if (is_ok(job->outcome))
        job->log = (struct job_log){"notice.removed",
                                    arena_printf(job->arena, "%" PRId64, request->notice)};
}
