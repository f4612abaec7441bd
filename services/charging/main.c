/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/service.h"
#include "services/charging/charging.h"

int main(int argc, char **argv)
{
    return service_main(argc, argv, &charging_service);
}
