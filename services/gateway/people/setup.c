/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/setup.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "common/values/log.h"
#include "services/gateway/people/accounts.h"
#include "services/gateway/people/store.h"

enum { ARENA_BYTES = 1 << 20 };

enum status setup_admin(struct people *people, char password[SECRET_TEXT_SIZE])
{
    struct person_row admin = {.name = "admin",
                               .full_name = "系统管理员",
                               .role = ONEDOOR__ROLE__ADMINISTRATOR,
                               .department = "",
                               .must_change = true};
    int64_t n = 0;
    struct arena *arena = arena_new_small(ARENA_BYTES);
    enum status status = store_count_people(people->store, arena, &n);
    arena_free(&arena);
    if (status == STATUS_OK && n > 0)
        return STATUS_NOT_FOUND;
    return status == STATUS_OK ? account_create(people, &admin, password) : status;
}

enum status setup_password(struct people *people, const char *name, char password[SECRET_TEXT_SIZE])
{
    char hashed[PASSWORD_HASH_SIZE];
    password_make_one_time(password);
    password_hash(&people->strength, password, hashed);
    enum status status =
        store_set_password(people->store, name, hashed, true, true, people_now_ms());
    if (status == STATUS_OK)
        log_warn(0, "people.let-in", "%s has a new one-time password, given on this machine", name);
    return status;
}

/* One for each role. The department is one of the reference hall's busy windows. */
static const struct person_row cast[] = {
    {.name = "clerk",
     .full_name = "演示窗口人员",
     .role = ONEDOOR__ROLE__WINDOW_CLERK,
     .department = "CUL",
     .window = 12},
    {.name = "approver",
     .full_name = "演示审批人员",
     .role = ONEDOOR__ROLE__APPROVER,
     .department = "CUL"},
    {.name = "lead",
     .full_name = "演示部门负责人",
     .role = ONEDOOR__ROLE__DEPARTMENT_LEAD,
     .department = "CUL"},
    {.name = "cashier",
     .full_name = "演示收费员",
     .role = ONEDOOR__ROLE__CASHIER,
     .department = ""},
    {.name = "supervisor",
     .full_name = "演示督查员",
     .role = ONEDOOR__ROLE__SUPERVISOR,
     .department = ""},
    {.name = "complaints",
     .full_name = "演示投诉受理员",
     .role = ONEDOOR__ROLE__COMPLAINT_OFFICER,
     .department = ""},
    {.name = "manager",
     .full_name = "演示业务主管",
     .role = ONEDOOR__ROLE__BUSINESS_MANAGER,
     .department = ""},
    {.name = "head",
     .full_name = "演示政府负责人",
     .role = ONEDOOR__ROLE__GOVERNMENT_HEAD,
     .department = ""},
    {.name = "reader",
     .full_name = "演示报表查阅员",
     .role = ONEDOOR__ROLE__REPORT_READER,
     .department = ""},
    {.name = "administrator",
     .full_name = "演示系统管理员",
     .role = ONEDOOR__ROLE__ADMINISTRATOR,
     .department = ""},
    {.name = "city",
     .full_name = "演示市级专窗",
     .role = ONEDOOR__ROLE__CITY_DESK,
     .department = "CITY"},
    {.name = "kiosk", .full_name = "演示自助终端", .role = ONEDOOR__ROLE__PUBLIC, .department = ""},
};

/* The file and the register must agree: who is there already gets a new password. */
static enum status make_one(struct people *people, const struct person_row *like, json_t *list)
{
    struct person_row person = *like;
    char password[SECRET_TEXT_SIZE], hashed[PASSWORD_HASH_SIZE];
    enum status status = account_create(people, &person, password);
    if (status == STATUS_NOT_FOUND) {
        password_hash(&people->strength, password, hashed);
        status =
            store_set_password(people->store, person.name, hashed, false, true, people_now_ms());
    }
    json_array_append_new(
        list,
        json_pack("{ss ss ss ss si}", "name", person.name, "password", password, "role",
                  protobuf_c_enum_descriptor_get_value(&onedoor__role__descriptor, (int)person.role)
                      ->name,
                  "department", person.department, "window", (int)person.window));
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

static void print_list(const json_t *list, FILE *out)
{
    size_t i;
    json_t *one;
    fprintf(out, "Demonstration:\n");
    json_array_foreach(list, i, one)
        fprintf(out, "  %-14s %-20s %-18s %s\n", json_string_value(json_object_get(one, "name")),
                json_string_value(json_object_get(one, "password")),
                json_string_value(json_object_get(one, "role")),
                json_string_value(json_object_get(one, "department")));
}

enum status setup_demonstration(struct people *people, const char *home, FILE *out)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/demo-users.json", home);
    if (access(path, F_OK) == 0)
        return STATUS_OK;
    json_t *list = json_array();
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof cast / sizeof cast[0] && status == STATUS_OK; i++)
        status = make_one(people, &cast[i], list);
    if (status == STATUS_OK)
        status = write_list(path, list);
    if (status == STATUS_OK)
        print_list(list, out);
    json_decref(list);
    return status;
}
