import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import type { Scratch } from '../scratch.ts'
import { StorageOutage } from '../storage-outage.ts'
import { BlobNotFound, type BlobStore, type Stored } from './blob-store.ts'
import { ByteDigest } from './byte-digest.ts'
import { createS3Client } from './create-s3-client.ts'
import { explainS3, isMissing, statusOf } from './explain-s3.ts'
import type { S3Location } from './s3-location.ts'
import { PART_BYTES, partsOf } from './s3-parts.ts'
import { demandKey, demandPrefix, isKey, ownerOf } from './stored-key.ts'
import { streamPieces } from './stream-pieces.ts'
import { tryBlobStore } from './try-blob-store.ts'

/** Parts not completed for this long were left by a process that died: no file takes that long. */
const ABANDONED_MS = 48 * 3_600_000
/** A body that broke off is resumed where it stopped, this many times without progress. */
const READ_TRIES_MAX = 3

type Sent = { size: number; etag: string | undefined }

/**
 * Objects in a bucket of any S3-compatible store. Bytes on their way there carry an MD5 that the store compares; an
 * object appears whole or not at all. A `put` whose response was lost rejects although the object may exist: the caller
 * repeats it. Rejects with `StorageOutage` while the store does not answer.
 */
export class S3BlobStore implements BlobStore {
  readonly #client: S3Client
  readonly #location: S3Location
  readonly #scratch: Scratch
  #swept = false

  constructor(location: S3Location, scratch: Scratch, client = createS3Client(location)) {
    this.#client = client
    this.#location = location
    this.#scratch = scratch
  }

  async put(key: string, chunks: AsyncIterable<Uint8Array>): Promise<Stored> {
    const object = this.#objectOf(key)
    this.#sweepOnce()
    const digest = new ByteDigest()
    const parts = partsOf(digest.over(chunks))
    try {
      const { value: first } = await parts.next()
      if (first && first.length >= PART_BYTES) await this.#putParts(object, first, parts)
      else {
        const body = first ?? Buffer.alloc(0)
        await this.#do(() =>
          this.#client.send(
            new PutObjectCommand({ ...object, ...this.#encryption(), Body: body, ContentMD5: md5Of(body) }),
          ),
        )
      }
    } finally {
      await parts.return()
    }
    return digest.result()
  }

  async read(key: string, range?: { start: number; end: number }) {
    const object = this.#objectOf(key)
    const found = await this.#find(key)
    const { start, end } = range ?? { start: 0, end: found.size }
    if (!(start >= 0 && start <= end && end <= found.size)) throw new RangeError('Outside the stored object')
    return { size: found.size, body: streamPieces(this.#bytesOf(object, found, start, end)) }
  }

  async withLocalFile<T>(key: string, use: (path: string) => Promise<T>): Promise<T> {
    const { body } = await this.read(key)
    return this.#scratch.withFolder(async (folder) => {
      const file = path.join(folder, 'object')
      await pipeline(body, createWriteStream(file, { mode: 0o600, flags: 'wx' }))
      return use(file)
    }, ownerOf(key))
  }

  async remove(keyOrPrefix: string): Promise<void> {
    if (!keyOrPrefix.endsWith('/')) {
      const object = this.#objectOf(keyOrPrefix)
      await this.#do(() => this.#client.send(new DeleteObjectCommand(object)))
      return
    }
    const prefix = this.#prefixOf(keyOrPrefix)
    // First what is just being written: it could appear after the rest has gone.
    await this.#abortUploads(prefix, () => true)
    for await (const page of this.#pages(prefix)) await this.#removeAll(page.map(({ Key }) => Key!))
  }

  async *list(prefix: string): AsyncGenerator<{ key: string; size: number; modified: Date }> {
    const { length } = this.#location.prefix
    for await (const page of this.#pages(this.#prefixOf(prefix))) {
      for (const { Key, Size, LastModified } of page) {
        const key = Key!.slice(length)
        // Only what a key can name: nothing that others put there.
        if (isKey(key)) yield { key, size: Size ?? 0, modified: LastModified ?? new Date() }
      }
    }
  }

  async check(): Promise<void> {
    const { bucket, prefix } = this.#location
    await tryBlobStore(this).catch((thrown: unknown) => {
      const why = thrown instanceof Error ? thrown.message : 'unknown'
      throw new StorageOutage(`Files cannot be stored in s3://${bucket}/${prefix}: ${why}`, thrown)
    })
  }

  close(): void {
    this.#client.destroy()
  }

  /** One part is sent while the next is gathered. */
  async #putParts(
    object: ObjectName,
    first: Buffer,
    rest: AsyncGenerator<Buffer, void, void>,
  ): Promise<void> {
    const { UploadId } = await this.#do(() =>
      this.#client.send(new CreateMultipartUploadCommand({ ...object, ...this.#encryption() })),
    )
    const upload = { ...object, UploadId: UploadId! }
    const done: CompletedPart[] = []
    let sending: Promise<unknown> = Promise.resolve()
    try {
      for (
        let part: Buffer | undefined = first;
        part?.length;
        part = (await rest.next()).value ?? undefined
      ) {
        await sending
        const numbered = { Body: part, PartNumber: done.push({}) }
        sending = this.#sendPart(upload, numbered).then((sent) => {
          done[numbered.PartNumber - 1] = sent
        })
        // It is awaited before the next one; a failure of the source may come first.
        sending.catch(() => {})
      }
      await sending
      const MultipartUpload = { Parts: done }
      await this.#do(() =>
        this.#client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload })),
      )
    } catch (thrown) {
      await sending.catch(() => {})
      // Best effort: what stays is swept.
      await this.#client.send(new AbortMultipartUploadCommand(upload)).catch(() => {})
      throw thrown
    }
  }

  async #sendPart(
    upload: ObjectName & { UploadId: string },
    { Body, PartNumber }: { Body: Buffer; PartNumber: number },
  ): Promise<CompletedPart> {
    const command = new UploadPartCommand({ ...upload, Body, PartNumber, ContentMD5: md5Of(Body) })
    const { ETag } = await this.#do(() => this.#client.send(command))
    return { PartNumber, ...(ETag === undefined ? {} : { ETag }) }
  }

  async *#bytesOf(
    object: ObjectName,
    { etag }: Sent,
    start: number,
    end: number,
  ): AsyncGenerator<Uint8Array, void, void> {
    let at = start
    for (let tries = 0; at < end; ) {
      try {
        // Of the same object as before: two that follow each other under one key must not be joined.
        const wanted = { ...object, Range: `bytes=${at}-${end - 1}`, ...(etag ? { IfMatch: etag } : {}) }
        const { Body } = await this.#client.send(new GetObjectCommand(wanted))
        for await (const chunk of Body as Readable as AsyncIterable<Buffer>) {
          at += chunk.byteLength
          tries = 0
          yield chunk
        }
        if (at < end) throw new StorageOutage('The store ended an object too early')
      } catch (thrown) {
        if (statusOf(thrown) === 412) throw new Error('A stored object was replaced while it was read')
        if (isMissing(thrown)) throw new BlobNotFound(object.Key)
        if (++tries >= READ_TRIES_MAX) throw explainS3(thrown)
      }
    }
  }

  async #find(key: string): Promise<Sent> {
    try {
      const found = await this.#client.send(new HeadObjectCommand(this.#objectOf(key)))
      return { size: found.ContentLength ?? 0, etag: found.ETag }
    } catch (thrown) {
      throw isMissing(thrown) ? new BlobNotFound(key) : explainS3(thrown)
    }
  }

  async *#pages(prefix: string) {
    let ContinuationToken: string | undefined
    do {
      const wanted = { Bucket: this.#location.bucket, Prefix: prefix, ContinuationToken }
      const page = await this.#do(() => this.#client.send(new ListObjectsV2Command(wanted)))
      yield page.Contents ?? []
      ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (ContinuationToken)
  }

  async #removeAll(keys: string[]): Promise<void> {
    if (keys.length === 0) return
    const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true }
    const wanted = { Bucket: this.#location.bucket, Delete }
    const { Errors } = await this.#do(() => this.#client.send(new DeleteObjectsCommand(wanted)))
    if (Errors?.length) throw new StorageOutage(`The store did not remove an object: ${Errors[0]?.Code}`)
  }

  /** End uploads of parts that were begun below a prefix. */
  async #abortUploads(prefix: string, chosen: (begun: Date) => boolean): Promise<void> {
    const { bucket } = this.#location
    let next: { KeyMarker: string | undefined; UploadIdMarker: string | undefined } | undefined
    do {
      const wanted = { Bucket: bucket, Prefix: prefix, ...next }
      const page = await this.#do(() => this.#client.send(new ListMultipartUploadsCommand(wanted)))
      for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
        if (!chosen(Initiated ?? new Date())) continue
        const upload = { Bucket: bucket, Key: Key!, UploadId: UploadId! }
        await this.#do(() => this.#client.send(new AbortMultipartUploadCommand(upload))).catch(
          (thrown: unknown) => {
            // Completed or ended meanwhile.
            if (!isMissing(thrown)) throw thrown
          },
        )
      }
      next = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
        : undefined
    } while (next)
  }

  /** Once a process, and beside its first write, which does not wait for it. */
  #sweepOnce(): void {
    if (this.#swept) return
    this.#swept = true
    const oldest = Date.now() - ABANDONED_MS
    this.#abortUploads(this.#location.prefix, (begun) => begun.getTime() < oldest).catch(() => {
      this.#swept = false
    })
  }

  async #do<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (thrown) {
      throw explainS3(thrown)
    }
  }

  #encryption() {
    const { encryption } = this.#location
    if (!encryption) return {}
    const { algorithm, kmsKeyId } = encryption
    return {
      ServerSideEncryption: algorithm,
      ...(kmsKeyId === undefined ? {} : { SSEKMSKeyId: kmsKeyId }),
    }
  }

  #objectOf(key: string): ObjectName {
    return { Bucket: this.#location.bucket, Key: this.#location.prefix + demandKey(key) }
  }

  #prefixOf(prefix: string): string {
    return this.#location.prefix + demandPrefix(prefix)
  }
}

interface ObjectName {
  Bucket: string
  Key: string
}

/** What the store compares with what arrives. */
const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('base64')
