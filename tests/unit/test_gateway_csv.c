/* SPDX-License-Identifier: Apache-2.0 */
/* A list as a table for a spreadsheet: cells, names, words, and pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "onedoor/gateway.pb-c.h"
#include "onedoor/reporting.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"
#include "services/gateway/api/csv.h"

#define NOON_MS INT64_C(1796011200000) /* 2026-11-30 12:00 in the hall */

static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new(1 << 24);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* The last line of the table of this reply alone. */
static const char *row_of(const ProtobufCMessage *reply, enum language language)
{
    size_t size;
    struct csv *csv = csv_begin(csv_list(reply->descriptor), language, FORM_CSV, arena);
    csv_name(csv, "CUL", "文化委", "Culture");
    csv_name(csv, "CUL-02", "设立网吧", "");
    csv_name(csv, "wang.fang", "王芳", "");
    assert_null(csv_add(csv, reply));
    char *text = csv_end(csv, &size), *kept = arena_strdup(arena, text);
    assert_int_equal(size, strlen(text));
    free(text);
    assert_memory_equal(kept, "\xEF\xBB\xBF", 3);
    char *last = strstr(kept, "\r\n");
    assert_non_null(last);
    return last + 2;
}

static void a_row_says_what_a_person_reads(void **state)
{
    Onedoor__Routing__Task task = ONEDOOR__ROUTING__TASK__INIT;
    Onedoor__Routing__TaskLine line = ONEDOOR__ROUTING__TASK_LINE__INIT;
    Onedoor__Routing__ListTasksReply reply = ONEDOOR__ROUTING__LIST_TASKS_REPLY__INIT;
    (void)state;
    task.stage = 2;
    task.department = "CUL";
    task.action = ONEDOOR__ROUTING__ACTION__SITE_SURVEY;
    task.assignee = "wang.fang";
    task.opened_ms = NOON_MS;
    line.case_number = 2611300000273;
    line.item = "CUL-02";
    line.fast_lane = true;
    line.task = &task;
    line.remaining_min = -90;
    reply.n_tasks = 1;
    reply.tasks = (Onedoor__Routing__TaskLine *[]){&line};
    assert_string_equal(row_of(&reply.base, LANGUAGE_ZH),
                        "261130-000027-3,CUL-02,设立网吧,是,2,文化委,现场勘查,王芳,wang.fang,"
                        "2026-11-30 12:00,,-90\r\n");
    assert_string_equal(row_of(&reply.base, LANGUAGE_EN),
                        "261130-000027-3,CUL-02,设立网吧,yes,2,Culture,site survey,王芳,wang.fang,"
                        "2026-11-30 12:00,,-90\r\n");
}

/* What somebody typed is never run by the program that opens the table. */
static void a_text_is_no_formula(void **state)
{
    static const char *const cases[][2] = {
        {"=1+1", "'=1+1"},
        {"+1", "'+1"},
        {"-1", "'-1"},
        {"@a", "'@a"},
        {"\tx", "\"'\tx\""},
        {"＝1+1", "'＝1+1"},
        {"＋1", "'＋1"},
        {"－1", "'－1"},
        {"＠a", "'＠a"},
        {"　 =1", "'　 =1"},
        {" a", " a"},
        {"a;=1", "\"a;=1\""},
        {"a=1", "a=1"},
        {"a,b", "\"a,b\""},
        {"a\"b", "\"a\"\"b\""},
        {"a\nb", "\"a\nb\""},
        {"=a,\"b", "\"'=a,\"\"b\""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Onedoor__Supervision__Card card = ONEDOOR__SUPERVISION__CARD__INIT;
        Onedoor__Supervision__ListCardsReply reply = ONEDOOR__SUPERVISION__LIST_CARDS_REPLY__INIT;
        card.answer = (char *)cases[i][0];
        reply.n_cards = 1;
        reply.cards = (Onedoor__Supervision__Card *[]){&card};
        const char *row = row_of(&reply.base, LANGUAGE_ZH);
        const char *last = arena_printf(arena, ",,0,%s\r\n", cases[i][1]);
        assert_true(strlen(row) > strlen(last));
        assert_string_equal(row + strlen(row) - strlen(last), last);
    }
}

/* Money is yuan, and a number below zero is a number. */
static void money_is_in_yuan(void **state)
{
    Onedoor__Reporting__Dossier dossier = ONEDOOR__REPORTING__DOSSIER__INIT;
    Onedoor__Reporting__SearchReply reply = ONEDOOR__REPORTING__SEARCH_REPLY__INIT;
    (void)state;
    dossier.state = "in approval";
    dossier.fee_fen = 79905;
    dossier.paid_fen = -150;
    reply.n_dossiers = 1;
    reply.dossiers = (Onedoor__Reporting__Dossier *[]){&dossier};
    const char *row = row_of(&reply.base, LANGUAGE_ZH);
    assert_non_null(strstr(row, ",审批中,"));
    assert_non_null(strstr(row, ",799.05,0.00,-1.50,0.00\r\n"));
}

/* Whatever a service says: an instant beyond the calendar is no time. */
static void the_ends_of_numbers_are_written_too(void **state)
{
    Onedoor__Reporting__Dossier dossier = ONEDOOR__REPORTING__DOSSIER__INIT;
    Onedoor__Reporting__SearchReply reply = ONEDOOR__REPORTING__SEARCH_REPLY__INIT;
    Onedoor__Gateway__SignInLine line = ONEDOOR__GATEWAY__SIGN_IN_LINE__INIT;
    Onedoor__Gateway__ListSignInsReply sign_ins = ONEDOOR__GATEWAY__LIST_SIGN_INS_REPLY__INIT;
    (void)state;
    dossier.fee_fen = INT64_MIN;
    dossier.paid_fen = INT64_MAX;
    reply.n_dossiers = 1;
    reply.dossiers = (Onedoor__Reporting__Dossier *[]){&dossier};
    assert_non_null(strstr(row_of(&reply.base, LANGUAGE_ZH),
                           ",-92233720368547758.08,0.00,92233720368547758.07,"));
    line.at_ms = INT64_MAX;
    line.name = "li.ming";
    sign_ins.n_lines = 1;
    sign_ins.lines = (Onedoor__Gateway__SignInLine *[]){&line};
    assert_string_equal(",li.ming,,\r\n", row_of(&sign_ins.base, LANGUAGE_ZH));
}

static void pages_follow_each_other_up_to_the_limit(void **state)
{
    Onedoor__Gateway__SignInLine line = ONEDOOR__GATEWAY__SIGN_IN_LINE__INIT;
    Onedoor__Gateway__SignInLine *lines[CSV_PAGE];
    Onedoor__Gateway__ListSignInsReply reply = ONEDOOR__GATEWAY__LIST_SIGN_INS_REPLY__INIT;
    struct csv *csv = csv_begin(csv_list(reply.base.descriptor), LANGUAGE_ZH, FORM_CSV, arena);
    int pages = 0;
    (void)state;
    for (int i = 0; i < CSV_PAGE; i++)
        lines[i] = &line;
    reply.n_lines = CSV_PAGE;
    reply.lines = lines;
    reply.next = "17";
    do
        pages++;
    while (csv_add(csv, &reply.base) != NULL);
    assert_int_equal(pages, CSV_ROWS_MAX / CSV_PAGE);
    csv_drop(csv);
}

/* Rows as in CSV; LibreOffice and others open it (tests/web/exports.mjs reads its cells). */
static void a_workbook_is_a_workbook(void **state)
{
    Onedoor__Reporting__Dossier dossier = ONEDOOR__REPORTING__DOSSIER__INIT;
    Onedoor__Reporting__SearchReply reply = ONEDOOR__REPORTING__SEARCH_REPLY__INIT;
    struct csv *csv = csv_begin(csv_list(reply.base.descriptor), LANGUAGE_ZH, FORM_XLSX, arena);
    size_t size;
    (void)state;
    dossier.fee_fen = 79905;
    reply.n_dossiers = 1;
    reply.dossiers = (Onedoor__Reporting__Dossier *[]){&dossier};
    assert_null(csv_add(csv, &reply.base));
    char *book = csv_end(csv, &size);
    assert_non_null(book);
    assert_true(size > 1000);
    assert_memory_equal("PK\3\4", book, 4);
    free(book);
}

static void what_is_no_list_is_no_table(void **state)
{
    (void)state;
    assert_null(csv_list(&onedoor__routing__get_flow_reply__descriptor));
    assert_non_null(csv_list(&onedoor__reporting__search_reply__descriptor));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_row_says_what_a_person_reads, begin, end),
        cmocka_unit_test_setup_teardown(a_text_is_no_formula, begin, end),
        cmocka_unit_test_setup_teardown(money_is_in_yuan, begin, end),
        cmocka_unit_test_setup_teardown(the_ends_of_numbers_are_written_too, begin, end),
        cmocka_unit_test_setup_teardown(pages_follow_each_other_up_to_the_limit, begin, end),
        cmocka_unit_test_setup_teardown(a_workbook_is_a_workbook, begin, end),
        cmocka_unit_test(what_is_no_list_is_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
