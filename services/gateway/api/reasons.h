/* SPDX-License-Identifier: Apache-2.0 */
/* reasons.h: what a reason code means to a person, in Chinese and English, and its HTTP status. */
#ifndef GATEWAY_REASONS_H
#define GATEWAY_REASONS_H

#include "common/wire/outcome.h"
#include "services/gateway/http/language.h"

struct reason_row {
    int reason; /* onedoor.Reason or onedoor.gateway.Refusal */
    int status; /* HTTP status; 0: as the code says */
    const char *zh, *en;
};

extern const struct reason_row reason_rows[]; /* the last has a null sentence */

/* "WRONG_STATE", "SIGN_IN_NEEDED". */
const char *reason_name(int reason);
/* A sentence; for a reason without a row, a general one. */
const char *reason_sentence(int reason, enum language);
int reason_status(struct outcome);

#endif
