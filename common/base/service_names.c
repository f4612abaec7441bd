/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/service_names.h"

#include <string.h>

/* CMakeLists.txt makes SERVICE_NAMES from services/names.txt: "intake","routing",... */
_Static_assert(sizeof(const char *[]){SERVICE_NAMES} == SERVICES * sizeof(const char *),
               "services/names.txt has another number of names");

const char *const service_names[SERVICES + 1] = {SERVICE_NAMES};

int service_names_index(const char *name)
{
    for (int i = 0; i < SERVICES; i++)
        if (strcmp(service_names[i], name) == 0)
            return i;
    return -1;
}
