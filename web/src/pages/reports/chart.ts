// SPDX-License-Identifier: Apache-2.0
// The charts of the report as options of ECharts. Series differ by colour and by pattern or sign, so that
// nobody depends on colour; a table beside each chart has its figures.
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'

import { count, isMoney, isStacked, VIEWS, type Key, type Row, type View } from './figures'

export type Option = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>

export interface Look {
  color: (token: string) => string
  font: string
  isStill: boolean
}
export interface Picture {
  rows: Row[]
  view: View
  wordOf: (key: Key) => string
}

/** From this many points on lines are drawn, below it bars. */
const LINE_POINTS = 32

const TOKENS: Partial<Record<Key, string>> = {
  received: '--brand',
  accepted: '--chart-2',
  closed: '--ok',
  onTime: '--ok',
  late: '--bad',
  feeFen: '--chart-2',
  waivedFen: '--ink-3',
  netFen: '--brand',
  corrected: '--chart-2',
  refused: '--bad',
  withdrawn: '--ink-3',
  terminated: '--ink',
  yellow: '--warn-sign',
  red: '--bad',
}
/** A colour that is pale on paper gets an edge. */
const EDGES: Partial<Record<Key, string>> = { yellow: '--warn' }
const SIGNS = ['circle', 'rect', 'triangle', 'diamond']
const DASHES = ['solid', 'dashed', 'dotted', 'solid'] as const
const PALE = 'rgba(255, 255, 255, 0.6)'
/** Plain, slanted lines, dots, level lines. */
const PATTERNS = [
  { symbol: 'none', color: 'transparent' },
  { symbol: 'rect', color: PALE, rotation: -Math.PI / 4, dashArrayX: [1, 0], dashArrayY: [2, 5] },
  { symbol: 'circle', color: PALE, symbolSize: 0.7, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [5, 0] },
  { symbol: 'rect', color: PALE, dashArrayX: [1, 0], dashArrayY: [2, 4] },
]

const valueOf = (row: Row, key: Key): number => (isMoney(key) ? row.sums[key] / 100 : row.sums[key])
/** "¥1,234.50", "1,234" */
const saying = (view: View) => (value: unknown): string => {
  const [whole = '0', rest] = String(value).split('.')
  return (isMoney(VIEWS[view][0]) ? '¥' : '') + count(Number(whole)) + (rest ? `.${rest.padEnd(2, '0')}` : '')
}

/** Series without any value are left out. */
export const shownKeys = (rows: Row[], view: View): Key[] => {
  const keys: readonly Key[] = VIEWS[view]
  const used = keys.filter((key) => rows.some((row) => row.sums[key] !== 0))
  return used.length > 0 ? used : [...keys]
}

const seriesOf = ({ rows, view, wordOf }: Picture, look: Look, asLines: boolean): (BarSeriesOption | LineSeriesOption)[] =>
  shownKeys(rows, view).map((key) => {
    const at = (VIEWS[view] as readonly Key[]).indexOf(key)
    const common = { id: key, name: wordOf(key), data: rows.map((row) => valueOf(row, key)) }
    return asLines
      ? { ...common, type: 'line', symbol: SIGNS[at], symbolSize: 6, showAllSymbol: rows.length < 70, lineStyle: { width: 2, type: DASHES[at] } }
      : { ...common, type: 'bar', barMaxWidth: 22, itemStyle: EDGES[key] ? { borderWidth: 1, borderColor: look.color(EDGES[key]) } : {}, stack: isStacked(view) ? 'all' : undefined }
  })

function frame(picture: Picture, look: Look): Option {
  const { rows, view } = picture
  return {
    animation: !look.isStill,
    animationDuration: 400,
    aria: { enabled: true, label: { enabled: false }, decal: { show: true, decals: shownKeys(rows, view).map((key) => PATTERNS[(VIEWS[view] as readonly Key[]).indexOf(key)]!) } },
    color: shownKeys(rows, view).map((key) => look.color(TOKENS[key] ?? '--brand')),
    textStyle: { fontFamily: look.font, color: look.color('--ink-2') },
    legend: { top: 0, left: 0, itemGap: 18, itemWidth: 22, textStyle: { color: look.color('--ink'), fontSize: 13 } },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      axisPointer: { type: 'shadow' },
      borderColor: look.color('--line-strong'),
      textStyle: { color: look.color('--ink'), fontSize: 13 },
      valueFormatter: saying(view),
    },
  } as Option
}

/** Over time: days or months from left to right. */
export function trendOption(picture: Picture, look: Look, labels: string[]): Option {
  const isLong = picture.rows.length >= LINE_POINTS && !isStacked(picture.view)
  return {
    ...frame(picture, look),
    grid: { top: 40, left: 8, right: 12, bottom: 4, containLabel: true },
    xAxis: { type: 'category', data: labels, boundaryGap: !isLong, axisTick: { show: false }, axisLine: { lineStyle: { color: look.color('--line-strong') } }, axisLabel: { color: look.color('--ink-2'), hideOverlap: true } },
    yAxis: valueAxis(picture, look),
    series: seriesOf(picture, look, isLong),
  } as Option
}

function valueAxis({ view }: Picture, look: Look) {
  return {
    type: 'value',
    minInterval: isMoney(VIEWS[view][0]) ? 0 : 1,
    axisLabel: { color: look.color('--ink-2'), formatter: saying(view), hideOverlap: true },
    splitLine: { lineStyle: { color: look.color('--line') } },
  }
}

/** Side by side: the most at the top. */
export function rankOption(picture: Picture, look: Look): Option {
  return {
    ...frame(picture, look),
    grid: { top: 34, left: 8, right: 48, bottom: 4, containLabel: true },
    xAxis: valueAxis(picture, look),
    yAxis: { type: 'category', inverse: true, data: picture.rows.map((row) => row.name), axisTick: { show: false }, axisLine: { lineStyle: { color: look.color('--line-strong') } }, axisLabel: { color: look.color('--ink'), width: 240, overflow: 'truncate', fontSize: 13 } },
    series: seriesOf(picture, look, false),
  } as Option
}

/** Colours and fonts from the page's style sheet. */
export function lookOf(element: Element): Look {
  const style = getComputedStyle(element)
  return {
    color: (token) => style.getPropertyValue(token).trim(),
    font: style.fontFamily,
    isStill: matchMedia('(prefers-reduced-motion: reduce)').matches,
  }
}
