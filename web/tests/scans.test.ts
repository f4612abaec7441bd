// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'

import { base64, sizeText } from '@/scans'
import { Sha256 } from '@/sha256'

test('the hash is SHA-256, in whatever parts the file comes', () => {
  for (const size of [0, 1, 55, 56, 63, 64, 65, 119, 120, 4097]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31) & 255)
    const hash = new Sha256()
    for (let at = 0; at < size; at += 50) hash.add(bytes.subarray(at, at + 50))
    assert.equal(hash.end(), createHash('sha256').update(bytes).digest('hex'), String(size))
  }
})

test('a piece is sent as base64', () => {
  const bytes = Uint8Array.from({ length: 40960 }, (_, i) => i & 255)
  assert.equal(base64(bytes), Buffer.from(bytes).toString('base64'))
})

test('a size is said shortly', () => {
  assert.deepEqual(['17', '40960', '1400000'].map(sizeText), ['1 kB', '41 kB', '1.4 MB'])
})
