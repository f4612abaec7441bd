/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: a backup from before a re-seal is restored, also when its key was deleted since, as it
 * may be once no row of the hall needs it: the backup brings it along. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "onedoor/intake.pb-c.h"
#include "tests/system/desk.h"
#include "tests/system/running.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAID_BYTES = 1 << 16, COMMAND_BYTES = 1000 };

/* A %s in the command is the hall's folder. */
static void does(const char *command, const char *arguments)
{
    static char said[SAID_BYTES];
    char filled[COMMAND_BYTES], line[2 * COMMAND_BYTES];
    snprintf(filled, sizeof filled, arguments, hall.home, hall.home);
    snprintf(line, sizeof line, "{ ONEDOOR_HOME=%s %s %s; } 2>&1", hall.home, command, filled);
    if (hall_command(line, said, sizeof said) != 0)
        fail_msg("%s: %s", line, said);
}

static void onedoor(const char *arguments)
{
    does("'" ONEDOOR_ROOT "/onedoor'", arguments);
}

static void assert_known(int64_t case_number)
{
    static const struct actor fpc = {"w1", ONEDOOR__ROLE__WINDOW_CLERK, "FPC", 1};
    Onedoor__Intake__ViewApplicant view = ONEDOOR__INTAKE__VIEW_APPLICANT__INIT;
    view.case_number = case_number;
    view.purpose = "核对身份";
    struct answer answer = desk_ask(client, NULL, &fpc, &view.base,
                                    &onedoor__intake__view_applicant_reply__descriptor, arena);
    assert_int_equal(ANSWER_OK, answer.kind);
    const Onedoor__Intake__ViewApplicantReply *reply = answer.message;
    assert_true(strlen(reply->applicant->name) > 0);
}

static void start(void)
{
    hall_start(&hall, NULL);
    running_connect();
}

static void stop(void)
{
    running_disconnect();
    hall_stop(&hall);
}

static void a_backup_from_before_a_reseal_is_restored(void **state)
{
    char keys[COMMAND_BYTES];
    (void)state;
    int64_t before = desk_submit(client, "FPC-02", arena);
    onedoor("backup %s.backup");
    snprintf(keys, sizeof keys, "'%s/onedoor-keys'", getenv("ONEDOOR_BIN"));
    does(keys, "--do=reseal %s intake");
    hall_restart(&hall, "intake");
    hall_await_log(&hall, "intake", "seal.keys_unused");
    int64_t after = desk_submit(client, "FPC-02", arena);
    stop();
    does("sed", "-i '/^key 1 /d' %s/keys/intake/seal");
    start();
    assert_known(before);
    assert_known(after);
    stop();
    onedoor("restore %s.backup");
    start();
    assert_known(before);
    assert_known(desk_submit(client, "FPC-02", arena)); /* sealed with the newest key */
    does("grep", "-q '^key 2 ' %s/keys/intake/seal");
    does("rm", "-rf %s.backup");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_backup_from_before_a_reseal_is_restored),
    };
    return cmocka_run_group_tests(tests, running_open, running_close);
}
