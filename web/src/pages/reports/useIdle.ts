// SPDX-License-Identifier: Apache-2.0
// The published windows, items and flows, from which the advice on idle windows follows.
import { api } from '@/api/client'
import type { GetItemFlowReply, HallWindow, Item } from '@/api/types'
import { loadItems } from '@/names'
import { useLoad } from '@/waiting'

export interface Published {
  windows: HallWindow[]
  items: Item[]
  /** Items of other departments in whose approval a department takes part. */
  approves: (department: string) => string[]
}

const AT_ONCE = 4

async function readFlows(items: Item[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  const left = items.filter((item) => item.handling !== 'immediate')
  const reader = async () => {
    for (let item = left.shift(); item; item = left.shift()) {
      const { steps } = await api.get<GetItemFlowReply>(`/items/${item.code}/flow`, { version: item.version })
      for (const department of new Set(steps.map((step) => step.department)))
        if (department !== item.department) found.set(department, [...(found.get(department) ?? []), item.code])
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, reader))
  return found
}

export function usePublished() {
  return useLoad<Published>(
    async () => {
      const [{ windows }, items] = await Promise.all([api.get<{ windows: HallWindow[] }>('/windows'), loadItems()])
      const flows = await readFlows(items)
      return { windows, items, approves: (department) => flows.get(department) ?? [] }
    },
    { live: { types: ['intake.ItemPublished'] } },
  )
}
