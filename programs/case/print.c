/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/values/case_number.h"
#include "common/values/day.h"
#include "common/values/money.h"
#include "programs/case/dossier.h"

enum { TIME_TEXT = 24, FAULT_TEXT = 40, DAY_MINUTES = 24 * 60 };

/* ---- words */

/* " - NOT_SIGNED ", of a paper that was handed back. */
static const char *fault_words(const Onedoor__Intake__Missing *missing, char text[FAULT_TEXT])
{
    const ProtobufCEnumValue *fault = protobuf_c_enum_descriptor_get_value(
        &onedoor__intake__paper_fault__descriptor, missing->fault);
    bool given = missing->fault != ONEDOOR__INTAKE__PAPER_FAULT__PAPER_FAULT_UNSPECIFIED;
    text[0] = '\0';
    if (given && fault != NULL)
        snprintf(text, FAULT_TEXT, " - %s ", fault->name);
    return text;
}

static const char *state_words(Onedoor__Intake__CaseState state)
{
    static const char *const words[] = {
        [ONEDOOR__INTAKE__CASE_STATE__RECEIVED] = "收件 received",
        [ONEDOOR__INTAKE__CASE_STATE__CORRECTION] = "补正 correction asked",
        [ONEDOOR__INTAKE__CASE_STATE__REFUSED] = "不予受理 refused",
        [ONEDOOR__INTAKE__CASE_STATE__ACCEPTED] = "受理 accepted",
        [ONEDOOR__INTAKE__CASE_STATE__IN_APPROVAL] = "审批中 in approval",
        [ONEDOOR__INTAKE__CASE_STATE__SUSPENDED] = "特别程序 suspended",
        [ONEDOOR__INTAKE__CASE_STATE__GRANTED] = "准予 granted",
        [ONEDOOR__INTAKE__CASE_STATE__DENIED] = "不予许可 denied",
        [ONEDOOR__INTAKE__CASE_STATE__PAYMENT_DUE] = "待缴费 payment due",
        [ONEDOOR__INTAKE__CASE_STATE__CLOSED] = "办结 closed",
        [ONEDOOR__INTAKE__CASE_STATE__DELIVERED] = "送达 delivered",
        [ONEDOOR__INTAKE__CASE_STATE__WITHDRAWN] = "撤件 withdrawn",
        [ONEDOOR__INTAKE__CASE_STATE__TERMINATED] = "终止 terminated",
    };
    bool known = state > 0 && (size_t)state < sizeof words / sizeof words[0];
    return known ? words[state] : "?";
}

static const char *action_words(Onedoor__Routing__Action action)
{
    static const char *const words[] = {
        [ONEDOOR__ROUTING__ACTION__REVIEW] = "审查 review",
        [ONEDOOR__ROUTING__ACTION__CONSULT] = "征求意见 consult",
        [ONEDOOR__ROUTING__ACTION__COUNTERSIGN] = "会签 countersign",
        [ONEDOOR__ROUTING__ACTION__SITE_SURVEY] = "联合踏勘 site survey",
        [ONEDOOR__ROUTING__ACTION__EXPERT_REVIEW] = "专家评审 expert review",
        [ONEDOOR__ROUTING__ACTION__DECIDE_CASE] = "决定 decide",
        [ONEDOOR__ROUTING__ACTION__CITY_DECISION] = "市级决定 city decision",
    };
    bool known = action > 0 && (size_t)action < sizeof words / sizeof words[0];
    return known ? words[action] : "?";
}

static const char *task_words(Onedoor__Routing__TaskState state)
{
    static const char *const words[] = {
        [ONEDOOR__ROUTING__TASK_STATE__OPEN] = "办理中 open",
        [ONEDOOR__ROUTING__TASK_STATE__AGREED] = "同意 agreed",
        [ONEDOOR__ROUTING__TASK_STATE__DISAGREED] = "不同意 disagreed",
        [ONEDOOR__ROUTING__TASK_STATE__CANCELLED] = "取消 cancelled",
    };
    bool known = state > 0 && (size_t)state < sizeof words / sizeof words[0];
    return known ? words[state] : "?";
}

static const char *time_words(int64_t ms, int32_t utc_offset_min, char text[TIME_TEXT])
{
    if (ms == 0)
        return "-";
    int64_t minutes = ms / 60000 + utc_offset_min;
    struct ymd date = day_to_ymd((struct day){(int32_t)(minutes / DAY_MINUTES)});
    snprintf(text, TIME_TEXT, "%04d-%02d-%02d %02d:%02d", date.year, date.month, date.day,
             (int)(minutes % DAY_MINUTES / 60), (int)(minutes % 60));
    return text;
}

/* ---- parts */

/* HOME/hall says what kind of hall this is: invented cases must not be taken for real ones. */
static void print_mark(const struct config *config)
{
    char path[4300], kind[24] = "";
    snprintf(path, sizeof path, "%s/hall", config_text(config, "home"));
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return;
    if (fgets(kind, sizeof kind, file) != NULL && strncmp(kind, "working", 7) != 0)
        printf("*** 演示数据，非真实办件 · made-up data (%.*s), not a real case ***\n",
               (int)strcspn(kind, "\n"), kind);
    fclose(file);
}

static void print_head(const struct dossier *dossier, int32_t offset)
{
    char number[CASE_NUMBER_TEXT_SIZE], time[TIME_TEXT];
    const Onedoor__Intake__GetProgressReply *progress = dossier->progress;
    printf("%s  %s  %s\n", case_number_format(dossier->number, number), progress->item,
           progress->item_name_zh);
    printf("  %s\n", state_words(progress->state));
    printf("  部门 department %s", progress->department);
    if (dossier->story != NULL && dossier->story->dossier->window > 0)
        printf(", 窗口 window %d", dossier->story->dossier->window);
    printf("%s\n", dossier->story != NULL && dossier->story->dossier->fast_lane
                       ? ", 快车道 fast lane"
                       : "");
    const struct {
        const char *words;
        int64_t ms;
    } dates[] = {{"收件 received", progress->received_ms},
                 {"受理 accepted", progress->accepted_ms},
                 {"决定 decided", progress->decided_ms},
                 {"办结 closed", progress->closed_ms},
                 {"送达 delivered", progress->delivered_ms}};
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        if (dates[i].ms != 0)
            printf("  %s %s\n", time_words(dates[i].ms, offset, time), dates[i].words);
    if (dossier->story != NULL && dossier->story->dossier->due_ms != 0)
        printf("  %s 承诺时限 promised by%s\n",
               time_words(dossier->story->dossier->due_ms, offset, time),
               dossier->story->dossier->overdue ? "  — 超期 overdue" : "");
    if (progress->reason[0] != '\0')
        printf("  理由 reason: %s\n", progress->reason);
    if (progress->right_authority[0] != '\0')
        printf("  应向其申请 right authority: %s\n", progress->right_authority);
    char fault[FAULT_TEXT];
    for (size_t i = 0; i < progress->n_missing; i++)
        printf("  缺 missing: %s (%s), %d%s%s\n", progress->missing[i]->name_zh,
               progress->missing[i]->name_en, progress->missing[i]->copies,
               fault_words(progress->missing[i], fault), progress->missing[i]->note);
}

static void print_tasks(const Onedoor__Routing__GetFlowReply *flow, int32_t offset)
{
    char from[TIME_TEXT], to[TIME_TEXT];
    printf("\n并联审批 approval: stage %d of %d\n", flow->stage, flow->stages);
    for (size_t i = 0; i < flow->n_tasks; i++) {
        const Onedoor__Routing__Task *task = flow->tasks[i];
        printf("  %d.%d %-5s %s%s  %s  %s → %s  used %d of %d min%s%s\n", task->stage, task->no,
               task->department, action_words(task->action), task->lead ? " (牵头 lead)" : "",
               task_words(task->state), time_words(task->opened_ms, offset, from),
               time_words(task->decided_ms, offset, to),
               task->clock == NULL ? 0 : task->clock->used_min,
               task->clock == NULL ? 0 : task->clock->budget_min,
               task->opinion[0] == '\0' ? "" : "  ", task->opinion);
    }
    for (size_t i = 0; i < flow->n_pauses; i++)
        printf("  特别程序 clock paused: %s %s, %s → %s\n", flow->pauses[i]->department,
               flow->pauses[i]->notice, time_words(flow->pauses[i]->from_ms, offset, from),
               time_words(flow->pauses[i]->to_ms, offset, to));
}

static void print_bill(const Onedoor__Charging__GetOrderReply *order, int32_t offset)
{
    char amount[MONEY_TEXT_SIZE], time[TIME_TEXT];
    printf("\n缴费单 bill %" PRId64 ": %s\n", order->order,
           money_format((struct money){order->total_fen}, amount));
    for (size_t i = 0; i < order->n_lines; i++)
        printf("  %-5s %-24s %10s  %s\n", order->lines[i]->department, order->lines[i]->name_zh,
               money_format((struct money){order->lines[i]->amount_fen}, amount),
               order->lines[i]->working);
    if (order->receipt != 0)
        printf("  %s 收据 receipt %" PRId64 ", paid %s\n", time_words(order->paid_ms, offset, time),
               order->receipt, money_format((struct money){order->paid_fen}, amount));
    else
        printf("  待缴 still due %s\n", money_format((struct money){order->due_fen}, amount));
}

static void print_cards(const Onedoor__Supervision__ListCardsReply *cards, int32_t offset)
{
    char issued[TIME_TEXT], due[TIME_TEXT];
    if (cards->n_cards > 0)
        printf("\n督办 cards\n");
    for (size_t i = 0; i < cards->n_cards; i++) {
        const Onedoor__Supervision__Card *card = cards->cards[i];
        printf("  %s %s %s: %s, due %s, used %d of %d min%s%s\n",
               time_words(card->issued_ms, offset, issued),
               card->level == ONEDOOR__SUPERVISION__LEVEL__RED ? "红牌 red" : "黄牌 yellow",
               card->department, card->task == 0 ? "the case" : "its task",
               time_words(card->due_ms, offset, due), card->used_min, card->budget_min,
               card->answer[0] == '\0' ? "" : "; answered: ", card->answer);
    }
}

static void print_timeline(const Onedoor__Reporting__GetDossierReply *story, int32_t offset)
{
    char time[TIME_TEXT];
    printf("\n经过 timeline\n");
    for (size_t i = 0; i < story->n_timeline; i++) {
        const Onedoor__Reporting__TimelineEntry *entry = story->timeline[i];
        printf("  %s  %-28s %-12s %-5s %s\n", time_words(entry->at_ms, offset, time), entry->type,
               entry->actor, entry->department, entry->text);
    }
}

void dossier_print(const struct dossier *dossier, const struct config *config)
{
    int32_t utc_offset_min = (int32_t)config_number(config, "utc_offset_min");
    print_mark(config);
    print_head(dossier, utc_offset_min);
    if (dossier->flow != NULL)
        print_tasks(dossier->flow, utc_offset_min);
    if (dossier->order != NULL)
        print_bill(dossier->order, utc_offset_min);
    if (dossier->cards != NULL)
        print_cards(dossier->cards, utc_offset_min);
    if (dossier->story != NULL)
        print_timeline(dossier->story, utc_offset_min);
}
