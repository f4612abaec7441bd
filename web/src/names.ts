// SPDX-License-Identifier: Apache-2.0
// Names of departments and items by their codes, loaded once and cached: messages carry codes only.
// Until the names are loaded, the code is shown.
import { reactive } from 'vue'

import { api } from '@/api/client'
import type { Department, Item, ListItemsReply } from '@/api/types'
import { language, named, wordOf } from '@/words'

const kept = reactive({ departments: [] as Department[], items: [] as Item[] })
const byCode = reactive({ departments: new Map<string, Department>(), items: new Map<string, Item>() })

let departments: Promise<Department[]> | null = null
let items: Promise<Item[]> | null = null

/** All departments of the hall. */
export function loadDepartments(): Promise<Department[]> {
  departments ??= api.get<{ departments: Department[] }>('/departments', undefined, { quiet: true }).then(
    (reply) => {
      kept.departments = reply.departments
      for (const one of reply.departments) byCode.departments.set(one.code, one)
      return reply.departments
    },
  )
  departments.catch(() => (departments = null))
  return departments
}

/** The catalogue. */
export function loadItems(): Promise<Item[]> {
  items ??= api.get<ListItemsReply>('/items', undefined, { quiet: true }).then((reply) => {
    kept.items = reply.items
    for (const one of reply.items) byCode.items.set(one.code, one)
    return reply.items
  })
  items.catch(() => (items = null))
  return items
}

/** After an item was published. */
export function forgetItems(): void {
  items = null
}

export const names = {
  departments: () => kept.departments,
  items: () => kept.items,
  department(code: string): string {
    if (!departments) void loadDepartments().catch(() => undefined)
    const found = byCode.departments.get(code)
    return found ? named(found) : wordOf('departments', code)
  },
  /** What an item results in (a permit, a certificate); the catalogue has it in English only. */
  result(result: string): string {
    return language.value === 'zh' ? wordOf('results', result) : result
  },
  item(code: string): string {
    if (!items) void loadItems().catch(() => undefined)
    const found = byCode.items.get(code)
    return found ? named(found) : code
  },
  itemOf(code: string): Item | undefined {
    return byCode.items.get(code)
  },
}
