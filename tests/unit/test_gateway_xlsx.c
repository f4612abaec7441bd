/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/gateway/api/xlsx.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A workbook has names of people: a gateway that is killed while it writes one leaves nothing. */
static void a_workbook_has_no_file_that_can_stay_behind(void **state)
{
    char folder[] = "/tmp/onedoor-xlsx.XXXXXX";
    size_t size = 0;
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(0, setenv("TMPDIR", folder, 1));
    struct xlsx *xlsx = xlsx_new();
    assert_non_null(xlsx);
    xlsx_text(xlsx, 0, 0, "申请人");
    xlsx_text(xlsx, 1, 0, "王小明");
    xlsx_number(xlsx, 1, 1, 10.5);
    assert_int_equal(0, rmdir(folder)); /* it is empty */
    char *text = xlsx_end(&xlsx, &size);
    assert_non_null(text);
    assert_null(xlsx);
    assert_true(size > 1000);
    assert_memory_equal("PK\3\4", text, 4);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_workbook_has_no_file_that_can_stay_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
