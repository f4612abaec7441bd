/* SPDX-License-Identifier: Apache-2.0 */
/* numbers.h: static assertions that an enum of ours has the numbers of its enum on the wire, so
 * that a cast between the two is safe. */
#ifndef COMMON_NUMBERS_H
#define COMMON_NUMBERS_H

#define SAME_NUMBER(ours, wire) _Static_assert((int)(ours) == (int)(wire), #ours)

#endif
