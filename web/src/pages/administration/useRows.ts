// SPDX-License-Identifier: Apache-2.0
// A list that is edited row by row in a table: added to, moved, removed from, with the focus where the hand goes on.
import { nextTick, type Ref } from 'vue'

import { movedBy } from './items'

/** `body` holds the rows of the table. */
export function useRows<Row>(body: Ref<HTMLElement | undefined>, rows: Ref<Row[]>, blank: () => Row) {
  /** Sets the list, and moves the focus to a control of one row. */
  function become(list: Row[], row: number, of: string): void {
    rows.value = list
    void nextTick(() => body.value?.children[row]?.querySelector<HTMLElement>(of)?.focus())
  }
  return {
    add: () => become([...rows.value, blank()], rows.value.length, 'input'),
    move: (at: number, by: number) => become(movedBy(rows.value, at, by), at + by, `[data-by="${by}"]:not(:disabled), [data-by]:not(:disabled)`),
    remove: (at: number) => become(rows.value.filter((_, i) => i !== at), Math.min(at, rows.value.length - 2), '[data-remove]'),
  }
}
