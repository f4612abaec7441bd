/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wire/bounds_table.h"

#include "onedoor/intake.pb-c.h"

enum { QUESTION_MOST = 500, ANSWER_MOST = 1000 };

/* clang-format off */
const struct bounds bounds_intake[] = {
    {MESSAGE(intake, applicant), ROWS(
        {"kind", BOUND_ENUM, REQUIRED},
        {"name", BOUND_NAME, 1, 120, REQUIRED},
        {"document", BOUND_DOCUMENT, 1, 40, REQUIRED},
        {"phone", BOUND_PHONE, 5, 20, REQUIRED},
        {"address", BOUND_LINE, 1, 240, OPTIONAL},
        {"agent_name", BOUND_NAME, 1, 120, OPTIONAL},
        {"agent_document", BOUND_DOCUMENT, 1, 40, OPTIONAL},
        {"document_kind", BOUND_ENUM, OPTIONAL},
        {"document_note", BOUND_LINE, 1, 60, OPTIONAL},
        {"legal_representative", BOUND_NAME, 1, 120, OPTIONAL},
        {"agent_document_kind", BOUND_ENUM, OPTIONAL},
        {"agent_phone", BOUND_PHONE, 5, 20, OPTIONAL})},
    {MESSAGE(intake, material_in), ROWS(
        {"seq", BOUND_NUMBER, 1, 64, REQUIRED},
        {"copies", BOUND_NUMBER, 1, 99, REQUIRED})},
    {MESSAGE(intake, paper_verdict), ROWS(
        {"seq", BOUND_NUMBER, 1, 64, REQUIRED},
        {"verdict", BOUND_ENUM, REQUIRED},
        {"fault", BOUND_ENUM, OPTIONAL},
        {"note", BOUND_LINE, 1, 100, OPTIONAL})},
    {MESSAGE(intake, submit), ROWS(
        {"item", BOUND_CODE, 1, ITEM_MOST, REQUIRED},
        {"applicant", BOUND_MESSAGE, REQUIRED},
        {"materials", BOUND_MESSAGE, .list_most = 64},
        {"channel", BOUND_ENUM, REQUIRED},
        {"facts", BOUND_MESSAGE, .list_most = 16},
        {"summary", BOUND_LINE, 1, 200, OPTIONAL},
        SHOWN,
        {"ticket", BOUND_NUMBER, 1, TICKET_LAST, OPTIONAL},
        {"verdicts", BOUND_MESSAGE, .list_most = 64})},
    {MESSAGE(intake, check), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"verdicts", BOUND_MESSAGE, .list_most = 64},
        SHOWN)},
    {MESSAGE(intake, supplement), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"materials", BOUND_MESSAGE, .list_most = 64},
        {"verdicts", BOUND_MESSAGE, .list_most = 64},
        SHOWN)},
    {MESSAGE(intake, ask_again), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"reason", BOUND_TEXT, 1, 500, REQUIRED, .missing = ONEDOOR__REASON__REASON_REQUIRED},
        {"again", BOUND_NUMBER, 1, 64, .list_most = 64},
        {"verdicts", BOUND_MESSAGE, .list_most = 64},
        SHOWN)},
    {MESSAGE(intake, refuse), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"ground", BOUND_ENUM, REQUIRED},
        {"reason", BOUND_TEXT, 1, 500, REQUIRED, .missing = ONEDOOR__REASON__REASON_REQUIRED},
        {"right_authority", BOUND_LINE, 1, 120, OPTIONAL},
        SHOWN)},
    {MESSAGE(intake, finish), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"reason", BOUND_TEXT, 1, 500, OPTIONAL},
        SHOWN)},
    {MESSAGE(intake, withdraw), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"reason", BOUND_TEXT, 1, 500, OPTIONAL},
        SHOWN)},
    {MESSAGE(intake, terminate), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"reason", BOUND_TEXT, 1, 500, REQUIRED, .missing = ONEDOOR__REASON__REASON_REQUIRED},
        SHOWN)},
    {MESSAGE(intake, deliver), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"how", BOUND_ENUM, REQUIRED},
        {"receipt", BOUND_LINE, 1, 60, OPTIONAL},
        {"collector", BOUND_ENUM, OPTIONAL},
        {"document", BOUND_DOCUMENT, 4, 40, OPTIONAL},
        {"code", BOUND_CODE, 45, 48, OPTIONAL},
        {"name", BOUND_NAME, 1, 120, OPTIONAL},
        SHOWN)},
    {MESSAGE(intake, amend), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"name", BOUND_NAME, 1, 120, OPTIONAL},
        {"phone", BOUND_PHONE, 5, 20, OPTIONAL},
        {"address", BOUND_LINE, 1, 240, OPTIONAL},
        {"facts", BOUND_MESSAGE, .list_most = 16},
        {"reason", BOUND_TEXT, 1, 500, REQUIRED, .missing = ONEDOOR__REASON__REASON_REQUIRED},
        SHOWN)},
    {MESSAGE(intake, take_back), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"what", BOUND_ENUM, REQUIRED},
        {"reason", BOUND_TEXT, 1, 500, REQUIRED, .missing = ONEDOOR__REASON__REASON_REQUIRED},
        SHOWN)},
    {MESSAGE(intake, begin_scan), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"seq", BOUND_NUMBER, 1, 64, REQUIRED},
        {"bytes", BOUND_NUMBER, 1, INT32_MAX, REQUIRED},
        {"sha256", BOUND_CODE, 64, 64, REQUIRED},
        {"code", BOUND_CODE, 1, 48, OPTIONAL})},
    {MESSAGE(intake, add_piece), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"scan", BOUND_NUMBER, 1, 99, REQUIRED},
        {"piece", BOUND_NUMBER, 1, 99999, REQUIRED},
        {"code", BOUND_CODE, 1, 48, OPTIONAL})},
    {MESSAGE(intake, view_scan), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"scan", BOUND_NUMBER, 1, 99, REQUIRED},
        {"purpose", BOUND_LINE, 1, 200, REQUIRED})},
    {MESSAGE(intake, get_piece), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"scan", BOUND_NUMBER, 1, 99, REQUIRED},
        {"look", BOUND_NUMBER, 1, INT64_MAX, REQUIRED},
        {"piece", BOUND_NUMBER, 1, 99999, OPTIONAL})},
    {MESSAGE(intake, view_applicant), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"purpose", BOUND_LINE, 1, 200, REQUIRED})},
    {MESSAGE(intake, recall_applicant), ROWS(
        {"document", BOUND_DOCUMENT, 4, 40, REQUIRED},
        {"document_kind", BOUND_ENUM, OPTIONAL})},
    {MESSAGE(intake, search_cases), ROWS(
        {"document", BOUND_DOCUMENT, 4, 40, OPTIONAL},
        {"name", BOUND_NAME, 1, 120, OPTIONAL},
        {"phone", BOUND_PHONE, 5, 20, OPTIONAL},
        {"purpose", BOUND_LINE, 1, 200, REQUIRED})},
    {MESSAGE(intake, ask_looks), ROWS(
        {"document", BOUND_DOCUMENT, 4, 40, REQUIRED})},
    {MESSAGE(intake, get_looks), ROWS(
        {"search", BOUND_NUMBER, 1, INT64_MAX, REQUIRED})},
    {MESSAGE(intake, get_search), ROWS(
        {"search", BOUND_NUMBER, 1, INT64_MAX, REQUIRED})},
    {MESSAGE(intake, item_material), ROWS(
        {"seq", BOUND_NUMBER, 1, 64, REQUIRED},
        {"name_zh", BOUND_LINE, 1, 200, REQUIRED},
        {"name_en", BOUND_LINE, 1, 200, REQUIRED},
        {"form", BOUND_CODE, 1, 20, REQUIRED},
        {"copies", BOUND_NUMBER, 1, 99, REQUIRED},
        {"source", BOUND_LINE, 1, 120, OPTIONAL},
        {"note", BOUND_TEXT, 1, 500, OPTIONAL})},
    {MESSAGE(intake, item_step), ROWS(
        {"stage", BOUND_NUMBER, 1, 64, REQUIRED},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, REQUIRED},
        {"action", BOUND_ENUM, REQUIRED},
        {"days", BOUND_NUMBER, 1, 90, OPTIONAL})},
    {MESSAGE(intake, item_fee), ROWS(
        {"code", BOUND_CODE, 1, FEE_MOST, REQUIRED},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, REQUIRED},
        {"name_zh", BOUND_LINE, 1, 120, REQUIRED},
        {"name_en", BOUND_LINE, 1, 120, REQUIRED},
        {"kind", BOUND_CODE, 1, 20, REQUIRED},
        {"unit_fen", BOUND_NUMBER, 1, FEN_MOST, OPTIONAL},
        {"unit", BOUND_LINE, 1, 20, REQUIRED},
        {"free_units", BOUND_NUMBER, 1, UNITS_MOST, OPTIONAL},
        {"cap_fen", BOUND_NUMBER, 1, FEN_MOST, OPTIONAL},
        {"basis", BOUND_LINE, 1, 200, REQUIRED, .missing = ONEDOOR__REASON__BASIS_REQUIRED},
        {"tiers", BOUND_MESSAGE, .list_most = 16})},
    {MESSAGE(intake, fee_tier), ROWS(
        {"from_units", BOUND_NUMBER, 1, UNITS_MOST, OPTIONAL},
        {"to_units", BOUND_NUMBER, 1, UNITS_MOST, OPTIONAL},
        {"unit_fen", BOUND_NUMBER, 1, FEN_MOST, OPTIONAL})},
    {MESSAGE(intake, item_text), ROWS(
        {"quantity", BOUND_LINE, 1, 200, OPTIONAL},
        {"procedure", BOUND_TEXT, 1, 2000, OPTIONAL},
        {"special", BOUND_TEXT, 1, 500, OPTIONAL},
        {"hours", BOUND_LINE, 1, 120, OPTIONAL},
        {"place", BOUND_LINE, 1, 120, OPTIONAL},
        {"telephone", BOUND_PRINTED_PHONE, 5, 20, OPTIONAL},
        {"online", BOUND_LINE, 1, 200, OPTIONAL},
        {"base_code", BOUND_CODE, 1, 12, OPTIONAL},
        {"implementation_code", BOUND_CODE, 1, 36, OPTIONAL},
        {"business_code", BOUND_CODE, 1, 50, OPTIONAL})},
    {MESSAGE(intake, publish_item), ROWS(
        {"item", BOUND_CODE, 1, ITEM_MOST, REQUIRED},
        {"name_zh", BOUND_LINE, 1, 200, REQUIRED},
        {"name_en", BOUND_LINE, 1, 200, REQUIRED},
        {"promised_days", BOUND_NUMBER, 1, 90, OPTIONAL},
        {"statutory_days", BOUND_NUMBER, 1, 90, REQUIRED},
        {"materials", BOUND_MESSAGE, .list_least = 1, .list_most = 64},
        {"survey", BOUND_ENUM, OPTIONAL},
        {"conditions", BOUND_TEXT, 1, 2000, OPTIONAL},
        {"basis", BOUND_TEXT, 1, 500, OPTIONAL},
        SHOWN,
        {"decision", BOUND_LINE, 1, 60, REQUIRED},
        {"decision_day", BOUND_NUMBER, 1, DAY_LAST, REQUIRED},
        {"from_day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, REQUIRED},
        {"seq", BOUND_NUMBER, 1, 9999, REQUIRED},
        {"applicant", BOUND_CODE, 1, 20, REQUIRED},
        {"handling", BOUND_CODE, 1, 20, REQUIRED},
        {"decision_level", BOUND_CODE, 1, 20, REQUIRED},
        {"result", BOUND_LINE, 1, 120, REQUIRED},
        {"source", BOUND_ENUM, OPTIONAL},
        {"steps", BOUND_MESSAGE, .list_least = 1, .list_most = 64},
        {"fees", BOUND_MESSAGE, .list_most = 16},
        {"text", BOUND_MESSAGE, OPTIONAL})},
    {MESSAGE(intake, set_department), ROWS(
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, REQUIRED},
        {"name_zh", BOUND_LINE, 1, 120, REQUIRED},
        {"name_en", BOUND_LINE, 1, 120, REQUIRED},
        {"presence", BOUND_CODE, 1, 20, REQUIRED},
        {"floor", BOUND_NUMBER, 1, 99, OPTIONAL},
        {"note_zh", BOUND_LINE, 1, 120, OPTIONAL},
        {"note_en", BOUND_LINE, 1, 120, OPTIONAL},
        {"decision", BOUND_LINE, 1, 60, REQUIRED},
        {"decision_day", BOUND_NUMBER, 1, DAY_LAST, REQUIRED},
        SHOWN)},
    {MESSAGE(intake, set_window), ROWS(
        {"window", BOUND_NUMBER, 1, WINDOW_LAST, REQUIRED},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL},
        {"name_zh", BOUND_LINE, 1, 120, REQUIRED},
        {"name_en", BOUND_LINE, 1, 120, REQUIRED},
        {"floor", BOUND_NUMBER, 1, 99, OPTIONAL},
        {"telephone", BOUND_PRINTED_PHONE, 5, 20, OPTIONAL},
        {"open_cases", BOUND_NUMBER, 1, INT32_MAX, OPTIONAL},
        {"clerks", BOUND_NUMBER, 1, INT32_MAX, OPTIONAL},
        {"kind", BOUND_CODE, 1, 20, OPTIONAL},
        {"source", BOUND_ENUM, OPTIONAL},
        SHOWN)},
    {MESSAGE(intake, slip_line), ROWS(
        {"name", BOUND_LINE, 1, 200, OPTIONAL},
        {"text", BOUND_TEXT, 1, 1000, REQUIRED})},
    {MESSAGE(intake, print_slip), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"slip", BOUND_ENUM, REQUIRED},
        {"of", BOUND_NUMBER, 1, INT64_MAX, OPTIONAL},
        {"lines", BOUND_MESSAGE, .list_least = 1, .list_most = 100})},
    {MESSAGE(intake, publish_calendar), ROWS(
        {"year", BOUND_NUMBER, YEAR_FIRST, YEAR_LAST, REQUIRED},
        {"days", BOUND_MESSAGE, .list_least = 1, .list_most = 366},
        SHOWN)},
    {MESSAGE(intake, correct_day), ROWS(
        {"day", BOUND_NUMBER, 1, DAY_LAST, REQUIRED},
        {"name_zh", BOUND_LINE, 1, 60, REQUIRED},
        {"name_en", BOUND_LINE, 1, 60, REQUIRED},
        {"reason", BOUND_TEXT, 1, 500, REQUIRED, .missing = ONEDOOR__REASON__REASON_REQUIRED},
        SHOWN)},
    {MESSAGE(intake, take_ticket), ROWS(
        {"item", BOUND_CODE, 1, ITEM_MOST, OPTIONAL},
        {"window", BOUND_NUMBER, 1, WINDOW_LAST, OPTIONAL})},
    {MESSAGE(intake, leave_queue), ROWS(
        {"code", BOUND_CODE, TICKET_CODE_LEAST, TICKET_CODE_MOST, REQUIRED},
        {"queue", BOUND_CODE, 1, 20, REQUIRED})},
    {MESSAGE(intake, call_next), NULL},
    {MESSAGE(intake, call_again), ROWS(
        {"number", BOUND_NUMBER, 1, TICKET_LAST, REQUIRED})},
    {MESSAGE(intake, pass_over), ROWS(
        {"number", BOUND_NUMBER, 1, TICKET_LAST, REQUIRED})},
    {MESSAGE(intake, finish_ticket), ROWS(
        {"number", BOUND_NUMBER, 1, TICKET_LAST, REQUIRED})},
    {MESSAGE(intake, transfer_ticket), ROWS(
        {"number", BOUND_NUMBER, 1, TICKET_LAST, REQUIRED},
        {"item", BOUND_CODE, 1, ITEM_MOST, OPTIONAL},
        {"window", BOUND_NUMBER, 1, WINDOW_LAST, OPTIONAL})},
    {MESSAGE(intake, take_question), ROWS(
        {"question", BOUND_TEXT, 1, QUESTION_MOST, REQUIRED},
        {"item", BOUND_CODE, 1, ITEM_MOST, OPTIONAL},
        {"ticket", BOUND_NUMBER, 1, TICKET_LAST, OPTIONAL},
        {"answer", BOUND_TEXT, 1, ANSWER_MOST, OPTIONAL},
        {"window", BOUND_NUMBER, 1, WINDOW_LAST, OPTIONAL},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL},
        {"due_day", BOUND_NUMBER, 1, DAY_LAST, OPTIONAL})},
    {MESSAGE(intake, answer_question), ROWS(
        {"number", BOUND_NUMBER, 1, INT32_MAX, REQUIRED},
        {"answer", BOUND_TEXT, 1, ANSWER_MOST, REQUIRED})},
    {MESSAGE(intake, send_question_on), ROWS(
        {"number", BOUND_NUMBER, 1, INT32_MAX, REQUIRED},
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, REQUIRED})},
    {MESSAGE(intake, give_question_up), ROWS(
        {"number", BOUND_NUMBER, 1, INT32_MAX, REQUIRED},
        {"reason", BOUND_TEXT, 1, 200, REQUIRED})},
    {MESSAGE(intake, list_questions), ROWS(
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL},
        {"limit", BOUND_NUMBER, 1, 100, OPTIONAL},
        {"after", BOUND_NUMBER, 1, INT32_MAX, OPTIONAL})},
    {MESSAGE(intake, find_answers), ROWS(
        {"words", BOUND_LINE, 1, 60, OPTIONAL},
        {"item", BOUND_CODE, 1, ITEM_MOST, OPTIONAL})},
    {MESSAGE(intake, get_question), ROWS(
        {"number", BOUND_NUMBER, 1, INT32_MAX, REQUIRED})},
    {MESSAGE(intake, list_waiting), NULL},
    {MESSAGE(intake, get_calls), NULL},
    {MESSAGE(intake, get_ticket), ROWS(
        {"code", BOUND_CODE, TICKET_CODE_LEAST, TICKET_CODE_MOST, REQUIRED})},
    {MESSAGE(intake, get_calendar), ROWS(
        {"year", BOUND_NUMBER, YEAR_FIRST, YEAR_LAST, REQUIRED})},
    {MESSAGE(intake, list_items), ROWS(
        {"department", BOUND_CODE, 1, DEPARTMENT_MOST, OPTIONAL},
        {"search", BOUND_LINE, 1, 100, OPTIONAL})},
    {MESSAGE(intake, get_guide), ROWS(
        {"item", BOUND_CODE, 1, ITEM_MOST, REQUIRED},
        {"version", BOUND_NUMBER, 1, INT16_MAX, OPTIONAL})},
    {MESSAGE(intake, list_item_versions), ROWS(
        {"item", BOUND_CODE, 1, ITEM_MOST, REQUIRED})},
    {MESSAGE(intake, list_windows), NULL},
    {MESSAGE(intake, get_retention), NULL},
    {MESSAGE(intake, list_window_cases), ROWS(
        {"window", BOUND_NUMBER, 1, WINDOW_LAST, REQUIRED})},
    {MESSAGE(intake, list_departments), NULL},
    {MESSAGE(intake, get_materials), ROWS(
        {"case_number", BOUND_CASE, REQUIRED})},
    {MESSAGE(intake, get_progress), ROWS(
        {"case_number", BOUND_CASE, REQUIRED})},
    {MESSAGE(intake, ask_progress), ROWS(
        {"case_number", BOUND_CASE, REQUIRED},
        {"last_four", BOUND_DOCUMENT, 4, 4, REQUIRED})},
    {MESSAGE(intake, ask_progress_by_code), ROWS(
        {"code", BOUND_CODE, 45, 48, REQUIRED})},
    {MESSAGE(intake, count_cases), ROWS(
        {"from_ms", BOUND_INSTANT, OPTIONAL},
        {"to_ms", BOUND_INSTANT, OPTIONAL})},
    {NULL, NULL},
};
/* clang-format on */
