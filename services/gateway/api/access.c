/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/access.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "onedoor/gateway.pb-c.h"

const char *access_cookie_name(bool secure)
{
    return secure ? "__Host-onedoor_session" : "onedoor_session";
}

const char *access_cookie(const struct call *call, const char *secret)
{
    return arena_printf(call->arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
                        access_cookie_name(call->secure), secret, call->secure ? "; Secure" : "",
                        secret[0] == '\0' ? "; Max-Age=0" : "");
}

static const char *device_cookie_name(const struct call *call)
{
    return call->secure ? "__Host-onedoor_device" : "onedoor_device";
}

const char *access_device(const struct call *call)
{
    const char *secret = exchange_cookie(call->exchange, device_cookie_name(call));
    return secret == NULL || secret[0] == '\0' || strlen(secret) >= SECRET_TEXT_SIZE ? NULL
                                                                                     : secret;
}

const char *access_device_cookie(const struct call *call, const char *secret)
{
    return arena_printf(call->arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s",
                        device_cookie_name(call), secret, DEVICE_DAYS * 86400,
                        call->secure ? "; Secure" : "");
}

/* "Authorization: Bearer <secret>" of a machine, or the session's cookie. */
void access_read_secret(struct call *call)
{
    const char *bearer = exchange_header(call->exchange, "Authorization");
    const char *cookie = exchange_cookie(call->exchange, access_cookie_name(call->secure));
    call->by_cookie = bearer == NULL;
    if (bearer != NULL)
        snprintf(call->secret, sizeof call->secret, "%s",
                 strncasecmp(bearer, "Bearer ", 7) == 0 ? bearer + 7 : bearer);
    else if (cookie != NULL)
        snprintf(call->secret, sizeof call->secret, "%s", cookie);
}

static struct outcome check_permission(const struct call *call)
{
    enum permission permission = call->match.route->permission;
    const struct caller *caller = &call->caller;
    bool before_change = permission == PERMISSION_SIGN_IN || permission == PERMISSION_OWN_ACCOUNT ||
                         permission == PERMISSION_SEE_PUBLISHED;
    if (!permission_given(permission, caller->role))
        return caller_is_signed_in(caller)
                   ? deny(ONEDOOR__REASON__NOT_ALLOWED, NULL)
                   : deny((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__SIGN_IN_NEEDED, NULL);
    if (permission == PERMISSION_OWN_ACCOUNT && !caller->by_session)
        return deny(ONEDOOR__REASON__NOT_ALLOWED, "a token has no account");
    if (caller->must_change_password && !before_change)
        return deny((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__CHANGE_PASSWORD_FIRST, NULL);
    if (caller->must_enrol && !before_change)
        return deny((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__ENROL_FIRST, NULL);
    return OUTCOME_OK;
}

/* Whoever signs in has no CSRF token yet; the token of a machine is never sent by a browser on its
 * own. */
static bool csrf_is_right(const struct call *call)
{
    const struct api_route *route = call->match.route;
    const char *right = call->caller.csrf;
    if (!route_is_unsafe(route) || !call->caller.by_session ||
        route->permission == PERMISSION_SIGN_IN)
        return true;
    const char *given = exchange_header(call->exchange, "X-CSRF-Token");
    return given != NULL && strlen(given) == strlen(right) &&
           sodium_memcmp(given, right, strlen(right)) == 0;
}

struct outcome access_check(const struct call *call)
{
    struct outcome outcome = check_permission(call);
    if (is_ok(outcome) && !csrf_is_right(call))
        outcome = deny((Onedoor__Reason)ONEDOOR__GATEWAY__REFUSAL__CSRF_TOKEN_NEEDED, NULL);
    return outcome;
}
