/* SPDX-License-Identifier: Apache-2.0 */
/* What the gateway keeps itself is changed as it was shown: of two administrators the second does
 * not undo unseen what the first has changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <stdio.h>

static struct door door;

static int open_door(void **state)
{
    (void)state;
    door_open(&door, "", DOOR_GATEWAY);
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    door_close(&door);
    return 0;
}

static void keep_revision(json_t *person, char shown[24])
{
    snprintf(shown, 24, "%s", web_text(person, "revision"));
}

static void change(struct web *admin, const char *name, const char *shown, int status,
                   const char *reason, char now[24])
{
    char body[200];
    snprintf(body, sizeof body,
             "{\"fullName\":\"%s\",\"role\":\"REPORT_READER\",\"shownRevision\":\"%s\"}", name,
             shown);
    json_t *changed = web_expect(admin, "PUT", "/people/changed", body, status, reason);
    if (now != NULL)
        keep_revision(changed, now);
    json_decref(changed);
}

static void a_person_is_changed_as_he_was_shown(void **state)
{
    struct web admin = door_sign_in(&door, "administrator");
    char first[24], second[24];
    (void)state;
    json_t *added = web_expect(
        &admin, "POST", "/people",
        "{\"name\":\"changed\",\"fullName\":\"旧名\",\"role\":\"REPORT_READER\"}", 200, NULL);
    keep_revision(json_object_get(added, "person"), first);
    json_decref(added);
    change(&admin, "新名", first, 200, NULL, second);
    change(&admin, "别名", first, 409, "CHANGED_MEANWHILE", NULL);
    change(&admin, "别名", second, 200, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_is_changed_as_he_was_shown),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
