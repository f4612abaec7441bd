// SPDX-License-Identifier: Apache-2.0
// The keys of the pages. A page names what a key is for and never the key itself: KEYS says which key that
// is, so a key means one thing in the whole product.
//     useHotkeys({ forward: [accept, 'accept'], print })
// The legend <Keys/> shows those with a text. A layer of keys ends with its component. While a dialog is
// open, only layers inside it work, wherever the focus is.
import { computed, onScopeDispose, reactive, toValue, type MaybeRefOrGetter } from 'vue'

import { isTextField, nameOf } from '@/input'

/** In the order of the legend. Keys without Ctrl, Alt and F work unless the focus is where they have a use of
 *  their own, such as in a text field. */
export const KEYS = {
  begin: ['F2'], // the page's first field: a new case, a code to scan, a search
  find: ['F3'], // its second: the applicant, the number of a case
  all: ['F4'], // everything that was asked for is there
  takeBack: ['F6'], // clear the form, withdraw the application
  cases: ['F7'],
  forward: ['F9'], // the next step: accept, grant, deliver, agree, take payment, publish
  partly: ['Shift+F9'], // receive, and check later
  no: ['F10'], // refuse, deny, disagree
  send: ['Ctrl+Enter'],
  destroy: ['Y'], // the yes to a question in red: no key that a hand presses by itself
  print: ['F8'],
  turn: ['Shift+F8'], // the next slip
  method1: ['1'], // ways to pay
  method2: ['2'],
  method3: ['3'],
  method4: ['4'],
  choice1: ['Alt+1'], // the first of what is offered: tabs, usual phrases
  choice2: ['Alt+2'],
  choice3: ['Alt+3'],
  choice4: ['Alt+4'],
  callNext: ['Alt+Q'], // the tickets of one's window: keys of the left hand
  callAgain: ['Alt+W'],
  passOver: ['Alt+X'],
  transfer: ['Alt+S'],
  finish: ['Alt+Z'],
  add: ['Alt+N'],
  amend: ['Alt+G'], // put right what was said
  again: ['Alt+A'], // ask a second time for what is missing
  back: ['Escape'],

  /* lists, and what is chosen in them */
  next: ['J', 'ArrowDown'],
  previous: ['K', 'ArrowUp'],
  pageDown: ['PageDown'],
  pageUp: ['PageUp'],
  first: ['Home'],
  last: ['End'],
  open: ['Enter'],
  filter: ['F'],
  whose: ['W'], // mine, or the whole department's
  take: ['T'],
  press: ['P'],
  dismiss: ['D'], // what was read leaves the list
  explain: ['E'], // the deadline
} as const satisfies Record<string, readonly string[]>

export type Intent = keyof typeof KEYS
type Action = () => unknown
export type Hotkeys = Partial<Record<Intent, Action | [Action, MaybeRefOrGetter<string>]>>

interface Layer {
  keys: Hotkeys
  /** Of a dialog's keys: something inside the dialog. */
  inside?: () => Element | null | undefined
}

const layers: Layer[] = reactive([])
const intents = new Map<string, Intent>()
/** Intents whose action has not ended. */
const underWay = new Set<Intent>()
for (const [intent, keys] of Object.entries(KEYS)) for (const key of keys) intents.set(key, intent as Intent)

/** The key as the pages show it: "F9", "J / K", "↵". */
export function keyLabel(intent: Intent): string {
  if (intent === 'next') return 'J / K'
  if (intent === 'method1') return '1 … 4'
  if (intent === 'choice1') return 'Alt+1 … 4'
  return KEYS[intent][0].replace('Escape', 'Esc').replace(/^Enter$/, '↵ Enter')
}

export const legend = computed(() => {
  const texts = new Map<Intent, string>()
  for (const { keys } of layers)
    for (const [intent, entry] of Object.entries(keys))
      if (Array.isArray(entry)) texts.set(intent as Intent, toValue(entry[1]))
  return (Object.keys(KEYS) as Intent[])
    .filter((intent) => texts.has(intent))
    .map((intent) => ({ key: keyLabel(intent), text: texts.get(intent)! }))
})

/** The modal dialog on top; null: none is open. */
export function topDialog(): Element | null {
  const open = [...document.querySelectorAll('[aria-modal="true"]')].filter((one) => one.checkVisibility())
  const height = (one: Element) => Number(getComputedStyle(one.closest('.el-overlay') ?? one).zIndex) || 0
  return open.reduce<Element | null>((top, one) => (top === null || height(one) >= height(top) ? one : top), null)
}

/** Has the focused element a use of its own for this key? */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (/\+|^F\d+$|^Escape$/.test(key) || !(target instanceof Element)) return false
  if (isTextField(target) || target instanceof HTMLSelectElement) return true
  if (key === 'Enter') return target.closest('a[href], button, summary, input, [role=button], [role=menuitem]') !== null
  if (key.length === 1) return false
  return target.closest('input, [role=tab], [role=menu], [role=region]') !== null
}

const works = (layer: Layer, dialog: Element | null): boolean => {
  if (dialog === null) return layer.inside === undefined
  const inside = layer.inside?.()
  return !!inside && dialog.contains(inside)
}

/** The action of the layer mounted last that has the intent and works now. */
function actionOf(intent: Intent, dialog: Element | null): Action | undefined {
  const entry = layers.filter((layer) => works(layer, dialog) && layer.keys[intent]).at(-1)?.keys[intent]
  return Array.isArray(entry) ? entry[0] : entry
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented) return
  const key = nameOf(event)
  const intent = intents.get(key)
  if (intent === undefined || isTaken(event.target, key)) return
  const dialog = topDialog()
  const action = actionOf(intent, dialog)
  // In a dialog too, a key of the page does not become one of the browser's.
  if (action || /F\d+$/.test(key)) event.preventDefault()
  if (!action || underWay.has(intent)) return
  const done = action()
  if (!(done instanceof Promise)) return
  underWay.add(intent)
  void done.finally(() => underWay.delete(intent))
}

/** The keys of a component; `inside` says that they are those of the dialog which holds that element. */
export function useHotkeys(keys: Hotkeys, inside?: () => Element | null | undefined): void {
  if (layers.length === 0) window.addEventListener('keydown', pressed)
  const layer: Layer = reactive({ keys, inside })
  layers.push(layer)
  onScopeDispose(() => {
    const at = layers.indexOf(layer)
    if (at >= 0) layers.splice(at, 1)
    if (layers.length === 0) window.removeEventListener('keydown', pressed)
  })
}
