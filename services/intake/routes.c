/* SPDX-License-Identifier: Apache-2.0 */
/* routes.c: which command may come from whom, and who sees to it. */
#include "onedoor/intake.pb-c.h"
#include "services/intake/checks.h"
#include "services/intake/handlers.h"
#include "services/intake/intake.h"

/* clang-format off */
const struct route intake_routes[] = {
    {&onedoor__intake__submit__descriptor,         ROLE(WINDOW_CLERK) | ROLE(PUBLIC), /* RULE L29 */
        intake_check_submit,         intake_need_submit,       intake_submit},
    {&onedoor__intake__check__descriptor,          ROLE(WINDOW_CLERK),
        intake_check_case,           intake_need_case,         intake_check},
    {&onedoor__intake__supplement__descriptor,     ROLE(WINDOW_CLERK),
        intake_check_supplement,     intake_need_case,         intake_supplement},
    {&onedoor__intake__refuse__descriptor,         ROLE(WINDOW_CLERK),
        intake_check_refuse,         intake_need_case,         intake_refuse},
    {&onedoor__intake__finish__descriptor,         ROLE(WINDOW_CLERK),
        intake_check_finish,         intake_need_case,         intake_finish},
    {&onedoor__intake__withdraw__descriptor,       ROLE(WINDOW_CLERK),
        intake_check_withdraw,       intake_need_case,         intake_withdraw},
    {&onedoor__intake__terminate__descriptor,      ROLE(DEPARTMENT_LEAD) | ROLE(BUSINESS_MANAGER),
        intake_check_terminate,      intake_need_case,         intake_terminate},
    {&onedoor__intake__deliver__descriptor,        ROLE(WINDOW_CLERK),
        intake_check_deliver,        intake_need_case,         intake_deliver},
    {&onedoor__intake__view_applicant__descriptor, ROLE(WINDOW_CLERK) | ROLE(APPROVER) | ROLE(DEPARTMENT_LEAD), /* RULE H21 */
        intake_check_view_applicant, intake_need_applicant,    intake_view_applicant},
    {&onedoor__intake__recall_applicant__descriptor, ROLE(WINDOW_CLERK), /* RULE H21 */
        intake_check_recall,         intake_need_recall,       intake_recall},
    {&onedoor__intake__publish_item__descriptor,   ROLE(BUSINESS_MANAGER), /* RULE H11 */
        intake_check_publish_item,   intake_need_publish_item, intake_publish_item},
    {&onedoor__intake__publish_calendar__descriptor, ROLE(BUSINESS_MANAGER), /* RULE L82 */
        intake_check_publish_calendar, intake_need_publish_calendar, intake_publish_calendar},
    {&onedoor__intake__set_window__descriptor,     ROLE(BUSINESS_MANAGER),
        intake_check_set_window,     intake_need_set_window,   intake_set_window},
    {NULL, 0, NULL, NULL, NULL},
};
/* clang-format on */
