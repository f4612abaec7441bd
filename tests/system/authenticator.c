/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/authenticator.h"

#include <string.h>
#include <time.h>

void authenticator_show(const char *secret_text, int64_t step, char code[TOTP_CODE_SIZE])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned char secret[TOTP_SECRET_BYTES] = {0};
    assert_int_equal(TOTP_SECRET_BYTES * 8 / 5, strlen(secret_text));
    for (int bit = 0; bit < TOTP_SECRET_BYTES * 8; bit++) {
        const char *letter = strchr(letters, secret_text[bit / 5]);
        assert_non_null(letter);
        if (((letter - letters) >> (4 - bit % 5) & 1) != 0)
            secret[bit / 8] |= (unsigned char)(1 << (7 - bit % 8));
    }
    totp_code(secret, step, code);
}

int64_t authenticator_now(void)
{
    return totp_step((int64_t)time(NULL) * 1000);
}

void authenticator_put(struct web *web, const char *password, char body[TEMPLATE_BYTES])
{
    char begin[TEMPLATE_BYTES] = "{\"password\":\"{password}\"}", code[TOTP_CODE_SIZE];
    template_put(begin, "{password}", password);
    json_t *begun = web_expect(web, "POST", "/session/second-factor", begin, 200, NULL);
    authenticator_show(web_text(begun, "secret"), authenticator_now(), code);
    template_put(body, "{totp}", code);
    json_decref(begun);
}
