/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_BYTES = 1000 };

void door_settings(const struct door *door, const char *lines)
{
    char settings[LINES_BYTES];
    snprintf(settings, sizeof settings,
             "gateway_port = 0\npassword_memory_kib = 8\npassword_passes = 1\n"
             "rate_per_second = 0\nanswer_ms = 120000\n%s",
             lines);
    hall_settings(&door->hall, settings);
}

void door_open(struct door *door, const char *lines, const char *option)
{
    hall_make(&door->hall);
    door_start(door, lines, option);
}

void door_start(struct door *door, const char *lines, const char *option)
{
    char command[400], path[200];
    door_settings(door, lines);
    hall_start(&door->hall, option);
    snprintf(command, sizeof command, "'%s/onedoor-gateway' --home=%s --make=demo >/dev/null",
             getenv("ONEDOOR_BIN"), door->hall.home);
    assert_int_equal(0, system(command));
    snprintf(path, sizeof path, "%s/demo-users.json", door->hall.home);
    door->users = json_load_file(path, 0, NULL);
    assert_non_null(door->users);
}

void door_close(struct door *door)
{
    json_decref(door->users);
    hall_destroy(&door->hall);
}

struct door the_door;

int door_group_open(void **state)
{
    (void)state;
    door_open(&the_door, "", DOOR_GATEWAY);
    return 0;
}

int door_group_close(void **state)
{
    (void)state;
    door_close(&the_door);
    return 0;
}

const char *door_password(const struct door *door, const char *name)
{
    size_t i;
    json_t *user;
    json_array_foreach(door->users, i, user)
    {
        if (strcmp(web_text(user, "name"), name) == 0)
            return web_text(user, "password");
    }
    fail_msg("there is no user %s", name);
    return "";
}

struct web door_sign_in(const struct door *door, const char *name)
{
    struct web web = web_of(&door->hall);
    web_sign_in(&web, name, door_password(door, name));
    return web;
}

struct web door_approver(const struct door *door, const char *department, const char *name)
{
    return door_person(door, "APPROVER", department, 0, name);
}

struct web door_person(const struct door *door, const char *role, const char *department,
                       int window, const char *name)
{
    static const char password[] = "a password of my own";
    struct web admin = door_sign_in(door, "administrator"), web = web_of(&door->hall);
    char body[300];
    snprintf(body, sizeof body,
             "{\"name\":\"%s\",\"fullName\":\"测试\",\"role\":\"%s\",\"department\":\"%s\","
             "\"window\":%d}",
             name, role, department, window);
    json_t *added = web_expect(&admin, "POST", "/people", body, 200, NULL);
    web_sign_in(&web, name, web_text(added, "oneTimePassword"));
    snprintf(body, sizeof body, "{\"current\":\"%s\",\"next\":\"%s\"}",
             web_text(added, "oneTimePassword"), password);
    json_decref(web_expect(&web, "POST", "/session/password", body, 200, NULL));
    web_sign_in(&web, name, password);
    json_decref(added);
    return web;
}

const char door_application[] =
    "{\"item\":\"CUL-01\",\"applicant\":{\"kind\":\"PERSON\",\"name\":\"王小明\",\"document\":"
    "\"11010519491231002X\",\"phone\":\"13800138000\"},"
    "\"channel\":\"AT_WINDOW\",\"check\":true,\"materials\":[{\"seq\":1,\"copies\":1},{\"seq\":2,"
    "\"copies\":1},{\"seq\":3,\"copies\":1},{\"seq\":4,\"copies\":1}]}";

json_t *door_submit(struct web *clerk)
{
    return web_expect(clerk, "POST", "/cases", door_application, 200, NULL);
}

void door_await(struct web *web, const char *path, const char *object, const char *member,
                const char *value)
{
    struct retry retry = retry_begin();
    for (;;) {
        struct said said = web_ask(web, "GET", path, NULL);
        const json_t *at = object == NULL ? said.body : json_object_get(said.body, object);
        const char *is = json_string_value(json_object_get(at, member));
        bool there = said.status == 200 && is != NULL && strcmp(is, value) == 0;
        said_free(&said);
        if (there)
            return;
        retry_or_fail(&retry, path);
    }
}
