/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/guess.h"

#include <arpa/inet.h>

#include "common/base/monotonic.h"
#include "common/values/log.h"

/* A case is one person's, an address may be a hall's or a whole network's. */
enum { DELAY_MS = 1000, CASE_DELAY_MAX_MS = 60000, ADDRESS_DELAY_MAX_MS = 5000 };

void guesses_init(struct guesses *guesses, const struct config *config)
{
    int64_t at_once = config_number(config, "guesses_at_once");
    guesses->by_case = (struct throttle){.at_once = at_once,
                                         .an_hour = config_number(config, "guesses_case_hour"),
                                         .delay_ms = DELAY_MS,
                                         .delay_max_ms = CASE_DELAY_MAX_MS};
    guesses->by_address =
        (struct throttle){.at_once = at_once,
                          .an_hour = config_number(config, "guesses_address_hour"),
                          .delay_ms = DELAY_MS,
                          .delay_max_ms = ADDRESS_DELAY_MAX_MS};
    guesses->tickets.per_second = guesses->tickets.burst =
        config_number(config, "tickets_per_minute"); /* its clock is slower (taking.c) */
}

/* RULE H21: whoever tries to see what is not his leaves a trace. */
static void log_refusal(struct guesses *guesses, const struct guess *guess, bool by_case,
                        int64_t wait_ms)
{
    char address[INET_ADDRSTRLEN];
    bool first = by_case ? throttle_refuse(&guesses->by_case, (uint64_t)guess->case_number)
                         : throttle_refuse(&guesses->by_address, guess->address.s_addr);
    if (first)
        log_warn(guess->case_number, "guess.slowed",
                 "too many wrong tries %s, this one from %s; the next in %lld ms",
                 by_case ? "at this case" : "from one address",
                 inet_ntop(AF_INET, &guess->address, address, sizeof address), (long long)wait_ms);
}

int guesses_wait_s(struct guesses *guesses, const struct guess *guess)
{
    uint64_t number = (uint64_t)guess->case_number;
    int64_t now_ms = monotonic_ms(), case_ms = throttle_wait_ms(&guesses->by_case, number, now_ms),
            address_ms = throttle_wait_ms(&guesses->by_address, guess->address.s_addr, now_ms),
            wait_ms = case_ms > address_ms ? case_ms : address_ms;
    if (wait_ms > 0) {
        log_refusal(guesses, guess, case_ms > address_ms, wait_ms);
        if (guesses->denied != NULL)
            guesses->denied(guesses->context, guess);
        return (int)((wait_ms + 999) / 1000);
    }
    throttle_count(&guesses->by_address, guess->address.s_addr, now_ms);
    throttle_count(&guesses->by_case, number, now_ms);
    return 0;
}

void guesses_right(struct guesses *guesses, const struct guess *guess)
{
    throttle_right(&guesses->by_address, guess->address.s_addr);
    throttle_right(&guesses->by_case, (uint64_t)guess->case_number);
}
