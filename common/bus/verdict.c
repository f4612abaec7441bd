/* SPDX-License-Identifier: Apache-2.0 */
#include "common/bus/verdict.h"

enum verdict verdict_of(Onedoor__Code code, Onedoor__Reason reason, int tries)
{
    if (code == ONEDOOR__CODE__OK)
        return VERDICT_OK;
    if (code == ONEDOOR__CODE__RESOURCE_EXHAUSTED)
        return VERDICT_REPEAT;
    if (reason == ONEDOOR__REASON__CLOCK_DOUBTED) /* a person must come first */
        return tries > 1 ? VERDICT_UNKNOWN : VERDICT_REJECTED;
    if (reason == ONEDOOR__REASON__NOT_YET) /* it has waited */
        return VERDICT_REJECTED;
    return code == ONEDOOR__CODE__UNAVAILABLE ? VERDICT_REPEAT : VERDICT_REJECTED;
}
