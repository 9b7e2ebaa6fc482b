import type { Blob, Draft, Take, Version } from '../pipelines/terms.ts'

/** What can be heard in a file: these takes of this version. */
export type Heard = { readonly version: Version; readonly takes: readonly Take[] }
export type Kept = { readonly blob: Blob; readonly heard: readonly Heard[] }
export type Catalogue = {
  readonly byDigest: ReadonlyMap<string, Kept>
  readonly byName: ReadonlyMap<string, Kept>
}

/** Every file of a draft that people may fetch, with the voices in it. */
export function listFiles({ media, sight, original, versions = [], parcel }: Partial<Draft>): Catalogue {
  const silent = (blob: Blob): Kept => ({ blob, heard: [] })
  /** In what is not sealed nobody is heard whose voice has to be. */
  const everybody = (blob: Blob) =>
    versions.map(version => ({
      version,
      takes: spoken(version).filter(({ sound }) => blob.sealed || !sound.sealed),
    }))
  const named = (parcel?.files ?? []).map(({ name, file }): [string, Kept] => [
    name,
    { blob: file, heard: sounds(file) ? everybody(file) : [] },
  ])
  const all = [
    ...(media ? [media.original, ...(media.proxy ? [media.proxy] : [])].map(silent) : []),
    ...(media?.thumbnails ?? []).map(({ picture }) => silent(picture)),
    ...(media?.peaks ?? []).map(({ pairs }) => silent(pairs)),
    ...(sight ? [silent(sight.flaps)] : []),
    ...[...(original?.files ?? []), ...versions.flatMap(version => version.files)].map(({ file }) =>
      silent(file),
    ),
    ...versions.flatMap(version =>
      version.dub.regions.map(region => ({
        blob: region.sound,
        heard: [
          {
            version,
            takes: spoken(version).filter(take => take.start < region.end && region.start < take.end),
          },
        ],
      })),
    ),
    ...versions.flatMap(version =>
      spoken(version).map(take => ({ blob: take.sound, heard: [{ version, takes: [take] }] })),
    ),
  ]
  return { byDigest: new Map(merged(all).map(kept => [kept.blob.digest, kept])), byName: new Map(named) }
}

/** The same bytes may stand in two places: then everybody who is heard in either is asked for. */
function merged(all: readonly Kept[]): readonly Kept[] {
  const found = new Map<string, Kept>()
  for (const { blob, heard } of all) {
    const before = found.get(blob.digest)
    found.set(blob.digest, { blob, heard: [...(before?.heard ?? []), ...heard] })
  }
  return [...found.values()]
}

const spoken = ({ dub }: Version) => dub.takes.filter(take => take.state === 'spoken')

/** Text is silent, and so are credentials that lie beside a file. Anything else that is handed over by name may have every voice of the episode in it. */
const sounds = ({ type }: Blob) => !/^text\/|^application\/(json|c2pa|x-subrip|ttml\+xml)$/.test(type)
