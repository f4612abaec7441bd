/* SPDX-License-Identifier: Apache-2.0 */
/* vouch.h: the gateway vouches for the people whom a command names: services know no accounts.
 * RULE L34: of those who made a site survey it says of which department each is. */
#ifndef GATEWAY_VOUCH_H
#define GATEWAY_VOUCH_H

#include <protobuf-c/protobuf-c.h>

#include "services/gateway/people/job.h"

/* Does the command name people? */
bool vouch_is_needed(const ProtobufCMessage *command);

/* Looks them up, and writes into the command, which is the job's message, what the register knows.
 * Refused: nobody has such an account, or he is shut out. */
void vouch_for_staff(struct job *);

#endif
