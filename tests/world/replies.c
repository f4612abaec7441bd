/* SPDX-License-Identifier: Apache-2.0 */
/* What commands answer, so that the hall in memory can decode it. */
#include "onedoor/approval.pb-c.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"

extern const ProtobufCMessageDescriptor *const world_replies[];
const ProtobufCMessageDescriptor *const world_replies[] = {
    &onedoor__done__descriptor,
    &onedoor__intake__submit_reply__descriptor,
    &onedoor__intake__check_reply__descriptor,
    &onedoor__intake__finish_reply__descriptor,
    &onedoor__intake__view_applicant_reply__descriptor,
    &onedoor__intake__begin_scan_reply__descriptor,
    &onedoor__intake__add_piece_reply__descriptor,
    &onedoor__intake__view_scan_reply__descriptor,
    &onedoor__intake__recall_applicant_reply__descriptor,
    &onedoor__intake__print_slip_reply__descriptor,
    &onedoor__intake__publish_item_reply__descriptor,
    &onedoor__intake__take_ticket_reply__descriptor,
    &onedoor__intake__take_question_reply__descriptor,
    &onedoor__intake__call_next_reply__descriptor,
    &onedoor__intake__call_again_reply__descriptor,
    &onedoor__routing__decide_reply__descriptor,
    &onedoor__routing__release_tasks_reply__descriptor,
    &onedoor__charging__pay_reply__descriptor,
    &onedoor__approval__waiting__descriptor,
    &onedoor__approval__answer_reply__descriptor,
    NULL,
};
