/* SPDX-License-Identifier: Apache-2.0 */
/* Codes of an authenticator: the test vectors of RFC 6238 (SHA-1), of which we show six digits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/gateway/people/totp.h"

static const unsigned char secret[TOTP_SECRET_BYTES] = "12345678901234567890";

static void the_vectors_of_the_rfc_come_out(void **state)
{
    static const struct {
        int64_t s;
        const char *code;
    } vectors[] = {
        {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
        {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
    };
    char code[TOTP_CODE_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        totp_code(secret, totp_step(vectors[i].s * 1000), code);
        assert_string_equal(vectors[i].code, code);
    }
}

static void a_code_is_good_in_its_step_and_the_two_beside_it(void **state)
{
    enum { STEP = 37037036 };
    char code[TOTP_CODE_SIZE];
    (void)state;
    totp_code(secret, STEP, code);
    assert_int_equal(STEP, totp_find(secret, code, (int64_t)STEP * TOTP_STEP_MS));
    assert_int_equal(STEP, totp_find(secret, code, (int64_t)(STEP - 1) * TOTP_STEP_MS));
    assert_int_equal(STEP, totp_find(secret, code, (int64_t)(STEP + 2) * TOTP_STEP_MS - 1));
    assert_int_equal(0, totp_find(secret, code, (int64_t)(STEP + 2) * TOTP_STEP_MS));
    assert_int_equal(0, totp_find(secret, code, (int64_t)(STEP - 1) * TOTP_STEP_MS - 1));
    assert_int_equal(0, totp_find(secret, "", (int64_t)STEP * TOTP_STEP_MS));
    assert_int_equal(0, totp_find(secret, "12345", (int64_t)STEP * TOTP_STEP_MS));
}

static void the_secret_is_written_in_base32(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    (void)state;
    const char *text = totp_secret_text(secret, arena);
    assert_string_equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", text);
    assert_string_equal("otpauth://totp/Onedoor:li.ming?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        "&issuer=Onedoor",
                        totp_uri(text, "li.ming", arena));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_the_rfc_come_out),
        cmocka_unit_test(a_code_is_good_in_its_step_and_the_two_beside_it),
        cmocka_unit_test(the_secret_is_written_in_base32),
    };
    return cmocka_run_group_tests_name("totp", tests, NULL, NULL);
}
