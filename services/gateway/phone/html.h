/* SPDX-License-Identifier: Apache-2.0 */
/* html.h: an HTML page as it is written. Templates are literals of ours; whatever fills a place in
 * one is escaped, here and nowhere else, so no value of a case can become markup. Pure. */
#ifndef GATEWAY_HTML_H
#define GATEWAY_HTML_H

#include <stddef.h>

/* All zeroes is an empty page. The text is of the heap and ends with a NUL. */
struct html {
    char *text;
    size_t n, room;
};

/* Appends a template, in which each "{}" stands for the next value (null: an empty one):
 *   HTML(page, "<p class=\"{}\">{}</p>\n", tone, word);
 * Places and values must be as many. */
#define HTML(page, ...) HTML_FILL(page, __VA_ARGS__)
#define HTML_FILL(page, template, ...)                                                             \
    html_fill((page), (template), (const char *const[]){NULL, ##__VA_ARGS__},                      \
              sizeof((const char *const[]){NULL, ##__VA_ARGS__}) / sizeof(const char *) - 1)

/* `values` begins with one that is not used. */
void html_fill(struct html *, const char *template, const char *const *values, size_t n);

#endif
