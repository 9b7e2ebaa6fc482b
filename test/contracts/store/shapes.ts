import { expect } from 'chai'
import { type Fields, newCollection } from '../../support/collection.ts'
import type { Bench } from '../store.ts'

export function theShapes({ connection }: Bench): void {
  describe('projections', () => {
    const doc = { _id: 1, a: 1, b: { c: 2, d: 3 }, e: [{ f: 1, g: 2 }, { f: 3 }, 7], h: [1, 2, 3, 4] }
    const shown: readonly [projection: Fields, doc: Fields][] = [
      [{ a: 1 }, { _id: 1, a: 1 }],
      [{ a: 1, _id: 0 }, { a: 1 }],
      [{ _id: 1 }, { _id: 1 }],
      [
        { b: 0, e: 0, h: 0 },
        { _id: 1, a: 1 },
      ],
      [
        { _id: 0, e: 0, h: 0 },
        { a: 1, b: { c: 2, d: 3 } },
      ],
      [{ 'b.c': 1 }, { _id: 1, b: { c: 2 } }],
      [
        { 'b.c': 0, e: 0, h: 0 },
        { _id: 1, a: 1, b: { d: 3 } },
      ],
      [{ 'e.f': 1 }, { _id: 1, e: [{ f: 1 }, { f: 3 }] }],
      [
        { 'e.f': 0, b: 0, h: 0 },
        { _id: 1, a: 1, e: [{ g: 2 }, {}, 7] },
      ],
      [
        { a: true, nothing: true },
        { _id: 1, a: 1 },
      ],
      [
        { h: { $slice: 2 }, b: 0, e: 0 },
        { _id: 1, a: 1, h: [1, 2] },
      ],
      [
        { h: { $slice: -1 }, a: 1 },
        { _id: 1, a: 1, h: [4] },
      ],
      [
        { h: { $slice: [1, 2] }, a: 1 },
        { _id: 1, a: 1, h: [2, 3] },
      ],
      [{ e: { $elemMatch: { f: 3 } } }, { _id: 1, e: [{ f: 3 }] }],
      [{ e: { $elemMatch: { f: 9 } } }, { _id: 1 }],
    ]
    for (const [projection, expected] of shown)
      it(`${JSON.stringify(projection)} shows ${JSON.stringify(expected)}`, async () => {
        const collection = await newCollection(connection(), [doc])
        expect(await collection.findOne({}, { projection })).to.deep.equal(expected)
      })
  })

  describe('aggregation', () => {
    const work: readonly Fields[] = [
      { _id: 1, state: 'done', language: 'en', n: 3 },
      { _id: 2, state: 'waiting', language: 'en', n: 4 },
      { _id: 3, state: 'done', language: 'es', n: 5, approval: { by: 'Aki' } },
      { _id: 4, state: 'done', language: 'en' },
    ]
    const pipelines: readonly [says: string, pipeline: Fields[], rows: Fields[]][] = [
      [
        'counts by a field',
        [{ $group: { _id: '$state', n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
        [
          { _id: 'done', n: 3 },
          { _id: 'waiting', n: 1 },
        ],
      ],
      [
        'sums, averages and finds ends, and passes over what is no number',
        [
          {
            $group: {
              _id: null,
              sum: { $sum: '$n' },
              mean: { $avg: '$n' },
              least: { $min: '$n' },
              most: { $max: '$n' },
            },
          },
        ],
        [{ _id: null, sum: 12, mean: 4, least: 3, most: 5 }],
      ],
      [
        'groups by several fields',
        [
          { $match: { state: 'done' } },
          { $group: { _id: { state: '$state', language: '$language' }, n: { $count: {} } } },
          { $sort: { '_id.language': -1 } },
        ],
        [
          { _id: { state: 'done', language: 'es' }, n: 1 },
          { _id: { state: 'done', language: 'en' }, n: 2 },
        ],
      ],
      [
        'counts on a condition',
        [
          { $group: { _id: '$language', done: { $sum: { $cond: [{ $eq: ['$state', 'done'] }, 1, 0] } } } },
          { $sort: { _id: 1 } },
        ],
        [
          { _id: 'en', done: 2 },
          { _id: 'es', done: 1 },
        ],
      ],
      [
        'sorts, skips, limits and projects',
        [
          { $match: { n: { $gt: 0 } } },
          { $sort: { n: -1 } },
          { $skip: 1 },
          { $limit: 1 },
          { $project: { n: 1 } },
        ],
        [{ _id: 2, n: 4 }],
      ],
      [
        'limits before it matches when asked so',
        [{ $sort: { _id: 1 } }, { $limit: 2 }, { $match: { n: 4 } }, { $project: { _id: 1 } }],
        [{ _id: 2 }],
      ],
      ['counts what is left', [{ $match: { language: 'en' } }, { $count: 'lines' }], [{ lines: 3 }]],
      ['counts nothing as no row', [{ $match: { language: 'fr' } }, { $count: 'lines' }], []],
      [
        'looks into fields of fields',
        [{ $match: { _id: 3 } }, { $group: { _id: '$approval.by', all: { $push: '$n' } } }],
        [{ _id: 'Aki', all: [5] }],
      ],
    ]
    for (const [says, pipeline, rows] of pipelines)
      it(says, async () => {
        const collection = await newCollection(connection(), work)
        expect(await collection.aggregate(pipeline).toArray()).to.deep.equal(rows)
      })
  })
}
