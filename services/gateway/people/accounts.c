/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/accounts.h"

#include <string.h>

#include "common/wire/revision.h"
#include "onedoor/gateway.pb-c.h"
#include "services/gateway/caller/permissions.h"
#include "services/gateway/people/store.h"

enum { PAGE = 100, NAME_LEAST = 2 };

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

/* RULE H6: the clerk of a consultation window is of no department; that he sits at one is checked
 * against the hall's windows (api/seat.c). */
static bool gives_advice(Onedoor__Role role, const char *department)
{
    return role == ONEDOOR__ROLE__WINDOW_CLERK && department[0] == '\0';
}

/* RULE H21: a person of a department sees that department, so the role decides whether there must
 * be one. */
static struct outcome check_place(Onedoor__Role role, const char *department, int32_t window)
{
    if (role == ONEDOOR__ROLE__ROLE_UNSPECIFIED || role == ONEDOOR__ROLE__SYSTEM)
        return bad("role", "must be a role a person may have");
    if (role_has_department(role) && !gives_advice(role, department) &&
        !is_made_of(department, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 2, 8))
        return bad("department", "must be 2 to 8 capitals for this role");
    if (!role_has_department(role) && department[0] != '\0')
        return bad("department", "must be empty: this role is the hall's");
    bool may_sit = role == ONEDOOR__ROLE__WINDOW_CLERK || role == ONEDOOR__ROLE__CASHIER;
    if (window < 0 || window > (may_sit ? 9999 : 0) ||
        (role == ONEDOOR__ROLE__WINDOW_CLERK && window == 0))
        return bad("window", "must be 1 to 9999 for a window clerk, may be for a cashier, else 0");
    return OUTCOME_OK;
}

struct outcome account_check(const struct person_row *person)
{
    if (!is_made_of(person->name, "abcdefghijklmnopqrstuvwxyz0123456789.-", NAME_LEAST,
                    NAME_SIZE - 1))
        return bad("name", "must be 2 to 40 of a-z, 0-9, dot and dash");
    return check_place(person->role, person->department, person->window);
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
    person->second_factor = row->has_second;
    person->made_ms = row->made_ms;
    person->revision = revision_of(&person->base, arena);
    person->signed_in_ms = row->signed_in_ms;
    return person;
}

struct people_page {
    struct person_row *rows;
    size_t n;
    const char *next; /* the `after` of the next page; "": this is the last one */
};

/* The people behind `after`. False: they cannot be read, and the job is refused. */
static bool read_page(struct job *job, const char *after, int32_t limit, struct people_page *page)
{
    int most = limit == 0 ? PAGE : limit;
    job->outcome = people_outcome(
        store_list_people(job->people->store, after, most + 1, job->arena, &page->rows, &page->n),
        people_unavailable());
    bool more = page->n > (size_t)most;
    page->n = more ? (size_t)most : page->n;
    page->next = more ? page->rows[most - 1].name : "";
    return is_ok(job->outcome);
}

void account_list(struct job *job)
{
    const Onedoor__Gateway__ListPeople *request = job->message;
    struct people_page page = {0};
    if (!read_page(job, request->after, request->limit, &page))
        return;
    Onedoor__Gateway__ListPeopleReply *reply =
        JOB_REPLY(job, Onedoor__Gateway__ListPeopleReply, onedoor__gateway__list_people_reply);
    reply->next = (char *)page.next;
    reply->n_people = page.n;
    reply->people = ARENA_ARRAY(job->arena, Onedoor__Gateway__Person *, page.n + 1);
    for (size_t i = 0; i < page.n; i++)
        reply->people[i] = person_message(&page.rows[i], job->arena);
}

static Onedoor__Gateway__Name *name_message(const struct person_row *row, struct arena *arena)
{
    Onedoor__Gateway__Name *name = ARENA_NEW(arena, Onedoor__Gateway__Name);
    onedoor__gateway__name__init(name);
    name->account = (char *)row->name;
    name->full_name = (char *)row->full_name;
    name->department = (char *)row->department;
    name->role = row->role;
    name->shut_out = row->shut_out;
    name->window = row->window;
    return name;
}

void account_names(struct job *job)
{
    const Onedoor__Gateway__ListNames *request = job->message;
    struct people_page page = {0};
    if (!read_page(job, request->after, request->limit, &page))
        return;
    Onedoor__Gateway__ListNamesReply *reply =
        JOB_REPLY(job, Onedoor__Gateway__ListNamesReply, onedoor__gateway__list_names_reply);
    reply->next = (char *)page.next;
    reply->n_names = page.n;
    reply->names = ARENA_ARRAY(job->arena, Onedoor__Gateway__Name *, page.n + 1);
    for (size_t i = 0; i < page.n; i++)
        reply->names[i] = name_message(&page.rows[i], job->arena);
}

enum status account_create(struct people *people, struct person_row *person,
                           char password[SECRET_TEXT_SIZE])
{
    char hashed[PASSWORD_HASH_SIZE];
    password_make_one_time(password);
    password_hash(&people->strength, password, hashed);
    person->password = hashed;
    person->made_ms = people_now_ms();
    return store_add_person(people->store, person);
}

void account_add(struct job *job)
{
    const Onedoor__Gateway__AddPerson *request = job->message;
    char password[SECRET_TEXT_SIZE];
    struct person_row person = {.name = request->name,
                                .full_name = request->full_name,
                                .role = request->role,
                                .department = request->department,
                                .window = request->window,
                                .must_change = true};
    job->outcome = account_check(&person);
    if (is_ok(job->outcome))
        job->outcome =
            people_outcome(account_create(job->people, &person, password), people_name_taken());
    if (!is_ok(job->outcome))
        return;
    Onedoor__Gateway__AddPersonReply *reply =
        JOB_REPLY(job, Onedoor__Gateway__AddPersonReply, onedoor__gateway__add_person_reply);
    reply->person = person_message(&person, job->arena);
    reply->one_time_password = arena_strdup(job->arena, password);
    job->log = (struct job_log){"people.added", person.name};
}

/* Is the account still as it was shown? */
static struct outcome check_shown(struct job *job, const Onedoor__Gateway__ChangePerson *request)
{
    struct person_row is;
    struct outcome outcome = people_outcome(
        store_find_person(job->people->store, request->name, job->arena, &is), people_unknown());
    return is_ok(outcome) ? revision_check(request, person_message(&is, job->arena)->revision)
                          : outcome;
}

void account_change(struct job *job)
{
    const Onedoor__Gateway__ChangePerson *request = job->message;
    struct person_row person = {.name = request->name,
                                .full_name = request->full_name,
                                .role = request->role,
                                .department = request->department,
                                .window = request->window,
                                .shut_out = request->shut_out};
    job->outcome = account_check(&person);
    if (is_ok(job->outcome) && strcmp(person.name, job->caller.name) == 0 &&
        (person.shut_out || person.role != job->caller.role))
        job->outcome = people_refuse(ONEDOOR__CODE__FAILED_PRECONDITION,
                                     ONEDOOR__GATEWAY__REFUSAL__NOT_YOURSELF,
                                     "not to oneself: another administrator may");
    if (is_ok(job->outcome))
        job->outcome = check_shown(job, request);
    if (is_ok(job->outcome))
        job->outcome =
            people_outcome(store_change_person(job->people->store, &person), people_unknown());
    if (is_ok(job->outcome))
        job->outcome = people_outcome(
            store_find_person(job->people->store, request->name, job->arena, &person),
            people_unknown());
    if (!is_ok(job->outcome))
        return;
    job->reply = &person_message(&person, job->arena)->base;
    job->people_changed = true;
    job->log = (struct job_log){"people.changed", person.name};
}

void account_reset_password(struct job *job)
{
    const Onedoor__Gateway__ResetPassword *request = job->message;
    char password[SECRET_TEXT_SIZE], hashed[PASSWORD_HASH_SIZE];
    password_make_one_time(password);
    password_hash(&job->people->strength, password, hashed);
    job->outcome = people_outcome(
        store_set_password(job->people->store, request->name, hashed, true, true, people_now_ms()),
        people_unknown());
    if (!is_ok(job->outcome))
        return;
    Onedoor__Gateway__ResetPasswordReply *reply = JOB_REPLY(
        job, Onedoor__Gateway__ResetPasswordReply, onedoor__gateway__reset_password_reply);
    reply->one_time_password = arena_strdup(job->arena, password);
    job->people_changed = true;
    job->log = (struct job_log){"people.reset", request->name};
}
