// SPDX-License-Identifier: Apache-2.0
// Words of the pages: Chinese first, English at a switch. What all pages say stands here, what one
// page says stands beside it and is given to useWords.
import { computed } from 'vue'
import { createI18n, useI18n } from 'vue-i18n'

import en from './en'
import zh from './zh'

export type Language = 'zh' | 'en'

const KEPT = 'onedoor.language'
const kept = (): Language => (localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh')

export const i18n = createI18n({
  legacy: false,
  locale: kept(),
  fallbackLocale: 'zh',
  missingWarn: false,
  fallbackWarn: false,
  messages: { zh, en },
})

export const language = computed(() => i18n.global.locale.value as Language)
export const languageTag = (): string => (language.value === 'en' ? 'en' : 'zh-CN')

export function setLanguage(next: Language): void {
  i18n.global.locale.value = next
  localStorage.setItem(KEPT, next)
  document.documentElement.lang = languageTag()
}

/** Outside of components. */
export const t = i18n.global.t

/** Is there a word of this key? Codes that come from the hall may be newer than the pages. */
export const hasWord = (key: string): boolean => i18n.global.te(key) || i18n.global.te(key, 'zh')

/** A name the hall gives in both languages. */
export const named = (of: { nameZh: string; nameEn: string }): string =>
  language.value === 'en' && of.nameEn !== '' ? of.nameEn : of.nameZh

/** A value of an enum in words; the value itself when there are none. */
export const wordOf = (group: string, value: string): string =>
  value !== '' && hasWord(`${group}.${value}`) ? t(`${group}.${value}`) : value

type Words = { [key: string]: string | string[] | Words }
type Shape<T> = { [K in keyof T]: T[K] extends string ? string : T[K] extends string[] ? string[] : Shape<T[K]> }

export interface Spoken {
  /** The word of a key, with `{name}` in it filled in. */
  t: (key: string, values?: Record<string, unknown>) => string
  te: (key: string, language?: Language) => boolean
  /** What stands under a key, a list for instance, whose members rt() makes words. */
  tm: (key: string) => string[]
  rt: (message: string) => string
}

/** The words of a page beside those of all: `const { t } = useWords(words)`. English has the shape
 *  of Chinese, which the compiler sees to. */
export function useWords<T extends Words>(words: { zh: T; en: Shape<T> }): Spoken {
  return useI18n({
    useScope: 'local',
    inheritLocale: true,
    missingWarn: false,
    fallbackWarn: false,
    messages: words as never,
  }) as unknown as Spoken
}
