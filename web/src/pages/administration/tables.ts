// SPDX-License-Identifier: Apache-2.0
// The catalogue of the hall as the CSV tables of db/reference, exact both ways: what is written is read as the same. In the normal form the
// rows of a table stand in order of their keys. Pure.
import type { CalendarDay, Department, FlowStep, HallWindow, Item, SurveyKind } from '@/api/types'

import { dateOf, dayOn, fenOf, NEW, noDraft, yuanOf, type DraftFee, type ItemDraft } from './items'

export const COLUMNS = {
  departments: ['code', 'name_zh', 'name_en', 'presence', 'floor', 'note_zh', 'note_en'],
  windows: ['number', 'floor', 'department', 'kind', 'status', 'name_zh', 'name_en', 'source'],
  items: ['code', 'department', 'seq', 'name_zh', 'name_en', 'applicant', 'handling', 'statutory_days', 'promised_days', 'decision_level', 'result', 'window_can_finish', 'begun_by', 'source'],
  materials: ['item', 'seq', 'name_zh', 'name_en', 'form', 'copies', 'required'],
  flow_steps: ['item', 'stage', 'department', 'action', 'lead', 'days', 'clock'],
  surveys: ['item', 'kind'],
  fee_standards: ['code', 'item', 'department', 'name_zh', 'name_en', 'kind', 'unit_fen', 'unit', 'free_units', 'cap_fen', 'basis', 'deposit', 'reducible'],
  fee_tiers: ['fee', 'from_units', 'to_units', 'unit_fen'],
  calendar: ['date', 'kind', 'name_zh', 'name_en'],
} as const
export type TableName = keyof typeof COLUMNS
export const TABLES = Object.keys(COLUMNS) as TableName[]
export type Row = Record<string, string>
export type Tables = Record<TableName, Row[]>

/** How many columns are the key, by which rows are sorted. */
const KEYS: Record<TableName, number> = { departments: 1, windows: 1, items: 1, materials: 2, flow_steps: 3, surveys: 1, fee_standards: 1, fee_tiers: 2, calendar: 1 }

/* ---- text */

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const compare = (a: string, b: string): number => (/^\d+$/.test(a) && /^\d+$/.test(b) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0)

export function textOf(name: TableName, rows: Row[]): string {
  const columns: readonly string[] = COLUMNS[name]
  const key = columns.slice(0, KEYS[name])
  const inOrder = (a: Row, b: Row) => key.reduce((order, column) => order || compare(a[column]!, b[column]!), 0)
  const lines = [...rows].sort(inOrder).map((row) => columns.map((column) => cell(row[column] ?? '')).join(','))
  return [columns.join(','), ...lines].map((line) => `${line}\n`).join('')
}

/** The cells of each line; quoted ones may hold commas, quotes and line ends. */
function cellsOf(text: string): string[][] {
  const lines: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.replace(/^\ufeff/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '') break
    if (end !== ',') lines.push([])
  }
  return lines.filter((line) => line.some((one) => one !== ''))
}

/** Null: the header is not that of the table. Columns may stand in any order. */
export function rowsOf(name: TableName, text: string): Row[] | null {
  const [header = [], ...lines] = cellsOf(text)
  if (COLUMNS[name].some((column) => !header.includes(column))) return null
  return lines.map((line) => Object.fromEntries(header.map((column, i) => [column, line[i] ?? ''])))
}

/* ---- the hall as tables */

export interface ListedItem {
  item: Pick<Item, 'code' | 'source'>
  content: ItemDraft
}
export interface HallContent {
  departments: Department[]
  windows: HallWindow[]
  items: ListedItem[]
  days: CalendarDay[]
}

const yes = (flag: boolean): string => (flag ? 'yes' : 'no')
const some = (n: number | string): string => (Number(n) === 0 ? '' : String(n))
const actionName = (action: FlowStep['action']): string => (action === 'DECIDE_CASE' ? 'decide' : action.toLowerCase())
const actionOf = (name: string) => (name === 'decide' ? 'DECIDE_CASE' : name.toUpperCase()) as FlowStep['action']

const itemRow = ({ item, content: of }: ListedItem): Row => ({
  code: item.code, department: of.department, seq: String(of.seq), name_zh: of.nameZh, name_en: of.nameEn, applicant: of.applicant, handling: of.handling,
  statutory_days: String(of.statutoryDays), promised_days: String(of.promisedDays), decision_level: of.decisionLevel, result: of.result,
  window_can_finish: yes(of.windowCanFinish), begun_by: of.byDepartment ? 'department' : 'applicant', source: item.source === 'ASSUMED' ? 'assumed' : 'said',
})
const feeRow = (item: string, of: DraftFee): Row => ({
  code: of.code, item, department: of.department, name_zh: of.nameZh, name_en: of.nameEn, kind: of.kind, unit_fen: of.kind === 'tiered' ? '' : fenOf(of.price), unit: of.unit,
  free_units: String(of.freeUnits), cap_fen: of.cap === '' ? '' : fenOf(of.cap), basis: of.basis, deposit: yes(of.deposit), reducible: yes(of.reducible),
})

export function tablesOf(hall: HallContent): Tables {
  const offered = hall.items.filter((one) => one.content.standing !== 'left')
  return {
    departments: hall.departments.map((of) => ({ code: of.code, name_zh: of.nameZh, name_en: of.nameEn, presence: of.presence, floor: some(of.floor), note_zh: of.noteZh, note_en: of.noteEn })),
    windows: hall.windows.map((of) => ({ number: String(of.window), floor: some(of.floor), department: of.department, kind: of.kind, status: of.status, name_zh: of.nameZh, name_en: of.nameEn, source: of.source === 'ASSUMED' ? 'assumed' : 'said' })),
    items: offered.map(itemRow),
    materials: offered.flatMap(({ item, content }) => content.materials.map((of, i) => ({ item: item.code, seq: String(i + 1), name_zh: of.nameZh, name_en: of.nameEn, form: of.form, copies: String(of.copies), required: yes(of.required) }))),
    flow_steps: offered.flatMap(({ item, content }) => content.steps.map((of) => ({ item: item.code, stage: String(of.stage), department: of.department, action: actionName(of.action), lead: yes(of.lead), days: String(of.days), clock: of.counts ? 'counts' : 'excluded' }))),
    surveys: offered.filter((one) => one.content.survey !== 'SURVEY_KIND_UNSPECIFIED').map(({ item, content }) => ({ item: item.code, kind: content.survey.replace('BY_', '').toLowerCase() })),
    fee_standards: offered.flatMap(({ item, content }) => content.fees.map((of) => feeRow(item.code, of))),
    fee_tiers: offered.flatMap(({ content }) => content.fees.flatMap((fee) => fee.tiers.map((of) => ({ fee: fee.code, from_units: String(of.from), to_units: some(of.to), unit_fen: fenOf(of.price) })))),
    calendar: hall.days.map((of) => ({ date: dateOf(of.day), kind: of.kind === 'HOLIDAY' ? 'holiday' : 'workday', name_zh: of.nameZh, name_en: of.nameEn })),
  }
}

/* ---- tables as the hall. What they do not say of an item stays as it is */

const feeOf = (row: Row, tiers: Row[]): DraftFee => ({
  code: row.code!, department: row.department!, nameZh: row.name_zh!, nameEn: row.name_en!, kind: row.kind!, unit: row.unit!, basis: row.basis!,
  deposit: row.deposit === 'yes', reducible: row.reducible === 'yes', price: row.kind === 'tiered' ? '' : yuanOf(row.unit_fen!), freeUnits: Number(row.free_units),
  cap: row.cap_fen === '' ? '' : yuanOf(row.cap_fen!), tiers: tiers.filter((one) => one.fee === row.code).map((one) => ({ from: Number(one.from_units), to: Number(one.to_units), price: yuanOf(one.unit_fen!) })),
})

function contentOfItem(row: Row, tables: Tables, before: ItemDraft): ItemDraft {
  const mine = (name: 'materials' | 'flow_steps' | 'surveys' | 'fee_standards') => tables[name].filter((one) => one.item === row.code)
  const survey = mine('surveys')[0]
  const said = new Map(before.materials.map((one) => [one.nameZh, one]))
  return {
    ...before,
    department: row.department!, seq: Number(row.seq), nameZh: row.name_zh!, nameEn: row.name_en!, applicant: row.applicant!, handling: row.handling!,
    statutoryDays: Number(row.statutory_days), promisedDays: Number(row.promised_days), decisionLevel: row.decision_level!, result: row.result!,
    windowCanFinish: row.window_can_finish === 'yes', byDepartment: row.begun_by === 'department', standing: before.standing === 'left' ? 'offered' : before.standing,
    survey: survey ? (`BY_${survey.kind!.toUpperCase()}` as SurveyKind) : 'SURVEY_KIND_UNSPECIFIED',
    materials: mine('materials').sort((a, b) => Number(a.seq) - Number(b.seq)).map((one) => ({
      seq: Number(one.seq), nameZh: one.name_zh!, nameEn: one.name_en!, form: one.form!, copies: Number(one.copies), required: one.required === 'yes',
      source: said.get(one.name_zh!)?.source ?? '', note: said.get(one.name_zh!)?.note ?? '', from: said.get(one.name_zh!)?.seq ?? 0,
    })),
    steps: mine('flow_steps').map((one) => ({ stage: Number(one.stage), department: one.department!, action: actionOf(one.action!), lead: one.lead === 'yes', days: Number(one.days), counts: one.clock === 'counts' })).sort((a, b) => a.stage - b.stage || compare(a.department, b.department)),
    fees: mine('fee_standards').map((one) => feeOf(one, tables.fee_tiers)),
  }
}

/** `present`: the items that the hall has, by code. */
export function hallOf(tables: Tables, present: Map<string, ItemDraft> = new Map()): HallContent {
  return {
    departments: tables.departments.map((row) => ({ code: row.code!, nameZh: row.name_zh!, nameEn: row.name_en!, presence: row.presence as Department['presence'], floor: Number(row.floor), noteZh: row.note_zh!, noteEn: row.note_en!, revision: '' })),
    windows: tables.windows.map((row) => ({
      window: Number(row.number), department: row.department!, nameZh: row.name_zh!, nameEn: row.name_en!, open: row.status === 'open', floor: Number(row.floor), telephone: '',
      kind: row.kind as HallWindow['kind'], status: row.status as HallWindow['status'], source: row.source === 'assumed' ? 'ASSUMED' : 'SOURCE_UNSPECIFIED', revision: '',
    })),
    items: tables.items.map((row) => ({
      item: { code: row.code!, source: row.source === 'assumed' ? 'ASSUMED' : 'SOURCE_UNSPECIFIED' },
      content: contentOfItem(row, tables, present.get(row.code!) ?? { ...noDraft(), base: NEW }),
    })),
    days: tables.calendar.map((row) => ({ day: dayOn(row.date!), kind: row.kind === 'holiday' ? 'HOLIDAY' : 'MAKE_UP_WORKING_DAY', nameZh: row.name_zh!, nameEn: row.name_en! })),
  }
}
