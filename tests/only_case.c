/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

/* A test program runs only the cases whose names match ONEDOOR_CASE, a pattern with * and ?. */
__attribute__((constructor)) static void choose_cases(void)
{
    const char *pattern = getenv("ONEDOOR_CASE");
    if (pattern != NULL)
        cmocka_set_test_filter(pattern);
}
