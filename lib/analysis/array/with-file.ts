import { type FileHandle, open } from 'node:fs/promises'
import { type BgzfOptions, BgzfSink } from './bgzf-sink.ts'
import { type ByteSink, FileSink } from './file-sink.ts'

/** Make a file, or replace one, of what `write` puts into it; ends the sink and closes the file, however that ends. */
export const withFile = <T>(path: string, write: (sink: FileSink) => Promise<T>): Promise<T> =>
  withSink(path, (file) => new FileSink(file), write)

/** As `withFile`, packed as BGZF. */
export const withBgzf = <T>(
  path: string,
  write: (sink: BgzfSink) => Promise<T>,
  options: Partial<BgzfOptions> = {},
): Promise<T> => withSink(path, (file) => new BgzfSink(file, options), write)

async function withSink<Sink extends ByteSink, T>(
  path: string,
  into: (file: FileHandle) => Sink,
  write: (sink: Sink) => Promise<T>,
): Promise<T> {
  const file = await open(path, 'w')
  try {
    const sink = into(file)
    const written = await write(sink)
    await sink.end()
    return written
  } finally {
    await file.close()
  }
}
