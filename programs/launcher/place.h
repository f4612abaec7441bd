/* SPDX-License-Identifier: Apache-2.0 */
/* place.h: the launcher's place in the hall's folder, and its way into the background. Both end the
 * program when they fail. */
#ifndef LAUNCHER_PLACE_H
#define LAUNCHER_PLACE_H

/* Hold run/launcher.lock for as long as this process lives; the descriptor that holds it. */
int place_take(const char *home);

/* Continue in the background, with output appended to log/launcher.log. */
void place_leave_terminal(const char *home);

#endif
