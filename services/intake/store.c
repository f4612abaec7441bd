/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/rows.h"

#include "common/rows/calendar_table.h"
#include "common/rows/seal_table.h"

/* "case" and "window" are words of SQL (and of C), hence the plurals. */
const struct table intake_case_table = TABLE("cases", case_row, case_columns, 2);
const struct table intake_applicant_table = TABLE("applicant", applicant_row, applicant_columns, 2);
const struct table intake_known_applicant_table =
    TABLE("known_applicant", known_applicant_row, known_applicant_columns, 2);
const struct table intake_involved_table = TABLE("involved", involved_row, involved_columns, 2);
const struct table intake_ending_table = TABLE("ending", ending_row, ending_columns, 2);
const struct table intake_asked_again_table =
    TABLE("asked_again", asked_again_row, asked_again_columns, 2);
const struct table intake_print_table = TABLE("print", print_row, print_columns, 2);
const struct table intake_look_table = TABLE("look", look_row, look_columns, 3);
const struct table intake_collection_table =
    TABLE("collection", collection_row, collection_columns, 2);
const struct table intake_amendment_table = TABLE("amendment", amendment_row, amendment_columns, 2);
const struct table intake_search_table = TABLE("search", search_row, search_columns, 2);
const struct table intake_ticket_table = TABLE("ticket", ticket_row, ticket_columns, 3);
const struct table intake_question_table = TABLE("question", question_row, question_columns, 2);
const struct table intake_scan_table = TABLE("scan", scan_row, scan_columns, 2);
const struct table intake_scan_day_table = TABLE("scan_day", scan_day_row, scan_day_columns, 2);
const struct table intake_piece_table = TABLE("piece", piece_row, piece_columns, 4);
const struct table intake_erasure_table = TABLE("erasure", erasure_row, erasure_columns, 2);
const struct table intake_item_table = REFERENCE("item", item_row, item_columns, 2);
const struct table intake_material_table = REFERENCE("material", material_row, material_columns, 3);
const struct table intake_item_fee_table = REFERENCE("item_fee", item_fee_row, item_fee_columns, 2);
const struct table intake_department_table =
    REFERENCE("department", department_row, department_columns, 2);
const struct table intake_window_table = REFERENCE("windows", window_row, window_columns, 2);
const struct table intake_slip_key_table = REFERENCE("slip_key", slip_key_row, slip_key_columns, 1);

const struct table *const intake_tables[] = {
    &intake_case_table,
    &intake_applicant_table,
    &intake_known_applicant_table,
    &intake_involved_table,
    &intake_ending_table,
    &intake_asked_again_table,
    &intake_look_table,
    &intake_print_table,
    &intake_search_table,
    &intake_erasure_table,
    &intake_scan_table,
    &intake_scan_day_table,
    &intake_piece_table,
    &intake_collection_table,
    &intake_amendment_table,
    &intake_item_table,
    &intake_material_table,
    &intake_item_fee_table,
    &intake_department_table,
    &intake_window_table,
    &intake_slip_key_table,
    &intake_ticket_table,
    &intake_question_table,
    &calendar_table,
    &seal_key_table,
    NULL,
};
