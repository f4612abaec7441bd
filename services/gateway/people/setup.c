/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/setup.h"

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
        status = statement_allow_none(store_drop_second(people->store, name, people_now_ms()));
    if (status == STATUS_OK)
        log_warn(0, "people.let-in", "%s has a new one-time password, given on this machine", name);
    return status;
}
