// SPDX-License-Identifier: Apache-2.0
// The timeline of a case. The dossier holds English sentences of fixed form (services/reporting/hears_*.c), with
// accounts and codes; they are translated here, and names put in. A sentence whose form is not listed is shown unchanged.
import type { TimelineEntry } from '@/api/types'
import { workingTime } from '@/format'
import { names } from '@/names'
import { hasWord, language, listed, t, wordOf } from '@/words'

const department = (code: string): string => names.department(code)
const person = (account: string): string => names.person(account)
const departments = (codes: string): string => listed(codes.trim().split(/\s+/).map(department))
const yuan = (text: string): string => text.replace(/(-?[\d.,]+) yuan/g, '¥$1')
const level = (word: string): string => wordOf('lamps', word.replace(/ card$/, '').toUpperCase())
const work = (word: string): string =>
  word === 'the case' ? '整个办件' : word.replace(/^task (\d+)$/, '第 $1 项任务')
const because = (why?: string): string => (why ? `：${why}` : '')
const pause = (word: string): string => PAUSES[word] ?? word

const PAUSES: Record<string, string> = {
  hearing: '听证', bidding: '招标', auction: '拍卖', inspection: '检验', testing: '检测',
  quarantine: '检疫', appraisal: '鉴定', 'expert review': '专家评审', 'site survey': '联合踏勘',
  'special procedure': '特别程序',
}
const METHODS: Record<string, string> = {
  'in cash': '现金', 'by card': '银行卡', 'by transfer': '转账', 'by mobile': '移动支付', '': '',
}
const CHANNELS: Record<string, string> = { online: '网上申请', 'by mobile': '移动端申请', 'by letter': '信函申请', 'begun by its department': '部门立案' }

/** " [NOT_SIGNED: on page 2]" */
const faulty = (text: string): string =>
  text.replace(/ \[([A-Z_]+)(?:: ([^\]]*))?\]/g, (_, fault: string, note = '') => `，${fault === 'OTHER_FAULT' ? note : [t(`paperFaults.${fault}`), note].filter(Boolean).join('：')}`)
const missing = (list: string): string => faulty(list.replaceAll(', ', '、').replace(/ \((\d+)\)/g, '（$1 份）'))

type Form = [RegExp, (...parts: string[]) => string]

/** What a second person must agree to (RULE H22). */
const COMMANDS: Record<string, string> = { Waive: '减免', Refund: '退费', Extend: '延长期限', AskAgain: '再次要求补正', TakeBack: '撤销误操作' }
const ANSWERS: Record<string, string> = { agreed: '同意', refused: '不同意', withdrawn: '撤回', lapsed: '超时失效' }
const command = (word: string): string => COMMANDS[word] ?? word
const ASKED: Form[] = [[/^(\w+): (.*)$/s, (what, why) => `${command(what!)}：${why}`]]
const ANSWERED: Form[] = [[/^(\w+) (\w+)(?:: (.*))?$/s, (what, how, why) => `${command(what!)}，${ANSWERS[how!] ?? how}${why ? `：${why}` : ''}`]]

/** By type of event; the first form that matches the whole sentence is used. */
const forms: Record<string, Form[]> = {
  'intake.CaseReceived': [
    [/^at window (\d+)(, fast lane)?$/, (n, fast) => `${n} 号窗口收件${fast ? '，快车道' : ''}`],
    [/^(online|by mobile|by letter|begun by its department)(, fast lane)?$/, (how, fast) => CHANNELS[how!] + (fast ? '，快车道' : '')],
  ],
  'intake.CaseAccepted': [
    [/^to be finished at the window$/, () => '窗口当场办结'],
    [/^promised within (\d+) working days$/, (n) => `承诺 ${n} 个工作日内办结`],
    [/^deemed accepted, [^;]*; to be finished at the window$/, () => '逾期未告知，视为受理；窗口当场办结'],
    [/^deemed accepted, [^;]*; promised within (\d+) working days$/, (n) => `逾期未告知，视为受理；承诺 ${n} 个工作日内办结`],
  ],
  'intake.CorrectionAsked': [
    [/^again, agreed by (.+?): (.*); missing: (.*?)$/s, (by, why, what) => `再次要求补正，${person(by!)} 同意：${why}；需补正：${missing(what!)}`],
    [/^missing: (.*)$/s, (what) => `需补正：${missing(what!)}`],
  ],
  'intake.CaseRefused': [[/^(.*); to be asked of (.*)$/s, (why, where) => `${why}；请向${where}申请`]],
  'intake.CaseClosed': [[/^granted$/, () => '准予许可'], [/^denied$/, () => '不予许可']],
  'intake.DecisionTakenBack': [[/^(granted|denied), agreed by (.+?): (.*)$/s, (what, by, why) => `原${what === 'granted' ? '准予' : '不予许可'}，${person(by!)} 同意：${why}`]],
  'intake.DeliveryTakenBack': [[/^agreed by (.+?): (.*)$/s, (by, why) => `${person(by!)} 同意：${why}`]],
  'intake.Asked': ASKED,
  'intake.Answered': ANSWERED,
  'intake.CaseAmended': [[/^([a-z, ]+): (.*)$/s, (parts, why) => `${parts!.split(', ').map((part) => t(`amended.${part}`)).join('、')}：${why}`]],
  'intake.ScanKept': [[/^paper (\d+), (\w+), (\d+) KiB$/, (seq, type, size) => `第 ${seq} 项材料，${type}，${size} KiB`]],
  'intake.PaperMended': [[/^(.*)$/s, (what) => faulty(what!)]],
  'intake.CaseDelivered': [
    [/^handed over$/, () => '当面领取'],
    [/^posted$/, () => '邮寄送达'],
    [/^electronically$/, () => '电子送达'],
  ],
  'routing.StageOpened': [[/^stage (\d+):(.*)$/, (n, codes) => `第 ${n} 环节：${departments(codes!)}`]],
  'routing.TaskDecided': [
    [/^agreed(?:: (.*))?$/s, (opinion) => `同意${opinion ? `：${opinion}` : ''}`],
    [/^disagreed(?:: (.*))?$/s, (opinion) => `不同意${opinion ? `：${opinion}` : ''}`],
  ],
  'routing.TaskReleased': [[/^(.+)$/, (who) => `原承办人 ${person(who!)}`]],
  'routing.FlowReopened': [[/^(.*)$/, (codes) => departments(codes!)]],
  'routing.TaskTaken': [
    [/^(.+), from (.+)$/, (who, from) => `由 ${names.person(who!)} 从 ${names.person(from!)} 处接手`],
    [/^(.+)$/, (who) => `由 ${names.person(who!)} 认领`],
  ],
  'routing.ClockPaused': [[/^(.+), notice (.*), (\d+) days planned$/, (kind, notice, days) => `${pause(kind!)}，通知书 ${notice}，计划 ${days} 天`]],
  'routing.ClockResumed': [[/^(.+)$/, (kind) => pause(kind!)]],
  'routing.ClockExtended': [[/^(\d+) working days more, agreed by (.+?): (.*)$/s, (n, by, why) => `延长 ${n} 个工作日，${person(by!)} 同意：${why}`]],
  'routing.Asked': ASKED,
  'routing.Answered': ANSWERED,
  'routing.DeadlineMoved': [
    [/^of the case(?:: (.*))?$/s, (why) => `整个办件${because(why)}`],
    [/^of the case, by law(?:: (.*))?$/s, (why) => `整个办件（法定）${because(why)}`],
    [/^of task (\d+)(?:: (.*))?$/s, (n, why) => `第 ${n} 项任务${because(why)}`],
  ],
  'charging.OrderRaised': [
    [/^(-?[\d.,]+ yuan): (.*)$/, (total, lines) => `${yuan(total!)}（${lines!.split(', ').map((line) => line.replace(/^(\w+) (.*)$/, (_, code: string, sum: string) => `${department(code)} ${yuan(sum)}`)).join('、')}）`],
    [/^(-?[\d.,]+ yuan)$/, (total) => yuan(total!)],
  ],
  'charging.OrderCancelled': [[/^(-?[\d.,]+ yuan): (.*)$/s, (sum, why) => `${yuan(sum!)}：${why}`]],
  'charging.OrderPaid': [[/^(-?[\d.,]+ yuan) ([a-z ]*), receipt (\d+)$/, (sum, how, n) => `${METHODS[how!] ?? how} ${yuan(sum!)}，收据号 ${n}`]],
  'charging.OrderWaived': [[/^line (\d+), (-?[\d.,]+ yuan), agreed by (.+?): (.*)$/s, (n, sum, by, why) => `第 ${n} 项减免 ${yuan(sum!)}，${person(by!)} 同意：${why}`]],
  'charging.OrderRefunded': [[/^line (\d+), (-?[\d.,]+ yuan), agreed by (.+?): (.*)$/s, (n, sum, by, why) => `第 ${n} 项退费 ${yuan(sum!)}，${person(by!)} 同意：${why}`]],
  'charging.OrderToRefund': [[/^(-?[\d.,]+ yuan): (.*)$/s, (sum, why) => `${yuan(sum!)}：${why}`]],
  'charging.Asked': ASKED,
  'charging.Answered': ANSWERED,
  'supervision.CardIssued': [[/^(.+), (the case|task \d+): (\d+) of (\d+) working minutes used \((.*)\)$/, (card, of, used, all, rule) => `${level(card!)}，${work(of!)}：已用 ${workingTime(Number(used))} / 共 ${workingTime(Number(all))}（${wordOf('rules', rule!)}）`]],
  'supervision.CardWithdrawn': [[/^(.+), (the case|task \d+): (.*)$/s, (card, of, why) => `${level(card!)}，${work(of!)}：${why}`]],
  'supervision.Pressed': [[/^(the case|task \d+): (.*)$/s, (of, said) => `${work(of!)}：${said}`]],
  'supervision.CardAnswered': [[/^(.+), (the case|task \d+): (.*)$/s, (card, of, said) => `${level(card!)}，${work(of!)}：${said}`]],
}

/** In English the dossier's sentence stays, with names where it has accounts and codes. */
const inEnglish: Record<string, Form[]> = {
  'routing.StageOpened': [[/^(stage \d+):(.*)$/, (stage, codes) => `${stage}: ${departments(codes!)}`]],
  'routing.FlowReopened': [[/^(.*)$/, (codes) => departments(codes!)]],
  'routing.TaskReleased': [[/^(.+)$/, (who) => `taken before by ${person(who!)}`]],
  'routing.TaskTaken': [
    [/^(.+), from (.+)$/, (who, from) => `by ${person(who!)}, from ${person(from!)}`],
    [/^(.+)$/, (who) => `by ${person(who!)}`],
  ],
  'charging.OrderRaised': [[/^(-?[\d.,]+ yuan): (.*)$/, (total, lines) => `${yuan(total!)} (${lines!.split(', ').map((line) => line.replace(/^(\w+) (.*)$/, (_, code: string, sum: string) => `${department(code)} ${yuan(sum)}`)).join(', ')})`]],
  'supervision.CardIssued': [[/^(.+), (the case|task \d+): (\d+) of (\d+) working minutes used \((.*)\)$/, (card, of, used, all, rule) => `${level(card!)} card, ${of}: ${workingTime(Number(used))} of ${workingTime(Number(all))} used (${wordOf('rules', rule!)})`]],
}
const agreed = (text: string): string => yuan(text).replace(/agreed by ([\w.-]+):/, (_, who: string) => `agreed by ${person(who)}:`)

function spoken(all: Form[] | undefined, text: string): string | undefined {
  for (const [form, say] of all ?? []) {
    const found = form.exec(text)
    if (found) return say(...found.slice(1))
  }
  return undefined
}

/** The sentence in the language of the pages. */
export const timelineText = ({ type, text }: Pick<TimelineEntry, 'type' | 'text'>): string =>
  language.value === 'en' ? (spoken(inEnglish[type], text) ?? agreed(text)) : (spoken(forms[type], text) ?? text)

/** The event's title: "受理". */
export const timelineTitle = (type: string): string =>
  hasWord(`events.${type}`) ? t(`events.${type}`) : (type.split('.')[1] ?? type)
