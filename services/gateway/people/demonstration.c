/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/demonstration.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "common/values/log.h"
#include "services/gateway/people/passwords.h"
#include "services/gateway/people/store.h"

enum { LOGIN_SIZE = 40, FULL_NAME_SIZE = 120 };

/* The hall's own desks, each with a password of its own. */
static const struct desk {
    const char *name, *full_name;
    Onedoor__Role role;
    const char *department;
    int32_t window; /* 0: none */
} desks[] = {
    {"cashier", "演示收费员", ONEDOOR__ROLE__CASHIER, "", 31},
    {"supervisor", "演示督查员", ONEDOOR__ROLE__SUPERVISOR, "", 0},
    {"complaints", "演示投诉受理员", ONEDOOR__ROLE__COMPLAINT_OFFICER, "", 0},
    {"manager", "演示业务主管", ONEDOOR__ROLE__BUSINESS_MANAGER, "", 0},
    {"head", "演示政府负责人", ONEDOOR__ROLE__GOVERNMENT_HEAD, "", 0},
    {"reader", "演示报表查阅员", ONEDOOR__ROLE__REPORT_READER, "", 0},
    {"administrator", "演示系统管理员", ONEDOOR__ROLE__ADMINISTRATOR, "", 0},
    {"city", "演示市级专窗", ONEDOOR__ROLE__CITY_DESK, "CITY", 0},
    {"kiosk", "演示自助终端", ONEDOOR__ROLE__PUBLIC, "", 0},
};

/* The departments of the reference hall (db/reference) that have not left it. The people of one
 * share a password, so that the table stays short. */
static const struct place {
    const char *department, *suffix, *name;
    int32_t window; /* 0: its post is vacant, and nobody sits at the window */
} places[] = {
    {"CUL", "", "文体局", 12}, /* first: its people are those of the examples */
    {"EDU", "-edu", "教育体育局", 1},
    {"PLN", "-pln", "规划分局", 2},
    {"LND", "-lnd", "国土资源局", 3},
    {"CON", "-con", "建管局", 4},
    {"ENV", "-env", "环保分局", 5},
    {"FPC", "-fpc", "计生局", 6},
    {"SAF", "-saf", "安监局", 7},
    {"HOU", "-hou", "房地局", 8},
    {"LAB", "-lab", "劳动和社会保障局", 9},
    {"SAN", "-san", "市容环卫局", 10},
    {"HEA", "-hea", "卫生局", 11},
    {"STA", "-sta", "统计局", 13},
    {"CIV", "-civ", "民政局", 14},
    {"TRA", "-tra", "交通局", 15},
    {"PRI", "-pri", "物价局", 16},
    {"AGR", "-agr", "农业局", 17},
    {"ECO", "-eco", "计经局", 0},
    {"POL", "-pol", "公安分局", 0},
    {"DEF", "-def", "人防办", 0},
    {"DIS", "-dis", "残联", 0},
    {"COM", "-com", "商贸局", 0},
    {"FOR", "-for", "林业局", 0},
    {"WAT", "-wat", "水务局", 0},
    {"JUS", "-jus", "司法局", 0},
    {"FIN", "-fin", "财政局", 0},
};

static const struct post {
    const char *name, *title;
    Onedoor__Role role;
} posts[] = {
    {"clerk", "窗口人员", ONEDOOR__ROLE__WINDOW_CLERK},
    {"approver", "审批人员", ONEDOOR__ROLE__APPROVER},
    {"lead", "负责人", ONEDOOR__ROLE__DEPARTMENT_LEAD},
};

enum { DESKS = sizeof desks / sizeof desks[0], PLACES = sizeof places / sizeof places[0] };
enum { POSTS = sizeof posts / sizeof posts[0] };

static const char *role_name(Onedoor__Role role)
{
    return protobuf_c_enum_descriptor_get_value(&onedoor__role__descriptor, (int)role)->name;
}

/* The file and the register must agree: who is there already gets the new password. */
static enum status make_one(struct people *people, struct person_row person, const char *password,
                            json_t *list)
{
    char hashed[PASSWORD_HASH_SIZE];
    password_hash(&people->strength, password, hashed);
    person.password = hashed;
    person.made_ms = people_now_ms();
    enum status status = store_add_person(people->store, &person);
    if (status == STATUS_NOT_FOUND)
        status =
            store_set_password(people->store, person.name, hashed, false, true, person.made_ms);
    json_array_append_new(list, json_pack("{ss ss ss ss si}", "name", person.name, "password",
                                          password, "role", role_name(person.role), "department",
                                          person.department, "window", (int)person.window));
    return status;
}

static enum status make_desk(struct people *people, const struct desk *desk, json_t *list,
                             FILE *table)
{
    char password[SECRET_TEXT_SIZE];
    password_make_one_time(password);
    fprintf(table, "  %-14s %s  %s\n", desk->name, password, role_name(desk->role));
    return make_one(people,
                    (struct person_row){.name = desk->name,
                                        .full_name = desk->full_name,
                                        .role = desk->role,
                                        .department = desk->department,
                                        .window = desk->window},
                    password, list);
}

static enum status make_place(struct people *people, const struct place *place, json_t *list,
                              FILE *table)
{
    char password[SECRET_TEXT_SIZE], name[LOGIN_SIZE], full_name[FULL_NAME_SIZE];
    enum status status = STATUS_OK;
    password_make_one_time(password);
    if (place->window != 0)
        fprintf(table, "  %s, window %-2d %s ", place->department, place->window, password);
    else
        fprintf(table, "  %s, vacant    %s ", place->department, password);
    for (int i = place->window == 0; i < POSTS && status == STATUS_OK; i++) {
        snprintf(name, sizeof name, "%s%s", posts[i].name, place->suffix);
        snprintf(full_name, sizeof full_name, "%s%s", place->name, posts[i].title);
        fprintf(table, " %s", name);
        struct person_row person = {.name = name,
                                    .full_name = full_name,
                                    .role = posts[i].role,
                                    .department = place->department,
                                    .window = i == 0 ? place->window : 0};
        status = make_one(people, person, password, list);
    }
    fprintf(table, "\n");
    return status;
}

static enum status make_all(struct people *people, json_t *list, FILE *table)
{
    enum status status = STATUS_OK;
    fprintf(table, "  user           password             role\n");
    for (int i = 0; i < DESKS && status == STATUS_OK; i++)
        status = make_desk(people, &desks[i], list, table);
    fprintf(table, "  place          password of its users\n");
    for (int i = 0; i < PLACES && status == STATUS_OK; i++)
        status = make_place(people, &places[i], list, table);
    return status;
}

static enum status write_list(const char *path, const json_t *list)
{
    char new_path[PATH_MAX + 8];
    snprintf(new_path, sizeof new_path, "%s.new", path);
    unlink(new_path);
    int fd = open(new_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool written = fd >= 0 && json_dumpfd(list, fd, JSON_INDENT(2)) == 0 &&
                   write(fd, "\n", 1) == 1 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    if (written && rename(new_path, path) == 0)
        return STATUS_OK;
    log_error(0, "people.list", "cannot write %s: %s", path, strerror(errno));
    return STATUS_FAILED;
}

enum status demonstration_make(struct people *people, const char *home, FILE *out)
{
    char path[PATH_MAX], *table = NULL;
    size_t n = 0;
    snprintf(path, sizeof path, "%s/demo-users.json", home);
    if (access(path, F_OK) == 0)
        return STATUS_OK;
    json_t *list = json_array();
    FILE *text = open_memstream(&table, &n);
    enum status status = make_all(people, list, text);
    fclose(text);
    if (status == STATUS_OK)
        status = write_list(path, list);
    if (status == STATUS_OK)
        fprintf(out, "The people of the demonstration (also in %s):\n%s", path, table);
    free(table);
    json_decref(list);
    return status;
}
