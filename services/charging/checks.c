/* SPDX-License-Identifier: Apache-2.0 */
#include "services/charging/checks.h"

#include <string.h>

#include "common/values/day.h"
#include "onedoor/charging.pb-c.h"
#include "services/charging/pricing.h"

enum { GROUND_MAX_BYTES = 200, PERSON_MAX_BYTES = 40 };

static struct outcome check_case(int64_t case_number)
{
    if (case_number <= 0)
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "case_number", "say which case");
    return OUTCOME_OK;
}

static struct outcome check_text(const char *text, size_t most, const char *field,
                                 Onedoor__Reason when_empty)
{
    if (text[0] == '\0')
        return invalid(when_empty, field, "must be given");
    if (strlen(text) > most)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, field, "longer than it may be");
    return OUTCOME_OK;
}

struct outcome charging_check_pay(const void *message)
{
    const Onedoor__Charging__Pay *pay = message;

    if (pay->method == ONEDOOR__CHARGING__METHOD__METHOD_UNSPECIFIED)
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "method", "say how it is paid");
    if (protobuf_c_enum_descriptor_get_value(&onedoor__charging__method__descriptor,
                                             (int)pay->method) == NULL)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "method", "no such way to pay");
    if (pay->shown_fen <= 0)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "shown_fen", "say what the payer was shown");
    return check_case(pay->case_number);
}

struct outcome charging_check_waive(const void *message)
{
    const Onedoor__Charging__Waive *waive = message;
    struct outcome outcome =
        check_text(waive->basis, GROUND_MAX_BYTES, "basis", ONEDOOR__REASON__BASIS_REQUIRED);

    if (is_ok(outcome))
        outcome = check_text(waive->approved_by, PERSON_MAX_BYTES, "approved_by",
                             ONEDOOR__REASON__FIELD_MISSING);
    return is_ok(outcome) ? check_case(waive->case_number) : outcome;
}

struct outcome charging_check_refund(const void *message)
{
    const Onedoor__Charging__Refund *refund = message;
    struct outcome outcome =
        check_text(refund->reason, GROUND_MAX_BYTES, "reason", ONEDOOR__REASON__REASON_REQUIRED);

    if (refund->amount_fen <= 0)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "amount_fen", "must be above 0");
    if (is_ok(outcome))
        outcome = check_text(refund->approved_by, PERSON_MAX_BYTES, "approved_by",
                             ONEDOOR__REASON__FIELD_MISSING);
    return is_ok(outcome) ? check_case(refund->case_number) : outcome;
}

struct outcome charging_check_quote(const void *message)
{
    const Onedoor__Charging__Quote *quote = message;

    if (quote->item[0] == '\0')
        return invalid(ONEDOOR__REASON__FIELD_MISSING, "item", "say which item");
    for (size_t i = 0; i < quote->n_facts; i++) {
        const Onedoor__FeeFact *fact = quote->facts[i];
        if (fact->fee[0] == '\0')
            return invalid(ONEDOOR__REASON__FIELD_MISSING, "facts.fee", "say which fee");
        if (fact->units < 0 || fact->units > FACT_UNITS_MAX)
            return invalid(ONEDOOR__REASON__FIELD_INVALID, "facts.units", "0 to 1000000");
        if (fact->days < 0 || fact->days > FACT_DAYS_MAX)
            return invalid(ONEDOOR__REASON__FIELD_INVALID, "facts.days", "at most 3660");
    }
    return OUTCOME_OK;
}

struct outcome charging_check_get_order(const void *message)
{
    return check_case(((const Onedoor__Charging__GetOrder *)message)->case_number);
}

struct outcome charging_check_get_takings(const void *message)
{
    const Onedoor__Charging__GetTakings *get = message;

    if (get->from_ms < 0 || get->from_ms > INSTANT_MAX_MS)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "from_ms", "is no instant of the calendar");
    if (get->to_ms < 0 || get->to_ms > INSTANT_MAX_MS)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "to_ms", "is no instant of the calendar");
    return OUTCOME_OK;
}
