/* SPDX-License-Identifier: Apache-2.0 */
/* sessions.h: signing in and out, one's own password, and who a session or a token belongs to. */
#ifndef GATEWAY_SESSIONS_H
#define GATEWAY_SESSIONS_H

#include "services/gateway/people/job.h"

/* Who holds the secret whose hash is in job->caller: the rest of the caller is filled, but for the
 * CSRF token, or the outcome refuses (SIGN_IN_NEEDED). */
job_handler session_authenticate;

job_handler session_sign_in, session_get, session_sign_out, session_change_password;
/* Where else one is signed in, and ending that. */
job_handler session_list, session_end;

#endif
