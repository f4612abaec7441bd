// SPDX-License-Identifier: Apache-2.0
// What this tab keeps for a person, by name, in its session storage: it outlives a reload. Drafts are
// kept here (draft.ts); signing out clears them.

const PREFIX = 'draft'
const keyOf = (person: string, name: string): string => `${PREFIX}:${person}:${name}`

export interface Kept {
  /** What was kept before; empty when there is nothing, or nothing that can be read. */
  read: <T extends object>() => Partial<T>
  write: (value: object) => void
  clear: () => void
}

export function keptFor(person: string, name: string): Kept {
  const key = keyOf(person, name)
  return {
    read<T extends object>(): Partial<T> {
      try {
        return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<T>
      } catch {
        return {}
      }
    },
    write: (value) => sessionStorage.setItem(key, JSON.stringify(value)),
    clear: () => sessionStorage.removeItem(key),
  }
}

/** Everything that is kept for this person. */
export function clearKept(person: string): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(keyOf(person, ''))) sessionStorage.removeItem(key)
}
