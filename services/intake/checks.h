/* SPDX-License-Identifier: Apache-2.0 */
/* checks.h: what a message must be, whoever sends it and whatever the case: lengths, ranges, what
 * goes with what, as in proto/onedoor/intake.proto. Each takes the unpacked message and says where
 * it is wrong. Pure. */
#ifndef INTAKE_CHECKS_H
#define INTAKE_CHECKS_H

#include "common/wire/outcome.h"

enum { MATERIALS_MAX = 64, FACTS_MAX = 16 };

struct outcome intake_check_submit(const void *);
struct outcome intake_check_case(const void *); /* a message whose only content is case_number */
struct outcome intake_check_supplement(const void *);
struct outcome intake_check_refuse(const void *);
struct outcome intake_check_finish(const void *);
struct outcome intake_check_withdraw(const void *);
struct outcome intake_check_terminate(const void *);
struct outcome intake_check_deliver(const void *);
struct outcome intake_check_view_applicant(const void *);
struct outcome intake_check_recall(const void *);
struct outcome intake_check_publish_item(const void *);
struct outcome intake_check_set_window(const void *);

struct outcome intake_check_list_items(const void *);
struct outcome intake_check_get_guide(const void *);
struct outcome intake_check_list_item_versions(const void *);
struct outcome intake_check_count_cases(const void *);
struct outcome intake_check_get_materials(const void *);
struct outcome intake_check_get_progress(const void *);
struct outcome intake_check_ask_progress(const void *);
struct outcome intake_check_publish_calendar(const void *);
struct outcome intake_check_get_calendar(const void *);

#endif
