/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/reasons.h"

#include <stdbool.h>

#include "onedoor/gateway.pb-c.h"

#define REASON(name)  ONEDOOR__REASON__##name
#define REFUSAL(name) ONEDOOR__GATEWAY__REFUSAL__##name

/* clang-format off */
/* By number; a reason that stands here twice does not compile. */
static const struct {
    int status; /* HTTP status; 0: as the code says */
    const char *zh, *en;
} rows[] = {
    [REASON(MALFORMED)] = {0, "请求格式不正确", "The request is not well formed"},
    [REASON(FIELD_MISSING)] = {0, "缺少必填项", "A required field is missing"},
    [REASON(FIELD_INVALID)] = {0, "填写的内容不符合要求", "A field has a value it must not have"},
    [REASON(TOO_LARGE)] = {413, "请求内容过大", "The request is too large"},
    [REASON(UNKNOWN_MESSAGE)] = {404, "不支持的请求", "There is no such request"},
    [REASON(NOT_ALLOWED)] = {403, "您没有办理此项操作的权限", "You may not do this"},
    [REASON(OTHER_DEPARTMENT)] = {403, "该事项属于其他部门", "This belongs to another department"},
    [REASON(BUSY)] = {503, "系统繁忙，请稍后再试", "The hall is busy; try again in a moment"},
    [REASON(LATE)] = {504, "处理超时，请重试", "There was no time left; try again"},
    [REASON(KEY_REUSED)] = {422, "同一幂等键已用于另一个请求", "This Idempotency-Key was used for another request"},
    [REASON(UNSAVEABLE)] = {500, "数据无法保存，已记录，请联系管理员", "It could not be stored; this is logged"},
    [REASON(OUT_OF_RETENTION)] = {0, "所需记录已过保存期", "The records asked for are no longer kept"},
    [REASON(LOG_REWOUND)] = {0, "记录已被回退", "The record is not the one that was followed"},
    [REASON(NOT_YET)] = {503, "您刚才的操作还在办理中，请稍后再试", "What you did last is still on its way; try again in a moment"},
    [REASON(CHANGED_MEANWHILE)] = {0, "您看到的内容已有变化，请核对后重新提交", "What you were shown has changed meanwhile; look at it and decide again"},
    [REASON(CLOCK_DOUBTED)] = {503, "系统时钟异常，暂停办理，请联系管理员", "The hall's clock may be wrong, so no work is done; the operator must look at it"},
    [REASON(UNKNOWN_ITEM)] = {404, "没有这个事项", "There is no such item"},
    [REASON(UNKNOWN_CASE)] = {404, "没有这个办件编号", "There is no case of this number"},
    [REASON(UNKNOWN_WINDOW)] = {0, "没有这个窗口", "There is no such window"},
    [REASON(UNKNOWN_MATERIAL)] = {0, "材料不在该事项的公示清单内", "This material is not on the item's published list"},
    [REASON(WRONG_STATE)] = {0, "办件当前状态不能进行此操作", "The case's state does not allow this"},
    [REASON(CASE_CLOSED)] = {0, "办件已办结", "The case is closed"},
    [REASON(NOT_IMMEDIATE)] = {0, "承诺件不能在窗口当场办结", "Only an immediate item is finished at the window"},
    [REASON(IDENTITY_INVALID)] = {0, "证件号码不正确", "No document of this kind has such a number"},
    [REASON(APPLICANT_KIND)] = {0, "该事项不受理此类申请人", "The item is not for this kind of applicant"},
    [REASON(REASON_REQUIRED)] = {0, "必须说明理由", "A reason must be given"},
    [REASON(ITEM_NOT_OFFERED)] = {0, "该事项目前不办理", "This item is not offered now"},
    [REASON(WRONG_AUTHORITY)] = {0, "该事项不属于本机关职权范围", "This is another authority's business"},
    [REASON(FACTS_MISSING)] = {0, "缺少计费所需的数据", "Facts the fee standard needs are missing"},
    [REASON(WINDOW_CLOSED)] = {0, "该窗口已关闭", "This window is closed"},
    [REASON(CHECK_CHARACTER)] = {0, "证件号码的校验码不符；请与证件原件核对，一致的可以确认", "The check character of the number is wrong; compare it with the document, and confirm it if it is the same"},
    [REASON(BEGUN_BY_DEPARTMENT)] = {0, "该事项不由申请启动，应由主管部门立案；其他事项在窗口申请", "This case is begun by its department, not at a window; any other is applied for"},
    [REASON(ALREADY_APPLIED)] = {0, "该申请人今天已申请过同一事项", "This applicant has applied for this item today already"},
    [REASON(UNKNOWN_SEARCH)] = {404, "没有这次查找，或已过时，请重新查找", "There is no such search, or it is over; search again"},
    [REASON(TAKEN_BACK_TOO_LATE)] = {0, "已超过可以撤销的期限", "The days in which it may be taken back are over"},
    [REASON(REFUND_FIRST)] = {0, "费用已缴纳，请先办理退费", "The fee is paid: have it given back first"},
    [REASON(WINDOW_IN_USE)] = {0, "该窗口还有未办结的办件、正在办理的号，或有其他部门的窗口人员，请先查看并确认", "Cases taken in at the window are open, a number is there, or clerks of another department sit there: look at them, and say how many"},
    [REASON(NOTHING_CHANGES)] = {0, "没有需要更正的内容", "All of this stands there already"},
    [REASON(ERASED)] = {0, "申请人信息已按保存期限删除", "What was known of the applicant has been erased after its time"},
    [REASON(COLLECTOR_DIFFERS)] = {0, "出示的证件或回执与办件不符，不能交付", "The document or the slip is not that of this case"},
    [REASON(ASKED_TWICE)] = {0, "已第二次要求补正，不能再次要求", "A second request was made already; there is no third"},
    [REASON(FOUND_RIGHT)] = {0, "该材料在一次性告知时已认定合格，须经负责人同意再次要求补正", "This paper was found right at the first request; only a second request, to which another person agrees, asks for it again"},
    [REASON(SCAN_TOO_LARGE)] = {413, "文件太大", "The file is larger than the hall takes"},
    [REASON(SCANS_FULL)] = {0, "该办件或今天的扫描件已达上限", "The case, or the day, has as many scans as the hall takes"},
    [REASON(SCAN_TYPE)] = {0, "只接收 PDF、JPEG、PNG 和 OFD 文件（按内容判断）", "Only PDF, JPEG, PNG and OFD files are taken, as their content says"},
    [REASON(SCAN_DIFFERS)] = {0, "文件内容与所报不符，请重新上传", "The file is not what was said of it; send it again"},
    [REASON(PIECE_NOT_NEXT)] = {0, "前面的部分还没有收到", "An earlier piece is not there yet"},
    [REASON(UNKNOWN_SCAN)] = {404, "没有这份扫描件，或查看已过时，请重新打开", "There is no such scan, or the look at it is over; open it again"},
    [REASON(UNKNOWN_TICKET)] = {404, "今天没有这个号，或不属于本窗口的队列", "No ticket of today, and of this window's queue, has this number"},
    [REASON(TICKET_ELSEWHERE)] = {0, "这个号不在本窗口办理", "This ticket is not at your window"},
    [REASON(TICKET_OVER)] = {0, "这个号已办完或已作废", "This ticket was served, or nobody came with it"},
    [REASON(UNKNOWN_QUESTION)] = {404, "没有这个编号的咨询", "There is no question of this number"},
    [REASON(QUESTION_OVER)] = {0, "这条咨询已经答复或已了结", "This question is answered, or was given up"},
    [REASON(NOBODY_WAITS)] = {0, "现在没有人排队", "Nobody waits"},
    [REASON(NO_OPEN_WINDOW)] = {0, "目前没有办理该业务的窗口", "No window serves this now"},
    [REASON(QUEUE_FULL)] = {0, "排队的人已满，请稍后再取号", "Too many wait in this queue; come back later"},
    [REASON(TICKETS_GIVEN_OUT)] = {0, "该队列今天的号已发完", "Today's tickets of this queue are all given out"},
    [REASON(HALL_CLOSED)] = {0, "大厅现在不办公，请在工作日的办公时间取号", "The hall is closed now; take a ticket in its hours on a working day"},
    [REASON(NO_SUCH_TASK)] = {0, "本部门在该办件当前环节没有待办任务", "Your department has no task on this case's open stage"},
    [REASON(ALREADY_DECIDED)] = {0, "该任务已作出决定", "This has been decided already"},
    [REASON(OPINION_REQUIRED)] = {0, "不同意时必须填写意见", "Disagreement is given with its reason"},
    [REASON(STAFF_OF_TWO)] = {0, "现场勘查须由两名以上工作人员进行", "A site survey is made by two or more"},
    [REASON(NOT_LEAD)] = {403, "只有牵头部门可以进行此操作", "Only the lead department may do this"},
    [REASON(NOT_PAUSED)] = {0, "办件没有处于该特别程序中", "The case is not in this special procedure"},
    [REASON(ALREADY_PAUSED)] = {0, "办件已处于该特别程序中", "The case is in this special procedure already"},
    [REASON(ALREADY_EXTENDED)] = {0, "期限只能延长一次", "A deadline is extended once only"},
    [REASON(TERM_EXPIRED)] = {0, "期限已届满，不能再延长或中止计时", "The time limit is over; it can be neither extended nor stopped"},
    [REASON(STAFF_ELSEWHERE)] = {0, "现场勘查人员须是该办件所涉部门的人员", "Those who make the survey are of the departments of the case"},
    [REASON(NO_ORDER)] = {404, "该办件没有缴费单", "The case has no bill"},
    [REASON(ORDER_PAID)] = {0, "该缴费单已缴清", "The bill is paid"},
    [REASON(AMOUNT_DIFFERS)] = {0, "金额与缴费单不一致，请刷新后重试", "The amount is not the bill's; look at it again"},
    [REASON(NO_STANDARD)] = {0, "没有公布的收费标准，不得收费", "There is no published standard, so no fee"},
    [REASON(ORDER_CANCELLED)] = {0, "该缴费单已取消", "The bill was cancelled"},
    [REASON(OVER_LINES)] = {0, "金额超出该收费项目", "The amount exceeds the line"},
    [REASON(NOT_REDUCIBLE)] = {0, "该收费项目按标准不可减免", "The published standard does not let this fee be waived"},
    [REASON(BASIS_REQUIRED)] = {0, "减免必须注明法律依据", "A waiver names its legal basis"},
    [REASON(NO_CARD)] = {404, "没有这张督办牌", "There is no such card"},
    [REASON(ALREADY_ANSWERED)] = {0, "该督办牌已答复", "The card has been answered"},
    [REASON(NOT_PRESSABLE)] = {0, "没有可催办的在办任务", "There is nothing open to press"},

    [REASON(NO_APPROVAL)] = {404, "没有这项待同意的申请", "Nothing of this number was asked"},
    [REASON(ALREADY_ASKED)] = {0, "同样的申请已提出，正在等待同意", "The same is asked already, and waits for an answer"},
    [REASON(APPROVAL_OVER)] = {0, "该申请已答复、撤回或超时失效", "This has been answered or taken back, or has lapsed"},
    [REASON(SAME_PERSON)] = {403, "须由提出人以外的另一人同意", "Another person than the one who asked must agree"},

    [REFUSAL(NO_SUCH_PATH)] = {404, "没有这个地址", "There is nothing at this address"},
    [REFUSAL(NO_SUCH_METHOD)] = {405, "该地址不支持此方法", "This address does not know the method"},
    [REFUSAL(NO_ANSWER)] = {504, "尚未得到答复；请用同一幂等键重试，不会重复办理", "No answer yet; ask again with the same Idempotency-Key: it is not done twice"},
    [REFUSAL(SIGN_IN_NEEDED)] = {401, "请先登录", "Sign in first"},
    [REFUSAL(WRONG_PASSWORD)] = {401, "账号、密码或验证码不正确", "The name, the password or the code is wrong"},
    [REFUSAL(LOCKED_OUT)] = {429, "密码错误次数过多，请稍候再试", "Too many wrong passwords; wait a moment and try again"},
    [REFUSAL(CHANGE_PASSWORD_FIRST)] = {403, "请先修改一次性密码", "Change the one-time password first"},
    [REFUSAL(CODE_NEEDED)] = {401, "请输入验证器上的六位验证码", "Enter the code of your authenticator too"},
    [REFUSAL(WRONG_CODE)] = {0, "验证码不正确或已过期，请输入当前显示的验证码", "This is not the code that is shown now"},
    [REFUSAL(ENROL_FIRST)] = {403, "请先设置两步验证", "Set up the second factor first"},
    [REFUSAL(NO_SECOND_FACTOR)] = {404, "该用户没有设置两步验证", "This person has no second factor"},
    [REFUSAL(CSRF_TOKEN_NEEDED)] = {403, "请求缺少安全校验码，请刷新页面", "The X-CSRF-Token header is missing or wrong"},
    [REFUSAL(PASSWORD_TOO_WEAK)] = {0, "密码强度不够", "The password will not do"},
    [REFUSAL(NAME_TAKEN)] = {0, "该名称已被使用", "This name is taken"},
    [REFUSAL(UNKNOWN_PERSON)] = {404, "没有这个用户或令牌", "There is nobody of this name"},
    [REFUSAL(TOO_MANY_REQUESTS)] = {429, "请求过于频繁，请稍后再试", "Too many requests; slow down"},
    [REFUSAL(BODY_TOO_LARGE)] = {413, "请求内容过大", "The body is too large"},
    [REFUSAL(BAD_REQUEST)] = {400, "请求不符合 HTTP 规范", "The request is not HTTP as it is taken here"},
    [REFUSAL(HEAD_TOO_LARGE)] = {431, "请求头过大", "The request's headers are too large"},
    [REFUSAL(HTTP_VERSION)] = {505, "不支持此 HTTP 版本", "This version of HTTP is not spoken here"},
    [REFUSAL(TOO_SLOW)] = {408, "请求发送过慢", "The request took too long to come"},
    [REFUSAL(BAD_JSON)] = {400, "请求内容不是有效的 JSON", "The body is not valid JSON"},
    [REFUSAL(UNKNOWN_FIELD)] = {0, "请求中有未知的字段", "There is no such field"},
    [REFUSAL(BAD_KEY)] = {400, "幂等键必须是 UUID", "The Idempotency-Key must be a UUID"},
    [REFUSAL(STOPPING)] = {503, "系统正在停止，请稍后重试", "The hall is stopping; try again in a moment"},
    [REFUSAL(PEOPLE_AWAY)] = {503, "用户登记库暂时无法访问", "The people's register cannot be reached now"},
    [REFUSAL(UNKNOWN_SESSION)] = {404, "这个登录已经结束", "This session has ended"},
    [REFUSAL(UNKNOWN_NOTICE)] = {404, "没有这条公告，或已撤下", "There is no such notice, or it was taken down"},
    [REFUSAL(NOT_YOURSELF)] = {0, "不能停用自己或更改自己的角色", "Not to oneself; another administrator may"},
};
/* clang-format on */

static bool has_row(int reason)
{
    return reason >= 0 && reason < (int)(sizeof rows / sizeof rows[0]) && rows[reason].zh != NULL;
}

const char *reason_name(int reason)
{
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value(&onedoor__reason__descriptor, reason);
    if (value == NULL)
        value =
            protobuf_c_enum_descriptor_get_value(&onedoor__gateway__refusal__descriptor, reason);
    return value == NULL ? "REASON_UNSPECIFIED" : value->name;
}

const char *reason_sentence(int reason, enum language language)
{
    if (!has_row(reason))
        return language == LANGUAGE_ZH ? "请求未能办理" : "The request was refused";
    return language == LANGUAGE_ZH ? rows[reason].zh : rows[reason].en;
}

int reason_status(struct outcome outcome)
{
    int reason = (int)outcome.reason;
    if (has_row(reason) && rows[reason].status != 0)
        return rows[reason].status;
    switch (outcome.code) {
    case ONEDOOR__CODE__INVALID_ARGUMENT:
        return 400;
    case ONEDOOR__CODE__PERMISSION_DENIED:
        return 403;
    case ONEDOOR__CODE__NOT_FOUND:
        return 404;
    case ONEDOOR__CODE__ALREADY_EXISTS:
    case ONEDOOR__CODE__FAILED_PRECONDITION:
        return 409;
    case ONEDOOR__CODE__RESOURCE_EXHAUSTED:
        return 429;
    case ONEDOOR__CODE__UNAVAILABLE:
        return 503;
    case ONEDOOR__CODE__DEADLINE_EXCEEDED:
        return 504;
    default:
        return 500;
    }
}
