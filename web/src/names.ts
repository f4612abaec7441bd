// SPDX-License-Identifier: Apache-2.0
// Names of departments, items and people by their codes, loaded once and cached: messages carry codes only.
// Until the names are loaded, the code is shown.
import { reactive, ref } from 'vue'

import { api } from '@/api/client'
import type { Department, FeeStandard, GetFeesReply, Item, ListItemsReply, ListNamesReply, PersonName, Role } from '@/api/types'
import { may } from '@/session'
import { language, named, wordOf } from '@/words'

const kept = reactive({ departments: [] as Department[], items: [] as Item[] })
const byCode = reactive({
  departments: new Map<string, Department>(),
  items: new Map<string, Item>(),
  people: new Map<string, PersonName>(),
  fees: new Map<string, FeeStandard>(),
})

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

const AGAIN_MS = 60_000 // somebody was hired since the names were read
let people: Promise<void> | null = null
let readMs = 0
/** For the first time: until then nobody's account is shown as a name. */
const reading = ref(false)

async function readPeople(): Promise<void> {
  reading.value = readMs === 0
  readMs = performance.now()
  for (let after = ''; ; ) {
    const page = await api.get<ListNamesReply>('/names', { after, limit: 500 }, { quiet: true })
    for (const one of page.names) byCode.people.set(one.account, one)
    if (page.next === '') return
    after = page.next
  }
}

function personOf(account: string): PersonName | undefined {
  const found = byCode.people.get(account)
  if (account !== '' && !found && may('SEE_CASES') && (people === null || performance.now() - readMs > AGAIN_MS))
    people = readPeople().catch(() => undefined).finally(() => (reading.value = false))
  return found
}

/** Who is in the hall, and as what, may have changed since it was read. */
export function readPeopleAgain(): Promise<void> {
  people = readPeople().catch(() => undefined)
  return people
}

let fees: Promise<void> | null = null
async function readFees(): Promise<void> {
  const reply = await api.get<GetFeesReply>('/fees', undefined, { quiet: true })
  for (const one of reply.fees) byCode.fees.set(one.code, one)
}

/** After a department was set. */
export function forgetDepartments(): void {
  departments = null
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
  /** That nobody is at its post, or that it has left the hall; of others empty. */
  presence(code: string): string {
    const presence = byCode.departments.get(code)?.presence ?? 'stationed'
    return presence === 'stationed' ? '' : wordOf('presences', presence)
  },
  /** What the hall says of a department's business. */
  note(code: string): string {
    const found = byCode.departments.get(code)
    return found ? found[language.value === 'zh' ? 'noteZh' : 'noteEn'] : ''
  },
  /** Who stands behind an account; machines and people of other halls have only that. */
  person: (account: string): string => personOf(account)?.fullName || (reading.value ? '' : account),
  /** The people of a department, by name. */
  peopleOf(department: string): PersonName[] {
    personOf('-') // nobody has this account: the names are read, once
    return [...byCode.people.values()].filter((one) => one.department === department).sort((a, b) => a.fullName.localeCompare(b.fullName, 'zh'))
  },
  /** Who may sign in as one of the roles; of a department's roles, of that department. */
  peopleAs(roles: Role[], department: string): PersonName[] {
    personOf('-')
    return [...byCode.people.values()].filter((one) => roles.includes(one.role) && !one.shutOut && ['', department].includes(one.department))
  },
  /** The clerks at a window who would be another department's there. */
  outsidersAt: (window: number, department: string): PersonName[] =>
    [...byCode.people.values()].filter((one) => window !== 0 && one.window === window && !one.shutOut && one.department !== department),
  /** False while the people are being read, and when they cannot be. */
  peopleAreKnown: (): boolean => byCode.people.size > 0,
  fee(code: string): string {
    fees ??= readFees().catch(() => void (fees = null))
    const found = byCode.fees.get(code)
    return found ? named(found) : code
  },
  departmentOfPerson: (account: string): string => personOf(account)?.department ?? '',
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
