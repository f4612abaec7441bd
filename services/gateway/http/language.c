/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/language.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *language_tag(enum language language)
{
    return language == LANGUAGE_ZH ? "zh-CN" : "en";
}

/* "en-GB;q=0.8, zh": the weight of a language, the highest of its variants; -1 when it is not
 * there. */
static double weight_of(const char *header, const char *tag)
{
    double best = -1;
    for (const char *at = header; *at != '\0'; at += strcspn(at, ","), at += *at == ',') {
        at += strspn(at, " \t");
        size_t length = strcspn(at, ",; \t");
        bool same = length >= 2 && strncasecmp(at, tag, 2) == 0 && (length == 2 || at[2] == '-');
        if (!same)
            continue;
        const char *part = at + strcspn(at, ";,");
        const char *q = *part == ';' ? strstr(part, "q=") : NULL;
        double weight = q != NULL && q < at + strcspn(at, ",") ? strtod(q + 2, NULL) : 1;
        if (weight > best)
            best = weight;
    }
    return best;
}

enum language language_of(const char *header)
{
    if (header == NULL)
        return LANGUAGE_ZH;
    double zh = weight_of(header, "zh"), en = weight_of(header, "en");
    return en > 0 && en > zh ? LANGUAGE_EN : LANGUAGE_ZH;
}
