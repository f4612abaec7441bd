// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4) of a file, a part at a time: the browser's own takes it whole, and only over TLS. Pure.
const K = new Uint32Array(64)
const START = new Uint32Array(8)

/* The first 32 bits of the fractions of the cube and square roots of the first primes. */
let found = 0
for (let n = 2; found < 64; n++) {
  let prime = true
  for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false
  if (!prime) continue
  const bits = (root: number) => ((root - Math.floor(root)) * 2 ** 32) | 0
  if (found < 8) START[found] = bits(Math.sqrt(n))
  K[found++] = bits(Math.cbrt(n))
}

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))

export class Sha256 {
  #state = Uint32Array.from(START)
  #rest = new Uint8Array(64)
  #bytes = 0
  #words = new Uint32Array(64)

  add(part: Uint8Array): this {
    for (let at = 0; at < part.length; ) {
      const filled = this.#bytes % 64
      const n = Math.min(64 - filled, part.length - at)
      this.#rest.set(part.subarray(at, at + n), filled)
      this.#bytes += n
      at += n
      if (filled + n === 64) this.#block()
    }
    return this
  }

  /** 64 small hexadecimal digits; nothing is added after. */
  end(): string {
    const bits = this.#bytes * 8
    const tail = new Uint8Array(((this.#bytes % 64 < 56 ? 56 : 120) - (this.#bytes % 64)) + 8)
    tail[0] = 0x80
    new DataView(tail.buffer).setUint32(tail.length - 8, Math.floor(bits / 2 ** 32))
    new DataView(tail.buffer).setUint32(tail.length - 4, bits >>> 0)
    this.add(tail)
    return [...this.#state].map((word) => word.toString(16).padStart(8, '0')).join('')
  }

  #block(): void {
    const words = this.#words
    const view = new DataView(this.#rest.buffer)
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(i * 4)
    for (let i = 16; i < 64; i++) {
      const [a, b] = [words[i - 15]!, words[i - 2]!]
      words[i] = words[i - 16]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + words[i - 7]! + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))
    }
    let [a, b, c, d, e, f, g, h] = this.#state as unknown as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + words[i]!) | 0
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
    }
    ;[a, b, c, d, e, f, g, h].forEach((word, i) => (this.#state[i] = this.#state[i]! + word))
  }
}
