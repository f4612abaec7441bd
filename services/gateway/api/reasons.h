/* SPDX-License-Identifier: Apache-2.0 */
/* reasons.h: what a reason code means to a person, in Chinese and English, and its HTTP status. */
#ifndef GATEWAY_REASONS_H
#define GATEWAY_REASONS_H

#include "common/wire/outcome.h"
#include "services/gateway/http/language.h"

/* The name of a onedoor.Reason or onedoor.gateway.Refusal: "WRONG_STATE", "SIGN_IN_NEEDED". */
const char *reason_name(int reason);
/* A sentence; for an unknown reason, a general one. */
const char *reason_sentence(int reason, enum language);
/* The HTTP status of a refusal, by its reason or else by its code. */
int reason_status(struct outcome);

#endif
