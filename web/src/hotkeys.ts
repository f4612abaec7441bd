// SPDX-License-Identifier: Apache-2.0
// Keys of a page: `useHotkeys({ F2: [newCase, 'new case'], 'Ctrl+Enter': [submit, 'submit'] })`. The
// legend <Keys/> shows those with a text. Ends with the component.
import { computed, onScopeDispose, reactive, toValue, type MaybeRefOrGetter } from 'vue'

type Action = () => void
export type Hotkeys = Record<string, Action | [Action, MaybeRefOrGetter<string>]>

const layers = reactive<Hotkeys[]>([])

export const legend = computed(() => {
  const seen = new Map<string, string>()
  for (const layer of layers)
    for (const [key, action] of Object.entries(layer))
      if (Array.isArray(action)) seen.set(key, toValue(action[1]))
  return [...seen].map(([key, text]) => ({ key: key.replace('Escape', 'Esc'), text }))
})

/** "Ctrl+Shift+Enter", "F2", "Alt+1". */
function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  const parts = []
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  if (event.shiftKey && event.key.length > 1) parts.push('Shift')
  return [...parts, key].join('+')
}

function pressed(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented) return // an input method is at work
  const name = nameOf(event)
  for (let i = layers.length - 1; i >= 0; i--) {
    const action = layers[i]![name]
    if (!action) continue
    event.preventDefault()
    if (Array.isArray(action)) action[0]()
    else action()
    return
  }
}

/** The component mounted last has the first word. */
export function useHotkeys(keys: Hotkeys): void {
  if (layers.length === 0) window.addEventListener('keydown', pressed)
  const layer = reactive(keys) as Hotkeys
  layers.push(layer)
  onScopeDispose(() => {
    const at = layers.indexOf(layer)
    if (at >= 0) layers.splice(at, 1)
    if (layers.length === 0) window.removeEventListener('keydown', pressed)
  })
}
