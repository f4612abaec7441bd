/* SPDX-License-Identifier: Apache-2.0 */
/* TLS as openssl's own client sees it: which versions and ciphers are taken, and what an answer
 * then says. Without TLS the gateway listens on the loopback address alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAID = 20000 };

static struct door door;
static int port;

/* A certificate that signs itself, and the settings that name it. */
static void make_certificate(void)
{
    char command[500], lines[300];
    snprintf(command, sizeof command,
             "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
             "-subj /CN=localhost -keyout %s/tls.key -out %s/tls.pem 2>/dev/null",
             door.hall.home, door.hall.home);
    assert_int_equal(0, system(command));
    snprintf(lines, sizeof lines,
             "tls_certificate = %s/tls.pem\ntls_key = %s/tls.key\nhead_s = 2\n", door.hall.home,
             door.hall.home);
    door_settings(&door, lines);
}

static void read_port(void)
{
    char path[200], address[100] = "";
    snprintf(path, sizeof path, "%s/run/gateway.address", door.hall.home);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_non_null(fgets(address, sizeof address, file));
    fclose(file);
    assert_int_equal(1, sscanf(address, "https://127.0.0.1:%d", &port));
}

static int open_door(void **state)
{
    (void)state;
    door_open(&door, "", DOOR_GATEWAY);
    make_certificate();
    hall_restart(&door.hall, "gateway");
    read_port();
    return 0;
}

static int close_door(void **state)
{
    (void)state;
    door_close(&door);
    return 0;
}

/* What s_client says of a connection with these options, on which it asks for a page. */
static const char *ask(const char *options)
{
    static char said[SAID];
    char command[400];
    snprintf(command, sizeof command,
             "printf 'GET /healthz HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\n\\r\\n' | "
             "openssl s_client -connect 127.0.0.1:%d -ign_eof %s 2>&1",
             port, options);
    hall_command(command, said, sizeof said);
    return said;
}

static void expect(const char *options, const char *text)
{
    const char *said = ask(options);
    if (strstr(said, text) == NULL)
        fail_msg("%s: %s", options, said);
}

static void new_versions_with_forward_secrecy_are_taken(void **state)
{
    (void)state;
    expect("-tls1_3", "TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384");
    expect("-tls1_2", "Cipher is ECDHE-ECDSA-AES256-GCM-SHA384");
    expect("-tls1_2 -cipher ECDHE-ECDSA-CHACHA20-POLY1305", "Cipher is ECDHE-ECDSA-CHACHA20");
    expect("-tls1_2", "Secure Renegotiation IS supported");
    expect("-tls1_2", "Compression: NONE");
    expect("-tls1_3", "HTTP/1.1 200 OK");
}

static void everything_else_is_not(void **state)
{
    static const char *const options[] = {
        "-tls1_1 -cipher ALL:@SECLEVEL=0",
        "-tls1 -cipher ALL:@SECLEVEL=0",
        "-tls1_2 -cipher AES256-GCM-SHA384:AES128-SHA:@SECLEVEL=0",
        "-tls1_2 -cipher ECDHE-ECDSA-AES256-SHA384:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0",
        "-tls1_2 -cipher aNULL:eNULL:@SECLEVEL=0",
        "-tls1_3 -ciphersuites TLS_AES_128_CCM_SHA256",
    };
    (void)state;
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        const char *said = ask(options[i]);
        if (strstr(said, "HTTP/1.1") != NULL || strstr(said, "Cipher is (NONE)") == NULL)
            fail_msg("%s: %s", options[i], said);
    }
}

static void no_session_is_taken_up_again(void **state)
{
    (void)state;
    expect("-tls1_2 -reconnect", "New, TLSv1.2");
    assert_null(strstr(ask("-tls1_2 -reconnect"), "Reused, "));
    assert_null(strstr(ask("-tls1_3"), "New Session Ticket arrived"));
}

static void a_browser_is_told_to_come_by_tls_alone(void **state)
{
    (void)state;
    expect("-tls1_3", "Strict-Transport-Security: max-age=31536000");
}

/* The cookies of a session are for TLS alone, and for this host. */
static void cookies_are_for_tls_alone(void **state)
{
    char command[500], said[SAID];
    (void)state;
    snprintf(
        command, sizeof command,
        "body='{\"name\":\"clerk\",\"password\":\"%s\"}'; printf 'POST /api/v1/session "
        "HTTP/1.1\\r\\nHost: h\\r\\nContent-Type: application/json\\r\\nConnection: close\\r\\n"
        "Content-Length: %%s\\r\\n\\r\\n%%s' \"${#body}\" \"$body\" | "
        "openssl s_client -quiet -connect 127.0.0.1:%d 2>&1",
        door_password(&door, "clerk"), port);
    hall_command(command, said, sizeof said);
    assert_non_null(strstr(said, "Set-Cookie: __Host-onedoor_session="));
    assert_non_null(strstr(said, "; HttpOnly; SameSite=Strict; Secure"));
}

static void plain_http_is_not_for_a_network(void **state)
{
    char command[300], said[SAID];
    (void)state;
    door_settings(&door, "gateway_address = 0.0.0.0\n");
    snprintf(command, sizeof command, "'%s/onedoor-gateway' --home=%s 2>&1", getenv("ONEDOOR_BIN"),
             door.hall.home);
    assert_int_equal(1, hall_command(command, said, sizeof said));
    assert_non_null(strstr(said, "plain HTTP is for 127.0.0.1"));
    door_settings(&door, "gateway_address = 0.0.0.0\nbehind_proxy = yes\n");
    hall_restart(&door.hall, "gateway");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_versions_with_forward_secrecy_are_taken),
        cmocka_unit_test(everything_else_is_not),
        cmocka_unit_test(no_session_is_taken_up_again),
        cmocka_unit_test(a_browser_is_told_to_come_by_tls_alone),
        cmocka_unit_test(cookies_are_for_tls_alone),
        cmocka_unit_test(plain_http_is_not_for_a_network),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
