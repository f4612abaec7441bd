// SPDX-License-Identifier: Apache-2.0
// A deed on something in a list: a refusal is told, and whatever came of it the list is read again.
import { tell } from '@/tell'
import type { Load } from '@/waiting'

export async function act(list: Pick<Load<unknown>, 'reload'>, deed: () => Promise<void>): Promise<void> {
  try {
    await deed()
  } catch (fault) {
    tell.problem(fault)
  }
  void list.reload()
}
