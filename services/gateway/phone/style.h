/* SPDX-License-Identifier: Apache-2.0 */
/* style.h: how the telephone's pages look. */
#ifndef GATEWAY_STYLE_H
#define GATEWAY_STYLE_H

extern const char phone_style[]; /* CSS */

#endif
