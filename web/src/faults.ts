// SPDX-License-Identifier: Apache-2.0
// What is wrong in a form, the same way in all of them: nothing is said before the attempt to send; then every
// field says its own fault, FaultSummary lists them all and leads to the fields, and both are kept up to date.
//     const faults = provideFaults()            // by the form; its fields are <Field> and <BoundedText>
//     if (!faults.attempt()) return             // the first wrong field has the focus
import { computed, inject, nextTick, onScopeDispose, provide, ref, shallowReactive, type ComputedRef, type InjectionKey, type Ref } from 'vue'

import { tidyLine } from '@/tidy'

export interface Fault {
  /** Of the control. */
  id: string
  label: string
  text: string
}
interface FormFaults {
  tried: Ref<boolean>
  /** Empty before the attempt; in the order of the fields. */
  shown: ComputedRef<Fault[]>
  /** True: nothing is wrong. */
  attempt: () => boolean
  /** The form is a new one: nothing was attempted yet. */
  begin: () => void
  add: (fault: ComputedRef<Fault>) => void
  remove: (fault: ComputedRef<Fault>) => void
}
const KEY: InjectionKey<FormFaults> = Symbol('faults')

/** By the controls' ids, as a form that keeps its faults itself has them; each is called what its label says, or what it is called without one. */
export const faultsByField = (texts: Record<string, string>): Fault[] =>
  Object.entries(texts)
    .map(([id, text]) => ({ id, text, label: labelOf(id) }))
    .filter((one) => one.text !== '')
    .sort(inOrder)

function labelOf(id: string): string {
  const label = document.querySelector(`label[for="${id}"]`)?.textContent?.replace('*', '')
  return tidyLine(label ?? document.getElementById(id)?.getAttribute('aria-label') ?? '')
}

export const focusOn = (id: string): void => document.getElementById(id)?.focus()

function inOrder(a: Fault, b: Fault): number {
  const [one, other] = [document.getElementById(a.id), document.getElementById(b.id)]
  return one && other && one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1
}

export function provideFaults(): FormFaults {
  const fields = shallowReactive(new Set<ComputedRef<Fault>>())
  const tried = ref(false)
  const wrong = () => [...fields].map((one) => one.value).filter((one) => one.text !== '').sort(inOrder)
  const faults: FormFaults = {
    tried,
    shown: computed(() => (tried.value ? wrong() : [])),
    attempt() {
      tried.value = true
      const first = wrong()[0]
      if (first) void nextTick(() => focusOn(first.id))
      return !first
    },
    begin: () => void (tried.value = false),
    add: (fault) => fields.add(fault),
    remove: (fault) => fields.delete(fault),
  }
  provide(KEY, faults)
  return faults
}

export const useFaults = (): FormFaults | null => inject(KEY, null)

/** By a field: what it says now. Outside of a form, a fault is said at once. */
export function useFault(of: () => Fault): ComputedRef<string> {
  const form = useFaults()
  const fault = computed(of)
  form?.add(fault)
  onScopeDispose(() => form?.remove(fault))
  return computed(() => (form === null || form.tried.value ? fault.value.text : ''))
}
