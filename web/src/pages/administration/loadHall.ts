// SPDX-License-Identifier: Apache-2.0
// Everything that the tables of the catalogue say, as the hall has it now.
import { api } from '@/api/client'
import type { CalendarYear, Department, ListItemsReply, ListWindowsReply } from '@/api/types'
import { dayText } from '@/format'
import { hallDay } from '@/session'

import { loadVersion } from './loadVersion'
import type { HallContent, ListedItem } from './tables'

const FIRST_YEAR = 2022

/** `years`: those that are asked for beside the usual ones. */
export async function loadHall(years: number[] = []): Promise<HallContent> {
  const last = Number(dayText(hallDay()).slice(0, 4)) + 1
  const asked = new Set([...Array.from({ length: Math.max(1, last - FIRST_YEAR + 1) }, (_, i) => FIRST_YEAR + i), ...years])
  const [{ departments }, { windows }, { items }, calendars] = await Promise.all([
    api.get<{ departments: Department[] }>('/departments'),
    api.get<ListWindowsReply>('/windows'),
    api.get<ListItemsReply>('/items', { all: true }),
    Promise.all([...asked].map((year) => api.get<CalendarYear>('/calendar', { year }))),
  ])
  const listed: ListedItem[] = []
  for (const item of items) listed.push({ item, content: (await loadVersion(item.code, item.version)).content })
  return { departments, windows, items: listed, days: calendars.flatMap((one) => one.days) }
}
