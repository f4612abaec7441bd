/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/service.h"
#include "services/routing/routing.h"

int main(int argc, char **argv)
{
    return service_main(argc, argv, &routing_service);
}
