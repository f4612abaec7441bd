// SPDX-License-Identifier: Apache-2.0
// An amount in capital numerals, which a receipt states beside the digits: 壹仟零伍元叁角整. Pure.
const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '万亿']

/** Four digits; `led`: a digit other than 0 comes before them. */
function group(digits: string, led: boolean): string {
  let text = ''
  let zero = false
  for (const [at, digit] of [...digits].entries()) {
    if (digit === '0') {
      zero = true
      continue
    }
    if (zero && (led || text !== '')) text += '零'
    zero = false
    text += DIGITS[Number(digit)]! + PLACES[digits.length - 1 - at]!
  }
  return text
}

/** "人民币壹仟零伍元叁角整" of 100530; negative amounts and those from 10^16 yuan on have none. */
export function capitals(fen: string | bigint): string {
  const value = BigInt(fen)
  const yuan = (value / 100n).toString()
  const jiao = Number((value / 10n) % 10n)
  const cents = Number(value % 10n)
  const padded = yuan.padStart(Math.ceil(yuan.length / 4) * 4, '0')
  let text = ''
  for (let at = 0; at < padded.length; at += 4) {
    const part = group(padded.slice(at, at + 4), text !== '')
    if (part !== '') text += part + GROUPS[(padded.length - at) / 4 - 1]!
  }
  if (text !== '') text += '元'
  if (jiao > 0) text += DIGITS[jiao]! + '角'
  else if (cents > 0 && text !== '') text += '零'
  if (cents > 0) text += DIGITS[cents]! + '分'
  return `人民币${text === '' ? '零元' : text}${cents > 0 ? '' : '整'}`
}
