/* SPDX-License-Identifier: Apache-2.0 */
/* csv_lists.c: the lists that become tables, their columns, and the words for their values. */
#include <string.h>

#include "onedoor/charging.pb-c.h"
#include "onedoor/gateway.pb-c.h"
#include "onedoor/reporting.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"
#include "services/gateway/api/csv.h"

#define END                                                                                        \
    {                                                                                              \
        NULL, false, NULL, NULL                                                                    \
    }
#define CASE_NUMBER                                                                                \
    {                                                                                              \
        "case_number", false, "办件编号", "Case"                                                   \
    }
#define ITEM                                                                                       \
    {"item", false, "事项编码", "Item code"},                                                      \
    {                                                                                              \
        "item", true, "事项", "Item"                                                               \
    }
#define DEPARTMENT                                                                                 \
    {                                                                                              \
        "department", true, "部门", "Department"                                                   \
    }

/* clang-format off */
static const struct csv_column cases[] = {
    CASE_NUMBER, ITEM, DEPARTMENT,
    {"window", false, "窗口", "Window"},
    {"state", false, "状态", "State"},
    {"fast_lane", false, "快车道", "Fast lane"},
    {"summary", false, "摘要", "Summary"},
    {"received_ms", false, "收件时间", "Received"},
    {"accepted_ms", false, "受理时间", "Accepted"},
    {"due_ms", false, "期限", "Due"},
    {"decided_ms", false, "决定时间", "Decided"},
    {"closed_ms", false, "办结时间", "Closed"},
    {"delivered_ms", false, "送达时间", "Delivered"},
    {"overdue", false, "超期", "Overdue"},
    {"corrections", false, "补正次数", "Corrections"},
    {"yellow", false, "黄牌", "Yellow cards"},
    {"red", false, "红牌", "Red cards"},
    {"fee_fen", false, "应收（元）", "Fee (yuan)"},
    {"waived_fen", false, "减免（元）", "Waived (yuan)"},
    {"paid_fen", false, "实收（元）", "Paid (yuan)"},
    {"refunded_fen", false, "退费（元）", "Refunded (yuan)"},
    END,
};
static const struct csv_column tasks[] = {
    CASE_NUMBER, ITEM,
    {"fast_lane", false, "快车道", "Fast lane"},
    {"task.stage", false, "环节", "Stage"},
    {"task.department", true, "部门", "Department"},
    {"task.action", false, "办理方式", "Action"},
    {"task.assignee", true, "承办人", "Taken by"},
    {"task.assignee", false, "承办人账号", "Account"},
    {"task.opened_ms", false, "到达时间", "Opened"},
    {"due_ms", false, "期限", "Due"},
    {"remaining_min", false, "剩余工作分钟", "Working minutes left"},
    END,
};
static const struct csv_column due[] = {
    {"lamp", false, "灯", "Lamp"},
    CASE_NUMBER, ITEM, DEPARTMENT,
    {"task", false, "任务", "Task"},
    {"assignee", true, "承办人", "Taken by"},
    {"assignee", false, "承办人账号", "Account"},
    {"due_ms", false, "期限", "Due"},
    {"remaining_min", false, "剩余工作分钟", "Working minutes left"},
    {"paused", false, "停止计时", "Paused"},
    END,
};
static const struct csv_column cards[] = {
    {"level", false, "牌", "Card"},
    CASE_NUMBER, ITEM, DEPARTMENT,
    {"task", false, "任务", "Task"},
    {"state", false, "状态", "State"},
    {"issued_ms", false, "发出时间", "Issued"},
    {"due_ms", false, "期限", "Due"},
    {"used_min", false, "已用工作分钟", "Working minutes used"},
    {"budget_min", false, "共有工作分钟", "Working minutes in all"},
    {"rule", false, "依据", "Rule"},
    {"presses", false, "催办次数", "Presses"},
    {"answer", false, "答复", "Answer"},
    END,
};
static const struct csv_column takings[] = {
    DEPARTMENT,
    {"paid_fen", false, "实收（元）", "Paid (yuan)"},
    {"refunded_fen", false, "退费（元）", "Refunded (yuan)"},
    {"net_fen", false, "净额（元）", "Net (yuan)"},
    {"waived_fen", false, "减免（元）", "Waived (yuan)"},
    END,
};
static const struct csv_column sign_ins[] = {
    {"at_ms", false, "时间", "Time"},
    {"name", false, "账号", "Account"},
    {"result", false, "结果", "Result"},
    {"address", false, "地址", "Address"},
    END,
};
static const struct csv_column denials[] = {
    {"last_ms", false, "最近一次", "Last"},
    {"first_ms", false, "当日首次", "First that day"},
    {"times", false, "次数", "Times"},
    {"kind", false, "原因", "Why"},
    {"name", false, "账号", "Account"},
    {"address", false, "地址", "Address"},
    {"what", false, "请求", "Request"},
    CASE_NUMBER,
    END,
};
static const struct csv_column right_changes[] = {
    {"at_ms", false, "时间", "Time"},
    {"event", false, "变更", "Change"},
    {"who", false, "账号", "Account"},
    {"by", false, "操作人", "By"},
    {"before.role", false, "原角色", "Role before"},
    {"before.department", false, "原部门", "Department before"},
    {"before.window", false, "原窗口", "Window before"},
    {"before.shut_out", false, "原已停用", "Shut out before"},
    {"after.role", false, "现角色", "Role after"},
    {"after.department", false, "现部门", "Department after"},
    {"after.window", false, "现窗口", "Window after"},
    {"after.shut_out", false, "现已停用", "Shut out after"},
    END,
};

static const struct csv_list lists[] = {
    {&onedoor__reporting__search_reply__descriptor, "dossiers", cases, false},
    {&onedoor__routing__list_tasks_reply__descriptor, "tasks", tasks, true},
    {&onedoor__supervision__list_due_reply__descriptor, "lines", due, true},
    {&onedoor__supervision__list_cards_reply__descriptor, "cards", cards, false},
    {&onedoor__charging__get_takings_reply__descriptor, "departments", takings, false},
    {&onedoor__gateway__list_sign_ins_reply__descriptor, "lines", sign_ins, false},
    {&onedoor__gateway__list_denials_reply__descriptor, "denials", denials, false},
    {&onedoor__gateway__list_right_changes_reply__descriptor, "changes", right_changes, false},
};

/* Values of enums, and the states of a dossier, which are words already. */
static const struct {
    const char *value, *zh, *en;
} words[] = {
    {"received", "已收件", NULL}, {"correction", "待补正", NULL}, {"refused", "不予受理", NULL},
    {"accepted", "已受理", NULL}, {"in approval", "审批中", NULL}, {"suspended", "特别程序", NULL},
    {"granted", "准予许可", NULL}, {"denied", "不予许可", NULL}, {"payment due", "待缴费", NULL},
    {"closed", "已办结", NULL}, {"delivered", "已送达", NULL}, {"withdrawn", "已撤回", NULL},
    {"terminated", "已终止", NULL},
    {"NOTICE", "提醒", "notice"}, {"YELLOW", "黄牌", "yellow"}, {"RED", "红牌", "red"},
    {"ISSUED", "待答复", "issued"}, {"PRESSED", "已催办", "pressed"}, {"ANSWERED", "已答复", "answered"},
    {"REVIEW", "审查", "review"}, {"CONSULT", "征求意见", "consult"}, {"COUNTERSIGN", "会签", "countersign"},
    {"SITE_SURVEY", "现场勘查", "site survey"}, {"DECIDE_CASE", "决定", "decide"},
    {"EXPERT_REVIEW", "专家评审", "expert review"}, {"CITY_DECISION", "市级决定", "city decision"},
    {"SIGNED_IN", "登录成功", "signed in"}, {"FAILED", "密码错误", "failed"},
    {"RESET", "重置密码", "reset"}, {"SECOND_ASKED", "密码正确，未输验证码", "right password, no code"},
    {"SECOND_TAKEN_AWAY", "解除两步验证", "second factor taken away"},
    {"PERSON_ADDED", "新增人员", "added"}, {"PERSON_CHANGED", "修改人员", "changed"},
    {"PASSWORD_RESET", "重置密码", "password reset"}, {"PASSWORD_CHANGED", "修改密码", "password changed"},
    {"SECOND_FACTOR_SET", "设置两步验证", "second factor set"},
    {"SECOND_FACTOR_REMOVED", "解除两步验证", "second factor removed"},
    {"TOKEN_MADE", "新建令牌", "token made"}, {"TOKEN_REVOKED", "撤销令牌", "token revoked"},
    {"SESSION_ENDED", "结束登录", "session ended"},
    {"NO_RIGHT", "无权办理", "no right"}, {"NO_LOOK", "无权查看申请人", "no right to see the applicant"},
    {"NOT_SIGNED_IN", "未登录", "not signed in"}, {"FORGED", "缺少防伪造令牌", "without the CSRF token"},
    {"MUST_WAIT", "错误过多，须等待", "wrong passwords, must wait"}, {"GUESSED", "猜测过多，须等待", "wrong guesses, must wait"},
    {"UNLISTED_KEY", "总线：未登记的密钥", "bus: a key that is not listed"}, {"CUT_OFF", "总线：发送过多，已断开", "bus: sent too much, cut off"},
    {"BEYOND_ITS_LINE", "总线：超出其许可", "bus: beyond its line of the list"},
};
/* clang-format on */

const struct csv_list *csv_list(const ProtobufCMessageDescriptor *reply)
{
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (lists[i].reply == reply)
            return &lists[i];
    return NULL;
}

const char *csv_word(const char *value, enum language language)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].value, value) != 0)
            continue;
        const char *word = language == LANGUAGE_ZH ? words[i].zh : words[i].en;
        return word == NULL ? value : word;
    }
    return value;
}
