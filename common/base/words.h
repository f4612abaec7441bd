/* SPDX-License-Identifier: Apache-2.0 */
/* words.h: the command line as a person types it, for the programs that people run.
 *
 *   onedoor-simulate --cases 100 --json     is   onedoor-simulate --cases=100 --json=yes
 *   onedoor-case 220113-000042-7            has the operand 220113-000042-7 */
#ifndef COMMON_WORDS_H
#define COMMON_WORDS_H

#include "common/base/config.h"

struct words {
    const char *operands[4]; /* words that belong to no setting, null after the last */
    int n_operands;
};

/* config_read on words like these. STATUS_NOT_FOUND: --help or --show-config was answered.
 * STATUS_INVALID: one sentence in *complaint. */
MUST_USE enum status words_read(struct config **, struct words *, int argc, char **argv,
                                const struct setting *const *tables, struct arena *,
                                const char **complaint);

#endif
