// SPDX-License-Identifier: Apache-2.0
// Drafts: what is being typed, kept in this tab until it is submitted. A draft survives a reload, the end
// of the session and a lost network; signing out removes it. It belongs to the person who typed it. Its
// personal members survive the end of the session on the open page alone (kept.ts).
import { nextTick, reactive, watch } from 'vue'

import { keptFor, type Kept } from '@/kept'
import { session } from '@/session'

const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** The members that differ from their initial values. */
function changed<T extends object>(first: T, value: T): Partial<T> {
  const isNew = ([member, now]: [string, unknown]) =>
    JSON.stringify(now) !== JSON.stringify((first as Record<string, unknown>)[member])
  return Object.fromEntries(Object.entries(value).filter(isNew)) as Partial<T>
}
const isEmpty = (value: object): boolean => Object.keys(value).length === 0

export interface Draft<T> {
  value: T
  /** There was a draft from before. */
  restored: boolean
  /** After it was submitted: back to the initial values, nothing kept. */
  clear: () => void
}

/** `initial` is plain data; a draft that lacks members of it gets them. `personal`: what it says of a person. */
export function useDraft<T extends object>(name: string, initial: T, personal: readonly (keyof T & string)[] = []): Draft<T> {
  const kept = keptFor(session.person, name, personal)
  const value = reactive({ ...copyOf(initial), ...kept.read<T>() }) as T
  watch(value, () => kept.write(value), { deep: true, flush: 'sync' })
  return {
    value,
    restored: !isEmpty(changed(initial, value)),
    clear() {
      for (const member of Object.keys(value))
        if (!(member in initial)) delete (value as Record<string, unknown>)[member]
      Object.assign(value, copyOf(initial))
      kept.clear()
      void nextTick(kept.clear)
    },
  }
}

export interface OpenDraft<T> {
  value: T
  /** The content is from before. */
  restored: boolean
  /** The idempotency key: the same as long as the content is the same, even after a reload. */
  keyFor: (content: unknown, fresh: () => string) => string
  /** It was submitted: the current content counts as initial, and nothing is kept. */
  forget: () => void
  /** It closes, neither submitted nor cancelled: what was typed is kept for the next opening. */
  putAside: () => void
}

interface Entry<T> {
  typed: Partial<T>
  sent: { what: string; key: string }
}
const UNSENT = { what: '', key: '' }

/** Of a dialog that is personal: what was typed and sent. */
const ALL_OF_IT = ['typed', 'sent']

/** The draft of a dialog: each time `isOpen` becomes true it begins with the values of `begin()`, and with
 *  what was typed before under `name()`. Closing the dialog is deliberate and drops what was typed; leaving
 *  the page is not, and keeps it. Only members that differ from their initial values are kept. `isPersonal`: it
 *  says something of a person. */
export function useOpenDraft<T extends object>(
  isOpen: () => boolean,
  name: () => string,
  begin: () => T,
  isPersonal = false,
): OpenDraft<T> {
  let kept: Kept | null = null // null: nothing is kept
  let first = copyOf(begin())
  let sent = UNSENT
  const value = reactive(copyOf(first)) as T

  function keep() {
    if (kept === null) return
    const typed = changed(first, value)
    if (isEmpty(typed)) kept.clear()
    else kept.write({ typed, sent } satisfies Entry<T>)
  }
  function take() {
    const from = keptFor(session.person, name(), isPersonal ? ALL_OF_IT : [])
    const before = from.read<Entry<T>>()
    kept = null
    first = copyOf(begin())
    sent = before.sent ?? UNSENT
    Object.assign(value, copyOf(first), before.typed)
    draft.restored = !isEmpty(before.typed ?? {})
    kept = from
  }
  function drop() {
    kept?.clear()
    kept = null
  }

  const draft: OpenDraft<T> = reactive({
    value,
    restored: false,
    keyFor(content: unknown, fresh: () => string) {
      const what = JSON.stringify(content)
      if (sent.what !== what) sent = { what, key: fresh() }
      keep()
      return sent.key
    },
    forget() {
      first = copyOf(value)
      sent = UNSENT
      draft.restored = false
      keep()
    },
    putAside: () => void (kept = null),
  }) as OpenDraft<T>
  watch(value, keep, { deep: true, flush: 'sync' })
  watch(isOpen, (now) => now || drop(), { flush: 'sync' }) // at once: the component may be unmounted with it
  watch([isOpen, name], ([now]) => now && take(), { immediate: true })
  return draft
}

/** For a draft whose subject is gone. */
export const dropDraft = (name: string): void => keptFor(session.person, name).clear()
