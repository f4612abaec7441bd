// SPDX-License-Identifier: Apache-2.0
// A published fee standard in words (RULE L58): what a unit costs, what is free, what is the most.
import type { FeeStandard } from '@/api/types'
import { money } from '@/format'
import { wordOf } from '@/words'

type Say = (key: string, of: Record<string, string>) => string

export function ratesOf(fee: FeeStandard, say: Say): string[] {
  const unit = wordOf('units', fee.unit)
  const lines =
    fee.kind === 'tiered'
      ? fee.tiers.map((tier) =>
          say(tier.toUnits === '0' ? 'rates.tieredEnd' : 'rates.tiered', {
            from: tier.fromUnits,
            to: tier.toUnits,
            unit,
            price: money(tier.unitFen),
          }),
        )
      : [say(`rates.${fee.kind}`, { price: money(fee.unitFen), unit })]
  if (fee.freeUnits !== '0') lines.push(say('freeUnits', { n: fee.freeUnits, unit }))
  if (fee.capFen !== '0') lines.push(say('cap', { price: money(fee.capFen) }))
  return lines
}
