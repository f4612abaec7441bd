/* SPDX-License-Identifier: Apache-2.0 */
/* notices.h: what the hall shows everybody on its displays, for a while, in business time. */
#ifndef GATEWAY_NOTICES_H
#define GATEWAY_NOTICES_H

#include "services/gateway/people/job.h"

job_handler notice_list, notice_add, notice_remove;

#endif
