/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/system/routes_cases.h"

#include <stddef.h>

#define PERSON                                                                                       \
    "\"applicant\":{\"kind\":\"PERSON\",\"name\":\"王小明\",\"document\":\"11010519491231002X\"," \
    "\"phone\":\"13800138000\"}"
#define ORGANISATION                                                                               \
    "\"applicant\":{\"kind\":\"ORGANISATION\",\"name\":\"第一印刷厂\",\"document\":"          \
    "\"91350100M000100Y43\",\"legalRepresentative\":\"李四\",\"phone\":\"010-88886666\"}"
#define MATERIAL(seq) "{\"seq\":" #seq ",\"copies\":1}"
#define APPLICATION   "{\"item\":\"CUL-01\",\"channel\":\"AT_WINDOW\"," PERSON
#define WHOLE         ",\"materials\":[" MATERIAL(1) "," MATERIAL(2) "," MATERIAL(3) "]"
#define CHECKED       ",\"check\":true}"
#define FREE(day, name)                                                                            \
    "{\"day\":" #day ",\"kind\":\"HOLIDAY\",\"nameZh\":\"" name "\",\"nameEn\":\"Day off\"}"
#define CALENDAR_2030                                                                                                                                                         \
    "[" FREE(21915, "元旦") "," FREE(21949, "春节") "," FREE(21950, "春节") "," FREE(                                                                                         \
        21951,                                                                                                                                                                \
        "春"                                                                                                                                                                 \
        "节") "," FREE(21952,                                                                                                                                                 \
                       "春节") "," FREE(22009,                                                                                                                                \
                                        "清明") "," FREE(22035,                                                                                                               \
                                                         "劳动节") "," FREE(22036,                                                                                            \
                                                                            "劳动节") "," FREE(22070,                                                                         \
                                                                                               "端午") "," FREE(22169,                                                        \
                                                                                                                "中秋") "," FREE(22188,                                       \
                                                                                                                                 "国庆节") "," FREE(22189,                    \
                                                                                                                                                    "国庆节") "," FREE(22190, \
                                                                                                                                                                       "国庆节") "]"
#define YEAR_2100_MS "\"4102444800000\""

/* clang-format off */
const struct stage_row stage_rows[STAGES] = {
    [STAGE_RECEIVED]   = {.by = "clerk", .method = "POST", .path = "/cases", .body = APPLICATION WHOLE "}"},
    [STAGE_CORRECTION] = {.by = "clerk", .method = "POST", .path = "/cases", .body = APPLICATION CHECKED},
    [STAGE_ACCEPTED]   = {.by = "clerk", .method = "POST", .path = "/cases", .body = APPLICATION WHOLE CHECKED,
        .until = {"clerk", "/cases/{caseNumber}", "dossier.state", "accepted"}},
    [STAGE_DUE]        = {STAGE_ACCEPTED, "clerk", "POST", "/cases/{caseNumber}/finish", "{\"granted\":true}",
        .until = {"cashier", "/cases/{caseNumber}/bill", "state", "DUE"}},
    [STAGE_CLOSED]     = {STAGE_DUE, "cashier", "POST", "/cases/{caseNumber}/payment", "{\"method\":\"CASH\",\"shownFen\":\"1000\"}",
        .until = {"clerk", "/cases/{caseNumber}/progress", "state", "CLOSED"}},
    [STAGE_ASKED]      = {STAGE_DUE, "cashier", "POST", "/cases/{caseNumber}/waiver", "{\"line\":1,\"basis\":\"财综〔2022〕1号\"}", .until = {0}},
    [STAGE_ROUTED]     = {.by = "clerk", .method = "POST", .path = "/cases",
        .body = "{\"item\":\"CUL-03\",\"channel\":\"AT_WINDOW\"," ORGANISATION ",\"materials\":[" MATERIAL(1) "," MATERIAL(2) ","
                MATERIAL(3) "," MATERIAL(4) "," MATERIAL(5) "]" CHECKED,
        .until = {"clerk", "/cases/{caseNumber}/flow", "state", "RUNNING"}},
    [STAGE_DECIDED]    = {STAGE_ROUTED, "approver", "POST", "/cases/{caseNumber}/decision", "{\"agree\":true}", .until = {0}},
    [STAGE_PAUSED]     = {STAGE_ROUTED, "lead", "POST", "/cases/{caseNumber}/pause",
        "{\"kind\":\"HEARING\",\"notice\":\"听字第1号\",\"plannedDays\":10}", .until = {0}},
    [STAGE_CARDED]     = {.from = STAGE_ROUTED,
        .until = {"supervisor", "/cards?level=RED&caseNumber={caseNumber}", "cards.0.state", "ISSUED"}},
};

const struct route_case route_cases[] = {
    /* intake */
    {"POST", "/cases", .by = "clerk", .body = APPLICATION WHOLE CHECKED, .member = "state", .value = "ACCEPTED",
        .refused = "cashier", .bad = {.body = "{\"item\":\"CUL-01\",\"channel\":\"BY_PIGEON\"," PERSON "}", .status = 400, .reason = "FIELD_INVALID", .field = "channel"}},
    {"POST", "/cases/{caseNumber}/check", STAGE_RECEIVED, .by = "clerk", .member = "state", .value = "ACCEPTED",
        .refused = "approver", .bad = {.body = "{\"caseNumber\":\"8\"}", .status = 400, .reason = "UNKNOWN_FIELD", .field = "caseNumber"}},
    {"POST", "/cases/{caseNumber}/supplement", STAGE_CORRECTION, .by = "clerk", .body = "{\"materials\":[" MATERIAL(1) "," MATERIAL(2) "," MATERIAL(3) "]}", .member = "state", .value = "ACCEPTED",
        .refused = "lead", .bad = {.body = "{\"materials\":[{\"seq\":1,\"copies\":\"many\"}]}", .status = 400, .reason = "FIELD_INVALID", .field = "materials[0].copies"}},
    {"POST", "/cases/{caseNumber}/second-request", STAGE_CORRECTION, .by = "clerk", .body = "{\"reason\":\"首次告知有遗漏\"}", .member = "no",
        .refused = "supervisor", .bad = {.body = "{\"reason\":\"首次告知有遗漏\",\"again\":[65]}", .status = 400, .reason = "FIELD_INVALID", .field = "again[0]"}},
    {"POST", "/cases/{caseNumber}/refusal", STAGE_RECEIVED, .by = "clerk", .body = "{\"ground\":\"NOT_ELIGIBLE\",\"reason\":\"不符合条件\"}",
        .refused = "supervisor", .bad = {.body = "{\"ground\":\"NOT_ELIGIBLE\"}", .status = 400, .reason = "REASON_REQUIRED", .field = "reason"}},
    {"POST", "/cases/{caseNumber}/finish", STAGE_ACCEPTED, .by = "clerk", .body = "{\"granted\":true}", .member = "state",
        .refused = "manager", .bad = {.body = "{\"granted\":\"yes\"}", .status = 400, .reason = "FIELD_INVALID", .field = "granted"}},
    {"POST", "/cases/{caseNumber}/withdrawal", STAGE_ACCEPTED, .by = "clerk", .body = "{\"reason\":\"不办了\"}",
        .refused = "kiosk", .bad = {.body = "{\"reason\":7}", .status = 400, .reason = "FIELD_INVALID", .field = "reason"}},
    {"POST", "/cases/{caseNumber}/termination", STAGE_ROUTED, .by = "lead", .body = "{\"reason\":\"申请人已注销\"}",
        .refused = "clerk", .bad = {.body = "{}", .status = 400, .reason = "REASON_REQUIRED", .field = "reason"}},
    {"POST", "/cases/{caseNumber}/delivery", STAGE_CLOSED, .by = "clerk", .body = "{\"how\":\"HANDED_OVER\",\"collector\":\"THE_APPLICANT\",\"document\":\"11010519491231002X\"}",
        .refused = "cashier", .bad = {.body = "{\"how\":\"BY_PIGEON\"}", .status = 400, .reason = "FIELD_INVALID", .field = "how"}},
    {"POST", "/cases/{caseNumber}/amendment", STAGE_ACCEPTED, .by = "clerk", .body = "{\"phone\":\"13811112222\",\"reason\":\"录入有误\"}",
        .refused = "lead", .bad = {.body = "{\"phone\":\"13811112222\"}", .status = 400, .reason = "REASON_REQUIRED", .field = "reason"}},
    {"POST", "/cases/{caseNumber}/taking-back", STAGE_DUE, .by = "clerk", .body = "{\"what\":\"DECISION\",\"reason\":\"误操作\"}", .member = "no",
        .refused = "cashier", .bad = {.body = "{\"what\":\"DECISION\"}", .status = 400, .reason = "REASON_REQUIRED", .field = "reason"}},
    {"POST", "/cases/{caseNumber}/applicant-views", STAGE_ACCEPTED, .by = "clerk", .body = "{\"purpose\":\"核对\"}", .member = "applicant.name", .value = "王小明",
        .refused = "manager", .bad = {.body = "{}", .status = 400, .reason = "FIELD_MISSING", .field = "purpose"}},
    {"POST", "/applicants/recall", .by = "clerk", .body = "{\"document\":\"11010519491231002X\"}", .member = "applicant.name", .value = "王小明",
        .refused = "approver", .bad = {.body = "{\"document\":\"110\"}", .status = 400, .reason = "FIELD_INVALID", .field = "document"}},
    {"POST", "/case-searches", .by = "clerk", .body = "{\"document\":\"11010519491231002X\",\"purpose\":\"回执遗失\"}", .member = "search",
        .refused = "manager", .bad = {.body = "{\"document\":\"11010519491231002X\"}", .status = 400, .reason = "FIELD_MISSING", .field = "purpose"}},
    {"GET", "/case-searches/{search}", .at = "1", .by = "clerk", .member = "cases",
        .refused = "supervisor", .bad = {.at = "99", .status = 404, .reason = "UNKNOWN_SEARCH"}},
    {"PUT", "/items/{item}", .at = "CUL-02", .by = "manager",
        .body = "{\"nameZh\":\"打字、复印\",\"nameEn\":\"Typing and copying\",\"promisedDays\":0,\"statutoryDays\":15,\"offered\":true,"
                "\"materials\":[{\"seq\":1,\"nameZh\":\"申请表\",\"nameEn\":\"Application form\",\"form\":\"original\",\"copies\":1,\"required\":true}]}", .member = "version",
        .refused = "administrator", .bad = {.body = "{\"nameZh\":\"x\",\"nameEn\":\"x\",\"promisedDays\":0,\"statutoryDays\":91,\"offered\":true}", .status = 400, .reason = "FIELD_INVALID", .field = "statutoryDays"}},
    {"GET", "/items", .by = NOBODY, .query = "?department=CUL", .member = "items.0.code",
        .refused = PUBLIC, .bad = {.query = "?colour=red", .status = 400, .reason = "UNKNOWN_FIELD", .field = "colour"}},
    {"GET", "/items/{item}/guide", .at = "CUL-01", .by = NOBODY, .member = "item.code", .value = "CUL-01",
        .refused = PUBLIC, .bad = {.query = "?version=first", .status = 400, .reason = "FIELD_INVALID", .field = "version"}},
    {"GET", "/items/{item}/versions", .at = "CUL-02", .by = NOBODY, .member = "versions.0.by", .value = "manager",
        .refused = PUBLIC, .bad = {.at = "NO-99", .status = 404, .reason = "UNKNOWN_ITEM"}},
    {"GET", "/departments", .by = NOBODY, .member = "departments.0.code",
        .refused = PUBLIC, .bad = {.query = "?code=CUL", .status = 400, .reason = "UNKNOWN_FIELD", .field = "code"}},
    {"PUT", "/windows/{window}", .at = "12", .by = "manager", .body = "{\"department\":\"CUL\",\"nameZh\":\"文化窗口\",\"nameEn\":\"Culture\",\"open\":true}",
        .refused = "clerk", .bad = {.at = "10000", .status = 400, .reason = "FIELD_INVALID", .field = "window"}},
    {"GET", "/windows", .by = NOBODY, .member = "windows.0.nameZh",
        .refused = PUBLIC, .bad = {.query = "?limit=5", .status = 400, .reason = "UNKNOWN_FIELD", .field = "limit"}},
    {"GET", "/windows/{window}/cases", .at = "6", .by = "manager", .member = "count",
        .refused = "clerk", .bad = {.at = "0", .status = 400, .reason = "FIELD_MISSING", .field = "window"}},
    {"POST", "/cases/{caseNumber}/prints", STAGE_ACCEPTED, .by = "clerk", .body = "{\"slip\":\"ACCEPTANCE_NOTICE\",\"lines\":[{\"name\":\"承诺办结\",\"text\":\"2026-11-30\"}]}", .member = "first.0.text", .value = "2026-11-30",
        .refused = "approver", .bad = {.body = "{\"slip\":\"ACCEPTANCE_NOTICE\",\"lines\":[{\"name\":\"承诺办结\"}]}", .status = 400, .reason = "FIELD_MISSING", .field = "lines[0].text"}},
    {"GET", "/cases/{caseNumber}/materials", STAGE_ACCEPTED, .by = "clerk", .member = "materials.0.received",
        .refused = "kiosk", .bad = {.query = "?seq=1", .status = 400, .reason = "UNKNOWN_FIELD", .field = "seq"}},
    {"GET", "/cases/{caseNumber}/progress", STAGE_ACCEPTED, .by = "clerk", .member = "state", .value = "ACCEPTED",
        .refused = "kiosk", .bad = {.query = "?caseNumber=8", .status = 400, .reason = "UNKNOWN_FIELD", .field = "caseNumber"}},
    {"POST", "/progress", STAGE_ACCEPTED, .by = NOBODY, .body = "{\"caseNumber\":\"{caseNumber}\",\"lastFour\":\"002x\"}", .member = "state", .value = "ACCEPTED",
        .refused = PUBLIC, .bad = {.body = "{\"caseNumber\":\"{caseNumber}\",\"lastFour\":\"2\"}", .status = 400, .reason = "FIELD_INVALID", .field = "lastFour"}},
    {"POST", "/progress/by-code", STAGE_ACCEPTED, .by = NOBODY, .body = "{\"code\":\"{code}\"}", .member = "state", .value = "ACCEPTED",
        .refused = PUBLIC, .bad = {.body = "{\"code\":\"{caseNumber}\"}", .status = 400, .reason = "FIELD_INVALID", .field = "code"}},
    {"PUT", "/calendar/{year}", .at = "2030", .by = "manager", .body = "{\"days\":" CALENDAR_2030 "}",
        .refused = "supervisor", .bad = {.at = "1999", .status = 400, .reason = "FIELD_INVALID", .field = "year"}},
    {"GET", "/calendar", .by = NOBODY, .query = "?year=2030", .member = "days.0.nameZh", .value = "元旦",
        .refused = PUBLIC, .bad = {.query = "?year=MMXXX", .status = 400, .reason = "FIELD_INVALID", .field = "year"}},
    {"GET", "/figures/cases", .by = "reader", .member = "counts.0.cases",
        .refused = "administrator", .bad = {.query = "?fromMs=today", .status = 400, .reason = "FIELD_INVALID", .field = "fromMs"}},
    /* routing */
    {"POST", "/cases/{caseNumber}/decision", STAGE_ROUTED, .by = "approver", .body = "{\"agree\":true,\"stage\":1}", .member = "flow", .value = "RUNNING",
        .refused = "clerk", .bad = {.body = "{\"agree\":1}", .status = 400, .reason = "FIELD_INVALID", .field = "agree"}},
    {"POST", "/cases/{caseNumber}/take", STAGE_ROUTED, .by = "approver",
        .refused = "clerk", .bad = {.body = "{\"assignee\":\"lead\"}", .status = 400, .reason = "UNKNOWN_FIELD", .field = "assignee"}},
    {"POST", "/cases/{caseNumber}/return", STAGE_DECIDED, .by = "lead", .body = "{\"department\":\"CUL\",\"reason\":\"图纸有误\"}",
        .refused = "clerk", .bad = {.body = "{\"department\":\"CUL\"}", .status = 400, .reason = "REASON_REQUIRED", .field = "reason"}},
    {"POST", "/cases/{caseNumber}/pause", STAGE_ROUTED, .by = "lead", .body = "{\"kind\":\"EXPERTS\",\"notice\":\"评字第1号\",\"plannedDays\":5}",
        .refused = "city", .bad = {.body = "{\"kind\":\"EXPERTS\",\"notice\":\"评字第1号\",\"plannedDays\":366}", .status = 400, .reason = "FIELD_INVALID", .field = "plannedDays"}},
    {"POST", "/cases/{caseNumber}/resumption", STAGE_PAUSED, .by = "lead", .body = "{\"kind\":\"HEARING\"}",
        .refused = "clerk", .bad = {.body = "{}", .status = 400, .reason = "FIELD_MISSING", .field = "kind"}},
    {"POST", "/cases/{caseNumber}/extension", STAGE_ROUTED, .by = "lead", .body = "{\"days\":5,\"reason\":\"情况复杂\"}", .member = "no",
        .refused = "reader", .bad = {.body = "{\"days\":16,\"reason\":\"情况复杂\"}", .status = 400, .reason = "FIELD_INVALID", .field = "days"}},
    {"GET", "/tasks", STAGE_ROUTED, .by = "approver", .member = "tasks.0.caseNumber",
        .refused = "kiosk", .bad = {.query = "?limit=501", .status = 400, .reason = "FIELD_INVALID", .field = "limit"}},
    {"GET", "/cases/{caseNumber}/flow", STAGE_ROUTED, .by = "clerk", .member = "tasks.0.department",
        .refused = "kiosk", .bad = {.query = "?stage=1", .status = 400, .reason = "UNKNOWN_FIELD", .field = "stage"}},
    {"GET", "/items/{item}/flow", .at = "CUL-03", .by = NOBODY, .member = "steps.0.department", .value = "CUL",
        .refused = PUBLIC, .bad = {.at = "NO-99", .status = 404, .reason = "UNKNOWN_ITEM"}},
    {"GET", "/cases/{caseNumber}/deadline", STAGE_ROUTED, .by = "approver", .member = "days.0.kind",
        .refused = NOBODY, .bad = {.query = "?day=1", .status = 400, .reason = "UNKNOWN_FIELD", .field = "day"}},
    {"GET", "/figures/flows", .by = "supervisor", .member = "running",
        .refused = "kiosk", .bad = {.query = "?item=CUL-03", .status = 400, .reason = "UNKNOWN_FIELD", .field = "item"}},
    /* charging */
    {"POST", "/cases/{caseNumber}/payment", STAGE_DUE, .by = "cashier", .body = "{\"method\":\"CASH\",\"shownFen\":\"1000\"}", .member = "paidFen", .value = "1000",
        .refused = "clerk", .bad = {.body = "{\"method\":\"CASH\",\"shownFen\":\"-1\"}", .status = 400, .reason = "FIELD_INVALID", .field = "shownFen"}},
    {"POST", "/cases/{caseNumber}/waiver", STAGE_DUE, .by = "manager", .body = "{\"line\":1,\"basis\":\"财综〔2022〕1号\"}", .member = "no",
        .refused = "clerk", .bad = {.body = "{\"line\":1}", .status = 400, .reason = "BASIS_REQUIRED", .field = "basis"}},
    {"POST", "/cases/{caseNumber}/refund", STAGE_CLOSED, .by = "cashier", .body = "{\"line\":1,\"amountFen\":\"400\",\"reason\":\"多收\"}", .member = "no",
        .refused = "supervisor", .bad = {.body = "{\"line\":1,\"amountFen\":\"-1\",\"reason\":\"多收\"}", .status = 400, .reason = "FIELD_INVALID", .field = "amountFen"}},
    {"GET", "/approvals/{service}", STAGE_ASKED, .at = "CHARGING", .by = "manager", .query = "?waiting=true&caseNumber={caseNumber}", .member = "approvals.0.asker", .value = "cashier",
        .refused = "supervisor", .bad = {.at = "REPORTING", .status = 400, .reason = "FIELD_INVALID", .field = "service"}},
    {"POST", "/approvals/{service}/{caseNumber}/{no}", STAGE_ASKED, .at = "CHARGING", .by = "manager", .body = "{\"agree\":true}", .member = "state", .value = "AGREED",
        .refused = "supervisor", .bad = {.at = "charging", .status = 400, .reason = "FIELD_INVALID", .field = "service"}},
    {"POST", "/quotes", .by = NOBODY, .body = "{\"item\":\"CUL-01\"}", .member = "totalFen", .value = "1000",
        .refused = PUBLIC, .bad = {.body = "{\"item\":\"PLN-05\",\"facts\":[{\"fee\":\"FEE-PLN-5B\",\"units\":100}]}", .status = 400, .reason = "FIELD_INVALID", .field = "facts[0].fee"}},
    {"GET", "/cases/{caseNumber}/bill", STAGE_DUE, .by = "clerk", .member = "dueFen", .value = "1000",
        .refused = "kiosk", .bad = {.query = "?order=1", .status = 400, .reason = "UNKNOWN_FIELD", .field = "order"}},
    {"GET", "/orders/due", STAGE_DUE, .by = "cashier", .query = "?limit=5", .member = "orders.0.dueFen", .value = "1000",
        .refused = "clerk", .bad = {.query = "?limit=501", .status = 400, .reason = "FIELD_INVALID", .field = "limit"}},
    {"GET", "/fees", .by = NOBODY, .query = "?item=CUL-01", .member = "fees.0.code", .value = "FEE-CUL-01",
        .refused = PUBLIC, .bad = {.query = "?item=CUL-01&item=CUL-02", .status = 400, .reason = "FIELD_INVALID", .field = "item"}},
    {"GET", "/takings", .by = "cashier", .member = "paidFen",
        .refused = "clerk", .bad = {.query = "?toMs=1e400", .status = 400, .reason = "FIELD_INVALID", .field = "toMs"}},
    /* supervision */
    {"POST", "/cases/{caseNumber}/press", STAGE_CARDED, .by = "supervisor", .body = "{\"task\":1,\"words\":\"请尽快办理\"}",
        .refused = "lead", .bad = {.body = "{\"task\":1}", .status = 400, .reason = "FIELD_MISSING", .field = "words"}},
    {"POST", "/cases/{caseNumber}/card-answer", STAGE_CARDED, .by = "lead", .body = "{\"task\":1,\"level\":\"RED\",\"answer\":\"今日办结\"}",
        .refused = "supervisor", .bad = {.body = "{\"task\":1,\"level\":\"NOTICE\",\"answer\":\"今日办结\"}", .status = 400, .reason = "FIELD_INVALID", .field = "level"}},
    {"GET", "/due", STAGE_CARDED, .by = "supervisor", .member = "lines.0.lamp",
        .refused = "kiosk", .bad = {.query = "?atLeast=GREEN", .status = 400, .reason = "FIELD_INVALID", .field = "atLeast"}},
    {"GET", "/cards", STAGE_CARDED, .by = "supervisor", .query = "?level=RED", .member = "cards.0.level", .value = "RED",
        .refused = "administrator", .bad = {.query = "?limit=-1", .status = 400, .reason = "FIELD_INVALID", .field = "limit"}},
    /* reporting */
    {"GET", "/cases", STAGE_ACCEPTED, .by = "reader", .query = "?figure=RECEIVED&limit=2", .member = "dossiers.0.caseNumber",
        .refused = "administrator", .bad = {.query = "?noWindow=true&window=12", .status = 400, .reason = "FIELD_INVALID", .field = "noWindow"}},
    {"GET", "/cases/{caseNumber}", STAGE_ACCEPTED, .by = "clerk", .member = "timeline.0.type",
        .refused = "kiosk", .bad = {.query = "?item=CUL-01", .status = 400, .reason = "UNKNOWN_FIELD", .field = "item"}},
    {"GET", "/figures/overview", .by = "reader", .member = "total.received",
        .refused = "kiosk", .bad = {.query = "?fromDay=2&toDay=1", .status = 400, .reason = "FIELD_INVALID", .field = "toDay"}},
    {"GET", "/figures/rollup", .by = "reader", .query = "?by=BY_ITEM", .member = "lines.0.figures.received",
        .refused = "administrator", .bad = {.query = "", .status = 400, .reason = "FIELD_MISSING", .field = "by"}},
    {"GET", "/items/usual", STAGE_ACCEPTED, .by = NOBODY, .member = "items.0",
        .refused = PUBLIC, .bad = {.query = "?limit=5", .status = 400, .reason = "UNKNOWN_FIELD", .field = "limit"}},
    {"GET", "/board", .by = NOBODY, .member = "handling",
        .refused = PUBLIC, .bad = {.query = "?window=12", .status = 400, .reason = "UNKNOWN_FIELD", .field = "window"}},
    /* the hall */
    {"GET", "/hall", .by = NOBODY, .member = "nameZh",
        .refused = PUBLIC, .bad = {.query = "?nowMs=0", .status = 400, .reason = "UNKNOWN_FIELD", .field = "nowMs"}},
    {"POST", "/notices", .by = "manager", .body = "{\"textZh\":\"周五下午停电\",\"textEn\":\"No power on Friday afternoon\",\"toMs\":" YEAR_2100_MS "}", .member = "notice", .value = "1",
        .refused = "administrator", .bad = {.body = "{\"toMs\":" YEAR_2100_MS "}", .status = 400, .reason = "FIELD_MISSING", .field = "textZh"}},
    {"GET", "/notices", .by = NOBODY, .member = "notices.0.textZh", .value = "周五下午停电",
        .refused = PUBLIC, .bad = {.query = "?coming=soon", .status = 400, .reason = "FIELD_INVALID", .field = "coming"}},
    {"DELETE", "/notices/{notice}", .at = "1", .by = "manager",
        .refused = "kiosk", .bad = {.at = "first", .status = 400, .reason = "FIELD_INVALID", .field = "notice"}},
    /* people */
    {"POST", "/session", .by = NOBODY, .body = "{\"name\":\"complaints\",\"password\":\"{password}\"}", .member = "role", .value = "COMPLAINT_OFFICER",
        .refused = PUBLIC, .bad = {.body = "{\"name\":\"complaints\",\"password\":[]}", .status = 400, .reason = "FIELD_INVALID", .field = "password"}},
    {"GET", "/session", .by = "complaints", .member = "name", .value = "complaints",
        .refused = NOBODY, .bad = {.query = "?name=admin", .status = 400, .reason = "UNKNOWN_FIELD", .field = "name"}},
    {"GET", "/sessions", .by = "complaints", .member = "sessions.0.address", .value = "127.0.0.1",
        .refused = NOBODY, .bad = {.query = "?name=admin", .status = 400, .reason = "UNKNOWN_FIELD", .field = "name"}},
    {"POST", "/session/second-factor", .by = "complaints", .body = "{\"password\":\"{password}\"}", .member = "secret",
        .refused = NOBODY, .bad = {.body = "{}", .status = 400, .reason = "FIELD_MISSING", .field = "password"}},
    {"POST", "/session/second-factor/confirmation", .by = "complaints", .body = "{\"code\":\"{totp}\"}", .member = "recoveryCodes.0",
        .refused = NOBODY, .bad = {.body = "{\"code\":\"12345\"}", .status = 400, .reason = "FIELD_INVALID", .field = "code"}},
    {"POST", "/session/password", .by = "complaints", .body = "{\"current\":\"{password}\",\"next\":\"another password\"}", .member = "csrfToken",
        .refused = NOBODY, .bad = {.body = "{\"current\":\"x\",\"next\":\"short\"}", .status = 400, .reason = "FIELD_INVALID", .field = "next"}},
    {"DELETE", "/session", .by = "city",
        .refused = NOBODY, .bad = {.query = "?name=admin", .status = 400, .reason = "UNKNOWN_FIELD", .field = "name"}},
    {"POST", "/people", .by = "administrator", .body = "{\"name\":\"li.ming\",\"fullName\":\"李明\",\"role\":\"CASHIER\"}", .member = "oneTimePassword",
        .refused = "manager", .bad = {.body = "{\"name\":\"li.hua\",\"fullName\":\"李华\",\"role\":\"APPROVER\"}", .status = 400, .reason = "FIELD_INVALID", .field = "department"}},
    {"GET", "/names", .by = "clerk", .query = "?after=cle&limit=1", .member = "names.0.account", .value = "clerk",
        .refused = "kiosk", .bad = {.query = "?limit=501", .status = 400, .reason = "FIELD_INVALID", .field = "limit"}},
    {"GET", "/people", .by = "administrator", .query = "?limit=1", .member = "people.0.name",
        .refused = "manager", .bad = {.query = "?limit=501", .status = 400, .reason = "FIELD_INVALID", .field = "limit"}},
    {"PUT", "/people/{name}", .at = "li.ming", .by = "administrator", .body = "{\"fullName\":\"李明明\",\"role\":\"SUPERVISOR\"}", .member = "fullName", .value = "李明明",
        .refused = "supervisor", .bad = {.body = "{\"fullName\":\"李明明\",\"role\":\"SYSTEM\"}", .status = 400, .reason = "FIELD_INVALID", .field = "role"}},
    {"POST", "/people/{assignee}/release", .at = "li.ming", .by = "administrator", .member = "tasks",
        .refused = "manager", .bad = {.at = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx", .status = 400, .reason = "FIELD_INVALID", .field = "assignee"}},
    {"POST", "/people/{name}/password-reset", .at = "li.ming", .by = "administrator", .member = "oneTimePassword",
        .refused = "clerk", .bad = {.at = "nobody", .status = 404, .reason = "UNKNOWN_PERSON"}},
    {"GET", "/sign-ins", .by = "administrator", .query = "?name=clerk&result=SIGNED_IN&limit=1", .member = "lines.0.result", .value = "SIGNED_IN",
        .refused = "reader", .bad = {.query = "?after=yesterday", .status = 400, .reason = "FIELD_INVALID", .field = "after"}},
    {"POST", "/tokens", .by = "administrator", .body = "{\"name\":\"display-1\",\"role\":\"PUBLIC\",\"days\":30}", .member = "secret",
        .refused = "manager", .bad = {.body = "{\"name\":\"display-2\",\"role\":\"PUBLIC\",\"days\":0}", .status = 400, .reason = "FIELD_MISSING", .field = "days"}},
    {"GET", "/tokens", .by = "administrator", .member = "tokens.0.name", .value = "display-1",
        .refused = "manager", .bad = {.query = "?name=display-1", .status = 400, .reason = "UNKNOWN_FIELD", .field = "name"}},
    {"DELETE", "/tokens/{name}", .at = "display-1", .by = "administrator",
        .refused = "manager", .bad = {.at = "display-9", .status = 404, .reason = "UNKNOWN_PERSON"}},
    /* the gateway itself */
    {"GET", "/events", .by = "clerk",
        .refused = PUBLIC, .bad = {.query = "?after=1", .status = 400, .reason = "UNKNOWN_FIELD", .field = "after"}},
    {"GET", "/openapi.json", .by = NOBODY, .member = "openapi", .value = "3.1.0",
        .refused = PUBLIC, .bad = {.query = "?version=2", .status = 400, .reason = "UNKNOWN_FIELD", .field = "version"}},
    {"DELETE", "/people/{name}/second-factor", .at = "complaints", .by = "administrator",
        .refused = "manager", .bad = {.at = "clerk", .status = 404, .reason = "NO_SECOND_FACTOR"}},
    /* the first session there was is the clerk's */
    {"DELETE", "/sessions/{session}", .at = "1", .by = "clerk",
        .refused = NOBODY, .bad = {.at = "1000000", .status = 404, .reason = "UNKNOWN_SESSION"}},
    {0},
};
/* clang-format on */
