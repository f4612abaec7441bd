/* SPDX-License-Identifier: Apache-2.0 */
/* chaos.h: kills processes of the hall with SIGKILL in the middle of the simulation, at steps
 * spread evenly over it. "intake", "postgres", or several names with commas between them; the
 * launcher starts them again. */
#ifndef SIMULATE_CHAOS_H
#define SIMULATE_CHAOS_H

#include <stdbool.h>
#include <stdint.h>

struct chaos {
    const char *home;
    const char *names; /* as given; "" kills nobody */
    int kills;         /* how many in all */
    int done;
};

/* Is one to be killed in this step of so many? `busy`: there is work to disturb. */
bool chaos_wants(const struct chaos *, int32_t step, int32_t steps, bool busy);

/* Kill the next one, whose pid stands in HOME/run/status. */
void chaos_strike(struct chaos *);

#endif
