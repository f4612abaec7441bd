/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue.h: what the hall publishes about its items, as an applicant or a clerk can look it up:
 * materials, flow, fees. Plain data; catalogue_ask fills it from the services (catalogue_ask.c), a
 * test fills it by hand. */
#ifndef SIMULATE_CATALOGUE_H
#define SIMULATE_CATALOGUE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    ITEMS_MAX = 64,
    MATERIALS_MAX = 16,
    STEPS_MAX = 16,
    FEES_MAX = 8,
    TIERS_MAX = 8,
    DEPARTMENTS_MAX = 32,
    DESKS_MAX = 64,
    CODE_SIZE = 24
};

struct listed_material {
    int32_t seq;
    int32_t copies;
    bool required;
};

/* One line of the published flow; `department` is "CITY" where the city decides. */
struct flow_line {
    int32_t stage;
    char department[CODE_SIZE];
    bool survey; /* a site survey: two or more staff go (RULE L34) */
    int32_t days;
};

enum fee_form { FORM_FIXED, FORM_QUANTITY, FORM_AREA, FORM_AREA_DAYS, FORM_TIERED };

struct tier {
    int64_t from, to; /* to 0: no end */
    int64_t unit_fen;
};

struct fee {
    char code[CODE_SIZE];
    enum fee_form form;
    int64_t unit_fen, free_units, cap_fen; /* cap 0: none */
    int32_t n_tiers;
    struct tier tiers[TIERS_MAX];
};

struct item {
    char code[CODE_SIZE];
    char department[CODE_SIZE];
    bool for_persons, for_organisations;
    bool immediate; /* RULE H4: the window finishes it */
    bool has_fee;
    bool by_department; /* nobody applies: an approver begins the case */
    int32_t window;     /* where to go (RULE H1); 0: no window is open */
    int32_t desk;       /* which of the desks that is; -1: none */
    int32_t n_materials, n_steps, n_fees, stages;
    struct listed_material materials[MATERIALS_MAX];
    struct flow_line steps[STEPS_MAX];
    struct fee fees[FEES_MAX];
};

/* A window that calls tickets. Its queue has the name of its department. */
struct desk {
    int32_t window;
    char department[CODE_SIZE]; /* "": the charging window */
};

enum { CHARGING_DESK = 0 };

struct catalogue {
    int32_t n_desks; /* the charging window is the first */
    struct desk desks[DESKS_MAX];
    int32_t n_items;
    struct item items[ITEMS_MAX];
    int32_t n_departments; /* that appear in a flow */
    char departments[DEPARTMENTS_MAX][CODE_SIZE];
};

struct client;

/* Read everything. A hall that does not answer ends the program. */
void catalogue_ask(struct catalogue *, struct client *);

/* The number of a department in `departments`; it is added when it is new. */
int catalogue_department(struct catalogue *, const char *code);

/* The desk of a window; it is added when it is new. */
int catalogue_desk(struct catalogue *, int32_t window, const char *department);

/* RULE H8: the amount of a fee for so many units and days. */
int64_t fee_amount(const struct fee *, int64_t units, int32_t days);

#endif
