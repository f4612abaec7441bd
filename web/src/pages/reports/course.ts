// SPDX-License-Identifier: Apache-2.0
// The course of a figure as the points of a thin line. Pure.

/** "0,20 60,1 120,11": from left to right, the least at the bottom; empty when there is no course to see. */
export function pointsOf(values: number[], width: number, height: number): string {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)]
  if (values.length < 2 || most === least) return ''
  return values
    .map((value, i) => [(i * width) / (values.length - 1), 1 + ((most - value) / (most - least)) * (height - 2)])
    .map(([x, y]) => `${Math.round(x! * 10) / 10},${Math.round(y! * 10) / 10}`)
    .join(' ')
}
