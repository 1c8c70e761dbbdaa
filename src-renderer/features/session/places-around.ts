/** The places of a session beside its rehearsal, below `/session/:id/`, in the order of their tabs. */
export const placesAround = ['people', 'recordings', 'activity', 'stats', 'settings'] as const;
export type PlaceAround = (typeof placesAround)[number];

export function isPlaceAround(value: string | null): value is PlaceAround {
  return (placesAround as readonly (string | null)[]).includes(value);
}
