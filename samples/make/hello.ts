import type { Story } from './plan.ts'

/** Ten seconds with all that fast tests need: two voices, one cut, three lines. */
export const hello: Story = {
  heading: 'Hello',
  language: 'eng',
  rate: { num: 24, den: 1 },
  width: 640,
  height: 360,
  throats: {
    MIA: { name: 'en-us+f3', pitch: 70, rate: 150 },
    LEO: { name: 'en-us+m3', pitch: 55, rate: 150 },
  },
  quote: (by, words) => `${by}: ${words}`,
  shots: [
    {
      picture: 'room',
      lead: 150,
      tail: 500,
      rows: [
        { kind: 'heading', text: 'A room' },
        {
          kind: 'dialogue',
          by: 'MIA',
          text: 'Hello! Is anybody there?',
          say: 'Hello! Is anybody there?',
        },
      ],
    },
    {
      picture: 'garden',
      lead: 100,
      tail: 900,
      rows: [
        { kind: 'heading', text: 'A garden' },
        {
          kind: 'dialogue',
          by: 'LEO',
          text: 'Out here, Mia. Come and see the moon.',
          say: 'Out here, Mia. Come and see the moon.',
        },
        {
          kind: 'dialogue',
          by: 'MIA',
          text: 'Oh, it is beautiful tonight.',
          say: 'Oh, it is beautiful tonight.',
          gap: 500,
        },
      ],
    },
  ],
}
