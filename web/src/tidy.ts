// SPDX-License-Identifier: Apache-2.0
// What is typed or pasted, tidied before it is judged or sent. Pure. tests/tidy/cases.tsv says what each
// kind of text becomes; every twin of these functions is held to the same table.
//  document: an applicant's number. Capitals and digits; a label before it, white space, dashes, quotes go.
//  phone: digits; a "+" at the beginning; "-" before an extension.
//  name: of a person or an organisation. One line, no quotes around it, one kind of middle dot.
//  line: any other text of one line.
//  text: several lines; each ends in "\n".
//  amount: of money, or a count; digits and a point.

/** Spaces of every kind, as JavaScript's \s, and those that it does not count. */
const SPACE = '\\s\\u0085\\u180e'
/** Invisible: soft hyphen, joiners, fillers, zero-width characters, variants, tags. */
const INVISIBLE = '\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u200b-\\u200d\\u2060-\\u2064\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\u{e0000}-\\u{e007f}'
/** Marks and overrides of the writing direction. */
const DIRECTION = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u206f'
const DASH = '\\-_\\u2010-\\u2015\\u2212\\u30fc\\ufe58\\ufe63'
const QUOTE = '"\'`\\u00b4\\u2018-\\u201f\\u300c-\\u300f'
const CONTROL = '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\ufff9-\\ufffb'
const HAN = '\\p{Script=Han}'

const all = (...sets: string[]) => new RegExp(`[${sets.join('')}]+`, 'gu')
const ends = (...sets: string[]) => new RegExp(`^[${sets.join('')}]+|[${sets.join('')}]+$`, 'gu')
const spaces = all(SPACE)
const invisible = all(INVISIBLE)
const unseen = all(INVISIBLE, DIRECTION)
const edges = ends(SPACE, DIRECTION)
const separators = all(SPACE, DASH, QUOTE)

/** Full-width forms of ASCII made half-width. */
const narrow = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))

/** Without the label before a number, such as "身份证号：", "ID " or "№"; a number begins with what `opens`
 *  matches. */
function withoutLabel(text: string, opens: RegExp): string {
  const afterColon = text.slice(text.lastIndexOf(':') + 1)
  const number = /\d/.test(afterColon) ? afterColon : text
  const start = number.search(opens)
  const plain = start < 0 ? number : number.slice(start)
  return plain.replace(/^(?:(?:id|no|nr|number|code|passport|tel|phone|mobile)\b[.\s#]*)+(?=[\w+(])/i, '')
}

export function tidyDocument(text: string): string {
  const plain = withoutLabel(narrow(text.replace(unseen, '')), /[0-9A-Za-z]/)
  return plain.replace(separators, '').replace(/[^0-9A-Za-z×]+$/u, '').replace(/×$/, 'X').toUpperCase()
}

/** The extension behind the last dash of "01065123456-801"; none when the groups are one number. */
function splitExtension(number: string): [string, string] {
  const [, before, after] = /^(.*\d)-(\d{1,5})$/.exec(number) ?? [number, number, '']
  const digits = before!.replace(/\D/g, '')
  const isWhole = digits.length >= 10 || (/^\d{7,}$/.test(before!) && !/^1\d{10}$/.test(digits + after))
  return isWhole ? [before!, after!] : [number, '']
}

export function tidyPhone(text: string): string {
  const plain = withoutLabel(narrow(text.replace(unseen, '')), /[0-9+(]/).replace(spaces, '')
  const [, whole, inner] = /^(.*?\d)(?:(?:转|轉|ext\.?|x|#)(\d+))?\D*$/iu.exec(plain) ?? []
  if (whole === undefined) return tidyLine(text)
  const grouped = whole.replace(all(DASH, QUOTE, '().'), '-').replace(/^-/, '')
  const [groups, extension] = inner === undefined ? splitExtension(grouped) : [grouped, inner]
  const number = groups.replaceAll('-', '').replace(/^(?:\+|00)?86(?=1\d{10}$)/, '').replace(/^00(?=[1-9])/, '+')
  return extension === '' ? number : `${number}-${extension}`
}

export function tidyName(text: string): string {
  const plain = tidyLine(text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, narrow))
  return plain
    .replace(new RegExp(`^[${QUOTE}]([^${QUOTE}]*)[${QUOTE}]$|^'`, 'u'), '$1')
    .replace(/(?<=\p{L})\s?[\u00b7\u0387\u2022\u2027\u2219\u22c5\u30fb\uff0e\uff65]\s?(?=\p{L})/gu, '·')
    .replace(new RegExp(`(?<=${HAN}) (?=${HAN})`, 'gu'), '')
}

/** "1,234.50" and "￥１２３４.5元" as digits with a point; what is no amount stays wrong. */
export const tidyAmount = (text: string): string =>
  narrow(text.replace(unseen, ''))
    .replace(spaces, '')
    .replace(/^[¥￥]|元$/g, '')
    .replace(/,(?=\d{3}(?!\d))/g, '')
    .replace('。', '.')

export const tidyLine = (text: string): string =>
  text.replace(invisible, '').replace(spaces, ' ').replace(edges, '')

export const tidyText = (text: string): string =>
  text
    .replace(invisible, '')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\S\n]+$/gm, '')
    .replace(edges, '')

/** Nothing but white space, also such as nobody sees. */
export const isBlank = (text: string): boolean => tidyText(text) === ''

const forbidden = new RegExp(`[${CONTROL}${DIRECTION}]|\\p{Surrogate}`, 'u')
/** After tidying: has it no control or direction character left? */
export const isClean = (text: string): boolean => !forbidden.test(text)
