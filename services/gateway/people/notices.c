/* SPDX-License-Identifier: Apache-2.0 */
/* notices.c: what the hall says to everybody on its displays, for a while, in business time. */
#include <inttypes.h>
#include <string.h>

#include "common/base/wallclock.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/caller/permissions.h"
#include "services/gateway/people/people_inside.h"

enum { NOTICES_MAX = 100, TEXT_MAX = 1000 };

/* 9999-12-31 */
#define LAST_MS INT64_C(253402214400000)

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

/* What is not said yet is for those alone who may say it. */
void people_list_notices(struct deed *deed)
{
    const Onedoor__Gateway__ListNotices *ask = deed->message;
    struct notice_row *rows = NULL;
    int n = 0;
    deed->outcome = ask->coming && !permission_given(PERMISSION_PUBLISH, deed->caller.role)
                        ? deny(ONEDOOR__REASON__NOT_ALLOWED, NULL)
                        : OUTCOME_OK;
    if (is_ok(deed->outcome))
        deed->outcome =
            people_told(store_list_notices(&deed->people->store, business_ms(), ask->coming,
                                           NOTICES_MAX, deed->arena, &rows, &n),
                        people_away());
    if (!is_ok(deed->outcome))
        return;
    Onedoor__Gateway__ListNoticesReply *reply =
        DEED_REPLY(deed, Onedoor__Gateway__ListNoticesReply, onedoor__gateway__list_notices_reply);
    reply->n_notices = (size_t)n;
    reply->notices = ARENA_ARRAY(deed->arena, Onedoor__Gateway__Notice *, n + 1);
    for (int i = 0; i < n; i++)
        reply->notices[i] = notice_message(&rows[i], deed->arena);
}

static struct outcome check_notice(const struct notice_row *notice, int64_t now_ms)
{
    size_t zh = strlen(notice->text_zh);
    if (zh < 1 || zh > TEXT_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "textZh", "must be 1 to 1000 bytes");
    if (strlen(notice->text_en) > TEXT_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "textEn", "must be at most 1000 bytes");
    if (notice->from_ms < 0 || notice->from_ms >= notice->to_ms)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "toMs", "must be after it begins");
    if (notice->to_ms <= now_ms || notice->to_ms > LAST_MS)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "toMs", "must be ahead");
    return OUTCOME_OK;
}

void people_add_notice(struct deed *deed)
{
    const Onedoor__Gateway__AddNotice *ask = deed->message;
    int64_t now_ms = business_ms();
    struct notice_row notice = {.text_zh = ask->text_zh,
                                .text_en = ask->text_en,
                                .by = deed->caller.name,
                                .from_ms = ask->from_ms == 0 ? now_ms : ask->from_ms,
                                .to_ms = ask->to_ms};
    deed->outcome = check_notice(&notice, now_ms);
    if (is_ok(deed->outcome))
        deed->outcome = people_told(store_add_notice(&deed->people->store, &notice), people_away());
    if (!is_ok(deed->outcome))
        return;
    deed->reply = &notice_message(&notice, deed->arena)->base;
    deed->fact =
        (struct fact){"notice.added", arena_printf(deed->arena, "%" PRId64, notice.notice)};
}

void people_remove_notice(struct deed *deed)
{
    const Onedoor__Gateway__RemoveNotice *ask = deed->message;
    deed->outcome = people_told(
        store_remove_notice(&deed->people->store, ask->notice, deed->caller.name, business_ms()),
        people_refuse(ONEDOOR__CODE__NOT_FOUND, ONEDOOR__GATEWAY__REFUSAL__UNKNOWN_NOTICE, NULL));
    if (is_ok(deed->outcome))
        deed->fact =
            (struct fact){"notice.removed", arena_printf(deed->arena, "%" PRId64, ask->notice)};
}
