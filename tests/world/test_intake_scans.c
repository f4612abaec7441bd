/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a case's papers: they come in piece by piece, are looked at on record, and go with
 * what is known of the applicant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdlib.h>

#include "services/intake/catalogue.h"
#include "services/intake/scan_file.h"
#include "tests/world/intake_desk.h"

enum { LARGE = 3 * SCAN_PIECE_BYTES + 17, YEARS_KEPT = 31 };

static const struct actor TRA_APPROVER = {"a15", ONEDOOR__ROLE__APPROVER, "TRA", 0};

/* A file that begins so, filled up to its size; `data` has LARGE bytes. */
static void make_file(unsigned char *data, size_t size, const char *start, size_t n)
{
    for (size_t i = 0; i < size; i++)
        data[i] = (unsigned char)(i * 31 + i / 251);
    memcpy(data, start, n);
}

static struct outcome begin(struct world *hall, const struct actor *actor, int64_t number,
                            const unsigned char *data, size_t size, const char *code,
                            Onedoor__Intake__BeginScanReply **reply)
{
    unsigned char hash[SCAN_HASH_BYTES];
    char text[2 * SCAN_HASH_BYTES + 1];
    Onedoor__Intake__BeginScan message = ONEDOOR__INTAKE__BEGIN_SCAN__INIT;
    crypto_hash_sha256(hash, data, size);
    message.case_number = number;
    message.seq = 2;
    message.bytes = (int64_t)size;
    message.sha256 = sodium_bin2hex(text, sizeof text, hash, sizeof hash);
    message.code = (char *)code;
    return world_command(hall, actor, &message.base, (ProtobufCMessage **)reply);
}

static struct outcome add(struct world *hall, const struct actor *actor, int64_t number,
                          int32_t scan, int32_t piece, const unsigned char *data, size_t size,
                          const char *code)
{
    Onedoor__Intake__AddPiece message = ONEDOOR__INTAKE__ADD_PIECE__INIT;
    message.case_number = number;
    message.scan = scan;
    message.piece = piece;
    message.data = (ProtobufCBinaryData){scan_file_piece_bytes((int64_t)size, piece),
                                         (uint8_t *)data + (size_t)(piece - 1) * SCAN_PIECE_BYTES};
    message.code = (char *)code;
    return world_command(hall, actor, &message.base, NULL);
}

/* All of a file that begins so; its number. */
static int32_t send(struct world *hall, int64_t number, size_t size, const char *start, size_t n)
{
    static unsigned char data[LARGE];
    Onedoor__Intake__BeginScanReply *reply;
    make_file(data, size, start, n);
    assert_done(begin(hall, &TRA_CLERK, number, data, size, "", &reply));
    int32_t scan = reply->scan, pieces = reply->pieces;
    for (int32_t piece = reply->received + 1; piece <= pieces; piece++)
        assert_done(add(hall, &TRA_CLERK, number, scan, piece, data, size, ""));
    return scan;
}

static const struct scan_row *kept(struct world *hall, int64_t number, int32_t scan)
{
    return world_row(hall, "intake", &intake_scan_table,
                     &(struct scan_row){.centre = 1, .number = number, .scan = (int16_t)scan});
}

static struct outcome look_at(struct world *hall, const struct actor *actor, int64_t number,
                              int32_t scan, Onedoor__Intake__ViewScanReply **reply)
{
    Onedoor__Intake__ViewScan message = ONEDOOR__INTAKE__VIEW_SCAN__INIT;
    message.case_number = number;
    message.scan = scan;
    message.purpose = "审查";
    return world_command(hall, actor, &message.base, (ProtobufCMessage **)reply);
}

static void a_file_comes_in_piece_by_piece_and_is_sealed(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    int32_t scan = send(hall, number, LARGE, "%PDF-1.7", 8);
    const struct scan_row *row = kept(hall, number, scan);
    assert_int_equal(ONEDOOR__INTAKE__SCAN_TYPE__PDF, row->type);
    assert_int_equal(4, row->received);
    assert_null(row->hashing.data);
    assert_int_equal(0, row->drop_ms);
    assert_int_equal(1, world_said(hall, "intake.ScanKept", number));
    assert_int_equal(4, world_count(hall, "intake", &intake_piece_table));
    const struct piece_row *last = world_row(
        hall, "intake", &intake_piece_table,
        &(struct piece_row){.centre = 1, .number = number, .scan = (int16_t)scan, .piece = 4});
    assert_int_equal(17 + SEAL_EXTRA_BYTES, last->sealed.len);
}

/* Whoever was cut off begins again, and what is there already is not sent or kept twice. */
static void the_same_file_goes_on_where_it_stopped(void **state)
{
    static unsigned char data[LARGE];
    struct world *hall = *state;
    Onedoor__Intake__BeginScanReply *reply;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    make_file(data, LARGE, "\xff\xd8\xff", 3);
    assert_done(begin(hall, &TRA_CLERK, number, data, LARGE, "", &reply));
    assert_done(add(hall, &TRA_CLERK, number, 1, 1, data, LARGE, ""));
    assert_done(add(hall, &TRA_CLERK, number, 1, 1, data, LARGE, ""));
    assert_refused(PIECE_NOT_NEXT, add(hall, &TRA_CLERK, number, 1, 3, data, LARGE, ""));
    assert_done(begin(hall, &TRA_CLERK, number, data, LARGE, "", &reply));
    assert_int_equal(1, reply->scan);
    assert_int_equal(1, reply->received);
    for (int32_t piece = 2; piece <= 4; piece++)
        assert_done(add(hall, &TRA_CLERK, number, 1, piece, data, LARGE, ""));
    assert_done(begin(hall, &TRA_CLERK, number, data, LARGE, "", &reply));
    assert_int_equal(4, reply->received); /* it is there */
    assert_int_equal(1, world_count(hall, "intake", &intake_scan_table));
}

static void a_file_is_what_its_content_says(void **state)
{
    static unsigned char data[LARGE];
    struct world *hall = *state;
    Onedoor__Intake__BeginScanReply *reply;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    make_file(data, 100, "MZ program", 10);
    assert_done(begin(hall, &TRA_CLERK, number, data, 100, "", &reply));
    assert_refused(SCAN_TYPE, add(hall, &TRA_CLERK, number, reply->scan, 1, data, 100, ""));
    make_file(data, 100, "PK\3\4 a workbook", 15);
    assert_done(begin(hall, &TRA_CLERK, number, data, 100, "", &reply));
    assert_refused(SCAN_TYPE, add(hall, &TRA_CLERK, number, reply->scan, 1, data, 100, ""));
    assert_int_equal(0, world_count(hall, "intake", &intake_piece_table));
}

/* RULE H21: its hash is the one that was said, to the last byte. */
static void a_file_that_differs_is_not_kept(void **state)
{
    static unsigned char data[LARGE];
    struct world *hall = *state;
    Onedoor__Intake__BeginScanReply *reply;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    make_file(data, SCAN_PIECE_BYTES + 1, "%PDF-", 5);
    assert_done(begin(hall, &TRA_CLERK, number, data, SCAN_PIECE_BYTES + 1, "", &reply));
    assert_done(add(hall, &TRA_CLERK, number, 1, 1, data, SCAN_PIECE_BYTES + 1, ""));
    assert_refused(SCAN_DIFFERS, add(hall, &TRA_CLERK, number, 1, 2, data, LARGE, ""));
    data[SCAN_PIECE_BYTES] ^= 1;
    assert_refused(SCAN_DIFFERS,
                   add(hall, &TRA_CLERK, number, 1, 2, data, SCAN_PIECE_BYTES + 1, ""));
    assert_non_null(kept(hall, number, 1)->hashing.data);
    assert_int_equal(0, world_said(hall, "intake.ScanKept", number));
}

static void a_hall_takes_so_much_and_no_more(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    Onedoor__Intake__BeginScan message = ONEDOOR__INTAKE__BEGIN_SCAN__INIT;
    message.case_number = number;
    message.seq = 1;
    message.bytes = (50 << 20) + 1;
    message.sha256 = "0000000000000000000000000000000000000000000000000000000000000000";
    assert_refused(SCAN_TOO_LARGE, world_command(hall, &TRA_CLERK, &message.base, NULL));
    message.bytes = 50 << 20;
    for (int seq = 1; seq <= 4; seq++) {
        message.seq = seq;
        assert_done(world_command(hall, &TRA_CLERK, &message.base, NULL));
    }
    message.bytes = 1;
    assert_refused(SCANS_FULL, world_command(hall, &TRA_CLERK, &message.base, NULL));
    message.seq = 5;
    assert_refused(UNKNOWN_MATERIAL, world_command(hall, &TRA_CLERK, &message.base, NULL));
    message.sha256 = "zz00000000000000000000000000000000000000000000000000000000000000";
    assert_refused(FIELD_INVALID, world_command(hall, &TRA_CLERK, &message.base, NULL));
}

/* From the telephone, with the code of a slip of this very case. */
static void an_applicant_sends_by_the_code_of_his_slip(void **state)
{
    static unsigned char data[LARGE];
    struct world *hall = *state;
    struct application application, other;
    Onedoor__Intake__SubmitReply *mine, *another;
    Onedoor__Intake__BeginScanReply *reply;
    assert_done(submit(hall, &TRA_CLERK, apply_with(hall, &application, "TRA-01", 1), &mine));
    int64_t number = mine->case_number;
    char *code = strdup(mine->code);
    assert_done(submit(hall, &TRA_CLERK, apply_with(hall, &other, "TRA-01", 1), &another));
    make_file(data, 64, "\x89PNG\r\n\x1a\n", 8);
    assert_refused(UNKNOWN_CASE, begin(hall, &PUBLIC, number, data, 64, "", &reply));
    assert_refused(UNKNOWN_CASE, begin(hall, &PUBLIC, number, data, 64, another->code, &reply));
    assert_done(begin(hall, &PUBLIC, number, data, 64, code, &reply));
    assert_refused(UNKNOWN_CASE, add(hall, &PUBLIC, number, 1, 1, data, 64, ""));
    assert_done(add(hall, &PUBLIC, number, 1, 1, data, 64, code));
    assert_int_equal(ONEDOOR__INTAKE__SCAN_TYPE__PNG, kept(hall, number, 1)->type);
    free(code);
}

/* RULE H21: those who handle the case look, and each look is on record. */
static void a_look_at_a_scan_is_on_record(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    int32_t scan = send(hall, number, LARGE, "%PDF-", 5);
    Onedoor__Intake__ViewScanReply *reply;
    assert_refused(OTHER_DEPARTMENT, look_at(hall, &FPC_CLERK, number, scan, NULL));
    assert_refused(UNKNOWN_SCAN, look_at(hall, &TRA_APPROVER, number, scan + 1, NULL));
    size_t before = world_count(hall, "intake", &intake_look_table);
    assert_done(look_at(hall, &TRA_APPROVER, number, scan, &reply));
    assert_int_equal(before + 1, world_count(hall, "intake", &intake_look_table));
    const struct look_row *look =
        world_row(hall, "intake", &intake_look_table,
                  &(struct look_row){.centre = 1, .number = number, .no = reply->look});
    assert_string_equal("a15", look->actor);
    assert_int_equal(scan, look->scan);
    assert_int_equal(LARGE, reply->bytes);
}

static void what_nobody_goes_on_with_is_removed(void **state)
{
    static unsigned char data[LARGE];
    struct world *hall = *state;
    Onedoor__Intake__BeginScanReply *reply;
    int64_t number = take_in(hall, &TRA_CLERK, "TRA-01");
    make_file(data, LARGE, "%PDF-", 5);
    assert_done(begin(hall, &TRA_CLERK, number, data, LARGE, "", &reply));
    assert_done(add(hall, &TRA_CLERK, number, 1, 1, data, LARGE, ""));
    world_clock(hall, world_now(hall) + 61 * 60000);
    world_settle(hall);
    assert_null(kept(hall, number, 1));
    assert_int_equal(0, world_count(hall, "intake", &intake_piece_table));
    assert_refused(UNKNOWN_SCAN, add(hall, &TRA_CLERK, number, 1, 2, data, LARGE, ""));
}

/* RULE H21: nothing of a file stays when the applicant is erased. */
static void scans_go_with_what_is_known_of_the_applicant(void **state)
{
    struct world *hall = *state;
    int64_t number = take_in(hall, &FPC_CLERK, "FPC-02");
    static unsigned char data[LARGE];
    Onedoor__Intake__BeginScanReply *reply;
    make_file(data, LARGE, "%PDF-", 5);
    assert_done(begin(hall, &FPC_CLERK, number, data, LARGE, "", &reply));
    for (int32_t piece = 1; piece <= 4; piece++)
        assert_done(add(hall, &FPC_CLERK, number, 1, piece, data, LARGE, ""));
    assert_done(finish(hall, &FPC_CLERK, number, true, ""));
    assert_done(deliver(hall, &FPC_CLERK, number));
    assert_refused(WRONG_STATE, begin(hall, &FPC_CLERK, number, data, 100, "", &reply));
    world_clock(hall, world_now(hall) + INT64_C(86400000) * 366 * YEARS_KEPT);
    world_settle(hall);
    assert_null(applicant(hall, number));
    assert_null(kept(hall, number, 1));
    assert_int_equal(0, world_count(hall, "intake", &intake_piece_table));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(a_file_comes_in_piece_by_piece_and_is_sealed),
        HALL_TEST(the_same_file_goes_on_where_it_stopped),
        HALL_TEST(a_file_is_what_its_content_says),
        HALL_TEST(a_file_that_differs_is_not_kept),
        HALL_TEST(a_hall_takes_so_much_and_no_more),
        HALL_TEST(an_applicant_sends_by_the_code_of_his_slip),
        HALL_TEST(a_look_at_a_scan_is_on_record),
        HALL_TEST(what_nobody_goes_on_with_is_removed),
        HALL_TEST(scans_go_with_what_is_known_of_the_applicant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
