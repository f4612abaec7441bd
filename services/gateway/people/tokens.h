/* SPDX-License-Identifier: Apache-2.0 */
/* tokens.h: secrets by which machines send requests, with a role but no person behind them. */
#ifndef GATEWAY_TOKENS_H
#define GATEWAY_TOKENS_H

#include "services/gateway/people/job.h"

job_handler token_list, token_add, token_revoke;

#endif
