/* SPDX-License-Identifier: Apache-2.0 */
/* The lead steers a case as it was shown: when a department has decided meanwhile, or the clock was
 * stopped, what was pressed is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/wire/revision.h"
#include "tests/world/routing_desk.h"

/* As a query answers it. */
static int64_t revision(struct world *hall, int64_t number)
{
    int64_t revision = routing_flow_revision(flow_of(hall, number));
    const struct task_row *task;
    for (int no = 1; (task = task_of(hall, number, no)) != NULL; no++)
        revision = revision_with(revision, routing_task_revision(task));
    return revision;
}

struct steering {
    Onedoor__Routing__Pause pause;
    Onedoor__Routing__Resume resume;
    Onedoor__Routing__Extend extend;
    Onedoor__Routing__ReturnBranch send_back;
};

static void fill(struct steering *steering, int64_t number, const char *department, int64_t shown)
{
    onedoor__routing__pause__init(&steering->pause);
    onedoor__routing__resume__init(&steering->resume);
    onedoor__routing__extend__init(&steering->extend);
    onedoor__routing__return_branch__init(&steering->send_back);
    steering->pause.kind = steering->resume.kind = ONEDOOR__ROUTING__PAUSE_KIND__EXPERTS;
    steering->pause.notice = "评字第1号";
    steering->pause.planned_days = 5;
    steering->extend.days = 5;
    steering->extend.reason = steering->send_back.reason = "情况复杂";
    steering->send_back.department = (char *)department;
    steering->pause.case_number = steering->resume.case_number = steering->extend.case_number =
        steering->send_back.case_number = number;
    steering->pause.shown_revision = steering->resume.shown_revision =
        steering->extend.shown_revision = steering->send_back.shown_revision = shown;
}

static void assert_all_refused(struct world *hall, const struct actor *lead,
                               const struct steering *steering)
{
    const ProtobufCMessage *all[] = {&steering->pause.base, &steering->resume.base,
                                     &steering->extend.base, &steering->send_back.base};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        assert_refused(CHANGED_MEANWHILE, world_command(hall, lead, all[i], NULL));
}

static void a_case_is_steered_as_it_was_shown(void **state)
{
    struct world *hall = *state;
    struct steering steering;
    const struct actor lead = approver_of("SAN");
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02"), shown = revision(hall, number);
    const char *department = task_of(hall, number, 1)->department;
    const struct actor approver = approver_of(department);
    assert_done(decide_with(hall, &approver, number, 0, NULL));
    fill(&steering, number, department, shown);
    assert_all_refused(hall, &lead, &steering);

    fill(&steering, number, department, revision(hall, number));
    assert_done(world_command(hall, &lead, &steering.pause.base, NULL));
    assert_all_refused(hall, &lead, &steering);
    fill(&steering, number, department, revision(hall, number));
    assert_done(world_command(hall, &lead, &steering.resume.base, NULL));
    fill(&steering, number, department, revision(hall, number));
    assert_done(world_command(hall, &lead, &steering.send_back.base, NULL));
    fill(&steering, number, department, revision(hall, number));
    assert_done(world_command(hall, &lead, &steering.extend.base, NULL));
}

/* The second person reads what was asked, whatever was decided since. */
static void an_extension_is_agreed_to_though_a_department_has_decided_since(void **state)
{
    struct world *hall = *state;
    struct steering steering;
    const struct actor lead = approver_of("SAN"), head = head_of("SAN");
    int64_t number = take_in(hall, &SAN_CLERK, "SAN-02");
    const struct actor approver = approver_of(task_of(hall, number, 1)->department);
    fill(&steering, number, "", revision(hall, number));
    assert_done(world_command(hall, &lead, &steering.extend.base, NULL));
    assert_done(decide_with(hall, &approver, number, 0, NULL));
    assert_done(agree_to(hall, "routing", &head, number, 1));
    assert_int_equal(5, flow_of(hall, number)->extended_days);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_case_is_steered_as_it_was_shown),
        HALL_TEST(an_extension_is_agreed_to_though_a_department_has_decided_since),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
