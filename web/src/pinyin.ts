// SPDX-License-Identifier: Apache-2.0
// Search by a part of the name, by code, or by pinyin initials ("sbsp" for 社保审批). The browser sorts
// Chinese by pinyin, so a character's initial follows from its place among the first characters of each
// letter: no dictionary is shipped.

const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin')

/** The first character of each initial; there is none for I, U and V. */
const FIRSTS = '阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀'
const LETTERS = 'abcdefghjklmnopqrstwxyz'

/** Characters with several readings: all initials in use. */
const SEVERAL: Record<string, string> = {
  长: 'cz', 重: 'zc', 行: 'xh', 会: 'hk', 调: 'td', 传: 'cz', 乐: 'ly', 校: 'xj', 降: 'jx', 单: 'ds',
  查: 'cz', 参: 'cs', 藏: 'cz', 车: 'cj', 给: 'gj', 系: 'xj', 省: 'sx', 石: 'sd', 弹: 'dt', 种: 'zc',
  朝: 'cz', 厦: 'sx', 曾: 'cz', 仇: 'cq', 解: 'jx', 卡: 'kq', 强: 'qj', 率: 'ls', 屏: 'pb',
}

const HAN = /[\u3400-\u9fff]/
const known = new Map<string, string>()

/** All initials of a Chinese character, the usual one first; any other character in lower case. */
function initialsOf(character: string): string {
  if (!HAN.test(character)) return character.toLowerCase()
  let found = known.get(character)
  if (found === undefined) {
    let at = FIRSTS.length - 1
    while (at >= 0 && collator.compare(FIRSTS[at]!, character) > 0) at--
    const usual = LETTERS[at] ?? ''
    found = usual + (SEVERAL[character] ?? '').replace(usual, '')
    known.set(character, found)
  }
  return found
}

/** "sbsp" for "社保审批"; letters and digits stay, everything else is left out. */
export function initials(text: string): string {
  return [...text]
    .map((c) => initialsOf(c)[0] ?? '')
    .join('')
    .replace(/[^a-z0-9]/g, '')
}

const prepared = new Map<string, { plain: string; letters: string[] }>()

function prepare(text: string) {
  let found = prepared.get(text)
  if (!found) {
    const characters = [...text.normalize('NFKC').toLowerCase()].filter((c) => /[\p{L}\p{N}]/u.test(c))
    found = { plain: characters.join(''), letters: characters.map(initialsOf) }
    prepared.set(text, found)
  }
  return found
}

function lettersAt(letters: string[], at: number, query: string): boolean {
  for (let i = 0; i < query.length; i++) if (!letters[at + i]?.includes(query[i]!)) return false
  return true
}

/** Does the text contain each word of the query, literally or by initials? An empty query matches. */
export function matches(text: string, query: string): boolean {
  const { plain, letters } = prepare(text)
  return query
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .every(
      (word) =>
        plain.includes(word) ||
        (/^[a-z0-9]+$/.test(word) && letters.some((_, at) => lettersAt(letters, at, word))),
    )
}
