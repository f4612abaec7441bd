/* SPDX-License-Identifier: Apache-2.0 */
/* approval_list.h: the query approval.List, the same in every service that has approvals
 * (common/rows/approval.h). */
#ifndef COMMON_APPROVAL_LIST_H
#define COMMON_APPROVAL_LIST_H

#include "common/rows/approval.h"
#include "common/service/reader.h"
#include "onedoor/approval.pb-c.h"

struct outcome approval_answer_list(struct reader *, struct call *);

#define APPROVAL_QUERY                                                                             \
    {                                                                                              \
        &onedoor__approval__list__descriptor, APPROVAL_ROLES, approval_answer_list                 \
    }

#endif
