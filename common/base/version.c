/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/version.h"

const char onedoor_version[] = ONEDOOR_VERSION;
