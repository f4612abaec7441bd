/* SPDX-License-Identifier: Apache-2.0 */
/* intake.h: the parts of the intake service, put together in service.c.
 *
 * RULE H1: one door. RULE L29-L32: how an application is made, checked, accepted or refused.
 * Personal data lives here and nowhere else (RULE H21). */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H

#include "common/rows/declare.h"
#include "common/rows/turn.h"

extern const struct service intake_service;
extern const struct route intake_routes[];
extern const struct seconded intake_seconded[];
extern const ProtobufCMessageDescriptor *const intake_personal[];
extern const struct query intake_queries[];
extern const struct check intake_checks[];
extern const struct follow intake_follows[];

#endif
