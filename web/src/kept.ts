// SPDX-License-Identifier: Apache-2.0
// What this tab keeps for a person, by name, in its session storage: it outlives a reload. Drafts are
// kept here (draft.ts); signing out clears them.
//
// Personal members (RULE H21) are kept apart, and only as long as the session: once it is over they stand
// in this page's memory alone, and come back when the same person signs in on this page.

const PREFIX = 'draft'
const PERSONAL = 'personal'
const keyOf = (prefix: string, person: string, name: string): string => `${prefix}:${person}:${name}`

export interface Kept {
  /** What was kept before; empty when there is nothing, or nothing that can be read. */
  read: <T extends object>() => Partial<T>
  write: (value: object) => void
  clear: () => void
}

/** Personal members while no session is; null: there is one. */
let away: Map<string, string> | null = null

function readKey(key: string): object {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}') as object
  } catch {
    return {}
  }
}

function writeKey(key: string, value: object): void {
  if (Object.keys(value).length === 0) sessionStorage.removeItem(key)
  else sessionStorage.setItem(key, JSON.stringify(value))
}

const some = (value: object, wanted: (member: string) => boolean): object =>
  Object.fromEntries(Object.entries(value).filter(([member]) => wanted(member)))

/** `personal`: the members that say something of a person. */
export function keptFor(person: string, name: string, personal: readonly string[] = []): Kept {
  const key = keyOf(PREFIX, person, name)
  const apart = keyOf(PERSONAL, person, name)
  const isPersonal = (member: string) => personal.includes(member)
  return {
    read: <T extends object>() => ({ ...readKey(key), ...readKey(apart) }) as Partial<T>,
    write(value) {
      writeKey(key, some(value, (member) => !isPersonal(member)))
      if (away !== null) away.set(apart, JSON.stringify(some(value, isPersonal)))
      else writeKey(apart, some(value, isPersonal))
    },
    clear() {
      sessionStorage.removeItem(key)
      sessionStorage.removeItem(apart)
      away?.delete(apart)
    },
  }
}

const keysWith = (start: string): string[] => Object.keys(sessionStorage).filter((key) => key.startsWith(start))

/** Everything that is kept for this person. */
export function clearKept(person: string): void {
  for (const prefix of [PREFIX, PERSONAL])
    for (const key of keysWith(keyOf(prefix, person, ''))) sessionStorage.removeItem(key)
  away = null
}

/** The session is over: what is personal leaves the storage. */
export function hidePersonal(): void {
  away ??= new Map()
  for (const key of keysWith(`${PERSONAL}:`)) {
    away.set(key, sessionStorage.getItem(key)!)
    sessionStorage.removeItem(key)
  }
}

/** Somebody has signed in: his own comes back, another's is forgotten. */
export function showPersonal(person: string): void {
  for (const [key, value] of away ?? [])
    if (key.startsWith(keyOf(PERSONAL, person, ''))) writeKey(key, JSON.parse(value) as object)
  away = null
}
