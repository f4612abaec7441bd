/* SPDX-License-Identifier: Apache-2.0 */
/* RULE L44, H21: a result is handed to the applicant or his agent, who shows a document or a slip.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/world/intake_desk.h"

#define COLLECTED_BY(name) ONEDOOR__INTAKE__COLLECTOR__##name
#define AGENT              "440524188001010014"

/* A case by an agent, granted at the window; its number, and the code of its slips. */
static int64_t granted(struct world *hall, const char **code)
{
    struct application application;
    Onedoor__Intake__SubmitReply *reply;
    apply_with(hall, &application, "FPC-02", 99);
    act_for(&application, "李四", AGENT);
    assert_done(submit(hall, &FPC_CLERK, &application, &reply));
    assert_done(finish(hall, &FPC_CLERK, reply->case_number, true, ""));
    world_settle(hall);
    *code = reply->code;
    return reply->case_number;
}

static Onedoor__Intake__Deliver handing(int64_t number, int collector, const char *document)
{
    Onedoor__Intake__Deliver deliver = ONEDOOR__INTAKE__DELIVER__INIT;
    deliver.case_number = number;
    deliver.how = ONEDOOR__INTAKE__DELIVERY__HANDED_OVER;
    deliver.collector = (Onedoor__Intake__Collector)collector;
    deliver.document = (char *)document;
    return deliver;
}

static struct outcome hand_over(struct world *hall, const Onedoor__Intake__Deliver *deliver)
{
    return world_command(hall, &FPC_CLERK, &deliver->base, NULL);
}

static const struct collection_row *collection(struct world *hall, int64_t number)
{
    return world_row(hall, "intake", &intake_collection_table,
                     &(struct collection_row){.centre = 1, .number = number});
}

/* What he showed; null: a slip. */
static const Onedoor__Intake__Applicant *shown(struct world *hall, int64_t number)
{
    const struct collection_row *row = collection(hall, number);
    return opened(hall, &intake_collection_table, row, row->sealed);
}

static void the_document_is_that_of_the_application(void **state)
{
    struct world *hall = *state;
    const char *code;
    int64_t number = granted(hall, &code);
    Onedoor__Intake__Deliver wrong = handing(number, COLLECTED_BY(THE_APPLICANT), AGENT);
    assert_refused(COLLECTOR_DIFFERS, hand_over(hall, &wrong));
    assert_state(CLOSED, stored(hall, number));
    Onedoor__Intake__Deliver right =
        handing(number, COLLECTED_BY(THE_APPLICANT), "11010519491231002x");
    assert_done(hand_over(hall, &right));
    assert_state(DELIVERED, stored(hall, number));
    assert_int_equal(COLLECTED_BY(THE_APPLICANT), stored(hall, number)->collector);
    assert_string_equal(CITIZEN, shown(hall, number)->document);
    assert_string_equal("f6", collection(hall, number)->actor);
}

static void an_agent_collects_what_he_applied_for(void **state)
{
    struct world *hall = *state;
    const char *code;
    int64_t number = granted(hall, &code);
    Onedoor__Intake__Deliver agent = handing(number, COLLECTED_BY(THE_AGENT), AGENT);
    assert_done(hand_over(hall, &agent));
    assert_int_equal(COLLECTED_BY(THE_AGENT), stored(hall, number)->collector);
    int64_t other = take_in(hall, &FPC_CLERK, "FPC-02"); /* without an agent */
    assert_done(finish(hall, &FPC_CLERK, other, true, ""));
    world_settle(hall);
    agent.case_number = other;
    assert_refused(COLLECTOR_DIFFERS, hand_over(hall, &agent));
}

static void a_slip_of_the_case_does_and_no_other(void **state)
{
    struct world *hall = *state;
    const char *code, *other;
    int64_t number = granted(hall, &code);
    granted(hall, &other);
    Onedoor__Intake__Deliver slip = handing(number, COLLECTED_BY(THE_APPLICANT), "");
    slip.code = (char *)other;
    assert_refused(COLLECTOR_DIFFERS, hand_over(hall, &slip));
    slip.code = (char *)code;
    assert_done(hand_over(hall, &slip));
    assert_null(shown(hall, number));
}

static void someone_else_brings_a_letter_of_authority(void **state)
{
    struct world *hall = *state;
    const char *code;
    int64_t number = granted(hall, &code);
    Onedoor__Intake__Deliver another = handing(number, COLLECTED_BY(ANOTHER_AGENT), "E12345678");
    another.name = "John Smith";
    assert_refused(FIELD_MISSING, hand_over(hall, &another));
    another.letter = true;
    assert_done(hand_over(hall, &another));
    assert_string_equal("John Smith", shown(hall, number)->name);
    assert_string_equal("E12345678", shown(hall, number)->document);
}

static void nothing_is_handed_over_to_nobody(void **state)
{
    struct world *hall = *state;
    const char *code;
    int64_t number = granted(hall, &code);
    Onedoor__Intake__Deliver nobody = handing(number, 0, "");
    assert_refused(FIELD_MISSING, hand_over(hall, &nobody));
    Onedoor__Intake__Deliver nothing = handing(number, COLLECTED_BY(THE_APPLICANT), "");
    assert_refused(FIELD_MISSING, hand_over(hall, &nothing));
    Onedoor__Intake__Deliver posted = handing(number, 0, "");
    posted.how = ONEDOOR__INTAKE__DELIVERY__POSTED;
    posted.receipt = "EM123456789CN";
    assert_done(hand_over(hall, &posted));
    assert_null(collection(hall, number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(the_document_is_that_of_the_application),
        HALL_TEST(an_agent_collects_what_he_applied_for),
        HALL_TEST(a_slip_of_the_case_does_and_no_other),
        HALL_TEST(someone_else_brings_a_letter_of_authority),
        HALL_TEST(nothing_is_handed_over_to_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
