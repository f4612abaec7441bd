/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/rows.h"

#include "common/rows/calendar_table.h"

static const struct column case_columns[] = {
    COLUMN(case_row, centre, I16, COLUMN_KEY),
    COLUMN(case_row, number, I64, COLUMN_KEY),
    COLUMN(case_row, item, TEXT, COLUMN_FIXED),
    COLUMN(case_row, item_version, I16, COLUMN_FIXED),
    COLUMN_AS(case_row, window, "window_no", I16, COLUMN_FIXED),
    COLUMN(case_row, channel, I16, COLUMN_FIXED),
    COLUMN(case_row, fast_lane, BOOL, COLUMN_FIXED),
    COLUMN(case_row, summary, TEXT, COLUMN_FIXED),
    COLUMN(case_row, facts, BYTES, COLUMN_FIXED),
    COLUMN_AS(case_row, received_ms, "received_at", TIME, COLUMN_FIXED),
    COLUMN(case_row, state, I16, 0),
    COLUMN(case_row, materials, BYTES, 0),
    COLUMN(case_row, granted, BOOL, 0),
    COLUMN(case_row, delivery, I16, 0),
    COLUMN(case_row, delivery_receipt, TEXT, 0),
    COLUMN_AS(case_row, answer_due_ms, "answer_due_at", TIME, COLUMN_DUE | COLUMN_TIMED),
    COLUMN_AS(case_row, asked_ms, "asked_at", TIME, 0),
    COLUMN_AS(case_row, accepted_ms, "accepted_at", TIME, 0),
    COLUMN_AS(case_row, decided_ms, "decided_at", TIME, 0),
    COLUMN_AS(case_row, closed_ms, "closed_at", TIME, 0),
    COLUMN_AS(case_row, delivered_ms, "delivered_at", TIME, 0),
};

static const struct column applicant_columns[] = {
    COLUMN(applicant_row, centre, I16, COLUMN_KEY),
    COLUMN(applicant_row, number, I64, COLUMN_KEY),
    COLUMN(applicant_row, kind, I16, COLUMN_FIXED),
    COLUMN(applicant_row, name, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, document, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, phone, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, address, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, agent_name, TEXT, COLUMN_FIXED),
    COLUMN(applicant_row, agent_document, TEXT, COLUMN_FIXED),
};

static const struct column known_applicant_columns[] = {
    COLUMN(known_applicant_row, centre, I16, COLUMN_KEY),
    COLUMN(known_applicant_row, document, TEXT, COLUMN_KEY),
    COLUMN(known_applicant_row, number, I64, 0),
    COLUMN(known_applicant_row, kind, I16, 0),
    COLUMN(known_applicant_row, name, TEXT, 0),
    COLUMN(known_applicant_row, phone, TEXT, 0),
    COLUMN(known_applicant_row, address, TEXT, 0),
};

static const struct column involved_columns[] = {
    COLUMN(involved_row, centre, I16, COLUMN_KEY),
    COLUMN(involved_row, number, I64, COLUMN_KEY),
    COLUMN(involved_row, department, TEXT, COLUMN_KEY),
    COLUMN_AS(involved_row, since_ms, "since", TIME, COLUMN_FIXED),
};

static const struct column ending_columns[] = {
    COLUMN(ending_row, centre, I16, COLUMN_KEY),
    COLUMN(ending_row, number, I64, COLUMN_KEY),
    COLUMN(ending_row, ground, I16, COLUMN_FIXED),
    COLUMN(ending_row, reason, TEXT, COLUMN_FIXED),
    COLUMN(ending_row, right_authority, TEXT, COLUMN_FIXED),
    COLUMN_AS(ending_row, at_ms, "at", TIME, COLUMN_FIXED),
};

static const struct column look_columns[] = {
    COLUMN(look_row, centre, I16, COLUMN_KEY),
    COLUMN(look_row, number, I64, COLUMN_KEY),
    COLUMN(look_row, no, I64, COLUMN_KEY),
    COLUMN(look_row, actor, TEXT, COLUMN_FIXED),
    COLUMN(look_row, department, TEXT, COLUMN_FIXED),
    COLUMN(look_row, purpose, TEXT, COLUMN_FIXED),
    COLUMN_AS(look_row, at_ms, "at", TIME, COLUMN_FIXED),
};

static const struct column item_columns[] = {
    COLUMN(item_row, centre, I16, COLUMN_KEY),
    COLUMN(item_row, code, TEXT, COLUMN_KEY),
    COLUMN(item_row, version, I16, COLUMN_KEY),
    COLUMN(item_row, department, TEXT, COLUMN_FIXED),
    COLUMN(item_row, name_zh, TEXT, COLUMN_FIXED),
    COLUMN(item_row, name_en, TEXT, COLUMN_FIXED),
    COLUMN(item_row, applicant, I16, COLUMN_FIXED),
    COLUMN(item_row, immediate, BOOL, COLUMN_FIXED),
    COLUMN(item_row, statutory_days, I16, COLUMN_FIXED),
    COLUMN(item_row, promised_days, I16, COLUMN_FIXED),
    COLUMN(item_row, decision_level, TEXT, COLUMN_FIXED),
    COLUMN(item_row, result, TEXT, COLUMN_FIXED),
    COLUMN(item_row, window_can_finish, BOOL, COLUMN_FIXED),
    COLUMN(item_row, has_fee, BOOL, COLUMN_FIXED),
    COLUMN(item_row, offered, BOOL, COLUMN_FIXED),
    COLUMN_AS(item_row, published_ms, "published_at", TIME, COLUMN_FIXED),
    COLUMN(item_row, published_by, TEXT, COLUMN_FIXED),
};

static const struct column material_columns[] = {
    COLUMN(material_row, centre, I16, COLUMN_KEY),
    COLUMN(material_row, item, TEXT, COLUMN_KEY),
    COLUMN(material_row, version, I16, COLUMN_KEY),
    COLUMN(material_row, seq, I16, COLUMN_KEY),
    COLUMN(material_row, name_zh, TEXT, COLUMN_FIXED),
    COLUMN(material_row, name_en, TEXT, COLUMN_FIXED),
    COLUMN(material_row, form, TEXT, COLUMN_FIXED),
    COLUMN(material_row, copies, I16, COLUMN_FIXED),
    COLUMN(material_row, required, BOOL, COLUMN_FIXED),
};

static const struct column department_columns[] = {
    COLUMN(department_row, centre, I16, COLUMN_KEY),
    COLUMN(department_row, code, TEXT, COLUMN_KEY),
    COLUMN(department_row, name_zh, TEXT, COLUMN_FIXED),
    COLUMN(department_row, name_en, TEXT, COLUMN_FIXED),
};

static const struct column window_columns[] = {
    COLUMN(window_row, centre, I16, COLUMN_KEY), COLUMN(window_row, number, I16, COLUMN_KEY),
    COLUMN(window_row, department, TEXT, 0),     COLUMN(window_row, kind, TEXT, 0),
    COLUMN(window_row, status, TEXT, 0),         COLUMN(window_row, name_zh, TEXT, 0),
    COLUMN(window_row, name_en, TEXT, 0),
};

/* "case" and "window" are words of SQL (and of C), hence the plurals. */
const struct table intake_case_table = TABLE("cases", case_row, case_columns, 2);
const struct table intake_applicant_table = TABLE("applicant", applicant_row, applicant_columns, 2);
const struct table intake_known_applicant_table =
    TABLE("known_applicant", known_applicant_row, known_applicant_columns, 2);
const struct table intake_involved_table = TABLE("involved", involved_row, involved_columns, 2);
const struct table intake_ending_table = TABLE("ending", ending_row, ending_columns, 2);
const struct table intake_look_table = TABLE("look", look_row, look_columns, 3);
const struct table intake_item_table = REFERENCE("item", item_row, item_columns, 2);
const struct table intake_material_table = REFERENCE("material", material_row, material_columns, 3);
const struct table intake_department_table =
    REFERENCE("department", department_row, department_columns, 2);
const struct table intake_window_table = REFERENCE("windows", window_row, window_columns, 2);

const struct table *const intake_tables[] = {
    &intake_case_table,     &intake_applicant_table, &intake_known_applicant_table,
    &intake_involved_table, &intake_ending_table,    &intake_look_table,
    &intake_item_table,     &intake_material_table,  &intake_department_table,
    &intake_window_table,   &calendar_table,         NULL,
};
