/* SPDX-License-Identifier: Apache-2.0 */
/* history.h: RULE H21: what the administrator reads of what happened: who signed in or tried to,
 * what was refused to whom, and whose rights were changed. */
#ifndef GATEWAY_HISTORY_H
#define GATEWAY_HISTORY_H

#include "services/gateway/people/job.h"

job_handler history_sign_ins, history_denials, history_right_changes;

#endif
