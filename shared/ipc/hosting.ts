import { z } from 'zod';

/** A network that this computer is in, by its address there. */
const networkSchema = z.strictObject({
  interface: z.string(),
  address: z.union([z.ipv4(), z.ipv6()]),
  /** `inside`: of a house; `cable`: two computers without a router; `public`: the internet may reach it. */
  kind: z.enum(['inside', 'cable', 'public']),
});
export type Network = z.infer<typeof networkSchema>;

/** Whether others reach the authority of this app, where, and who does. */
export const hostingStateSchema = z.strictObject({
  /** The likeliest first. */
  networks: z.array(networkSchema),
  /** The one address that was chosen, remembered between starts; null: nobody but this computer reaches it. */
  address: networkSchema.shape.address.nullable(),
  /** Others reach it there now. */
  at: z
    .strictObject({
      url: z.url(),
      /** JWK thumbprint of the key that it has. */
      key: z.string(),
    })
    .nullable(),
  /** Why it is not there though an address was chosen. */
  problem: z.enum(['address-gone', 'port-taken', 'not-permitted']).nullable(),
  /** Who is signed in from elsewhere and has an app that listens. */
  people: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  /** Computers with an open connection, by their addresses: who meets here while their own server is away is nobody here. */
  computer_count: z.int().nonnegative(),
});
export type HostingState = z.infer<typeof hostingStateSchema>;
export const hostingWishSchema = z.strictObject({ address: networkSchema.shape.address.nullable() });
