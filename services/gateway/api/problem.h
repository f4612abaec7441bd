/* SPDX-License-Identifier: Apache-2.0 */
/* problem.h: a refusal as HTTP answers it: RFC 9457 problem details, in the client's language. */
#ifndef GATEWAY_PROBLEM_H
#define GATEWAY_PROBLEM_H

#include "services/gateway/http/exchange.h"

void problem_answer(struct exchange *, struct outcome);

#endif
