// SPDX-License-Identifier: Apache-2.0
// A correction in words: "2022-01-14 更正：姓名、电话（录入有误）". It says what was put right, not what it was.
import type { Amendment } from '@/api/types'
import { day } from '@/format'
import { language, t } from '@/words'

const PARTS = ['name', 'phone', 'address', 'facts'] as const

export function amendedWords(one: Amendment): string {
  const parts = PARTS.filter((part) => one[part]).map((part) => t(`amended.${part}`))
  return t('amended.line', { day: day(one.atMs), parts: parts.join(language.value === 'en' ? ', ' : '、'), reason: one.reason })
}
