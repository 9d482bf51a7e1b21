/**
 * The promise's value, or undefined when it rejects or takes longer than this. For steps of a stop, where what does not
 * end must not keep the next step waiting; the work itself is not canceled.
 */
export async function settleWithin<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined)
  })
  try {
    return await Promise.race([promise.catch(() => undefined), late])
  } finally {
    clearTimeout(timer)
  }
}
