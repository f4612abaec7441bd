/* SPDX-License-Identifier: Apache-2.0 */
/* The files of the pages, and the addresses at which the application answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "services/gateway/http/files.h"

static void put(const char *folder, const char *name, const char *text)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void remove_folder(const char *folder)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(0, system(command));
}

static void a_file_is_found_by_its_very_path_alone(void **state)
{
    char folder[] = "/tmp/onedoor-files.XXXXXX";
    (void)state;
    assert_non_null(mkdtemp(folder));
    put(folder, "app-3f9a1c2b.js", "let a");
    put(folder, "app-3f9a1c2b.js.gz", "zipped");
    put(folder, "plain.css", "body{}");
    struct files *files = files_new(folder);
    const struct file *script = files_find(files, "/app-3f9a1c2b.js");
    assert_true(script->hashed);
    assert_false(files_find(files, "/plain.css")->hashed);
    assert_int_equal(CODING_GZIP, file_coding(script, "br, gzip"));
    assert_int_equal(CODING_PLAIN, file_coding(script, "gzip;q=0"));
    assert_int_equal(CODING_PLAIN, file_coding(script, NULL));
    assert_null(files_find(files, "/../etc/passwd.txt"));
    assert_null(files_find(files, "/missing.js"));
    assert_true(
        file_etag_matches(script->copies[CODING_PLAIN].etag, script->copies[CODING_PLAIN].etag));
    assert_false(file_etag_matches(NULL, script->copies[CODING_PLAIN].etag));
    assert_string_not_equal(script->copies[CODING_PLAIN].etag, script->copies[CODING_GZIP].etag);
    files_free(&files);
    remove_folder(folder);
}

static void the_application_answers_at_the_addresses_of_its_list(void **state)
{
    static const struct {
        const char *path;
        bool found;
    } cases[] = {
        {"/", true},
        {"/window", true},
        {"/window/", true},
        {"/Window", true},
        {"/window/12", false},
        {"/windows", false},
        {"/win", false},
        {"", false},
        {"/case/261123-000001-7", true},
        {"/case", false},
        {"/case/", false},
        {"/case/1/2", false},
        {"/kiosk", true},
        {"/kiosk/items/CON-01", true},
        {"/kiosks", false},
        {"/metrics", false},
        {"/status", false},
    };
    char folder[] = "/tmp/onedoor-files.XXXXXX";
    (void)state;
    assert_non_null(mkdtemp(folder));
    put(folder, "index.html", "<html>");
    put(folder, "pages.txt", "/\n/window\n/case/*\n/kiosk/**\n");
    struct files *files = files_new(folder);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct file *file = files_find(files, cases[i].path);
        if ((file != NULL) != cases[i].found)
            fail_msg("%s", cases[i].path);
        if (file != NULL)
            assert_string_equal("/index.html", file->path);
    }
    files_free(&files);
    remove_folder(folder);
}

static void without_a_list_there_is_the_start_page_alone(void **state)
{
    char folder[] = "/tmp/onedoor-files.XXXXXX";
    (void)state;
    assert_non_null(mkdtemp(folder));
    put(folder, "index.html", "<html>");
    struct files *files = files_new(folder);
    assert_non_null(files_find(files, "/"));
    assert_null(files_find(files, "/window"));
    files_free(&files);
    remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_found_by_its_very_path_alone),
        cmocka_unit_test(the_application_answers_at_the_addresses_of_its_list),
        cmocka_unit_test(without_a_list_there_is_the_start_page_alone),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
