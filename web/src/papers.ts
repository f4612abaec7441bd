// SPDX-License-Identifier: Apache-2.0
// What was found of papers, as it is said in one line: "not signed: on page 2".
import type { Missing, Paper } from '@/api/types'
import { language, wordOf } from '@/words'

export function faultText(one: Pick<Missing | Paper, 'fault' | 'note'>): string {
  if (one.fault === 'PAPER_FAULT_UNSPECIFIED') return ''
  if (one.fault === 'OTHER_FAULT') return one.note
  return [wordOf('paperFaults', one.fault), one.note].filter(Boolean).join(language.value === 'zh' ? '：' : ': ')
}
