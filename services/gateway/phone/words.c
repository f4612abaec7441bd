/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/phone/words.h"

#include <stdbool.h>
#include <stddef.h>

/* clang-format off */
static const char *const words[WORDS][2] = {
    [WORD_TITLE] = {"办件进度", "Your case"},
    [WORD_DESCRIPTION] = {"凭单据上的二维码，或办件编号和证件号码后四位，查询办理进度与结果。",
        "Progress and result of a case, by the QR code on its slip, or by its number and the last four characters of your document."},
    [WORD_OTHER_LANGUAGE] = {"English", "中文"},
    [WORD_DEMONSTRATION] = {"演示大厅：数据均为模拟，不作为办事依据", "Demonstration: all data is simulated"},
    [WORD_NUMBER] = {"办件编号", "Case number"},
    [WORD_NUMBER_HINT] = {"在受理单上方，13 位数字", "At the top of your slip, 13 digits"},
    [WORD_FOUR] = {"证件号码后四位", "Last four characters of your document"},
    [WORD_FOUR_HINT] = {"申请人的身份证号码或统一社会信用代码，末位可能是 X",
        "Of the applicant's identity number or credit code; the last one may be an X"},
    [WORD_ASK] = {"查询", "Show"},
    [WORD_ASK_ANOTHER] = {"查询另一件", "Another case"},
    [WORD_NOT_FOUND] = {"没有查到。请核对办件编号和证件号码后四位。", "Not found. Please check the number and the last four characters."},
    [WORD_NO_SUCH_CODE] = {"这个二维码没有对应的办件。请重新扫描，或用办件编号查询。",
        "No case belongs to this code. Please scan it again, or ask by the case number."},
    [WORD_NUMBER_WRONG] = {"办件编号不正确，请核对。", "This is no case number; please check it."},
    [WORD_FOUR_WRONG] = {"请输入证件号码的后四位。", "Please enter the last four characters of your document."},
    [WORD_TOO_OFTEN] = {"查询次数过多，请稍后再试。需要等待", "Too many wrong tries. Please wait"},
    [WORD_SECONDS] = {"秒。", "seconds."},
    [WORD_UNAVAILABLE] = {"大厅系统暂时无法查询，请过一会儿再试。", "The hall cannot answer just now; please try again in a while."},
    [WORD_NOW] = {"现在要做什么", "What to do now"},
    [WORD_UNTIL_CORRECTION] = {"补齐期限", "Bring it by"},
    [WORD_UNTIL_DECISION] = {"承诺办结", "Decision promised by"},
    [WORD_DAY_INCLUDED] = {"（含当日）", "(that day included)"},
    [WORD_PROVISIONAL] = {"该年节假日尚未公布，日期可能变动。", "The holidays of that year are not published yet: the day may change."},
    [WORD_AMOUNT] = {"应缴费用", "To pay"},
    [WORD_AMOUNT_UNKNOWN] = {"以收费窗口为准", "As the counter tells you"},
    [WORD_BRING] = {"需要带", "What to bring"},
    [WORD_COPIES_BEFORE] = {"", "× "},
    [WORD_COPIES_AFTER] = {" 份", ""},
    [WORD_FAULT_NOTE] = {"：", ": "},
    [WORD_BRING_TO_PAY] = {"受理单，收费窗口凭它找到缴费单；没带的报办件编号。可用手机支付、银行卡或现金。",
        "Your slip: the counter finds your bill by it. Without the slip, give the case number. You can pay by phone, card or cash."},
    [WORD_BRING_TO_COLLECT] = {"申请人的身份证件，没带的凭受理单：窗口据此核对领取人。他人代领的，带委托书和代领人的身份证件。",
        "The applicant's identity document or, without it, the slip: the window checks who collects. Anybody else brings a letter of authority and their own identity document."},
    [WORD_WHERE] = {"到哪里办", "Where to go"},
    [WORD_ASK_WHERE] = {"有疑问请到", "Where to ask"},
    [WORD_WINDOW_BEFORE] = {"", "Window "},
    [WORD_WINDOW_AFTER] = {" 号窗口", ""},
    [WORD_FLOOR_BEFORE] = {"", "Floor "},
    [WORD_FLOOR_AFTER] = {" 层", ""},
    [WORD_ANY_WINDOW] = {"请到咨询服务台询问", "Please ask at the consultation desk"},
    [WORD_HOURS] = {"开放时间", "Open"},
    [WORD_WORKING_DAYS] = {"工作日", "Working days"},
    [WORD_TELEPHONE] = {"电话", "Telephone"},
    [WORD_REASON] = {"理由", "Reason"},
    [WORD_RIGHT_AUTHORITY] = {"请向该机关申请：", "Please apply to: "},
    [WORD_STEPS] = {"办理过程", "What has happened"},
    [WORD_RECEIVED] = {"收件", "Received"},
    [WORD_ACCEPTED] = {"受理", "Accepted"},
    [WORD_DECIDED] = {"作出决定", "Decided"},
    [WORD_CLOSED] = {"办结", "Done"},
    [WORD_DELIVERED] = {"送达", "Delivered"},
    [WORD_AS_OF] = {"查询时间", "As of"},
    [WORD_PRIVATE] = {"本页不显示个人信息。", "This page shows no personal data."},
};

#define STATE(name) ONEDOOR__INTAKE__CASE_STATE__##name
/* The state in a colour and a word, and what it asks of the applicant. */
static const struct state_words states[] = {
    [STATE(RECEIVED)] = {"going", {"已收件", "Received"}, {"材料正在审核，您现在不用做什么。", "Your papers are being checked. There is nothing for you to do."}},
    [STATE(CORRECTION)] = {"act", {"待补正", "Papers missing"}, {"请把下列材料带到窗口，一次补齐。", "Please bring the following to the window, all at once."}},
    [STATE(REFUSED)] = {"bad", {"不予受理", "Not accepted"}, {"可凭不予受理通知书依法申请行政复议或者提起行政诉讼。", "The notice says how to ask for a review or to sue."}},
    [STATE(ACCEPTED)] = {"going", {"已受理", "Accepted"}, {"窗口正在办理，您现在不用做什么。", "The window is working on it. There is nothing for you to do."}},
    [STATE(IN_APPROVAL)] = {"going", {"审批中", "In approval"}, {"各部门正在同时审批，您无需再跑。", "The departments are deciding at the same time; you need not come."}},
    [STATE(SUSPENDED)] = {"going", {"特别程序", "Special procedure"}, {"正在进行特别程序，所需时间不计入期限，已书面告知。", "A special procedure is under way; you were told in writing how long it takes."}},
    [STATE(GRANTED)] = {"good", {"准予许可", "Granted"}, {"正在核算费用，请稍后再看。", "The fee is being calculated; please look again in a while."}},
    [STATE(DENIED)] = {"bad", {"不予许可", "Denied"}, {"可凭决定书依法申请行政复议或者提起行政诉讼。", "The decision says how to ask for a review or to sue."}},
    [STATE(PAYMENT_DUE)] = {"act", {"待缴费", "Payment due"}, {"请到收费窗口一次缴清费用。", "Please pay at the counter, all at once."}},
    [STATE(CLOSED)] = {"good", {"已办结", "Done"}, {"请到窗口领取结果。", "Please collect the result at the window."}},
    [STATE(DELIVERED)] = {"good", {"已送达", "Delivered"}, {"结果已经送达，不用再来。", "The result was handed over; you need not come."}},
    [STATE(WITHDRAWN)] = {"over", {"已撤回", "Withdrawn"}, {"申请已撤回；如仍要办理，请重新申请。", "The application was withdrawn; you may apply again."}},
    [STATE(TERMINATED)] = {"over", {"已终止", "Ended"}, {"办理已终止，请询问窗口。", "The case was ended; please ask at the window."}},
};
/* clang-format on */

const char *word(enum word which, enum language language)
{
    return words[which][language];
}

const struct state_words *state_words(Onedoor__Intake__CaseState state)
{
    bool known = (size_t)state < sizeof states / sizeof states[0] && states[state].tone != NULL;
    return known ? &states[state] : NULL;
}

/* clang-format off */
#define FAULT(name) ONEDOOR__INTAKE__PAPER_FAULT__##name
static const char *const faults[][2] = {
    [FAULT(PAPER_FAULT_UNSPECIFIED)] = {"", ""},
    [FAULT(NOT_SIGNED)] = {"未签名", "not signed"},
    [FAULT(NOT_SEALED)] = {"未盖章", "without its seal"},
    [FAULT(PAST_ITS_DATE)] = {"已过有效期", "past its date"},
    [FAULT(NOT_LEGIBLE)] = {"字迹或影印不清", "not legible"},
    [FAULT(NOT_FILLED_IN)] = {"填写不全", "not filled in completely"},
    [FAULT(PAGES_LACKING)] = {"缺页", "pages are lacking"},
    [FAULT(DISAGREES)] = {"与证件或其他材料不一致", "disagrees with the document or another paper"},
    [FAULT(NOT_THE_FORM)] = {"原件、复印件不符合要求", "an original or a copy, as the list says"},
    [FAULT(OLD_BLANK)] = {"使用了作废的表格", "on a form that is not used any more"},
    [FAULT(OTHER_FAULT)] = {"有误", "wrong"},
};
/* clang-format on */

const char *fault_word(Onedoor__Intake__PaperFault fault, enum language language)
{
    bool known = fault >= 0 && (size_t)fault < sizeof faults / sizeof faults[0];
    return known ? faults[fault][language] : "";
}
