/* SPDX-License-Identifier: Apache-2.0 */
/* vouch.h: the gateway vouches for the people whom a command names or touches: services know no
 * accounts. RULE L34: of those who made a site survey it says of which department each is. RULE H1:
 * of a window it knows who sits there. */
#ifndef GATEWAY_VOUCH_H
#define GATEWAY_VOUCH_H

#include <protobuf-c/protobuf-c.h>

#include "services/gateway/people/job.h"

/* Does the command name or touch people? */
bool vouch_is_needed(const ProtobufCMessage *command);

/* Looks them up. Of a survey it writes into the command, which is the job's message, what the
 * register knows; refused when nobody has such an account, or he is shut out. Of a window it is
 * refused while clerks of another department than the window's sit there, unless the command says
 * how many. */
void vouch_for(struct job *);

#endif
