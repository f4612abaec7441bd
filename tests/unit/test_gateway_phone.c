/* SPDX-License-Identifier: Apache-2.0 */
/* The telephone's pages: what they say of a case in each state, and that nothing in a case can
 * become markup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "common/values/case_number.h"
#include "common/values/day.h"
#include "services/gateway/phone/form.h"
#include "services/gateway/phone/page.h"
#include "services/gateway/phone/words.h"
#include "tests/unit/dies.h"

static const struct page_hall hall = {
    .name = {"测试大厅", "Test Hall"},
    .hours = "09:00-12:00,13:00-17:00",
    .telephone = "12345",
    .style_path = "/p/style.css",
    .utc_offset_min = 480,
};

/* A wall clock in the hall in November 2026. */
static int64_t at(int32_t day, int32_t hour)
{
    return (day_from_ymd(2026, 11, day).n * INT64_C(24) + hour - 8) * 3600000;
}

static Onedoor__Intake__Place place = ONEDOOR__INTAKE__PLACE__INIT;
static Onedoor__Intake__Missing missing = ONEDOOR__INTAKE__MISSING__INIT;
static Onedoor__Intake__Missing *all_missing[] = {&missing};

static Onedoor__Intake__GetProgressReply progress_in(Onedoor__Intake__CaseState state)
{
    Onedoor__Intake__GetProgressReply progress = ONEDOOR__INTAKE__GET_PROGRESS_REPLY__INIT;
    place.window = 12;
    place.floor = 2;
    place.name_zh = "文体局窗口";
    place.name_en = "Culture window";
    progress.case_number = case_number_make(26, 11, 30, 42);
    progress.state = state;
    progress.item_name_zh = "文化经营许可";
    progress.item_name_en = "Culture licence";
    progress.received_ms = at(2, 10);
    progress.place = &place;
    return progress;
}

static char *page_of(const struct page_case *of, enum language language)
{
    struct page page = {
        .hall = &hall, .language = language, .path = "/p/code", .number = "", .four = ""};
    size_t size;
    char *html = page_case(&page, of, &size);
    assert_int_equal(strlen(html), size);
    return html;
}

static void says(const char *html, const char *text)
{
    if (strstr(html, text) == NULL)
        fail_msg("the page does not say %s:\n%s", text, html);
}

static void says_not(const char *html, const char *text)
{
    if (strstr(html, text) != NULL)
        fail_msg("the page says %s:\n%s", text, html);
}

/* ---- escaping */

static void whatever_fills_a_template_is_escaped(void **state)
{
    struct html html = {0};
    (void)state;
    HTML(&html, "<p title=\"{}\">{}</p>{}", "\"><script>alert('1')</script>", "a & b", NULL);
    HTML(&html, "{}", "{}");
    HTML(&html, "<br>");
    assert_string_equal("<p title=\"&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;\">"
                        "a &amp; b</p>{}<br>",
                        html.text);
    assert_int_equal(strlen(html.text), html.n);
    free(html.text);
}

static void too_few_values(void)
{
    struct html html = {0};
    HTML(&html, "{} {}", "one");
}

static void too_many_values(void)
{
    struct html html = {0};
    HTML(&html, "{}", "one", "two");
}

static void a_template_and_its_values_are_as_many(void **state)
{
    (void)state;
    assert_true(dies(too_few_values));
    assert_true(dies(too_many_values));
}

static void hostile_names_stay_text(void **state)
{
    static char hostile[] = "<img src=x onerror=alert(1)>\"'&";
    Onedoor__Intake__GetProgressReply progress =
        progress_in(ONEDOOR__INTAKE__CASE_STATE__CORRECTION);
    (void)state;
    missing.name_zh = missing.name_en = missing.note = hostile;
    missing.fault = ONEDOOR__INTAKE__PAPER_FAULT__OTHER_FAULT;
    progress.item_name_zh = progress.item_name_en = progress.reason = progress.right_authority =
        hostile;
    place.name_zh = place.name_en = place.telephone = hostile;
    progress.missing = all_missing;
    progress.n_missing = 1;
    const struct page_case of = {.progress = &progress, .now_ms = at(3, 9)};
    for (int language = LANGUAGE_ZH; language <= LANGUAGE_EN; language++) {
        char *html = page_of(&of, (enum language)language);
        says_not(html, "<img");
        says_not(html, "\"'&");
        says(html, "&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
        free(html);
    }
    place.telephone = "";
}

static void what_was_typed_stays_text_in_the_form(void **state)
{
    struct page page = {.hall = &hall, .path = "/p/\"><script>", .number = "", .four = ""};
    size_t size;
    (void)state;
    char *html = page_form(&page, "<script>", &size);
    says_not(html, "<script>");
    free(html);
}

/* ---- what a page says */

/* RULE H17 */
static void every_state_has_a_tone_a_word_and_what_to_do(void **state)
{
    const ProtobufCEnumDescriptor *states = &onedoor__intake__case_state__descriptor;
    (void)state;
    for (unsigned i = 0; i < states->n_values; i++) {
        if (states->values[i].value == 0)
            continue;
        Onedoor__Intake__GetProgressReply progress =
            progress_in((Onedoor__Intake__CaseState)states->values[i].value);
        const struct page_case of = {.progress = &progress, .now_ms = at(3, 9)};
        const struct state_words *words = state_words(progress.state);
        assert_non_null(words);
        char *zh = page_of(&of, LANGUAGE_ZH), *en = page_of(&of, LANGUAGE_EN);
        says(zh, words->name[LANGUAGE_ZH]);
        says(zh, words->now[LANGUAGE_ZH]);
        says(en, words->name[LANGUAGE_EN]);
        says(en, words->now[LANGUAGE_EN]);
        says(zh, "12 号窗口");
        says(zh, "2 层");
        says(zh, "09:00–12:00, 13:00–17:00");
        says(zh, "tel:12345");
        says(en, "Window 12");
        says(en, "<html lang=\"en\">");
        free(zh);
        free(en);
    }
}

/* RULE L32.4 */
static void whoever_must_correct_is_told_what_to_bring_and_until_when(void **state)
{
    Onedoor__Intake__GetProgressReply progress =
        progress_in(ONEDOOR__INTAKE__CASE_STATE__CORRECTION);
    (void)state;
    missing.name_zh = "营业执照";
    missing.name_en = "Business licence";
    missing.copies = 2;
    missing.fault = ONEDOOR__INTAKE__PAPER_FAULT__NOT_SEALED;
    missing.note = "第 3 页";
    progress.missing = all_missing;
    progress.n_missing = 1;
    progress.correction_due_ms = at(23, 17);
    const struct page_case of = {.progress = &progress, .now_ms = at(3, 9)};
    char *zh = page_of(&of, LANGUAGE_ZH), *en = page_of(&of, LANGUAGE_EN);
    says(zh, "补齐期限");
    says(zh, "2026年11月23日 （含当日）");
    says(zh, "营业执照");
    says(zh, "2 份");
    says(zh, "未盖章：</strong>第 3 页");
    says(zh, "到哪里办");
    says(en, "23 November 2026 (that day included)");
    says(en, "Business licence");
    says(en, "without its seal: </strong>第 3 页");
    free(zh);
    free(en);
}

static void whoever_must_pay_is_told_how_much(void **state)
{
    Onedoor__Intake__GetProgressReply progress =
        progress_in(ONEDOOR__INTAKE__CASE_STATE__PAYMENT_DUE);
    struct page_case of = {.progress = &progress, .bill_known = true, .bill_fen = 123450};
    (void)state;
    char *html = page_of(&of, LANGUAGE_ZH);
    says(html, "¥1,234.50");
    free(html);
    of.bill_known = false; /* charging did not answer */
    html = page_of(&of, LANGUAGE_ZH);
    says(html, "以收费窗口为准");
    says_not(html, "¥");
    free(html);
}

/* RULE L82 */
static void a_promise_is_said_with_its_day_and_whether_it_may_change(void **state)
{
    Onedoor__Intake__GetProgressReply progress =
        progress_in(ONEDOOR__INTAKE__CASE_STATE__IN_APPROVAL);
    struct page_case of = {.progress = &progress, .due_ms = at(20, 17), .due_provisional = true};
    (void)state;
    char *html = page_of(&of, LANGUAGE_ZH);
    says(html, "2026年11月20日 （含当日）");
    says(html, "尚未公布");
    free(html);
    progress.state = ONEDOOR__INTAKE__CASE_STATE__SUSPENDED; /* its clock is paused */
    html = page_of(&of, LANGUAGE_ZH);
    says_not(html, "2026年11月20日");
    free(html);
}

static void without_a_window_the_consultation_desk_is_named(void **state)
{
    Onedoor__Intake__GetProgressReply progress = progress_in(ONEDOOR__INTAKE__CASE_STATE__CLOSED);
    const struct page_case of = {.progress = &progress};
    (void)state;
    progress.place = NULL;
    char *html = page_of(&of, LANGUAGE_ZH);
    says(html, "咨询服务台");
    free(html);
}

static void the_form_has_the_keyboards_of_a_telephone(void **state)
{
    struct page page = {.hall = &hall, .path = "/p", .number = "2611300000423", .four = ""};
    size_t size;
    (void)state;
    char *html = page_form(&page, NULL, &size);
    says(html, "inputmode=\"numeric\"");
    says(html, "autocapitalize=\"characters\"");
    says(html, "value=\"2611300000423\"");
    says(html, "width=device-width");
    says_not(html, "<script");
    free(html);
}

/* ---- the form as it is sent */

static void a_field_is_read_as_it_was_meant(void **state)
{
    static const struct {
        const char *body, *value;
    } cases[] = {
        {"number=2611300000423&four=002X", "2611300000423"},
        {"four=002X&number=261130-000042-3", "2611300000423"},
        {"number=+261130+000042%203", "2611300000423"},
        {"number=%EF%BC%92%EF%BC%961130-000042-3", "2611300000423"}, /* full-width digits */
        {"number=", ""},
        {"numbers=1", ""},
        {"four=1", ""},
        {"", ""},
        {"number=%", ""},
        {"number=2611300000423%00", ""},
        {"number=2611300000423%ff", ""},
        {"number=%3cscript", ""},
    };
    struct arena *arena = arena_new(1 << 20);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct bytes body = {(unsigned char *)cases[i].body, strlen(cases[i].body)};
        assert_string_equal(cases[i].value, form_field(body, "number", TIDY_CASE, arena));
    }
    const struct bytes four = {(unsigned char *)"four=+00%32%EF%BD%98", 20};
    assert_string_equal("002X", form_field(four, "four", TIDY_DOCUMENT, arena));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_fills_a_template_is_escaped),
        cmocka_unit_test(a_template_and_its_values_are_as_many),
        cmocka_unit_test(hostile_names_stay_text),
        cmocka_unit_test(what_was_typed_stays_text_in_the_form),
        cmocka_unit_test(every_state_has_a_tone_a_word_and_what_to_do),
        cmocka_unit_test(whoever_must_correct_is_told_what_to_bring_and_until_when),
        cmocka_unit_test(whoever_must_pay_is_told_how_much),
        cmocka_unit_test(a_promise_is_said_with_its_day_and_whether_it_may_change),
        cmocka_unit_test(without_a_window_the_consultation_desk_is_named),
        cmocka_unit_test(the_form_has_the_keyboards_of_a_telephone),
        cmocka_unit_test(a_field_is_read_as_it_was_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
