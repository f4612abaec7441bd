/* SPDX-License-Identifier: Apache-2.0 */
/* hears_charging.c: the one bill of a case (RULE H3) as charging says it. */
#include "common/values/money.h"
#include "onedoor/approval.pb-c.h"
#include "onedoor/charging.pb-c.h"
#include "services/reporting/entry.h"
#include "services/reporting/reporting.h"

/* "1,234.50 yuan" */
static const char *yuan(const struct entry *entry, int64_t fen)
{
    char text[MONEY_TEXT_SIZE];

    return arena_printf(entry->turn->arena, "%s yuan", money_format((struct money){fen}, text));
}

static struct outcome hear_raised(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Charging__OrderRaised *raised = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.dossier.orders++;
    entry.dossier.fee_fen += raised->total_fen;
    entry.text = yuan(&entry, raised->total_fen);
    for (size_t i = 0; i < raised->n_lines; i++) {
        const Onedoor__Charging__Line *line = raised->lines[i];
        reporting_share(&entry, FIGURE_FEE_FEN, line->department, line->amount_fen);
        entry.text = arena_printf(turn->arena, "%s%s %s %s", entry.text, i == 0 ? ":" : ",",
                                  line->department, yuan(&entry, line->amount_fen));
    }
    return reporting_end(&entry);
}

static struct outcome hear_nothing_due(struct turn *turn, const struct heard *heard)
{
    struct entry entry = reporting_begin(turn, heard);

    entry.dossier.orders++;
    return reporting_end(&entry);
}

/* Not made any more, and nothing given up on it. */
static struct outcome hear_cancelled(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Charging__OrderCancelled *cancelled = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.dossier.orders--;
    entry.dossier.fee_fen -= cancelled->total_fen;
    for (size_t i = 0; i < cancelled->n_lines; i++) {
        const Onedoor__Charging__Line *line = cancelled->lines[i];
        entry.dossier.waived_fen -= line->waived_fen;
        reporting_share(&entry, FIGURE_FEE_FEN, line->department, -line->amount_fen);
        if (line->waived_fen > 0)
            reporting_share(&entry, FIGURE_WAIVED_FEN, line->department, -line->waived_fen);
    }
    entry.text =
        arena_printf(turn->arena, "%s: %s", yuan(&entry, cancelled->total_fen), cancelled->reason);
    return reporting_end(&entry);
}

static struct outcome hear_kept(struct turn *turn, const struct heard *heard)
{
    struct entry entry = reporting_begin(turn, heard);

    return reporting_end(&entry);
}

static struct outcome hear_paid(struct turn *turn, const struct heard *heard)
{
    static const char *const methods[] = {"", "in cash", "by card", "by transfer", "by mobile"};
    const Onedoor__Charging__OrderPaid *paid = heard->message;
    struct entry entry = reporting_begin(turn, heard);
    size_t method = (size_t)paid->method;

    entry.dossier.paid_fen += paid->paid_fen;
    for (size_t i = 0; i < paid->n_shares; i++)
        reporting_share(&entry, FIGURE_PAID_FEN, paid->shares[i]->department, paid->shares[i]->fen);
    entry.text = arena_printf(turn->arena, "%s %s, receipt %lld", yuan(&entry, paid->paid_fen),
                              method < sizeof methods / sizeof methods[0] ? methods[method] : "",
                              (long long)paid->receipt);
    return reporting_end(&entry);
}

static struct outcome hear_waived(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Charging__OrderWaived *waived = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.dossier.waived_fen += waived->waived_fen;
    reporting_share(&entry, FIGURE_WAIVED_FEN, waived->department, waived->waived_fen);
    entry.text = arena_printf(turn->arena, "line %d, %s, agreed by %s: %s", waived->line,
                              yuan(&entry, waived->waived_fen), waived->approved_by, waived->basis);
    return reporting_end(&entry);
}

static struct outcome hear_refunded(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Charging__OrderRefunded *refunded = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.dossier.refunded_fen += refunded->refunded_fen;
    reporting_share(&entry, FIGURE_REFUNDED_FEN, refunded->department, refunded->refunded_fen);
    entry.text =
        arena_printf(turn->arena, "line %d, %s, agreed by %s: %s", refunded->line,
                     yuan(&entry, refunded->refunded_fen), refunded->approved_by, refunded->reason);
    return reporting_end(&entry);
}

/* What is to be given back is a line of the timeline alone; the refund is counted. */
static struct outcome hear_to_refund(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Charging__OrderToRefund *to_refund = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.text =
        arena_printf(turn->arena, "%s: %s", yuan(&entry, to_refund->kept_fen), to_refund->reason);
    return reporting_end(&entry);
}

const struct hearing reporting_hears_charging[] = {
    {&onedoor__charging__order_raised__descriptor, reporting_need, hear_raised},
    {&onedoor__charging__order_nothing_due__descriptor, reporting_need, hear_nothing_due},
    {&onedoor__charging__order_cancelled__descriptor, reporting_need, hear_cancelled},
    {&onedoor__charging__order_kept__descriptor, reporting_need, hear_kept},
    {&onedoor__charging__order_paid__descriptor, reporting_need, hear_paid},
    {&onedoor__charging__order_waived__descriptor, reporting_need, hear_waived},
    {&onedoor__charging__order_refunded__descriptor, reporting_need, hear_refunded},
    {&onedoor__charging__order_to_refund__descriptor, reporting_need, hear_to_refund},
    {&onedoor__approval__asked__descriptor, reporting_need, reporting_hear_asked},
    {&onedoor__approval__answered__descriptor, reporting_need, reporting_hear_answered},
    {NULL, NULL, NULL},
};
