/* SPDX-License-Identifier: Apache-2.0 */
/* numbers.h: an enum of ours that is stored and sent as the wire numbers it. Each value is asserted
 * beside the code that turns rows into messages, so that a cast between the two is safe. */
#ifndef COMMON_NUMBERS_H
#define COMMON_NUMBERS_H

#define SAME_NUMBER(ours, wire) _Static_assert((int)(ours) == (int)(wire), #ours)

#endif
