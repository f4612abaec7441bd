/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/catalogue.h"

#include <stdio.h>
#include <string.h>

#include "common/base/panic.h"

int catalogue_department(struct catalogue *catalogue, const char *code)
{
    for (int i = 0; i < catalogue->n_departments; i++)
        if (strcmp(catalogue->departments[i], code) == 0)
            return i;
    must(catalogue->n_departments < DEPARTMENTS_MAX);
    snprintf(catalogue->departments[catalogue->n_departments], CODE_SIZE, "%s", code);
    return catalogue->n_departments++;
}

int catalogue_desk(struct catalogue *catalogue, int32_t window, const char *department)
{
    for (int i = 0; i < catalogue->n_desks; i++)
        if (catalogue->desks[i].window == window)
            return i;
    must(catalogue->n_desks < DESKS_MAX);
    catalogue->desks[catalogue->n_desks].window = window;
    snprintf(catalogue->desks[catalogue->n_desks].department, CODE_SIZE, "%s", department);
    return catalogue->n_desks++;
}

static int64_t tiered_amount(const struct fee *fee, int64_t units)
{
    int64_t amount = 0;
    for (int i = 0; i < fee->n_tiers; i++) {
        const struct tier *tier = &fee->tiers[i];
        int64_t end = tier->to == 0 || tier->to > units ? units : tier->to;
        if (end > tier->from)
            amount += (end - tier->from) * tier->unit_fen;
    }
    return amount;
}

/* Worked out here again, from what is published, so that the bill can be checked against it. */
int64_t fee_amount(const struct fee *fee, int64_t units, int32_t days)
{
    if (fee->form == FORM_FIXED)
        units = 1;
    units = units > fee->free_units ? units - fee->free_units : 0;
    int64_t amount = fee->form == FORM_TIERED ? tiered_amount(fee, units) : units * fee->unit_fen;
    if (fee->form == FORM_AREA_DAYS)
        amount *= days;
    return fee->cap_fen > 0 && amount > fee->cap_fen ? fee->cap_fen : amount;
}
