// SPDX-License-Identifier: Apache-2.0
// What an import would change, one command a line, before anything is done. Pure.
import type { CalendarDay, Department, HallWindow, Source } from '@/api/types'
import { NOTHING } from '@/changed'

import { differs, linked } from './itemChanges'
import { contentOf, dateOf, NEW, newDraft, type ItemDraft } from './items'
import type { HallContent } from './tables'

export interface Decision {
  decision: string
  decidedOn: string
}
export interface Change {
  kind: 'department' | 'window' | 'item' | 'year'
  key: string
  name: string
  how: 'added' | 'changed'
  path: string
  /** What is sent, once the decision is known. */
  body: (by: Decision & { decisionDay: number }) => object
  /** Of an item, to be compared. */
  before?: ItemDraft
  after?: ItemDraft
}

const isSame = (a: object, b: object, but: string[]): boolean =>
  Object.keys(a).every((member) => but.includes(member) || JSON.stringify(a[member as never]) === JSON.stringify(b[member as never]))

function departmentChanges(present: Department[], wanted: Department[]): Change[] {
  return wanted.flatMap((one): Change[] => {
    const before = present.find((other) => other.code === one.code)
    if (before && isSame(one, before, ['revision'])) return []
    const { code, revision, ...said } = one
    const body: Change['body'] = ({ decision, decisionDay }) => ({ ...said, decision, decisionDay, shownRevision: before?.revision ?? NOTHING })
    return [{ kind: 'department', key: code, name: one.nameZh, how: before ? 'changed' : 'added', path: `/departments/${code}`, body }]
  })
}

function windowChanges(present: HallWindow[], wanted: HallWindow[]): Change[] {
  return wanted.flatMap((one): Change[] => {
    const before = present.find((other) => other.window === one.window)
    if (before && isSame(one, before, ['revision', 'telephone'])) return []
    const { window, revision, status, source, ...said } = one
    const body: Change['body'] = () => ({
      ...said,
      vacant: status === 'vacant',
      telephone: before?.telephone ?? '',
      ...(source === 'ASSUMED' && { source }),
      shownRevision: before?.revision ?? NOTHING,
    })
    return [{ kind: 'window', key: String(window), name: one.nameZh, how: before ? 'changed' : 'added', path: `/windows/${window}`, body }]
  })
}

/** Whatever is imported is this hall's own, unless nobody said it. */
const isAssumed = (one: { item: { source: Source } }): boolean => one.item.source === 'ASSUMED'

function itemChanges(present: HallContent['items'], wanted: HallContent['items']): Change[] {
  return wanted.flatMap(({ item, content }): Change[] => {
    const before = present.find((other) => other.item.code === item.code)
    const after = before ? linked(before.content, content) : content
    if (before && !differs(before.content, after) && isAssumed(before) === isAssumed({ item })) return []
    const body: Change['body'] = (by) => ({ ...contentOf({ ...after, base: before?.content.base ?? NEW, ...by, fromOn: '' }), ...(isAssumed({ item }) && { source: item.source }) })
    return [{ kind: 'item', key: item.code, name: content.nameZh, how: before ? 'changed' : 'added', path: `/items/${item.code}`, body, before: before?.content ?? { ...newDraft(''), materials: [], steps: [] }, after }]
  })
}

const yearOf = (day: CalendarDay): string => dateOf(day.day).slice(0, 4)

function yearChanges(present: CalendarDay[], wanted: CalendarDay[]): Change[] {
  return [...new Set(wanted.map(yearOf))].flatMap((year): Change[] => {
    const days = wanted.filter((one) => yearOf(one) === year)
    const before = present.filter((one) => yearOf(one) === year)
    if (days.length === before.length && days.every((one) => before.some((other) => isSame(one, other, [])))) return []
    return [{ kind: 'year', key: year, name: year, how: before.length > 0 ? 'changed' : 'added', path: `/calendar/${year}`, body: () => ({ days }) }]
  })
}

/** In the order in which they are to be done: an item needs its departments. */
export const changesOf = (present: HallContent, wanted: HallContent): Change[] => [
  ...departmentChanges(present.departments, wanted.departments),
  ...windowChanges(present.windows, wanted.windows),
  ...itemChanges(present.items, wanted.items),
  ...yearChanges(present.days, wanted.days),
]
