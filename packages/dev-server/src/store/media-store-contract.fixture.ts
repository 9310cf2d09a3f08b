import { describe, expect, it } from 'vitest'
import type { Media } from '../model/media.js'
import type { MediaStore } from './media-store.js'

function media(fields: Partial<Media> = {}): Media {
  const none = { uploadedAtMillis: null, uploadHttpStatus: null, uploadHttpError: null }
  return { id: 'm1', sha256Hash: 'h', contentType: 'image/png', contentLength: 3, ...none, ...fields }
}

/** What every store of media must do; each adapter runs it. */
export function describeMediaStore(name: string, open: () => MediaStore): void {
  describe(`${name} keeps the contract of MediaStore`, () => {
    it('putMedia() stores what findMedia() gives back, replaces by id, and leaves the content as it is', () => {
      const store = open()
      store.putMedia(media())
      expect([store.findMedia('m1'), store.findMedia('m2'), store.findContent('m1')]).toEqual([
        media(),
        undefined,
        undefined,
      ])
      store.putContent('m1', Buffer.from([0, 255, 0]))
      const uploaded = media({ uploadedAtMillis: 5, uploadHttpStatus: 200 })
      store.putMedia(uploaded)
      expect(store.findMedia('m1')).toEqual(uploaded)
      expect(store.findContent('m1')).toEqual(Buffer.from([0, 255, 0]))
    })

    it('putContent() replaces the content of a known file, and keeps none of an unknown one', () => {
      const store = open()
      store.putMedia(media())
      store.putContent('m1', Buffer.from('first'))
      store.putContent('m1', Buffer.alloc(100_000, 7))
      store.putContent('unknown', Buffer.from('x'))
      expect(store.findContent('m1')).toEqual(Buffer.alloc(100_000, 7))
      expect([store.findContent('unknown'), store.findMedia('unknown')]).toEqual([undefined, undefined])
    })

    it('putContent() stores the bytes that are there at the time, none included', () => {
      const store = open()
      store.putMedia(media())
      const bytes = Buffer.from('before')
      store.putContent('m1', bytes)
      bytes.write('after!')
      expect(store.findContent('m1')).toEqual(Buffer.from('before'))
      store.putContent('m1', Buffer.alloc(0))
      expect(store.findContent('m1')).toEqual(Buffer.alloc(0))
    })
  })
}
