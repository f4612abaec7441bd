// SPDX-License-Identifier: Apache-2.0
// The display says each call aloud, where the browser can speak and the address asks for it: /display?voice=zh, en or both.
import type { Call } from '@/api/types'
import { ticketNumber } from '@/parts/tickets/tickets'

/** "请 零 四 二 号到 6 号窗口": digits one by one, as they are called out in a hall. */
export const sentenceZh = (call: Call): string => `请${[...ticketNumber(call.number)].join(' ')}号，到${call.window}号窗口。`
export const sentenceEn = (call: Call): string => `Number ${[...ticketNumber(call.number)].join(' ')}, please come to window ${call.window}.`

/** What is said of a call: a text for each language asked for; any other value asks for none. */
export function sayings(call: Call, voice: string): { lang: string; text: string }[] {
  const zh = { lang: 'zh-CN', text: sentenceZh(call) }
  const en = { lang: 'en-GB', text: sentenceEn(call) }
  return voice === 'zh' ? [zh] : voice === 'en' ? [en] : voice === 'both' ? [zh, en] : []
}

export function announce(calls: Call[], voice: string): void {
  if (typeof speechSynthesis === 'undefined') return
  for (const { lang, text } of calls.flatMap((call) => sayings(call, voice))) {
    const said = new SpeechSynthesisUtterance(text)
    said.lang = lang
    speechSynthesis.speak(said)
  }
}
