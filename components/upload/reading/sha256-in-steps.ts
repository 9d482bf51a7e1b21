/** Blocks hashed before yielding to the page: about 8 ms on a desktop, below 50 ms on a slow phone. */
const BLOCKS_PER_STEP = 16_384
const BLOCK_BYTES = 64

/** SHA-256 (FIPS 180-4) for pages without Web Crypto. Yields to the page between steps. */
export async function sha256InSteps(bytes: Uint8Array): Promise<Uint8Array> {
  const state = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)))
  const constants = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)))
  const schedule = new Int32Array(64)
  const fullBlocks = Math.floor(bytes.length / BLOCK_BYTES)
  for (let block = 0; block < fullBlocks; block++) {
    compress(state, schedule, constants, bytes, block * BLOCK_BYTES)
    if ((block + 1) % BLOCKS_PER_STEP === 0) await new Promise((resolve) => setTimeout(resolve))
  }
  const rest = pad(bytes, fullBlocks * BLOCK_BYTES)
  for (let at = 0; at < rest.length; at += BLOCK_BYTES) compress(state, schedule, constants, rest, at)
  const digest = new DataView(new ArrayBuffer(32))
  state.forEach((word, n) => {
    digest.setInt32(n * 4, word)
  })
  return new Uint8Array(digest.buffer)
}

/** The standard takes its constants from the first primes, so they need not be copied. */
function primes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}

/** First 32 bits of the fractional part. */
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0

/** The last bytes, a single 1 bit, zeros, and the length in bits. */
function pad(bytes: Uint8Array, from: number): Uint8Array {
  const left = bytes.length - from
  const padded = new Uint8Array(left + 9 <= BLOCK_BYTES ? BLOCK_BYTES : 2 * BLOCK_BYTES)
  padded.set(bytes.subarray(from))
  padded[left] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(padded.length - 4, (bytes.length * 8) >>> 0)
  return padded
}

const turn = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits))

function compress(state: Int32Array, w: Int32Array, k: Int32Array, bytes: Uint8Array, at: number): void {
  for (let t = 0; t < 16; t++) {
    const b = at + t * 4
    w[t] = (bytes[b]! << 24) | (bytes[b + 1]! << 16) | (bytes[b + 2]! << 8) | bytes[b + 3]!
  }
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15]!
    const y = w[t - 2]!
    const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)
    const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10)
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let t = 0; t < 64; t++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + k[t]! + w[t]!) | 0
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
  state[5]! += f
  state[6]! += g
  state[7]! += h
}
