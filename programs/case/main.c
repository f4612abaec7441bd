/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-case: prints the dossier of a case for a person to read.
 *
 *   onedoor-case --home=HOME NUMBER          the number with or without its dashes */
#include "common/base/program.h"
#include "common/values/case_number.h"
#include "programs/case/dossier.h"

static const struct setting *const tables[] = {common_settings, NULL};

static int run(const struct invocation *invocation)
{
    struct dossier dossier;
    const char *error;
    int64_t number;
    if (!case_number_parse(invocation->operands[0], &number))
        return program_misused("this is no case number: it is written like 220113-000042-4, and "
                               "its last digit does not follow from the others");
    if (!dossier_ask(&dossier, number, invocation->config, invocation->arena, &error))
        return program_failed("%s", error);
    dossier_print(&dossier, invocation->config);
    return PROGRAM_OK;
}

static const struct program program = {
    .name = "case",
    .purpose = "Prints the dossier of one case.",
    .settings = tables,
    .operands = "NUMBER",
    .operands_min = 1,
    .operands_max = 1,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
