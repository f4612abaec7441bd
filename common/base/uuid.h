/* SPDX-License-Identifier: Apache-2.0 */
/* uuid.h: UUIDv7 (RFC 9562): milliseconds first, so that keys made at the same time are close
 * together in an index; the rest is random. */
#ifndef COMMON_UUID_H
#define COMMON_UUID_H

void uuid_new(unsigned char id[16]);

#endif
