// SPDX-License-Identifier: Apache-2.0
// Words of the pages, in Chinese and English. Words that several pages use stand here; those of one page
// stand in its folder and are passed to useWords.
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

/** For a while: it is not kept. */
export const speak = (next: Language): void => void (i18n.global.locale.value = next)

export function setLanguage(next: Language): void {
  i18n.global.locale.value = next
  localStorage.setItem(KEPT, next)
  document.documentElement.lang = languageTag()
}

/** For use outside of components. */
export const t = i18n.global.t

/** Is there a word for this key? Codes from the hall may be newer than the pages. */
export const hasWord = (key: string): boolean => i18n.global.te(key) || i18n.global.te(key, 'zh')

/** Names one after the other. */
export const listed = (all: string[]): string => all.join(language.value === 'en' ? ', ' : '、')

/** A name that the hall has in both languages. */
export const named = (of: { nameZh: string; nameEn: string }): string =>
  language.value === 'en' && of.nameEn !== '' ? of.nameEn : of.nameZh

/** The word for a value of an enum, or a code such as "L42.1"; the value itself when there is none. */
export function wordOf(group: string, value: string): string {
  const key = `${group}.${value.replaceAll('.', '_')}`
  return value !== '' && hasWord(key) ? t(key) : value
}

type Words = { [key: string]: string | string[] | Words }
type Shape<T> = { [K in keyof T]: T[K] extends string ? string : T[K] extends string[] ? string[] : Shape<T[K]> }

export interface Spoken {
  /** The word of a key, with `{name}` in it filled in. */
  t: (key: string, values?: Record<string, unknown>) => string
  te: (key: string, language?: Language) => boolean
  /** The raw message of a key, for instance a list; rt() makes its members words. */
  tm: (key: string) => string[]
  rt: (message: string) => string
}

/** The words of a page in addition to the shared ones: `const { t } = useWords(words)`. The compiler
 *  checks that English has the same keys as Chinese. */
export function useWords<T extends Words>(words: { zh: T; en: Shape<T> }): Spoken {
  return useI18n({
    useScope: 'local',
    inheritLocale: true,
    missingWarn: false,
    fallbackWarn: false,
    messages: words as never,
  }) as unknown as Spoken
}
