// SPDX-License-Identifier: Apache-2.0
// One press, one action. Every key and click passes here before anything on the page gets it:
//  - While an input method composes, its keys (Enter, Esc, digits) do nothing else.
//  - A key that is held down types and moves; it does nothing else.
//  - A press that led to a command rests: until the hall has answered, and for a while after, so that
//    the new state can be read, the same key, or a click on the same place, does nothing. Any other
//    key works at once.
//  - A question is not answered before it can be read, nor by the key that led to it.
// Which keys a page has is in hotkeys.ts.
import { onScopeDispose, reactive, ref, watch, type Ref } from 'vue'

/** How long a press rests, in ms; the hall's setting key_rest_ms. */
export const rest = reactive({ ms: 600 })

/** `key` is "F9", "Ctrl+Enter", or POINTER at a place of the window. */
interface Press {
  key: string
  x: number
  y: number
}
const POINTER = 'pointer'
const SAME_PLACE_PX = 24
const NOTHING: Press = { key: '', x: 0, y: 0 }

let last = NOTHING
let acting = NOTHING
let underWay = 0
let restsUntilMs = 0
let showing: ReturnType<typeof setTimeout> | undefined

const isSame = (a: Press, b: Press): boolean =>
  a.key === b.key && Math.abs(a.x - b.x) <= SAME_PLACE_PX && Math.abs(a.y - b.y) <= SAME_PLACE_PX

const rests = (press: Press): boolean =>
  isSame(press, acting) && (underWay > 0 || performance.now() < restsUntilMs)

/** <html data-resting>: what was pressed last does nothing now, nor can a new question be answered. */
function show(): void {
  if (typeof document === 'undefined') return
  clearTimeout(showing)
  const leftMs = restsUntilMs - performance.now()
  const isResting = (underWay > 0 && acting !== NOTHING) || leftMs > 0
  document.documentElement.toggleAttribute('data-resting', isResting)
  if (leftMs > 0) showing = setTimeout(show, leftMs)
}

function restFor(ms: number): void {
  restsUntilMs = Math.max(restsUntilMs, performance.now() + ms)
  show()
}

/** The last press has begun something: it rests until the returned function is called, and a while longer. */
export function actionBegan(): () => void {
  let isOver = false
  acting = last
  underWay++
  show()
  return () => {
    if (isOver) return
    isOver = true
    underWay--
    restFor(rest.ms)
  }
}

/** Nothing rests any longer: what is shown now has nothing to do with the last press. */
export const release = (): void => void (acting = NOTHING)

/** A question is put now. The returned function tells whether what was pressed last may answer it. */
export function putQuestion(): () => boolean {
  const led = last
  release()
  const readableMs = performance.now() + rest.ms
  restFor(rest.ms)
  return () => performance.now() >= readableMs && (last.key === POINTER || last.key !== led.key)
}

/** The key that led here, "" when it was none. */
export const ledBy = (): string => (last.key === POINTER ? '' : last.key)

/** False for a while after `isOpen` became true: what has just opened cannot be confirmed yet. */
export function useReadable(isOpen: () => boolean): Ref<boolean> {
  const isReadable = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    isOpen,
    (now) => {
      clearTimeout(timer)
      isReadable.value = false
      if (!now) return
      timer = setTimeout(() => (isReadable.value = true), rest.ms)
      restFor(rest.ms)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return isReadable
}

/* ---- the gate */

/** "Ctrl+Enter", "Shift+F9", "Alt+1", "J": letters with and without Shift and Caps Lock. */
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  const parts = []
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  if (event.shiftKey && event.key.length > 1) parts.push('Shift')
  return [...parts, key].join('+')
}

const NO_TEXT = 'button checkbox color file image radio range reset submit'.split(' ')
export const isTextField = (of: EventTarget | null): boolean =>
  of instanceof HTMLTextAreaElement ||
  (of instanceof HTMLInputElement && !NO_TEXT.includes(of.type)) ||
  (of instanceof HTMLElement && of.isContentEditable)

const MODIFIERS = ['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'AltGraph']
const MOVES = /^(Shift\+)?(Arrow|Page|Home|End|Tab$)|^[JK]$/
const COMPOSING = 229 // the key code of a key that an input method takes

function swallow(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** May the key be held down here? */
function mayRepeat(key: string, target: EventTarget | null): boolean {
  if (MOVES.test(key) || target instanceof HTMLSelectElement) return true
  if (!isTextField(target) || /F\d+$|^Escape$|Ctrl\+Enter$|Alt\+/.test(key)) return false
  return key !== 'Enter' || target instanceof HTMLTextAreaElement
}

function keyed(event: KeyboardEvent): void {
  if (event.isComposing || event.keyCode === COMPOSING) return event.stopImmediatePropagation()
  if (MODIFIERS.includes(event.key)) return
  const press = { key: nameOf(event), x: 0, y: 0 }
  if (event.repeat ? !mayRepeat(press.key, event.target) : rests(press)) return swallow(event)
  note(press)
}

function note(press: Press): void {
  if (rests(press)) return
  last = press
  if (!isSame(press, acting)) acting = NOTHING
}

const pointerAt = (event: MouseEvent): Press => ({ key: POINTER, x: event.clientX, y: event.clientY })

/** A click without a place is that of a key on a button, which was judged as a key. */
function clicked(event: MouseEvent): void {
  if (event.detail > 0 && rests(pointerAt(event))) swallow(event)
}

/** Called once, before the first page. */
export function guardInput(): void {
  window.addEventListener('keydown', keyed, { capture: true })
  window.addEventListener('pointerdown', (event) => note(pointerAt(event)), { capture: true })
  window.addEventListener('click', clicked, { capture: true })
}
