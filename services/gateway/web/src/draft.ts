// SPDX-License-Identifier: Apache-2.0
// What is being typed, kept in this tab until it is submitted: it outlives a reload, the end of the
// session and a lost network, and is gone after signing out. It belongs to the person who typed it.
import { nextTick, reactive, watch } from 'vue'

import { session } from '@/session'

const keyOf = (person: string, name: string): string => `draft:${person}:${name}`
const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

function kept<T extends object>(key: string): Partial<T> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<T>
  } catch {
    return {}
  }
}

export interface Draft<T> {
  value: T
  /** There was something from before. */
  restored: boolean
  /** After it was submitted: back to how it began, nothing kept. */
  clear: () => void
}

/** `initial` is plain data; members added to it later fill up drafts that lack them. */
export function useDraft<T extends object>(name: string, initial: T): Draft<T> {
  const key = keyOf(session.person, name)
  const before = kept<T>(key)
  const value = reactive({ ...copyOf(initial), ...before }) as T
  watch(value, () => sessionStorage.setItem(key, JSON.stringify(value)), { deep: true, flush: 'sync' })
  return {
    value,
    restored: Object.keys(before).length > 0,
    clear() {
      for (const member of Object.keys(value))
        if (!(member in initial)) delete (value as Record<string, unknown>)[member]
      Object.assign(value, copyOf(initial))
      sessionStorage.removeItem(key)
      void nextTick(() => sessionStorage.removeItem(key))
    },
  }
}

export function clearDrafts(person: string): void {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(keyOf(person, ''))) sessionStorage.removeItem(key)
}
