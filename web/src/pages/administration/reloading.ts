// SPDX-License-Identifier: Apache-2.0
// Runs an action on a member of a list, shows its refusal, and reloads the list either way.
import { tell } from '@/tell'
import type { Load } from '@/waiting'

export async function thenReload(list: Pick<Load<unknown>, 'reload'>, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (fault) {
    tell.problem(fault)
  }
  void list.reload()
}
