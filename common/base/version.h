/* SPDX-License-Identifier: Apache-2.0 */
/* version.h: which Onedoor this is. CMakeLists.txt has the one number that all programs share. */
#ifndef COMMON_VERSION_H
#define COMMON_VERSION_H

extern const char onedoor_version[]; /* "0.1.0" */

#endif
