/* SPDX-License-Identifier: Apache-2.0 */
/* sessions.c: signing in and out, and one's own password. */
#include <sodium.h>
#include <string.h>
#include <time.h>

#include "onedoor/gateway.pb-c.h"
#include "services/gateway/caller/permissions.h"
#include "services/gateway/people/people_inside.h"

enum { MINUTE_MS = 60000, HOUR_MS = 3600000 };

int64_t wall_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct outcome locked_out(void)
{
    return people_refuse(ONEDOOR__CODE__RESOURCE_EXHAUSTED, ONEDOOR__GATEWAY__REFUSAL__LOCKED_OUT,
                         "too many wrong passwords: try again later");
}

static struct outcome wrong_password(void)
{
    return people_refuse(ONEDOOR__CODE__PERMISSION_DENIED,
                         ONEDOOR__GATEWAY__REFUSAL__WRONG_PASSWORD,
                         "the name or the password is wrong");
}

static enum status say_session(struct deed *deed, const struct person_row *person, const char *csrf,
                               int64_t ends_ms)
{
    bool demonstration = false;
    enum status status = people_demonstration(deed, &demonstration);
    if (status != STATUS_OK)
        return status;
    Onedoor__Gateway__Session *session =
        DEED_REPLY(deed, Onedoor__Gateway__Session, onedoor__gateway__session);
    session->name = (char *)person->name;
    session->full_name = (char *)person->full_name;
    session->role = person->role;
    session->department = (char *)person->department;
    session->window = person->window;
    session->must_change_password = person->must_change;
    session->csrf_token = arena_strdup(deed->arena, csrf);
    session->ends_ms = ends_ms;
    session->hall_name_zh = (char *)config_text(deed->people->config, "hall_name_zh");
    session->hall_name_en = (char *)config_text(deed->people->config, "hall_name_en");
    session->demonstration = demonstration;
    session->permissions = ARENA_ARRAY(deed->arena, char *, PERMISSIONS);
    for (int i = 0; i < PERMISSIONS; i++)
        if (permission_given((enum permission)i, person->role))
            session->permissions[session->n_permissions++] =
                (char *)permission_name((enum permission)i);
    return STATUS_OK;
}

static enum status open_session(struct deed *deed, const struct person_row *person, int64_t now_ms)
{
    unsigned char hash[SECRET_HASH_BYTES];
    char csrf[SECRET_TEXT_SIZE];
    int64_t ends_ms = now_ms + config_number(deed->people->config, "session_hours") * HOUR_MS;
    secret_new(deed->secret);
    secret_hash(deed->secret, hash);
    secret_csrf(deed->secret, csrf);
    enum status status = say_session(deed, person, csrf, ends_ms);
    return status == STATUS_OK ? store_add_session(&deed->people->store, hash, person->name,
                                                   deed->address, now_ms, ends_ms)
                               : status;
}

/* RULE H21: every attempt is on record. Costs the same whether there is somebody of the name or
 * not. */
static enum status judge(struct deed *deed, const Onedoor__Gateway__SignIn *ask, int64_t now_ms,
                         struct person_row *person, Onedoor__Gateway__SignInResult *result)
{
    struct people *people = deed->people;
    int64_t failures = 0, since_ms = now_ms - config_number(people->config, "lock_min") * MINUTE_MS;
    enum status status = store_failures(&people->store, ask->name, since_ms, &failures);
    if (status != STATUS_OK)
        return status;
    if (failures >= config_number(people->config, "sign_in_failures")) {
        *result = ONEDOOR__GATEWAY__SIGN_IN_RESULT__LOCKED;
        return store_add_sign_in(&people->store, ask->name, *result, deed->address, now_ms);
    }
    status = store_find_person(&people->store, ask->name, deed->arena, person);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    if (people->decoy[0] == '\0')
        password_hash(&people->strength, "nobody's password", people->decoy);
    bool right = password_is(status == STATUS_OK ? person->password : people->decoy, ask->password);
    right = right && status == STATUS_OK && !person->shut_out;
    *result = right ? ONEDOOR__GATEWAY__SIGN_IN_RESULT__SIGNED_IN
                    : ONEDOOR__GATEWAY__SIGN_IN_RESULT__FAILED;
    return store_add_sign_in(&people->store, ask->name, *result, deed->address, now_ms);
}

void people_sign_in(struct deed *deed)
{
    const Onedoor__Gateway__SignIn *ask = deed->message;
    Onedoor__Gateway__SignInResult result = ONEDOOR__GATEWAY__SIGN_IN_RESULT__FAILED;
    struct person_row person = {0};
    int64_t now_ms = wall_ms();
    deed->outcome = wrong_password();
    if (strlen(ask->name) >= NAME_SIZE || strlen(ask->password) > PASSWORD_MOST * 4)
        return;
    enum status status = judge(deed, ask, now_ms, &person, &result);
    if (status == STATUS_OK && result == ONEDOOR__GATEWAY__SIGN_IN_RESULT__SIGNED_IN)
        status = open_session(deed, &person, now_ms);
    if (status != STATUS_OK)
        deed->outcome = people_away();
    else if (result == ONEDOOR__GATEWAY__SIGN_IN_RESULT__LOCKED)
        deed->outcome = locked_out();
    else if (result == ONEDOOR__GATEWAY__SIGN_IN_RESULT__SIGNED_IN)
        deed->outcome = OUTCOME_OK;
    if (!is_ok(deed->outcome)) {
        deed->secret[0] = '\0';
        deed->reply = NULL;
    }
}

void people_get_session(struct deed *deed)
{
    struct person_row person = {.name = deed->caller.name,
                                .full_name = deed->caller.name,
                                .department = deed->caller.department,
                                .role = deed->caller.role,
                                .window = deed->caller.window};
    enum status status =
        deed->caller.by_session
            ? store_find_person(&deed->people->store, deed->caller.name, deed->arena, &person)
            : STATUS_OK;
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        status = say_session(deed, &person, deed->csrf, deed->caller.ends_ms);
    deed->outcome = status == STATUS_OK ? OUTCOME_OK : people_away();
}

void people_sign_out(struct deed *deed)
{
    enum status status = deed->caller.by_session
                             ? store_end_session(&deed->people->store, deed->caller.hash)
                             : STATUS_OK;
    deed->outcome = status == STATUS_OK ? OUTCOME_OK : people_away();
    deed->signed_out = status == STATUS_OK;
}

/* The old password is asked again, and counts as an attempt: a borrowed session cannot guess it
 * either. */
void people_change_password(struct deed *deed)
{
    const Onedoor__Gateway__ChangePassword *ask = deed->message;
    Onedoor__Gateway__SignInResult result = ONEDOOR__GATEWAY__SIGN_IN_RESULT__FAILED;
    Onedoor__Gateway__SignIn again = {.name = deed->caller.name, .password = ask->current};
    struct person_row person = {0};
    char hashed[PASSWORD_HASH_SIZE];
    int64_t now_ms = wall_ms();
    const char *fault = password_fault(ask->next, deed->caller.name);
    if (fault == NULL && strcmp(ask->next, ask->current) == 0)
        fault = "must be another one";
    if (fault != NULL) {
        deed->outcome =
            invalid((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__PASSWORD_TOO_WEAK, "next", fault);
        return;
    }
    enum status status = judge(deed, &again, now_ms, &person, &result);
    if (status == STATUS_OK && result != ONEDOOR__GATEWAY__SIGN_IN_RESULT__SIGNED_IN) {
        deed->outcome =
            result == ONEDOOR__GATEWAY__SIGN_IN_RESULT__LOCKED ? locked_out() : wrong_password();
        return;
    }
    if (status == STATUS_OK) {
        password_hash(&deed->people->strength, ask->next, hashed);
        status =
            store_set_password(&deed->people->store, person.name, hashed, false, false, now_ms);
    }
    person.must_change = false;
    if (status == STATUS_OK)
        status = open_session(deed, &person, now_ms);
    deed->people_changed = true;
    deed->outcome = status == STATUS_OK ? OUTCOME_OK : people_away();
    if (status == STATUS_OK)
        deed->fact = (struct fact){"people.password", person.name};
    else
        deed->secret[0] = '\0';
}
