/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/people.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/values/log.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/caller/permissions.h"
#include "services/gateway/people/passwords.h"
#include "services/gateway/people/people_inside.h"

enum {
    PAGE = 100,
    PAGE_MAX = 500,
    NAME_LEAST = 2,
    FULL_NAME_MAX = 120,
    SWEEP_MS = 3600000,
    MINUTE_MS = 60000
};

struct people *people_new(const struct config *config)
{
    struct people *people = calloc(1, sizeof *people);
    must(people != NULL);
    people->config = config;
    people->store =
        (struct people_store){.config = config, .centre = (int16_t)config_number(config, "centre")};
    people->strength =
        (struct password_strength){(size_t)config_number(config, "password_memory_kib") * 1024,
                                   (unsigned)config_number(config, "password_passes")};
    return people;
}

void people_free(struct people **people)
{
    if (*people == NULL)
        return;
    pg_close(&(*people)->store.pg);
    free(*people);
    *people = NULL;
}

/* ---- outcomes */

struct outcome people_refuse(Onedoor__Code code, Onedoor__Gateway__Refusal why, const char *detail)
{
    return (struct outcome){code, (Onedoor__Reason)why, detail, NULL};
}

struct outcome people_away(void)
{
    return people_refuse(ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__GATEWAY__REFUSAL__PEOPLE_AWAY,
                         "the people's register cannot be reached");
}

struct outcome people_told(enum status status, struct outcome none)
{
    return status == STATUS_OK ? OUTCOME_OK : status == STATUS_NOT_FOUND ? none : people_away();
}

static struct outcome unknown_person(void)
{
    return people_refuse(ONEDOOR__CODE__NOT_FOUND, ONEDOOR__GATEWAY__REFUSAL__UNKNOWN_PERSON,
                         "there is nobody of this name");
}

static struct outcome name_taken(void)
{
    return people_refuse(ONEDOOR__CODE__ALREADY_EXISTS, ONEDOOR__GATEWAY__REFUSAL__NAME_TAKEN,
                         "this name is taken");
}

static struct outcome bad(const char *field, const char *detail)
{
    return invalid(ONEDOOR__REASON__FIELD_INVALID, field, detail);
}

/* ---- checks */

static bool is_made_of(const char *text, const char *letters, size_t least, size_t most)
{
    size_t length = strlen(text);
    return length >= least && length <= most && strspn(text, letters) == length;
}

/* RULE H21: who works in a department sees that department, so the role says whether there must be
 * one. */
static struct outcome check_place(Onedoor__Role role, const char *department, int32_t window)
{
    if (role == ONEDOOR__ROLE__ROLE_UNSPECIFIED || role >= ONEDOOR__ROLE__SYSTEM)
        return bad("role", "must be a role a person may have");
    if (role_has_department(role) && !is_made_of(department, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 2, 8))
        return bad("department", "must be 2 to 8 capitals for this role");
    if (!role_has_department(role) && department[0] != '\0')
        return bad("department", "must be empty: this role is the hall's");
    if (role == ONEDOOR__ROLE__WINDOW_CLERK ? window < 1 || window > 9999 : window != 0)
        return bad("window", "must be 1 to 9999 for a window clerk, else 0");
    return OUTCOME_OK;
}

static struct outcome check_person(const struct person_row *person)
{
    size_t full = strlen(person->full_name);
    if (!is_made_of(person->name, "abcdefghijklmnopqrstuvwxyz0123456789.-", NAME_LEAST,
                    NAME_SIZE - 1))
        return bad("name", "must be 2 to 40 of a-z, 0-9, dot and dash");
    if (full < 1 || full > FULL_NAME_MAX)
        return bad("fullName", "must be 1 to 120 bytes");
    return check_place(person->role, person->department, person->window);
}

static struct outcome check_limit(int32_t limit)
{
    return limit < 0 || limit > PAGE_MAX ? bad("limit", "must be 0 to 500") : OUTCOME_OK;
}

/* ---- recognising */

static int64_t idle_since(const struct people *people, int64_t now_ms)
{
    return now_ms - config_number(people->config, "session_idle_min") * MINUTE_MS;
}

static void sweep_now_and_then(struct people *people, int64_t now_ms)
{
    if (now_ms < people->sweep_ms)
        return;
    people->sweep_ms = now_ms + SWEEP_MS;
    int64_t kept_ms = config_number(people->config, "keys_kept_days") * 24 * 60 * MINUTE_MS;
    if (store_sweep(&people->store, now_ms, idle_since(people, now_ms), now_ms - kept_ms) !=
        STATUS_OK)
        log_warn(0, "people.sweep", "what has ended could not be swept away");
}

void people_recognise(struct deed *deed)
{
    struct people *people = deed->people;
    unsigned char hash[SECRET_HASH_BYTES];
    int64_t now_ms = wall_ms();
    memcpy(hash, deed->caller.hash, sizeof hash);
    enum status status =
        store_find_session(&people->store, hash, now_ms, idle_since(people, now_ms), &deed->caller);
    if (status == STATUS_NOT_FOUND)
        status = store_find_token(&people->store, hash, now_ms, &deed->caller);
    deed->outcome = people_told(status, people_refuse(ONEDOOR__CODE__PERMISSION_DENIED,
                                                      ONEDOOR__GATEWAY__REFUSAL__SIGN_IN_NEEDED,
                                                      "the session has ended"));
    sweep_now_and_then(people, now_ms);
}

/* ---- people */

static Onedoor__Gateway__Person *person_message(const struct person_row *row, struct arena *arena)
{
    Onedoor__Gateway__Person *person = ARENA_NEW(arena, Onedoor__Gateway__Person);
    onedoor__gateway__person__init(person);
    person->name = (char *)row->name;
    person->full_name = (char *)row->full_name;
    person->role = row->role;
    person->department = (char *)row->department;
    person->window = row->window;
    person->shut_out = row->shut_out;
    person->must_change_password = row->must_change;
    person->made_ms = row->made_ms;
    person->signed_in_ms = row->signed_in_ms;
    return person;
}

void people_list(struct deed *deed)
{
    const Onedoor__Gateway__ListPeople *ask = deed->message;
    struct person_row *rows = NULL;
    int n = 0, limit = ask->limit == 0 ? PAGE : ask->limit;
    deed->outcome = check_limit(ask->limit);
    if (is_ok(deed->outcome))
        deed->outcome = people_told(
            store_list_people(&deed->people->store, ask->after, limit + 1, deed->arena, &rows, &n),
            people_away());
    if (!is_ok(deed->outcome))
        return;
    Onedoor__Gateway__ListPeopleReply *reply =
        DEED_REPLY(deed, Onedoor__Gateway__ListPeopleReply, onedoor__gateway__list_people_reply);
    if (n > limit)
        reply->next = (char *)rows[limit - 1].name;
    reply->n_people = (size_t)(n > limit ? limit : n);
    reply->people = ARENA_ARRAY(deed->arena, Onedoor__Gateway__Person *, n + 1);
    for (size_t i = 0; i < reply->n_people; i++)
        reply->people[i] = person_message(&rows[i], deed->arena);
}

/* A person with a new one-time password. */
enum status people_add_row(struct people *people, struct person_row *person,
                           char password[SECRET_TEXT_SIZE])
{
    char hashed[PASSWORD_HASH_SIZE];
    password_make_one_time(password);
    password_hash(&people->strength, password, hashed);
    person->password = hashed;
    person->made_ms = wall_ms();
    return store_add_person(&people->store, person);
}

void people_add(struct deed *deed)
{
    const Onedoor__Gateway__AddPerson *ask = deed->message;
    char password[SECRET_TEXT_SIZE];
    struct person_row person = {.name = ask->name,
                                .full_name = ask->full_name,
                                .role = ask->role,
                                .department = ask->department,
                                .window = ask->window,
                                .must_change = true};
    deed->outcome = check_person(&person);
    if (is_ok(deed->outcome))
        deed->outcome = people_told(people_add_row(deed->people, &person, password), name_taken());
    if (!is_ok(deed->outcome))
        return;
    Onedoor__Gateway__AddPersonReply *reply =
        DEED_REPLY(deed, Onedoor__Gateway__AddPersonReply, onedoor__gateway__add_person_reply);
    reply->person = person_message(&person, deed->arena);
    reply->one_time_password = arena_strdup(deed->arena, password);
    deed->fact = (struct fact){"people.added", person.name};
}

void people_change(struct deed *deed)
{
    const Onedoor__Gateway__ChangePerson *ask = deed->message;
    struct person_row person = {.name = ask->name,
                                .full_name = ask->full_name,
                                .role = ask->role,
                                .department = ask->department,
                                .window = ask->window,
                                .shut_out = ask->shut_out};
    deed->outcome = check_person(&person);
    if (is_ok(deed->outcome) && strcmp(person.name, deed->caller.name) == 0 &&
        (person.shut_out || person.role != deed->caller.role))
        deed->outcome = people_refuse(ONEDOOR__CODE__FAILED_PRECONDITION,
                                      ONEDOOR__GATEWAY__REFUSAL__NOT_YOURSELF,
                                      "not to oneself: another administrator may");
    if (is_ok(deed->outcome))
        deed->outcome =
            people_told(store_change_person(&deed->people->store, &person), unknown_person());
    if (is_ok(deed->outcome))
        deed->outcome =
            people_told(store_find_person(&deed->people->store, ask->name, deed->arena, &person),
                        unknown_person());
    if (!is_ok(deed->outcome))
        return;
    deed->reply = &person_message(&person, deed->arena)->base;
    deed->people_changed = true;
    deed->fact = (struct fact){"people.changed", person.name};
}

void people_reset_password(struct deed *deed)
{
    const Onedoor__Gateway__ResetPassword *ask = deed->message;
    char password[SECRET_TEXT_SIZE], hashed[PASSWORD_HASH_SIZE];
    password_make_one_time(password);
    password_hash(&deed->people->strength, password, hashed);
    deed->outcome = people_told(
        store_set_password(&deed->people->store, ask->name, hashed, true, true, wall_ms()),
        unknown_person());
    if (!is_ok(deed->outcome))
        return;
    Onedoor__Gateway__ResetPasswordReply *reply = DEED_REPLY(
        deed, Onedoor__Gateway__ResetPasswordReply, onedoor__gateway__reset_password_reply);
    reply->one_time_password = arena_strdup(deed->arena, password);
    deed->people_changed = true;
    deed->fact = (struct fact){"people.reset", ask->name};
}

/* The id of the last line of the page before, as text. */
static bool read_cursor(const char *text, int64_t *before)
{
    int used = 0;
    *before = INT64_MAX;
    return text[0] == '\0' ||
           (sscanf(text, "%18" SCNd64 "%n", before, &used) == 1 && text[used] == '\0');
}

void people_list_sign_ins(struct deed *deed)
{
    const Onedoor__Gateway__ListSignIns *ask = deed->message;
    struct sign_in_page page = {
        .name = ask->name, .result = ask->result, .limit = ask->limit == 0 ? PAGE : ask->limit};
    deed->outcome = check_limit(ask->limit);
    if (is_ok(deed->outcome) && !read_cursor(ask->after, &page.before))
        deed->outcome = bad("after", "this is not where a page ended");
    if (!is_ok(deed->outcome))
        return;
    Onedoor__Gateway__ListSignInsReply *reply =
        DEED_REPLY(deed, Onedoor__Gateway__ListSignInsReply, onedoor__gateway__list_sign_ins_reply);
    deed->outcome = people_told(
        store_list_sign_ins(&deed->people->store, &page, deed->arena, reply), people_away());
}

/* ---- tokens */

void people_list_tokens(struct deed *deed)
{
    struct token_row *rows = NULL;
    int n = 0;
    deed->outcome = people_told(
        store_list_tokens(&deed->people->store, wall_ms(), deed->arena, &rows, &n), people_away());
    if (!is_ok(deed->outcome))
        return;
    Onedoor__Gateway__ListTokensReply *reply =
        DEED_REPLY(deed, Onedoor__Gateway__ListTokensReply, onedoor__gateway__list_tokens_reply);
    reply->n_tokens = (size_t)n;
    reply->tokens = ARENA_ARRAY(deed->arena, Onedoor__Gateway__Token *, n + 1);
    for (int i = 0; i < n; i++) {
        Onedoor__Gateway__Token *token = reply->tokens[i] =
            ARENA_NEW(deed->arena, Onedoor__Gateway__Token);
        onedoor__gateway__token__init(token);
        token->name = (char *)rows[i].name;
        token->role = rows[i].role;
        token->department = (char *)rows[i].department;
        token->window = rows[i].window;
        token->made_ms = rows[i].made_ms;
        token->ends_ms = rows[i].ends_ms;
    }
}

void people_add_token(struct deed *deed)
{
    const Onedoor__Gateway__AddToken *ask = deed->message;
    char secret[SECRET_TEXT_SIZE];
    unsigned char hash[SECRET_HASH_BYTES];
    int64_t now_ms = wall_ms();
    struct token_row token = {.name = ask->name,
                              .role = ask->role,
                              .department = ask->department,
                              .window = ask->window,
                              .made_ms = now_ms,
                              .ends_ms = now_ms + (int64_t)ask->days * 24 * 60 * MINUTE_MS};
    deed->outcome = check_person(&(struct person_row){.name = ask->name,
                                                      .full_name = "token",
                                                      .role = ask->role,
                                                      .department = ask->department,
                                                      .window = ask->window});
    if (is_ok(deed->outcome) && (ask->days < 1 || ask->days > 3660))
        deed->outcome = bad("days", "must be 1 to 3660");
    /* A machine that could make people could make itself anybody. */
    if (is_ok(deed->outcome) && ask->role == ONEDOOR__ROLE__ADMINISTRATOR)
        deed->outcome = bad("role", "must not be an administrator's: those are people");
    if (!is_ok(deed->outcome))
        return;
    secret_new(secret);
    secret_hash(secret, hash);
    deed->outcome = people_told(
        store_add_token(&deed->people->store, &token, hash, deed->caller.name), name_taken());
    if (!is_ok(deed->outcome))
        return;
    Onedoor__Gateway__AddTokenReply *reply =
        DEED_REPLY(deed, Onedoor__Gateway__AddTokenReply, onedoor__gateway__add_token_reply);
    reply->secret = arena_strdup(deed->arena, secret);
    reply->ends_ms = token.ends_ms;
    deed->fact = (struct fact){"people.token", token.name};
}

void people_revoke_token(struct deed *deed)
{
    const Onedoor__Gateway__RevokeToken *ask = deed->message;
    deed->outcome = people_told(store_end_token(&deed->people->store, ask->name), unknown_person());
    deed->people_changed = is_ok(deed->outcome);
}
