/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/phone/html.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"

enum { ROOM = 4096 };

static void put(struct html *html, const char *text, size_t n)
{
    if (html->n + n + 1 > html->room) {
        html->room = (html->n + n + 1) * 2 + ROOM;
        html->text = realloc(html->text, html->room);
        must(html->text != NULL);
    }
    memcpy(html->text + html->n, text, n);
    html->n += n;
    html->text[html->n] = '\0';
}

/* What stands for a character that has a meaning in HTML; null: itself. */
static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void put_escaped(struct html *html, const char *value)
{
    for (const char *c = value; c != NULL && *c != '\0'; c++) {
        const char *entity = entity_of(*c);
        if (entity == NULL)
            put(html, c, 1);
        else
            put(html, entity, strlen(entity));
    }
}

void html_fill(struct html *html, const char *template, const char *const *values, size_t n)
{
    size_t filled = 0;
    for (const char *place; (place = strstr(template, "{}")) != NULL; template = place + 2) {
        must(filled < n);
        put(html, template, (size_t)(place - template));
        put_escaped(html, values[++filled]);
    }
    must(filled == n);
    put(html, template, strlen(template));
}
